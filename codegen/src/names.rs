//! Rust identifiers made of the document's names.

use std::collections::{HashMap, HashSet};

mod signs;
mod words;

use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization;

/// Words of paths, which `r#` cannot make identifiers of.
pub(crate) const NEVER_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// The keywords of edition 2024 that `r#` makes identifiers of, those that are reserved for later among them (The Rust
/// Reference, "Keywords"). Weak keywords, such as `union`, are identifiers.
pub(crate) const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

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

/// How many bytes an identifier may have. Files are named after some of them, and a file's name has 255 at most.
pub const MAX_LENGTH: usize = 200;

/// Whether an identifier made of the text would be too long, and lacks its end.
pub fn is_cut(text: &str) -> bool {
    words::snake(text).len() > MAX_LENGTH
}

/// The start of an identifier that may be too long, in the form that the compiler compares identifiers in (NFC).
fn cut(name: &str) -> String {
    let mut name: String = name.nfc().collect();
    if name.len() > MAX_LENGTH {
        let end = (0..=MAX_LENGTH).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
        name.truncate(end);
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
    let name = words::upper_camel(text);
    let name = if name.is_empty() { words::upper_camel(&signs::spelled(text)) } else { name };
    started(cut(&name), "Empty", "V")
}

/// An enum variant. Values that differ by a sign only (`+1`, `-1`) stay apart.
pub fn variant_name(text: &str) -> String {
    let (before, inner, after) = signs::around(text);
    let name = if before.is_empty() && after.is_empty() {
        type_name(text)
    } else {
        let words = [&before, &words::upper_camel(inner), &after];
        cut(&words.map(String::as_str).concat())
    };
    let name = started(name, "Empty", "V");
    if name == "Self" { "Self_".to_owned() } else { name }
}

/// A field, parameter, method or module name in snake case, not yet escaped. The sign of a number counts, and one that
/// compares: `+1` becomes `plus_1`, and `time<` becomes `time_less_than`.
pub fn snake_name(text: &str) -> String {
    let name = match (signs::of_number(text), signs::comparison(text)) {
        (Some((sign, number)), _) => format!("{sign}_{}", words::snake(number)),
        (None, Some((inner, words))) => words::snake(&format!("{inner} {words}")),
        (None, None) => words::snake(text),
    };
    let name = if name.is_empty() { words::snake(&signs::spelled(text)) } else { name };
    started(cut(&name), "empty", "n")
}

/// A name that starts as an identifier may: with `prefix` before it where it does not.
fn started(name: String, empty: &str, prefix: &str) -> String {
    match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if is_xid_start(first) => name,
        Some(_) => format!("{prefix}{name}"),
    }
}

/// A name that the user chose: as it is where it is an identifier, and otherwise made one as a name of the document is.
pub fn chosen(text: &str, made: fn(&str) -> String) -> String {
    let is_name = is_identifier(text) && !is_keyword(text);
    if is_name { text.nfc().collect() } else { made(text) }
}

/// Whether a text has the form of an identifier (UAX #31), be it a keyword or not.
fn is_identifier(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| is_xid_start(first) || first == '_')
        && letters.all(is_xid_continue)
        && text != "_"
}

/// Whether edition 2024 has a keyword of that name.
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name) || is_never_raw(name)
}

/// Whether a name is a word of paths, such as `crate`, which nothing can be called.
pub fn is_never_raw(name: &str) -> bool {
    NEVER_RAW.contains(&name)
}

/// The name as an identifier: `r#type` for a keyword, `self_` where that is not allowed.
pub fn escaped(name: &str) -> String {
    if is_never_raw(name) {
        format!("{name}_")
    } else if is_keyword(name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

/// The name of a file for what has this identifier: of ASCII only, since file systems differ in how they write other
/// letters, and the compiler looks for no module in a file with such a name (E0754).
///
/// A name that gets too long by this ends with a number that tells it from others.
pub fn file_name(identifier: &str) -> String {
    if identifier.is_ascii() {
        return identifier.to_owned();
    }
    let mut name = String::with_capacity(identifier.len());
    for letter in identifier.chars() {
        if letter.is_ascii() {
            name.push(letter);
        } else {
            name.push_str(&format!("u{:x}", u32::from(letter)));
        }
    }
    if name.len() > MAX_LENGTH {
        let number = fnv(name.as_bytes());
        name.truncate(MAX_LENGTH - "_0123456789abcdef".len());
        name.push_str(&format!("_{number:016x}"));
    }
    name
}

/// A number made of bytes, the same on every machine (FNV-1a).
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The name of a cargo feature: of ASCII only, as registries want it.
pub fn feature_name(text: &str) -> String {
    let name = cut(&file_name(&words::kebab(text)));
    if name.is_empty() { file_name(&snake_name(text)).replace('_', "-") } else { name }
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
        // An underscore at the end is there since the name without it is a keyword; the number tells it as well.
        let name = wanted.trim_end_matches('_');
        let is_snake = name.contains('_') || name.chars().all(|c| !c.is_uppercase());
        let stem = format!("{name}{}", if is_snake { "_" } else { "" });
        let number = self.numbers.entry(stem.to_lowercase()).or_insert(2);
        loop {
            let name = format!("{stem}{number}");
            *number += 1;
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
    }

    /// A name in snake case for what the document calls `text`. Where that is taken, one with words for the signs around
    /// it, so that `id` and `$id` are `id` and `dollar_id`, or else with a number.
    pub fn take_snake(&mut self, text: &str) -> String {
        let name = snake_name(text);
        match self.spelled(text) {
            Some(spelled) if !self.is_free(&name) => self.take(&spelled),
            _ => self.take(&name),
        }
    }

    /// The free name with words for the signs around a text, if it has any.
    pub fn spelled(&self, text: &str) -> Option<String> {
        let spelled = signs::spelled_around(text).map(|words| snake_name(&words))?;
        Some(spelled).filter(|name| self.is_free(name))
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
    fn files_of_long_names_stay_apart() {
        let (one, other) = ("用".repeat(60) + "a", "用".repeat(60) + "b");
        assert_ne!(file_name(&one), file_name(&other));
        assert_eq!(file_name(&one).len(), MAX_LENGTH);
        assert_eq!(file_name(&"用".repeat(40)), "u7528".repeat(40));
        let long = "a".repeat(MAX_LENGTH) + "2";
        assert_eq!(file_name(&long), long);
    }

    #[test]
    fn letters_without_a_picture_part_words() {
        assert_eq!(snake_name("ab\u{3164}cd"), "ab_cd");
        assert_eq!(type_name("\u{115f}ab\u{ffa0}"), "Ab");
    }

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
        assert_eq!(variant_name("-created_at"), "MinusCreatedAt");
        assert_eq!(variant_name("+name"), "PlusName");
        assert_eq!(variant_name("<="), "LessThanOrEqual");
        assert_eq!(variant_name(">=10"), "GreaterThanOrEqual10");
        assert_eq!(variant_name("!="), "NotEqual");
        assert_eq!(variant_name("C++"), "CPlusPlus");
        assert_eq!(variant_name("A-"), "AMinus");
        assert_eq!(variant_name("2+"), "V2Plus");
        assert_eq!(variant_name("created-at"), "CreatedAt");
        assert_eq!(variant_name("==="), "StrictlyEqual");
        assert_eq!(variant_name("!=="), "StrictlyNotEqual");
        assert_eq!(variant_name("<>"), "NotEqual");
    }

    #[test]
    fn signs_without_letters_are_spelled() {
        let names = ["\\", ";", "()", "[", "\"", "&", "&&", "|", "||", "≤", "→", "->", "+ -"];
        let spelled = [
            "Backslash",
            "Semicolon",
            "LeftParenthesisRightParenthesis",
            "LeftBracket",
            "Quote",
            "Ampersand",
            "And",
            "Pipe",
            "Or",
            "LessThanOrEqual",
            "RightArrow",
            "MinusGreater",
            "PlusMinus",
        ];
        assert_eq!(names.map(variant_name), spelled);
        assert_eq!(variant_name(" "), "Space");
        assert_eq!(variant_name("\t"), "Tab");
        assert_eq!(variant_name(""), "Empty");
        assert_eq!(snake_name("[]"), "left_bracket_right_bracket");
    }

    #[test]
    fn keywords_are_escaped() {
        assert_eq!(escaped(&snake_name("type")), "r#type");
        assert_eq!(escaped(&snake_name("self")), "self_");
        assert_eq!(escaped(&snake_name("_links")), "links");
        assert_eq!(escaped(&snake_name("2x")), "n2x");
    }

    #[test]
    fn every_keyword_is_escaped() {
        let file = |name: &str| syn::parse_str::<syn::Item>(&format!("fn {name}() {{}}"));
        for keyword in KEYWORDS.iter().chain(&NEVER_RAW) {
            assert!(file(&escaped(keyword)).is_ok(), "{keyword}");
            assert_ne!(escaped(keyword), *keyword);
        }
        assert_eq!(escaped("gen"), "r#gen");
        assert_eq!(escaped("crate"), "crate_");
        assert_eq!(escaped("union"), "union");
    }

    #[test]
    fn letters_of_any_script_are_kept() {
        assert_eq!(snake_name("用户"), "用户");
        assert_eq!(type_name("用户List"), "用户List");
        assert_eq!(snake_name("用户List"), "用户_list");
        assert_eq!(type_name("größe der Straße"), "GrößeDerStraße");
        assert_eq!(snake_name("ИмяФайла"), "имя_файла");
        assert_eq!(type_name("имя_файла"), "ИмяФайла");
        assert_eq!(snake_name("हिन्दी"), "हिन्दी");
        assert_eq!(snake_name("r\u{e9}sum\u{e9}"), snake_name("re\u{301}sume\u{301}"));
        assert_eq!(snake_name("\u{663}x"), "n\u{663}x");
        assert_eq!(type_name("👍"), "U1f44d");
        assert!(is_identifier(&type_name(&"用".repeat(300))));
    }

    #[test]
    fn files_and_features_are_ascii() {
        assert_eq!(file_name("用户"), "u7528u6237");
        assert_eq!(file_name("users"), "users");
        assert_eq!(feature_name("用户 List"), "u7528u6237-list");
    }

    #[test]
    fn a_name_is_never_too_long_for_a_file() {
        let long = "word ".repeat(100);
        assert_eq!(snake_name(&long).len(), 199);
        assert_eq!(type_name(&long).len(), MAX_LENGTH);
        assert_eq!(feature_name(&long).len(), 199);
        assert!(is_cut(&long) && !is_cut(&long[..200]));
        let longest = "a".repeat(MAX_LENGTH);
        assert!(!is_cut(&longest) && is_cut(&format!("{longest}a")));
        assert_eq!(snake_name(&longest), longest);
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
        assert_eq!(
            ["Self_", "Self_", "crate_"].map(|name| names.take(name)),
            ["Self_", "Self2", "crate_"]
        );
        assert_eq!(names.take("crate_"), "crate_2");
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

    #[test]
    fn fields_that_differ_in_signs_only_are_told_apart_by_words() {
        assert_eq!(snake_name("+1"), "plus_1");
        assert_eq!(snake_name("-1"), "minus_1");
        assert_eq!(snake_name("1"), "n1");
        assert_eq!(snake_name("-name"), "name", "only that of a number counts by itself");
        assert_eq!(snake_name("time<"), "time_less_than");
        assert_eq!(snake_name("Page<User>"), "page_user", "a bracket compares nothing");
        let mut names = Names::default();
        let taken =
            ["time", "time<", "time>=", "ids", "ids[]", "@id", "$id", "_id", "id", "a", "A"];
        let taken = taken.map(|text| names.take_snake(text));
        assert_eq!(
            taken,
            [
                "time",
                "time_less_than",
                "time_greater_than_or_equal",
                "ids",
                "ids_list",
                "id",
                "dollar_id",
                "underscore_id",
                "id_2",
                "a",
                "a_2"
            ]
        );
    }
}
