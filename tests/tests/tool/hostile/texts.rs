//! Texts that became code, or more than a text, somewhere else.

/// A text, and what it is after.
pub struct Text {
    /// The report, or the kind of attack.
    pub name: &'static str,
    /// What stands in the document.
    pub text: &'static str,
}

/// Stands in the place of every text, to see what a crate looks like that nobody attacks.
pub const HARMLESS: &str = "plain words";

/// Writes a file where it is run.
macro_rules! run {
    () => {
        "std::fs::write(\"/tmp/pwned\", \"x\").unwrap();"
    };
}

const fn text(name: &'static str, text: &'static str) -> Text {
    Text { name, text }
}

/// What is tried in every place of a document that holds a string.
pub const TEXTS: &[Text] = &[
    text("CVE-2026-22785: a comment ends in a summary (orval)", concat!("*/ ", run!(), " /*")),
    text("CVE-2026-54661: a quote ends a string", concat!("\"; ", run!(), " //")),
    text(
        "CVE-2026-54662: a quote and a brace",
        concat!("\"); } fn evil() { ", run!(), " } const X: (&str) = (\""),
    ),
    text("CVE-2026-54663: a template literal", concat!("`${", run!(), "}`")),
    text("CVE-2026-54664: a single quote", concat!("'; ", run!(), " //'")),
    text("CVE-2026-54665: a bracket ends an index", concat!("x\"]; ", run!(), " [\"")),
    text("CVE-2026-54666: a backslash before the quote", concat!("\\\"; ", run!(), " //\\")),
    text("CVE-2026-108551: a path that ends its template", concat!("/a`; ", run!(), " `")),
    text(
        "CVE-2026-119027: a line break in a comment (oapi-codegen)",
        concat!("a\n", run!(), "\n//"),
    ),
    text(
        "openapi-generator #23956: a line break in a doc comment",
        concat!("a\n*/\n", run!(), "\n/**"),
    ),
    text("a raw literal ends", concat!("\"#; ", run!(), " r#\"")),
    text("many hashes", "\"##################; fn evil() {} \"#"),
    text("format arguments", "{} {0} {name} {{}} {:?} {"),
    text("macro variables", "$crate $x $($x:tt)* $"),
    text("an attribute", "#![allow(warnings)] #[no_mangle] #[path = \"/etc/passwd\"]"),
    text("an inner doc comment", concat!("//! a\n//! ```\n", run!())),
    text("a fence", concat!("```\n", run!(), "\n```")),
    text("a fence of tildes", concat!("~~~rust\n", run!(), "\n~~~")),
    text(
        "a fence within longer fences",
        concat!("`````\n```\n~~~~\n```rust\n", run!(), "\n```\n~~~~\n`````\n"),
    ),
    text(
        "a fence in a list in a quotation",
        concat!("> - 1. ```rust\n>      ", run!(), "\n>      ```"),
    ),
    text(
        "a fence after a list with a great number",
        concat!("999999999. a\n999999999. ```\n", run!(), "\n```"),
    ),
    text("a fence that only nightly runs", concat!("```E0308\n", run!(), "\n```")),
    text(
        "a fence with attributes",
        concat!("```{.rust}\n", run!(), "\n```\n```custom,{class=a},rust\n", run!(), "\n```"),
    ),
    text("a fence that stays open", concat!("text\n\n```json\n", run!())),
    text("indented code", concat!("text\n\n    ", run!(), "\n\n\t", run!())),
    text("code after a carriage return", concat!("a\r\r~~~\r", run!(), "\r~~~\r\rb")),
    text(
        "code after other line breaks",
        concat!("a\u{85}\u{85}```\u{2028}", run!(), "\u{2029}```\u{b}\u{c}b"),
    ),
    text("code in a span over lines", concat!("`` a ` ~~~rust\n", run!(), "\n~~~ ``")),
    text("a hidden line of a doctest", concat!("# ", run!(), "\n## ", run!())),
    text("a script", "<script>alert(1)</script>"),
    text("a script in a list in a cell", "- ```\n  <script>alert(1)</script>\n  ```"),
    text("a script after a broken fence", "`````\n```\n~~~~\n<script>alert(1)</script>\n`````\n"),
    text(
        "HTML of every kind",
        "<!-- a\n\nb <?php ?> <![CDATA[ x ]]> <img src=x onerror=alert(1)> </details>",
    ),
    text(
        "a link that runs",
        "[a](javascript:alert(1)) ![b](https://a.example/x.png) <javascript:x>",
    ),
    text("a link to an item", "[`Client`] [std::fs::write] [x]: https://a.example \"t\""),
    text("a cell that ends", "a | b || c \\| d \\\\| e\n| --- |\n| f |"),
    text("the direction of text", "a\u{202e}b\u{2066}c\u{2069}\u{200f}d"),
    text("invisible letters", "a\u{200b}b\u{feff}c\u{3164}d\u{ad}e\u{e0041}f"),
    text("a terminal's escape", "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m"),
    text("a NUL", "a\0b"),
    text("a table of TOML", "x\"\n[dependencies]\nevil = { path = \"/tmp/evil\" }\n"),
    text("a path upwards", "../../../../etc/passwd"),
    text("a path of Windows", "C:\\Windows\\System32\\drivers\\etc\\hosts"),
    text("a device of Windows", "CON"),
    text("a keyword", "crate"),
    text("another keyword", "Self"),
    text("a word of the shell", "$(touch /tmp/pwned); `touch /tmp/pwned`"),
    text("nothing", ""),
    text("a blank", " "),
    text("letters of other scripts", "用户 Ελλάδα नमस्ते 👍🏽"),
    text("a long word", include_str!("long_word.txt")),
];
