//! How a text of the document stands in the docs that a macro writes.

/// A literal as code, in Markdown. One that a pair of backticks could not hold comes with the Markdown that can.
#[allow(unused_macros, reason = "not every document has what needs it")]
macro_rules! in_docs {
    ($text:literal) => {
        concat!("`", $text, "`")
    };
    ($text:literal, $markdown:literal) => {
        $markdown
    };
}
