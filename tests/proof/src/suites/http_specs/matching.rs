//! Path templates and the paths that they fit.

/// The values of the expressions of a template in a path, in their order; none where the path is another one.
///
/// A value has a `/` only where the path fits in no other way.
pub fn values<'t>(template: &'t str, path: &str) -> Option<Vec<(&'t str, String)>> {
    let mut found = Vec::new();
    fits(template, path, &mut found).then_some(found)
}

fn fits<'t>(template: &'t str, path: &str, found: &mut Vec<(&'t str, String)>) -> bool {
    let Some((literal, rest)) = template.split_once('{') else { return template == path };
    let Some((name, rest)) = rest.split_once('}') else { return template == path };
    let Some(path) = path.strip_prefix(literal) else { return false };
    let segment = path.find('/').unwrap_or(path.len());
    let ends = path.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let (within, beyond): (Vec<usize>, Vec<usize>) = ends.partition(|end| *end <= segment);
    // The longest value of one segment first.
    let ends = within.into_iter().rev().chain(beyond);
    for end in ends {
        let before = found.len();
        found.push((name, path[..end].to_owned()));
        if fits(rest, &path[end..], found) {
            return true;
        }
        found.truncate(before);
    }
    false
}

/// How many characters of a template are no expressions: the larger, the better it fits.
pub fn literals(template: &str) -> usize {
    let mut depth = 0_usize;
    let mut count = 0;
    for letter in template.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => count += 1,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_fits_the_paths_that_it_can_become() {
        let pair = |name, value: &str| (name, value.to_owned());
        assert_eq!(values("/a/b", "/a/b"), Some(vec![]));
        assert_eq!(values("/a/{x}", "/a/1"), Some(vec![pair("x", "1")]));
        assert_eq!(
            values("/a{x}/{y}.json", "/a.1/2.json"),
            Some(vec![pair("x", ".1"), pair("y", "2")])
        );
        assert_eq!(values("/a/{x}", "/a/1/2"), Some(vec![pair("x", "1/2")]));
        assert_eq!(values("/a/{x}", "/a/"), None);
        assert_eq!(values("/a/{x}", "/b/1"), None);
        assert!(literals("/a/b") > literals("/a/{x}"));
    }
}
