//! The servers, and their URLs with variables filled in.

use super::Lowering;
use super::limits::LONGEST_SERVER_URL;
use super::operations::Found;
use super::place::pointer;
use crate::ir::Server;

impl<'a> Lowering<'a> {
    /// The server of an operation or of its path, where it is not that of the document.
    pub(super) fn server(&mut self, found: &Found<'a>) -> Option<String> {
        let (at, own) = match (found.operation.servers.first(), found.item.servers.first()) {
            (Some(own), _) => (found.pointer(), own),
            (None, own) => (pointer("/paths", &[found.path]), own?),
        };
        Some(self.filled_url(own, &format!("{at}/servers/0")))
    }

    /// The servers with their variables' defaults filled in.
    pub(super) fn servers(&mut self) -> Vec<Server> {
        let servers = self.openapi.servers.iter().enumerate();
        servers
            .map(|(index, server)| {
                let at = format!("/servers/{index}");
                let name = self.additions.server_names.get(&at);
                Server {
                    url: self.filled_url(server, &at),
                    description: server.description.as_ref().or(name).cloned().unwrap_or_default(),
                }
            })
            .collect()
    }

    /// The URL of the server at a place, its variables filled with their defaults: once, since a default is no template
    /// (OpenAPI 3.0.4, section 4.7.6.1).
    fn filled_url(&mut self, server: &openapiv3::Server, at: &str) -> String {
        let defaults = server.variables.as_ref();
        let default = |name: &str| Some(defaults?.get(name)?.default.as_str());
        let mut url = String::new();
        let mut rest = server.url.as_str();
        while let Some(start) = rest.find('{') {
            url.push_str(&rest[..start]);
            rest = &rest[start..];
            let name = rest.find('}').map(|end| &rest[1..end]);
            let found = name.and_then(|name| Some((default(name)?, name.len() + 2)));
            let (filled, length) = found.unwrap_or(("{", 1));
            match filled.strip_prefix('/').filter(|_| url.ends_with('/')) {
                Some(shorter) => {
                    self.warn_of_double_slash(name.unwrap_or_default(), filled, at);
                    url.push_str(shorter);
                }
                None => url.push_str(filled),
            }
            rest = &rest[length..];
            if url.len() + rest.len() > LONGEST_SERVER_URL {
                break;
            }
        }
        url.push_str(rest);
        if url.len() > LONGEST_SERVER_URL {
            let message = format!(
                "the URL of this server is longer than {LONGEST_SERVER_URL} bytes with its variables filled in"
            );
            self.diagnostics
                .error("too-long-url", at.to_owned(), message)
                .help("shorten the URL, or the defaults of its variables");
            url.clear();
        }
        url
    }

    /// Gateways export a path with the slash that stands in the template already; no server reads two.
    fn warn_of_double_slash(&mut self, name: &str, default: &str, at: &str) {
        let message = format!(
            "the default `{default}` of `{name}` begins with the slash that is before it; the URL has one"
        );
        let place = format!("{at}{}", pointer("/variables", &[name, "default"]));
        self.diagnostics
            .warning("double-slash", place, message)
            .help("leave the slash out of the default");
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::diagnostics::Diagnostics;
    use crate::load::testing::load_text;
    use crate::lower::lower;
    use crate::normalize::normalize;

    #[test]
    fn a_slash_before_a_variable_and_in_its_default_is_one() {
        let text = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\nservers: [{url: 'https://a.example/{stage}/{rest}', \
                    variables: {stage: {default: /v1}, rest: {default: x}}}]\npaths: {}\n";
        let mut loaded = load_text("a.yaml", text);
        let document = loaded.result.take().expect("the document is loaded");
        let normalized = normalize(document, &mut loaded.diagnostics).expect("it is fine");
        let mut diagnostics = Diagnostics::new();
        let sdk = lower(&normalized, &Config::default(), &mut diagnostics).expect("a warning only");
        assert_eq!(sdk.settings.base_url.as_deref(), Some("https://a.example/v1/x"));
        let found: Vec<_> = diagnostics
            .iter()
            .map(|it| (it.code, it.pointer.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(found, [("double-slash", "/servers/0/variables/stage/default")]);
    }
}
