//! Constant values, laid out as rustfmt would.

use super::rust::fits;

/// Elements of at most this width share lines in an array that is too long for one.
const SHORT_ELEMENT: usize = 10;

/// A constant expression.
pub enum Value {
    /// Source that is never broken, such as a literal or a path.
    Source(String),
    /// A call with its arguments.
    Call(String, Vec<Value>),
    /// A struct with its fields, and what gives the others.
    Struct(String, Vec<(&'static str, Value)>, Option<&'static str>),
    /// A reference to an array.
    Array(Vec<Value>),
}

impl Value {
    /// A string literal.
    pub fn string(text: &str) -> Self {
        Self::Source(super::rust::string(text))
    }

    /// A reference to an array of string literals.
    pub fn strings<'a>(texts: impl IntoIterator<Item = &'a String>) -> Self {
        Self::Array(texts.into_iter().map(|text| Self::string(text)).collect())
    }

    /// The value on a line that starts with `before` and ends with `after`, or broken.
    pub fn print(&self, indent: usize, before: &str, after: &str) -> String {
        let line = format!("{before}{}{after}", self.one_line());
        if fits(indent, &line) {
            return line;
        }
        let padding = " ".repeat(indent);
        match self {
            Self::Source(_) => line,
            Self::Call(name, arguments) => {
                let items = arguments.iter().map(|argument| argument.print(indent + 4, "", ","));
                format!("{before}{name}({}\n{padding}){after}", vertical(items, indent))
            }
            Self::Struct(name, fields, base) => {
                let fields = fields
                    .iter()
                    .map(|(field, value)| value.print(indent + 4, &format!("{field}: "), ","));
                let items = fields.chain(base.map(|base| format!("..{base}")));
                format!("{before}{name} {{{}\n{padding}}}{after}", vertical(items, indent))
            }
            Self::Array(elements) => match elements.as_slice() {
                [Self::Struct(..) | Self::Array(_) | Self::Call(..)] => {
                    elements[0].print(indent, &format!("{before}&["), &format!("]{after}"))
                }
                _ if elements.iter().all(|element| element.one_line().len() <= SHORT_ELEMENT) => {
                    format!("{before}&[{}\n{padding}]{after}", filled(elements, indent + 4))
                }
                _ => {
                    let items = elements.iter().map(|element| element.print(indent + 4, "", ","));
                    format!("{before}&[{}\n{padding}]{after}", vertical(items, indent))
                }
            },
        }
    }

    fn one_line(&self) -> String {
        let joined =
            |values: &[Self]| values.iter().map(Self::one_line).collect::<Vec<_>>().join(", ");
        match self {
            Self::Source(source) => source.clone(),
            Self::Call(name, arguments) => format!("{name}({})", joined(arguments)),
            Self::Array(elements) => format!("&[{}]", joined(elements)),
            Self::Struct(name, fields, base) => {
                let fields =
                    fields.iter().map(|(name, value)| format!("{name}: {}", value.one_line()));
                let items: Vec<String> =
                    fields.chain(base.map(|base| format!("..{base}"))).collect();
                format!("{name} {{ {} }}", items.join(", "))
            }
        }
    }
}

fn vertical(items: impl Iterator<Item = String>, indent: usize) -> String {
    let padding = " ".repeat(indent + 4);
    items.map(|item| format!("\n{padding}{item}")).collect()
}

fn filled(elements: &[Value], indent: usize) -> String {
    let padding = " ".repeat(indent);
    let mut lines: Vec<String> = Vec::new();
    for element in elements {
        let element = format!("{},", element.one_line());
        match lines.last_mut() {
            Some(line) if fits(0, &format!("{line} {element}")) => {
                line.push_str(&format!(" {element}"))
            }
            _ => lines.push(format!("{padding}{element}")),
        }
    }
    lines.iter().map(|line| format!("\n{line}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_on_one_line() {
        let value =
            Value::Struct("A".to_owned(), vec![("b", Value::string("c"))], Some("A::DEFAULT"));
        assert_eq!(value.print(0, "let x = ", ";"), "let x = A { b: \"c\", ..A::DEFAULT };");
    }

    #[test]
    fn one_element_hugs_its_brackets() {
        let field = |name| (name, Value::string(&"x".repeat(60)));
        let value =
            Value::Array(vec![Value::Struct("A".to_owned(), vec![field("b"), field("c")], None)]);
        let printed = value.print(4, "all: ", ",");
        assert!(printed.starts_with("all: &[A {\n        b: "), "{printed}");
        assert!(printed.ends_with("\n    }],"), "{printed}");
    }

    #[test]
    fn short_elements_share_lines() {
        let value = Value::Array((0..40).map(|number| Value::Source(number.to_string())).collect());
        assert_eq!(value.print(0, "", "").lines().count(), 4);
    }
}
