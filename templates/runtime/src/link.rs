//! The `Link` header (RFC 8288, section 3).

use reqwest::header::{HeaderMap, LINK};

/// The target of the first link whose relation is `next`.
pub(crate) fn next(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(LINK)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(links)
        .find(|link| link.is_next())
        .map(|link| link.target.to_owned())
}

/// One link: `<target>; name=value; name="value"`.
struct Link<'h> {
    target: &'h str,
    parameters: Vec<&'h str>,
}

impl Link<'_> {
    /// A link can have several relations, separated by spaces; the case does not count.
    fn is_next(&self) -> bool {
        self.parameters.iter().any(|parameter| {
            let Some((name, value)) = parameter.split_once('=') else { return false };
            let value = value.trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("rel")
                && value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("next"))
        })
    }
}

fn links(header: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((target, after)) = after.split_once('>') else { break };
        let end = outside_quotes(after, ',').unwrap_or(after.len());
        links.push(Link { target, parameters: split_parameters(&after[..end]) });
        rest = &after[end..];
    }
    links
}

fn split_parameters(mut text: &str) -> Vec<&str> {
    let mut parameters = Vec::new();
    while let Some(end) = outside_quotes(text, ';') {
        parameters.push(&text[..end]);
        text = &text[end + 1..];
    }
    parameters.push(text);
    parameters
}

/// Where a character stands first that is not within quotes.
fn outside_quotes(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    text.char_indices().find_map(|(index, character)| {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if character == wanted && !quoted => return Some(index),
            _ => {}
        }
        None
    })
}
