//! Chains of method calls, laid out as rustfmt would.

use crate::render::rust;

/// How many arguments, each on a line of its own, rustfmt prefers to a broken chain.
const MANY_ARGUMENTS: usize = 3;

/// A chain: what it begins with, and its calls, as names and arguments.
pub struct Chain {
    /// An identifier.
    pub root: &'static str,
    /// The calls.
    pub calls: Vec<(String, Vec<String>)>,
}

impl Chain {
    /// The chain on one line.
    pub fn line(&self) -> String {
        let calls: Vec<String> = self.calls.iter().map(one_line).collect();
        format!("{}{}", self.root, calls.concat())
    }

    /// The chain behind `before` and before `after`, which breaks where it does not fit.
    pub fn print(&self, indent: usize, before: &str, after: &str) -> String {
        let line = format!("{before}{}{after}", self.line());
        if rust::fits(indent, &line) {
            return line;
        }
        let next_line = format!("{}{after}", self.line());
        if !before.is_empty() && rust::fits(indent + 4, &next_line) {
            return format!("{}\n{}{next_line}", before.trim_end(), " ".repeat(indent + 4));
        }
        match self.calls.split_last() {
            Some((last, others)) => self.broken(indent, before, others, last, after),
            None => line,
        }
    }

    /// The chain with its last arguments, or else its calls, a line each.
    fn broken(
        &self,
        indent: usize,
        before: &str,
        others: &[(String, Vec<String>)],
        last: &(String, Vec<String>),
        after: &str,
    ) -> String {
        let others_line: String = others.iter().map(one_line).collect();
        let head = format!("{before}{}{others_line}.{}", self.root, last.0);
        let has_room = rust::fits(indent, &format!("{head}("));
        let fits_below = rust::fits(indent + 4, &format!("{}{after}", one_line(last)));
        if has_room && !last.1.is_empty() && (last.1.len() >= MANY_ARGUMENTS || !fits_below) {
            return rust::call(indent, &head, &last.1, after);
        }
        let padding = " ".repeat(indent + 4);
        let mut text = format!("{before}{}", self.root);
        for (index, (name, arguments)) in self.calls.iter().enumerate() {
            let after = if index + 1 == self.calls.len() { after } else { "" };
            let mut call = rust::call(indent + 4, &format!(".{name}"), arguments, after);
            if arguments.is_empty() && !rust::fits(indent + 4, &call) {
                call = format!(".{name}(\n{padding}){after}");
            }
            text.push_str(&format!("\n{padding}{call}"));
        }
        text
    }
}

fn one_line((name, arguments): &(String, Vec<String>)) -> String {
    format!(".{name}({})", arguments.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(setters: usize) -> Chain {
        let mut calls =
            vec![("user".to_owned(), vec![]), ("list".to_owned(), vec!["1".to_owned()])];
        calls.extend((0..setters).map(|_| ("search_text".to_owned(), vec!["\"x\"".to_owned()])));
        Chain { root: "client", calls }
    }

    #[test]
    fn what_fits_is_on_one_line() {
        assert_eq!(chain(1).print(4, "", ";"), "client.user().list(1).search_text(\"x\");");
    }

    #[test]
    fn a_long_chain_has_a_call_a_line() {
        let text = chain(5).print(4, "let call = ", ";");
        assert!(
            text.starts_with("let call = client\n        .user()\n        .list(1)\n"),
            "{text}"
        );
    }

    #[test]
    fn many_arguments_have_a_line_each() {
        let arguments = vec!["\"0123456789012345678901\"".to_owned(); 4];
        let calls = vec![("user".to_owned(), vec![]), ("assign".to_owned(), arguments)];
        let text = Chain { root: "client", calls }.print(8, "", "");
        assert!(text.starts_with("client.user().assign(\n            \"0"), "{text}");
    }
}
