//! Words for signs.

/// Signs of several characters, and what they mean.
const OPERATORS: [(&str, &str); 14] = [
    ("===", "strictly equal"),
    ("!==", "strictly not equal"),
    ("<=", "less than or equal"),
    (">=", "greater than or equal"),
    ("==", "equal"),
    ("!=", "not equal"),
    ("<>", "not equal"),
    ("=~", "matches"),
    ("!~", "not matches"),
    ("&&", "and"),
    ("||", "or"),
    ("<", "less than"),
    (">", "greater than"),
    ("=", "equal"),
];

/// The words for a text that has no letter and no digit. White space counts where there is nothing else.
pub fn spelled(text: &str) -> String {
    let signs = text.trim();
    match operator(signs) {
        Some((words, "")) => words.to_owned(),
        _ if signs.is_empty() => joined(text.chars()),
        _ => joined(signs.chars().filter(|sign| !sign.is_whitespace())),
    }
}

fn joined(signs: impl Iterator<Item = char>) -> String {
    signs.map(word).collect::<Vec<_>>().join(" ")
}

/// What the signs before and after the letters of a text are called, in UpperCamelCase, and the text between them.
/// Only signs that tell values apart count, such as that of `-created`, and not the quotes of a text.
pub fn around(text: &str) -> (String, &str, String) {
    let is_letter = |c: char| c.is_alphanumeric();
    let (Some(start), Some(end)) = (text.find(is_letter), text.rfind(is_letter)) else {
        return (String::new(), text, String::new());
    };
    let end = end + text[end..].chars().next().map_or(0, char::len_utf8);
    let before = leading(&text[..start]).map(|words| super::words::upper_camel(&words));
    let after = trailing(&text[end..]).map(|words| super::words::upper_camel(&words));
    (before.unwrap_or_default(), &text[start..end], after.unwrap_or_default())
}

/// The word for the sign of a number, and the number.
pub fn of_number(text: &str) -> Option<(&'static str, &str)> {
    let signs = [('+', "plus"), ('-', "minus")];
    signs.into_iter().find_map(|(sign, word)| {
        let number = text.strip_prefix(sign)?;
        number.starts_with(|first: char| first.is_ascii_digit()).then_some((word, number))
    })
}

/// The words for the sign at the end of a text that compares with it, and what stands before.
pub fn comparison(text: &str) -> Option<(&str, &'static str)> {
    let inner = text.trim_end_matches(['<', '>', '=', '!']);
    let is_name = inner.contains(char::is_alphanumeric) && !inner.contains('<');
    let (words, _) =
        operator(&text[inner.len()..]).filter(|(_, rest)| rest.is_empty() && is_name)?;
    Some((inner, words))
}

/// The text with words for all signs before and after its letters; none where there are no such signs.
pub fn spelled_around(text: &str) -> Option<String> {
    let start = text.find(char::is_alphanumeric)?;
    let end = text.rfind(char::is_alphanumeric)?;
    let end = end + text[end..].chars().next().map_or(0, char::len_utf8);
    let before = text[..start].trim();
    let after = match text[end..].trim() {
        "[]" => "list".to_owned(),
        // What closes something within the text says nothing.
        signs => spelled(signs.trim_start_matches([')', ']', '}'])),
    };
    let is_said = !before.is_empty() || !after.is_empty();
    is_said.then(|| format!("{} {} {after}", spelled(before), &text[start..end]))
}

fn leading(signs: &str) -> Option<String> {
    match signs.trim_end() {
        "-" if signs == "-" => Some("minus".to_owned()),
        "+" if signs == "+" => Some("plus".to_owned()),
        "!" => Some("not".to_owned()),
        signs => operator(signs).filter(|(_, rest)| rest.is_empty()).map(|it| it.0.to_owned()),
    }
}

fn trailing(signs: &str) -> Option<String> {
    let all = |sign: char| !signs.is_empty() && signs.chars().all(|c| c == sign);
    (all('+') || signs == "-" || signs == "#" || signs == "*").then(|| {
        let words =
            signs.chars().map(|sign| if sign == '#' { "sharp".to_owned() } else { word(sign) });
        words.collect::<Vec<_>>().join(" ")
    })
}

/// The operator that a text starts with, and what follows it.
fn operator(text: &str) -> Option<(&'static str, &str)> {
    OPERATORS.iter().find_map(|(sign, words)| Some((*words, text.strip_prefix(sign)?)))
}

fn word(sign: char) -> String {
    let word = match sign {
        '*' => "star",
        '+' => "plus",
        '-' => "minus",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '/' => "slash",
        '.' => "dot",
        '_' => "underscore",
        '%' => "percent",
        '$' => "dollar",
        '&' => "ampersand",
        '|' => "pipe",
        '~' => "tilde",
        '^' => "caret",
        '?' => "question",
        ':' => "colon",
        ',' => "comma",
        '@' => "at",
        '#' => "hash",
        ';' => "semicolon",
        '\\' => "backslash",
        '"' => "quote",
        '\'' => "apostrophe",
        '`' => "backtick",
        '(' => "left parenthesis",
        ')' => "right parenthesis",
        '[' => "left bracket",
        ']' => "right bracket",
        '{' => "left brace",
        '}' => "right brace",
        '≤' => "less than or equal",
        '≥' => "greater than or equal",
        '≠' => "not equal",
        '≈' => "almost equal",
        '±' => "plus minus",
        '×' => "times",
        '÷' => "divided by",
        '∞' => "infinity",
        '°' => "degree",
        '§' => "section",
        '€' => "euro",
        '£' => "pound",
        '¥' => "yen",
        '←' => "left arrow",
        '→' => "right arrow",
        '↑' => "up arrow",
        '↓' => "down arrow",
        '…' => "ellipsis",
        ' ' => "space",
        '\t' => "tab",
        '\n' => "line feed",
        '\r' => "carriage return",
        other => return format!("u{:x}", u32::from(other)),
    };
    word.to_owned()
}
