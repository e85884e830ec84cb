//! Rust identifiers made of the document's names.

use std::collections::{HashMap, HashSet};

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

/// Keywords that `r#` cannot make identifiers of.
const NEVER_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// Names of the prelude that a generated type must not hide.
const PRELUDE_TYPES: [&str; 12] = [
    "Box", "Clone", "Copy", "Default", "Drop", "Fn", "From", "Into", "Iterator", "None", "Option",
    "Some",
];

/// More names of the prelude, and of what generated code imports.
const MORE_PRELUDE_TYPES: [&str; 12] = [
    "AsRef",
    "Err",
    "Extend",
    "Ok",
    "Result",
    "Self",
    "Send",
    "String",
    "Sync",
    "ToString",
    "Vec",
    "AdditionalProperties",
];

/// How many letters an identifier may have. Files are named after some of them, and a file's name has 255 at most.
pub const MAX_LENGTH: usize = 200;

/// Whether an identifier made of the text would be too long, and lacks its end.
pub fn is_cut(text: &str) -> bool {
    ascii(text).to_snake_case().len() > MAX_LENGTH
}

/// The start of an identifier that may be too long.
fn cut(mut name: String) -> String {
    if name.len() > MAX_LENGTH {
        // All letters are ASCII.
        name.truncate(MAX_LENGTH);
        name.truncate(name.trim_end_matches(['_', '-']).len());
    }
    name
}

/// Whether Windows has a device of that name, and so no file, whatever its extension.
pub fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    matches!(name.as_str(), "aux" | "con" | "nul" | "prn")
        || port.is_some_and(|number| number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
}

/// A type or variant name in UpperCamelCase, such as `SessionStatus`.
///
/// A name without a letter or digit is spelled (`*` becomes `Star`); one that starts
/// with a digit gets a `V` before it.
pub fn type_name(text: &str) -> String {
    let name = ascii(text).to_upper_camel_case();
    let name = if name.is_empty() { spelled(text).to_upper_camel_case() } else { name };
    let name = cut(name);
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("V{name}"),
        Some(_) => name,
    }
}

/// An enum variant. Values that differ by a sign only (`+1`, `-1`) stay apart.
pub fn variant_name(text: &str) -> String {
    let sign = match text.chars().next() {
        Some('-') if text[1..].starts_with(|next: char| next.is_ascii_digit()) => "Minus",
        Some('+') if text[1..].starts_with(|next: char| next.is_ascii_digit()) => "Plus",
        _ => "",
    };
    if sign.is_empty() {
        let name = type_name(text);
        if name == "Self" { "Self_".to_owned() } else { name }
    } else {
        cut(format!("{sign}{}", ascii(&text[1..]).to_upper_camel_case()))
    }
}

/// A field, parameter, method or module name in snake case, not yet escaped.
pub fn snake_name(text: &str) -> String {
    let name = ascii(text).to_snake_case();
    let name = if name.is_empty() { spelled(text).to_snake_case() } else { name };
    let name = cut(name);
    match name.chars().next() {
        None => "empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{name}"),
        Some(_) => name,
    }
}

/// A name that the user chose: as it is where it is an identifier, and otherwise made one as a name of the document is.
pub fn chosen(text: &str, made: fn(&str) -> String) -> String {
    let is_identifier = syn::parse_str::<syn::Ident>(text).is_ok();
    if is_identifier { text.to_owned() } else { made(text) }
}

/// The name as an identifier: `r#type` for a keyword, `self_` where that is not allowed.
pub fn escaped(name: &str) -> String {
    if NEVER_RAW.contains(&name) {
        format!("{name}_")
    } else if syn::parse_str::<syn::Ident>(name).is_ok() {
        name.to_owned()
    } else {
        format!("r#{name}")
    }
}

/// The name of a cargo feature.
pub fn feature_name(text: &str) -> String {
    let name = cut(ascii(text).to_kebab_case());
    if name.is_empty() { snake_name(text).replace('_', "-") } else { name }
}

/// Keeps what may stand in an identifier, and parts words at everything else.
fn ascii(text: &str) -> String {
    let letters: Vec<char> =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let mut words = String::with_capacity(letters.len());
    let mut rest = letters.as_slice();
    let mut is_inside = false;
    while let Some(first) = rest.first() {
        let length = if is_inside { 1 } else { abbreviation(rest) };
        is_inside = length == 1 && first.is_ascii_uppercase();
        words.push(*first);
        words.extend(rest[1..length].iter().map(char::to_ascii_lowercase));
        rest = &rest[length..];
    }
    words
}

/// The length of an abbreviation with a small letter that belongs to it, as in `VPCs` and `IPv6`, at the start of a
/// text; 1 where there is none.
fn abbreviation(text: &[char]) -> usize {
    let capitals = text.iter().take_while(|c| c.is_ascii_uppercase()).count();
    let is_end = |next: Option<&char>| next.is_none_or(|next| !next.is_ascii_lowercase());
    match text.get(capitals) {
        Some('s') if capitals > 1 && is_end(text.get(capitals + 1)) => capitals + 1,
        Some('v') if capitals > 1 && text.get(capitals + 1).is_some_and(char::is_ascii_digit) => {
            capitals + 1
        }
        _ => 1,
    }
}

/// The words for a text that has no letter and no digit.
fn spelled(text: &str) -> String {
    let words: Vec<String> = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '*' => "star".to_owned(),
            '+' => "plus".to_owned(),
            '-' => "minus".to_owned(),
            '<' => "less".to_owned(),
            '>' => "greater".to_owned(),
            '=' => "equal".to_owned(),
            '!' => "not".to_owned(),
            '/' => "slash".to_owned(),
            '.' => "dot".to_owned(),
            '_' => "underscore".to_owned(),
            '%' => "percent".to_owned(),
            '$' => "dollar".to_owned(),
            '&' => "and".to_owned(),
            '|' => "or".to_owned(),
            '~' => "tilde".to_owned(),
            '^' => "caret".to_owned(),
            '?' => "question".to_owned(),
            ':' => "colon".to_owned(),
            ',' => "comma".to_owned(),
            '@' => "at".to_owned(),
            '#' => "hash".to_owned(),
            other => format!("u{:x}", other as u32),
        })
        .collect();
    words.join(" ")
}

/// Hands out each name once.
#[derive(Clone, Debug, Default)]
pub struct Names {
    taken: HashSet<String>,
    /// The number that a name gets next, by what stands before it, so that the search does not start anew.
    numbers: HashMap<String, usize>,
}

impl Names {
    /// Names that must not be handed out, as they mean something already.
    pub fn reserving<'a>(reserved: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            taken: reserved.into_iter().map(str::to_lowercase).collect(),
            numbers: HashMap::new(),
        }
    }

    /// Names for types: those of the prelude are taken.
    pub fn for_types() -> Self {
        Self::reserving(PRELUDE_TYPES.into_iter().chain(MORE_PRELUDE_TYPES))
    }

    /// The name, or the name with the first free number behind it.
    ///
    /// Names that differ in case only count as one, since they may name files.
    pub fn take(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_lowercase()) {
            return wanted.to_owned();
        }
        let is_snake = wanted.contains('_') || wanted.chars().all(|c| !c.is_uppercase());
        let stem = format!("{wanted}{}", if is_snake { "_" } else { "" });
        let number = self.numbers.entry(stem.to_lowercase()).or_insert(2);
        loop {
            let name = format!("{stem}{number}");
            *number += 1;
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
    }

    /// The name for the model of a schema in place. One that a component has already, which happens to the body
    /// `CreateUserRequest` of an operation `createUser`, gets `Body` behind it rather than a number.
    pub fn take_model(&mut self, wanted: &str) -> String {
        let longer = format!("{wanted}Body");
        let is_message = wanted.ends_with("Request") || wanted.ends_with("Response");
        if is_message && !self.is_free(wanted) && self.is_free(&longer) {
            return self.take(&longer);
        }
        self.take(wanted)
    }

    /// Whether the name is free.
    pub fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(&name.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_names_are_upper_camel_case() {
        assert_eq!(type_name("session_status"), "SessionStatus");
        assert_eq!(type_name("MFA_ENROLL"), "MfaEnroll");
        assert_eq!(type_name("v1.user-profile"), "V1UserProfile");
        assert_eq!(type_name("2fa"), "V2fa");
        assert_eq!(type_name("VPCs"), "Vpcs");
        assert_eq!(type_name("*"), "Star");
        assert_eq!(type_name(""), "Empty");
    }

    #[test]
    fn signs_keep_variants_apart() {
        assert_eq!(variant_name("+1"), "Plus1");
        assert_eq!(variant_name("-1"), "Minus1");
        assert_eq!(variant_name("self"), "Self_");
    }

    #[test]
    fn keywords_are_escaped() {
        assert_eq!(escaped(&snake_name("type")), "r#type");
        assert_eq!(escaped(&snake_name("self")), "self_");
        assert_eq!(escaped(&snake_name("_links")), "links");
        assert_eq!(escaped(&snake_name("2x")), "n2x");
    }

    #[test]
    fn a_name_is_never_too_long_for_a_file() {
        let long = "word ".repeat(100);
        assert_eq!(snake_name(&long).len(), 199);
        assert_eq!(type_name(&long).len(), MAX_LENGTH);
        assert_eq!(feature_name(&long).len(), 199);
        assert!(is_cut(&long) && !is_cut(&long[..200]));
        assert_eq!(variant_name(&format!("-{}", "1".repeat(300))).len(), MAX_LENGTH);
    }

    #[test]
    fn devices_of_windows_are_known() {
        assert!(["CON", "com1", "Lpt9", "nul", "aux", "prn", "com0"].into_iter().all(is_device));
        assert!(!["com", "com10", "comx", "console", "null"].into_iter().any(is_device));
    }

    #[test]
    fn hidden_characters_part_words() {
        assert_eq!(snake_name("get\u{202e}A\r\nb"), "get_a_b");
        assert_eq!(type_name("\u{200b}"), "U200b");
    }

    #[test]
    fn a_chosen_name_is_kept_where_it_can_be() {
        assert_eq!(chosen("MFAThing", type_name), "MFAThing");
        assert_eq!(chosen("to)ken", snake_name), "to_ken");
        assert_eq!(chosen("A; fn evil() {}", type_name), "AFnEvil");
        assert_eq!(chosen("type", snake_name), "type");
    }

    #[test]
    fn abbreviations_are_one_word() {
        assert_eq!(snake_name("userIDs"), "user_ids");
        assert_eq!(snake_name("reservedIPv6Actions"), "reserved_ipv6_actions");
        assert_eq!(snake_name("HTTPServer"), "http_server");
        assert_eq!(snake_name("NewIPsec"), "new_i_psec");
        assert_eq!(snake_name("VPCsURLs"), "vpcs_urls");
    }

    #[test]
    fn a_name_is_handed_out_once_in_any_case() {
        let mut names = Names::for_types();
        assert_eq!(names.take("User"), "User");
        assert_eq!(names.take("USER"), "USER2");
        assert_eq!(names.take("String"), "String2");
        assert_eq!(names.take("user_name"), "user_name");
        assert_eq!(names.take("user_name"), "user_name_2");
    }

    #[test]
    fn a_body_is_told_from_the_component_of_its_name() {
        let mut names = Names::for_types();
        assert_eq!(names.take_model("CreateUserRequest"), "CreateUserRequest");
        assert_eq!(names.take_model("CreateUserRequest"), "CreateUserRequestBody");
        assert_eq!(names.take_model("CreateUserRequest"), "CreateUserRequest2");
        assert_eq!(names.take_model("User"), "User");
        assert_eq!(names.take_model("User"), "User2");
    }
}
