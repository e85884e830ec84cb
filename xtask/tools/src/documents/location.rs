//! Where a document may come from.

use std::net::IpAddr;

use url::{Host, Url};
use xtask::Problem;

/// A URL that a document may be read from: https or, on this computer, http.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Location(Url);

impl Location {
    /// Reads a URL.
    ///
    /// # Errors
    ///
    /// It is none, it has another scheme, or it holds credentials, which would be written down.
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let wrong = |what: &str| Problem(format!("{text} cannot be read: {what}"));
        let mut url = Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
        url.set_fragment(None);
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Problem(format!(
                "the document on {} cannot be read: its URL holds credentials; fetch it by other means, and name the file",
                url.host_str().unwrap_or_default()
            )));
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if is_here(&url) => Ok(Self(url)),
            "http" => Err(wrong("http lets anybody on the way change it; use https")),
            scheme => Err(wrong(&format!("a document comes by https, and not by {scheme}"))),
        }
    }

    /// Where a redirect leads to, which has to be on the same host, by the same scheme.
    ///
    /// # Errors
    ///
    /// It leads elsewhere.
    #[cfg(any(test, feature = "http"))]
    pub(super) fn redirect(&self, target: &str) -> Result<Self, Problem> {
        let wrong = |what: &str| Problem(format!("{} cannot be read: {what}", self.0));
        let url = self.0.join(target);
        let url = url.map_err(|error| wrong(&format!("it leads to `{target}`: {error}")))?;
        if url.scheme() != self.0.scheme() {
            return Err(wrong(&format!("it leads from {} to {url}", self.0.scheme())));
        }
        if url.host() != self.0.host()
            || url.port_or_known_default() != self.0.port_or_known_default()
        {
            return Err(wrong(&format!(
                "it leads to another host; if you trust it, name {url} yourself"
            )));
        }
        Self::parse(url.as_str())
    }

    /// The URL, without a fragment.
    pub(super) fn text(&self) -> String {
        self.0.to_string()
    }

    /// What the document is called as a file: as in the URL, with the extension that its text calls for.
    pub(super) fn file_name(&self, content: &[u8]) -> String {
        let last =
            self.0.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
        let (stem, extension) = last.rsplit_once('.').unwrap_or((last, ""));
        let is_plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-' || *c == '_';
        let stem: String = stem.chars().filter(is_plain).take(48).collect();
        let stem = if stem.is_empty() { "openapi" } else { &stem };
        let is_json = content.trim_ascii_start().starts_with(b"{");
        let extension = match extension {
            "json" if is_json => "json",
            "yml" => "yml",
            _ if is_json => "json",
            _ => "yaml",
        };
        format!("{stem}.{extension}")
    }
}

/// Whether a URL leads to this computer (RFC 6761, section 6.3; RFC 5735; RFC 4291, section 2.5.3).
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(result: Result<Location, Problem>) -> String {
        result.map(|location| panic!("{location:?}")).unwrap_err().to_string()
    }

    #[test]
    fn a_document_comes_by_https() {
        for text in [
            "https://example.com/a.yaml",
            "http://127.0.0.1:1/a",
            "http://[::1]/a",
            "http://localhost/",
        ] {
            assert_eq!(Location::parse(text).unwrap().text(), text);
        }
        assert_eq!(Location::parse("https://a.example/b#c").unwrap().text(), "https://a.example/b");
        for (text, expected) in [
            ("http://example.com/a", "use https"),
            ("http://127.0.0.1.example.com/a", "use https"),
            ("http://localhost.example.com/a", "use https"),
            ("file:///etc/passwd", "not by file"),
            ("ftp://127.0.0.1/a", "not by ftp"),
            ("https://", "empty host"),
        ] {
            let problem = problem(Location::parse(text));
            assert!(problem.contains(expected), "{text}: {problem}");
        }
        let problem = problem(Location::parse("https://ada:secret@example.com/a"));
        assert!(problem.contains("holds credentials") && !problem.contains("secret"), "{problem}");
    }

    #[test]
    fn a_redirect_stays_where_it_is() {
        let location = Location::parse("https://example.com/v1/a.yaml").unwrap();
        let to = |target| location.redirect(target);
        assert_eq!(to("b.yaml").unwrap().text(), "https://example.com/v1/b.yaml");
        assert_eq!(to("//example.com:443/b").unwrap().text(), "https://example.com/b");
        for (target, expected) in [
            ("http://example.com/v1/a.yaml", "from https to http://example.com/v1/a.yaml"),
            ("https://example.org/a", "name https://example.org/a yourself"),
            ("https://example.com:8443/a", "name https://example.com:8443/a yourself"),
            ("file:///etc/passwd", "from https to file:///etc/passwd"),
            ("https://[", "it leads to `https://[`"),
        ] {
            let problem = problem(to(target));
            assert!(problem.contains(expected), "{target}: {problem}");
        }
    }

    #[test]
    fn a_file_is_called_as_in_the_url() {
        let name = |url: &str, text: &str| Location::parse(url).unwrap().file_name(text.as_bytes());
        for (url, text, expected) in [
            ("https://a.example/v1/pets.yaml?x=y", "openapi: 3.0.3", "pets.yaml"),
            ("https://a.example/pets.yml", "openapi: 3.0.3", "pets.yml"),
            ("https://a.example/pets.json", " {}", "pets.json"),
            ("https://a.example/openapi.yaml", "{}", "openapi.json"),
            ("https://a.example/", "a", "openapi.yaml"),
            ("https://a.example/..%2F..%2Fetc", "a", "2F.yaml"),
        ] {
            assert_eq!(name(url, text), expected, "{url}");
        }
    }
}
