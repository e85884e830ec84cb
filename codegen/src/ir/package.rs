//! What the crate is called, and where the API is.

/// What the manifest says.
#[derive(Clone, Debug)]
pub struct Package {
    /// The crate's name, such as `my-sdk`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// One line for the manifest.
    pub description: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Where its source is.
    pub repository: Option<String>,
    /// Crates that types of the user's come from, each with what the manifest says of it.
    pub dependencies: Vec<(String, toml::Value)>,
}

impl Package {
    /// The crate's name in Rust, such as `my_sdk`.
    pub fn library(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// A server of the document, its variables filled with their defaults.
#[derive(Clone, Debug)]
pub struct Server {
    /// The URL.
    pub url: String,
    /// Description, in Markdown.
    pub description: String,
}
