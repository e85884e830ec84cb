//! JSONPaths as overlays have them.

/// A JSONPath whose names of extensions, such as `.x-name`, stand in brackets, as RFC 9535 has names with a hyphen: the
/// overlay standard's own example writes them without (Overlay 1.1.0, section 4.5.3).
pub(super) fn with_brackets(path: &str) -> String {
    let mut written = String::with_capacity(path.len());
    let mut quote = None;
    let mut rest = path;
    while let Some(letter) = rest.chars().next() {
        if let Some(name) = rest.strip_prefix(".x-").filter(|_| quote.is_none()) {
            let end = name.find(|it: char| !it.is_alphanumeric() && it != '-' && it != '_');
            let (name, after) = name.split_at(end.unwrap_or(name.len()));
            written += &format!("['x-{name}']");
            rest = after;
            continue;
        }
        match quote {
            None if letter == '\'' || letter == '"' => quote = Some(letter),
            Some(open) if open == letter => quote = None,
            _ => {}
        }
        written.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    written
}

#[cfg(test)]
mod tests {
    use super::with_brackets;

    #[test]
    fn names_of_extensions_stand_in_brackets() {
        assert_eq!(
            with_brackets("$.paths.*.get[?@.x-oai-traits.paged]"),
            "$.paths.*.get[?@['x-oai-traits'].paged]"
        );
        assert_eq!(with_brackets("$.a.x-é_1"), "$.a['x-é_1']");
        assert_eq!(with_brackets("$['.x-a'].max-b"), "$['.x-a'].max-b");
    }
}
