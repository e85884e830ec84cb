//! Writes values as YAML blocks, in the style of a document that a person wrote.

use serde_json::{Map, Value};

/// How far a block is indented from the one around it, in columns.
const INDENT: usize = 2;

/// The width that long texts are folded to, in columns.
const WIDTH: usize = 120;

/// Words that some reader takes for a boolean, null or a merge key.
const WORDS: [&str; 12] =
    ["~", "=", "<<", "null", "true", "false", "yes", "no", "on", "off", "y", "n"];

/// `key: value` as lines with this indentation.
pub(super) fn entry(key: &str, value: &Value, indent: usize) -> String {
    let mut text = String::new();
    push_entry(&mut text, key, value, indent);
    text
}

/// `- value` as lines with this indentation.
pub(super) fn item(value: &Value, indent: usize) -> String {
    let mut text = String::new();
    push_item(&mut text, value, indent);
    text
}

fn push_entry(text: &mut String, key: &str, value: &Value, indent: usize) {
    push_spaces(text, indent);
    text.push_str(&in_one_line(key));
    text.push(':');
    match value {
        Value::Object(map) if !map.is_empty() => {
            text.push('\n');
            push_entries(text, map, indent + INDENT);
        }
        Value::Array(list) if !list.is_empty() => {
            text.push('\n');
            push_items(text, list, indent + INDENT);
        }
        scalar => push_scalar(text, scalar, indent),
    }
}

fn push_item(text: &mut String, value: &Value, indent: usize) {
    let start = text.len() + indent;
    match value {
        Value::Object(map) if !map.is_empty() => push_entries(text, map, indent + INDENT),
        Value::Array(list) if !list.is_empty() => push_items(text, list, indent + INDENT),
        scalar => {
            push_spaces(text, indent);
            text.push('-');
            push_scalar(text, scalar, indent);
            return;
        }
    }
    // The first line of what is in the item has room for the dash in its indentation.
    text.replace_range(start..=start, "-");
}

fn push_entries(text: &mut String, map: &Map<String, Value>, indent: usize) {
    for (key, value) in map {
        push_entry(text, key, value, indent);
    }
}

fn push_items(text: &mut String, list: &[Value], indent: usize) {
    for value in list {
        push_item(text, value, indent);
    }
}

/// The rest of a line behind `key:` or `-`, and the lines of the text that belong to it.
fn push_scalar(text: &mut String, value: &Value, indent: usize) {
    text.push(' ');
    match value {
        Value::String(string) if is_literal(string) => {
            push_literal(text, string, indent + INDENT);
        }
        Value::String(string) if string.len() + indent > WIDTH && is_prose(string) => {
            push_folded(text, string, indent + INDENT);
        }
        Value::String(string) => {
            text.push_str(&in_one_line(string));
            text.push('\n');
        }
        other => {
            text.push_str(&other.to_string());
            text.push('\n');
        }
    }
}

/// Whether a text of several lines can stand as it is, each line indented.
fn is_literal(string: &str) -> bool {
    let first = string.chars().next();
    string.contains('\n')
        && first.is_some_and(|first| !first.is_whitespace())
        && string.chars().all(|letter| letter == '\n' || letter == '\t' || is_printable(letter))
}

/// Whether a text is nothing but words between single blanks, which can be broken anywhere.
fn is_prose(string: &str) -> bool {
    string.chars().all(is_printable) && string.split(' ').all(|word| !word.is_empty())
}

/// Whether a letter can stand in a YAML text as it is, and breaks no line (YAML 1.2.2, section 5.1).
fn is_printable(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}'..)
        || letter >= '\u{10000}'
}

fn push_literal(text: &mut String, string: &str, indent: usize) {
    let content = string.trim_end_matches('\n');
    let breaks = string.len() - content.len();
    text.push_str(match breaks {
        0 => "|-\n",
        1 => "|\n",
        _ => "|+\n",
    });
    for line in content.split('\n') {
        if !line.is_empty() {
            push_spaces(text, indent);
            text.push_str(line);
        }
        text.push('\n');
    }
    text.extend(std::iter::repeat_n('\n', breaks.saturating_sub(1)));
}

fn push_folded(text: &mut String, string: &str, indent: usize) {
    text.push_str(">-");
    let mut column = WIDTH;
    for word in string.split(' ') {
        let length = word.chars().count();
        if column + 1 + length > WIDTH {
            text.push('\n');
            push_spaces(text, indent);
            column = indent;
        } else {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text.push('\n');
}

/// A string without a line break, quoted where it has to be.
fn in_one_line(string: &str) -> String {
    if !string.chars().all(is_printable) {
        return double_quoted(string);
    }
    if is_plain(string) { string.to_owned() } else { format!("'{}'", string.replace('\'', "''")) }
}

/// A string as JSON writes it, which is a double-quoted YAML string, and what JSON leaves as it is escaped.
fn double_quoted(string: &str) -> String {
    let json = Value::from(string).to_string();
    let letters = json.chars().map(|letter| match letter {
        letter if is_printable(letter) => letter.to_string(),
        letter => format!("\\u{:04x}", u32::from(letter)),
    });
    letters.collect()
}

/// Whether a string can do without quotes, for readers of YAML 1.1 as well as of 1.2.
fn is_plain(string: &str) -> bool {
    let Some(first) = string.chars().next() else {
        return false;
    };
    let indicator = "-?:,[]{}#&*!|>'\"%@`".contains(first);
    let blank_around = string.trim() != string;
    let mark = string.contains(": ") || string.ends_with(':') || string.contains(" #");
    let word = WORDS.iter().any(|word| word.eq_ignore_ascii_case(string));
    !indicator && !blank_around && !mark && !word && !looks_like_number(string)
}

/// Whether a string may be taken for a number, a date or a time.
fn looks_like_number(string: &str) -> bool {
    let start = string.trim_start_matches(['+', '-', '.']);
    let special = ["inf", "nan"].iter().any(|word| word.eq_ignore_ascii_case(start));
    special
        || start.starts_with(|first: char| first.is_ascii_digit())
            && string
                .chars()
                .all(|letter| letter.is_ascii_hexdigit() || "+-._: xoTZtz".contains(letter))
}

fn push_spaces(text: &mut String, count: usize) {
    text.extend(std::iter::repeat_n(' ', count));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn blocks_are_indented_by_two() {
        let value = json!({
            "tags": ["a", {"name": "b", "list": [[1, 2], []]}],
            "responses": {"200": {"description": "It's \"fine\"", "x": null, "z": {}}}
        });
        let expected = [
            "  get:",
            "    tags:",
            "      - a",
            "      - name: b",
            "        list:",
            "          - - 1",
            "            - 2",
            "          - []",
            "    responses:",
            "      '200':",
            "        description: It's \"fine\"",
            "        x: null",
            "        z: {}",
            "",
        ];
        assert_eq!(entry("get", &value, 2), expected.join("\n"));
    }

    #[test]
    fn long_texts_are_folded_and_lines_kept() {
        let long = ["word"; 40].join(" ");
        let text = entry("a", &json!({"b": long, "c": "x\n\n  y\n"}), 0);
        assert!(text.starts_with("a:\n  b: >-\n    word word "), "{text}");
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert!(text.ends_with("  c: |\n    x\n\n      y\n"), "{text}");
    }

    #[test]
    fn every_string_is_read_back() {
        let long = format!("# {} -", ["some: 'word'"; 30].join(" "));
        let strings = [
            "",
            " ",
            "a ",
            "~",
            "No",
            "null",
            "200",
            "1.0.0",
            "-1e3",
            "0x1F",
            "2026-03-02",
            ".inf",
            "12:30:45",
            "00u8f3qk2Z",
            "- a",
            "a: b",
            "a:",
            "a #b",
            "#a",
            "'a'",
            "\"a\"",
            "*",
            "&a",
            "{a}",
            "/a/{b}",
            "a\tb",
            "a\u{1}b",
            "a\nb",
            "a\nb\n",
            "a\n\n\n",
            "\n",
            " a\nb",
            "a \n b",
            "a\n\tb",
            "a\r\nb",
            "a\u{2028}b",
            "\u{feff}a",
            "é🚀",
            "<<",
            "=",
            "? a",
            "%a",
            "@a",
            "`a",
            "---",
            "...",
            "a\n---\nb",
            "a\n# b",
            &long,
            "0o17",
            "1_000",
            "+.5",
            "1 a",
        ];
        for string in strings {
            let value = json!({"key": [string], string: {"a": string}});
            let text = entry("root", &value, 0);
            let read: Value =
                serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text:?}"));
            assert_eq!(read["root"], value, "{text:?}");
        }
    }
}
