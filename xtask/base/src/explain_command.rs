//! `cargo xtask explain`.

use clap::Args;

use crate::console::Console;
use crate::{Exit, Problem, program};

const EXAMPLES: &str = "\
Examples:
  cargo xtask explain
  cargo xtask explain dangling-reference";

/// The page that explains every code, a section each.
const PAGE: &str = include_str!("../../../docs/diagnostics.md");

/// What begins the section of a code; the name of the code and another backtick follow.
const HEADING: &str = "### `";

/// Explain a diagnostic: what it means, an example, and what to do.
///
/// Without CODE: a list of all. It is the word in brackets of a report, as in `error[dangling-reference]`.
/// docs/diagnostics.md has all explanations on one page.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The code of the diagnostic
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Prints one explanation, or the list.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let Some(code) = &arguments.code else {
        let width = explanations().map(|it| it.code.len()).max().unwrap_or_default();
        for explanation in explanations() {
            writeln!(console.output, "{:width$}  {}", explanation.code, explanation.summary())?;
        }
        return Ok(Exit::Success);
    };
    let Some(explanation) = explanations().find(|it| it.code == code) else {
        let program = program::name();
        let message = format!("there is no diagnostic `{code}`: `{program} explain` lists all");
        return Err(Problem(message));
    };
    writeln!(console.output, "{}\n\n{}", explanation.code, explanation.text)?;
    Ok(Exit::Success)
}

/// What the page says of a code.
struct Explanation {
    code: &'static str,
    /// Markdown.
    text: &'static str,
}

impl Explanation {
    /// The first sentence, without its full stop and in one line.
    fn summary(&self) -> String {
        let paragraph = self.text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let sentence = paragraph.split_once(". ").map_or(paragraph.as_str(), |(first, _)| first);
        sentence.trim_end_matches('.').to_owned()
    }
}

/// The explanations, in the page's order.
fn explanations() -> impl Iterator<Item = Explanation> {
    PAGE.split("\n#").filter_map(|section| {
        let (code, text) = section.strip_prefix(&HEADING[1..])?.split_once('`')?;
        Some(Explanation { code, text: text.trim() })
    })
}
