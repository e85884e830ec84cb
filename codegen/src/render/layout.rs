//! Constant values, laid out as rustfmt would.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, Member};

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
    Struct(String, Vec<(String, Value)>, Option<String>),
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

    /// A reference to an array of pairs of string literals.
    pub fn pairs<'a>(pairs: impl IntoIterator<Item = &'a (String, String)>) -> Self {
        let pair = |(name, value): &(String, String)| {
            Self::Call(String::new(), vec![Self::string(name), Self::string(value)])
        };
        Self::Array(pairs.into_iter().map(pair).collect())
    }

    /// A struct with all its fields.
    pub fn structure(name: &str, fields: Vec<(&str, Self)>) -> Self {
        let fields = fields.into_iter().map(|(field, value)| (field.to_owned(), value));
        Self::Struct(name.to_owned(), fields.collect(), None)
    }

    /// The same struct, whose other fields this expression gives.
    pub fn with(self, base: &str) -> Self {
        match self {
            Self::Struct(name, fields, _) => Self::Struct(name, fields, Some(base.to_owned())),
            other => other,
        }
    }

    /// The value that an expression is, however it is laid out.
    ///
    /// # Errors
    ///
    /// What is wrong with it as Rust.
    pub fn parse(source: &str) -> syn::Result<Self> {
        Self::of(&syn::parse_str(source)?, source)
    }

    fn of(expression: &Expr, source: &str) -> syn::Result<Self> {
        let all = |values: Vec<&Expr>| -> syn::Result<Vec<Self>> {
            values.into_iter().map(|value| Self::of(value, source)).collect()
        };
        Ok(match expression {
            Expr::Struct(it) => {
                let fields = it.fields.iter().map(|field| match &field.member {
                    Member::Named(name) => Ok((name.to_string(), Self::of(&field.expr, source)?)),
                    Member::Unnamed(_) => Err(syn::Error::new(field.span(), "a field has no name")),
                });
                let base = it.rest.as_ref().map(|base| text_of(&**base, source));
                Self::Struct(text_of(&it.path, source), fields.collect::<syn::Result<_>>()?, base)
            }
            Expr::Call(it) => {
                Self::Call(text_of(&*it.func, source), all(it.args.iter().collect())?)
            }
            Expr::Tuple(it) => Self::Call(String::new(), all(it.elems.iter().collect())?),
            Expr::Reference(it) => match &*it.expr {
                Expr::Array(array) => Self::Array(all(array.elems.iter().collect())?),
                _ => Self::Source(text_of(it, source)),
            },
            other => Self::Source(text_of(other, source)),
        })
    }

    /// The types whose names begin a path of the value or are its structs, in the order of their names.
    pub fn types(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        self.add_types(&mut found);
        found
    }

    fn add_types<'a>(&'a self, found: &mut BTreeSet<&'a str>) {
        let is_type = |name: &&str| {
            name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric)
        };
        let first = |path: &'a str| path.split("::").next().filter(is_type);
        match self {
            Self::Source(path) if path.contains("::") => found.extend(first(path)),
            Self::Source(_) => {}
            Self::Call(function, arguments) => {
                if function.contains("::") {
                    found.extend(first(function));
                }
                arguments.iter().for_each(|it| it.add_types(found));
            }
            Self::Struct(name, fields, _) => {
                found.extend(first(name));
                fields.iter().for_each(|(_, value)| value.add_types(found));
            }
            Self::Array(elements) => elements.iter().for_each(|it| it.add_types(found)),
        }
    }

    /// The value on a line that starts with `before` and ends with `after`, or broken.
    pub fn print(&self, indent: usize, before: &str, after: &str) -> String {
        let line = format!("{before}{}{after}", self.one_line());
        if fits(indent, &line) {
            return line;
        }
        // What is whole on a line of its own goes there.
        if let Some(declared) = before.strip_suffix("= ") {
            let right = format!("{}{after}", self.one_line());
            if fits(indent + 4, &right) {
                return format!("{declared}=\n{}{right}", " ".repeat(indent + 4));
            }
        }
        let padding = " ".repeat(indent);
        match self {
            Self::Source(source) => match before.strip_suffix(": ") {
                // A path moves to a line of its own, which a literal in the place of a field does not.
                Some(field) if !source.contains('"') && fits(indent + 4, source) => {
                    format!("{field}:\n{padding}    {source}{after}")
                }
                _ => line,
            },
            Self::Call(name, arguments) => {
                // What has an end of its own hugs the parentheses.
                if let [only @ (Self::Struct(..) | Self::Array(_))] = arguments.as_slice() {
                    return only.print(indent, &format!("{before}{name}("), &format!("){after}"));
                }
                let items = arguments.iter().map(|argument| argument.print(indent + 4, "", ","));
                format!("{before}{name}({}\n{padding}){after}", vertical(items, indent))
            }
            Self::Struct(name, fields, base) => {
                let fields = fields
                    .iter()
                    .map(|(field, value)| value.print(indent + 4, &format!("{field}: "), ","));
                let items = fields.chain(base.iter().map(|base| format!("..{base}")));
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
                    fields.chain(base.iter().map(|base| format!("..{base}"))).collect();
                format!("{name} {{ {} }}", items.join(", "))
            }
        }
    }
}

/// The text of what stands in a source, as it stands there.
fn text_of(part: &(impl Spanned + ToTokens), source: &str) -> String {
    let text = source.get(part.span().byte_range()).unwrap_or_default();
    if text.is_empty() { part.to_token_stream().to_string() } else { text.to_owned() }
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
        let value = Value::parse("A {\n b: \"c\",\n ..A::DEFAULT }").unwrap();
        assert_eq!(value.print(0, "let x = ", ";"), "let x = A { b: \"c\", ..A::DEFAULT };");
    }

    #[test]
    fn what_fits_the_next_line_is_there() {
        let value = Value::Call("f".to_owned(), vec![Value::string(&"x".repeat(80))]);
        let broken = format!("static NAME: &str =\n    f(\"{}\");", "x".repeat(80));
        assert_eq!(value.print(0, "static NAME: &str = ", ";"), broken);
    }

    #[test]
    fn an_array_hugs_the_call_that_takes_it_alone() {
        let items = (0..3).map(|_| Value::string(&"x".repeat(40))).collect();
        let value = Value::Call("f".to_owned(), vec![Value::Array(items)]);
        let printed = value.print(0, "", ";");
        assert!(printed.starts_with("f(&[\n    \"") && printed.ends_with("\n]);"), "{printed}");
    }

    #[test]
    fn one_element_hugs_its_brackets() {
        let field = |name| (name, Value::string(&"x".repeat(60)));
        let value = Value::Array(vec![Value::structure("A", vec![field("b"), field("c")])]);
        let printed = value.print(4, "all: ", ",");
        assert!(printed.starts_with("all: &[A {\n        b: "), "{printed}");
        assert!(printed.ends_with("\n    }],"), "{printed}");
    }

    #[test]
    fn short_elements_share_lines() {
        let value = Value::Array((0..40).map(|number| Value::Source(number.to_string())).collect());
        assert_eq!(value.print(0, "", "").lines().count(), 4);
    }

    #[test]
    fn a_text_is_no_type() {
        let value =
            Value::parse(r#"A { b: "C::D", c: Some(E::F), d: &[("G", h::I), J { k: 1 }] }"#);
        let value = value.unwrap();
        assert_eq!(value.types().into_iter().collect::<Vec<_>>(), ["A", "E", "J"]);
        let line = r#"A { b: "C::D", c: Some(E::F), d: &[("G", h::I), J { k: 1 }] }"#;
        assert_eq!(value.print(0, "", ""), line);
    }
}
