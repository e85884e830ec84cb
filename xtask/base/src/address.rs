//! Documents that are named by a URL in place of a path.

use std::ffi::OsStr;

/// Whether an argument is a URL (RFC 3986, section 3): a scheme of at least two letters, since one is a drive, and `://`.
pub fn is_url(argument: impl AsRef<OsStr>) -> bool {
    let scheme = argument.as_ref().to_str().and_then(|text| text.split_once("://"));
    scheme.is_some_and(|(scheme, _)| {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(is_allowed)
    })
}

#[cfg(test)]
mod tests {
    use super::is_url;

    #[test]
    fn a_url_has_a_scheme() {
        for url in
            ["https://example.com/openapi.yaml", "HTTP://localhost", "ftp://a", "svn+ssh://a"]
        {
            assert!(is_url(url), "{url}");
        }
        for path in
            ["openapi.yaml", "C://a", "./a://b", "://a", "a b://c", "/https://a", "https:/a"]
        {
            assert!(!is_url(path), "{path}");
        }
    }
}
