//! The parts of the runtime that only some documents need.
//!
//! Where the runtime is written, a part is a cargo feature of the crate `runtime`, so that the compiler sees the code with
//! it and without it: `#[cfg(feature = "streams")]` stands on a line before each item, field, arm or statement of the
//! part. A generated crate has a part or has it not, and no feature for it: the line goes where the SDK needs the part,
//! and with what follows it where not. A module whose declaration goes has no file.

use super::rust;
use crate::ir::Sdk;

/// A part of the runtime.
struct Part {
    /// The line that is before all that belongs to it.
    condition: &'static str,
    is_needed: fn(&Sdk) -> bool,
}

/// All parts. Each is a feature in `templates/runtime/Cargo.toml`.
const PARTS: [Part; 1] =
    [Part { condition: "#[cfg(feature = \"streams\")]", is_needed: Sdk::has_streams }];

/// A file of the runtime as an SDK needs it.
#[derive(Debug, PartialEq)]
pub struct Settled {
    /// The file's text.
    pub text: String,
    /// The modules that it no longer declares.
    pub modules_left_out: Vec<String>,
}

/// Leaves out of a file of the runtime, which is laid out as rustfmt does, the parts that the SDK does not need.
pub fn settle(text: &str, sdk: &Sdk) -> Settled {
    PARTS.iter().fold(Settled::whole(text), |settled, part| {
        match settled.text.contains(part.condition) {
            true if (part.is_needed)(sdk) => settled.without_conditions(part.condition),
            true => settled.without_part(part.condition),
            false => settled,
        }
    })
}

impl Settled {
    fn whole(text: &str) -> Self {
        Self { text: text.to_owned(), modules_left_out: Vec::new() }
    }

    fn without_conditions(mut self, condition: &str) -> Self {
        let lines = self.text.split_inclusive('\n').filter(|line| line.trim() != condition);
        self.text = lines.collect();
        self
    }

    fn without_part(mut self, condition: &str) -> Self {
        let lines: Vec<&str> = self.text.lines().collect();
        let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            if line.trim() != condition {
                kept.push(line);
                at += 1;
                continue;
            }
            let margin = margin(line);
            // What stands before the condition belongs to the same.
            while kept.last().is_some_and(|line| margin == self::margin(line) && is_attached(line))
            {
                kept.pop();
            }
            let end = end_of_node(&lines, at + 1, margin);
            let node = lines.get(at + 1..=end).unwrap_or_default();
            self.modules_left_out.extend(node.iter().find_map(|line| declared_module(line)));
            at = end + 1;
        }
        self.text = rust::squeeze(&kept.join("\n"));
        self
    }
}

/// How far a line is indented.
fn margin(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether a line is a doc comment or an attribute of what follows.
fn is_attached(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("///") || line.starts_with("#[")
}

/// The last line of what begins at a line, so far indented: by the layout of rustfmt, the first that ends like a node and
/// is not within its brackets.
fn end_of_node(lines: &[&str], start: usize, margin: usize) -> usize {
    let is_end = |at: &usize| {
        let Some(line) = lines.get(*at).filter(|line| !is_attached(line)) else { return false };
        let goes_on = || {
            let next = lines.iter().skip(at + 1).find(|line| !line.trim().is_empty());
            next.is_some_and(|next| match self::margin(next).cmp(&margin) {
                std::cmp::Ordering::Less => false,
                std::cmp::Ordering::Equal => next.trim_start().starts_with(['}', ')', ']', '{']),
                std::cmp::Ordering::Greater => true,
            })
        };
        line.ends_with([';', ',', '}']) && (self::margin(line) == margin || !goes_on())
    };
    (start..lines.len()).find(is_end).unwrap_or(lines.len())
}

/// The module that a line declares.
fn declared_module(line: &str) -> Option<String> {
    let (_, name) = line.strip_suffix(';')?.trim_start().rsplit_once("mod ")?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONDITION: &str = "#[cfg(feature = \"streams\")]";

    fn left_out(text: &str) -> Settled {
        Settled::whole(text).without_part(CONDITION)
    }

    #[test]
    fn an_item_goes_with_its_docs_and_attributes() {
        let text = "\
use one::One;
#[cfg(feature = \"streams\")]
use two::{
    First, Second,
};

impl One {
    /// The first.
    fn first() {}

    /// The second, with a part;
    #[cfg(feature = \"streams\")]
    pub fn second<T>(
        self,
    ) -> Option<T>
    where
        T: Copy,
    {
        let value = self.0;

        value.map(|it| {
            it
        })
    }
}
";
        let kept = "use one::One;\n\nimpl One {\n    /// The first.\n    fn first() {}\n}\n";
        assert_eq!(left_out(text), Settled { text: kept.to_owned(), modules_left_out: vec![] });
    }

    #[test]
    fn fields_arms_and_statements_go() {
        let text = "\
fn a(it: &It) -> It {
    #[cfg(feature = \"streams\")]
    let it = it
        .with(1);
    match it {
        #[cfg(feature = \"streams\")]
        It::Two(two) => {
            two
        }
        It::One => It {
            one,
            #[cfg(feature = \"streams\")]
            two: Two {
                three,
            },
            four,
        },
        #[cfg(feature = \"streams\")]
        It::Three => three
            .clone(),
    }
}
";
        let kept = "\
fn a(it: &It) -> It {
    match it {
        It::One => It {
            one,
            four,
        },
    }
}
";
        assert_eq!(left_out(text).text, kept);
    }

    #[test]
    fn a_module_is_told() {
        let text = "\
mod one;
#[cfg(feature = \"client\")]
#[cfg(feature = \"streams\")]
#[macro_use]
pub(crate) mod two;
";
        let settled = left_out(text);
        assert_eq!(settled.text, "mod one;\n");
        assert_eq!(settled.modules_left_out, ["two"]);
    }

    #[test]
    fn what_is_needed_stays_without_its_condition() {
        let text =
            "mod one;\n#[cfg(feature = \"client\")]\n#[cfg(feature = \"streams\")]\nmod two;\n";
        let settled = Settled::whole(text).without_conditions(CONDITION);
        assert_eq!(settled.text, "mod one;\n#[cfg(feature = \"client\")]\nmod two;\n");
    }
}
