//! The intermediate representation: an SDK as Rust sees it, with no OpenAPI left to resolve.
//!
//! Lowering makes it and rendering prints it. Names are final: unique, legal Rust
//! identifiers. Texts are still as the document has them; rendering makes them safe.

mod api;
mod command_line;
mod constraints;
mod encoding;
mod method;
mod model;
mod output;
mod package;
mod security;
mod settings;
mod types;

pub use api::{
    Api, Body, BodyKind, Example, Header, ItemsField, Location, Operation, Paging, PagingStyle,
    Parameter, Response, SecurityRequirement, Status, StreamFormat,
};
pub use command_line::CommandLine;
pub use constraints::{Bound, Constraints, Count};
pub use encoding::{Encoding, PartEncoding, PartEncodings, QueryStyle, Style};
pub use method::Method;
pub use model::{
    AdditionalProperties, EnumValue, Field, Model, ModelKind, Object, Presence, Secrecy,
    TaggedUnion, TaggedVariant, UnionVariant, UntaggedUnion,
};
pub use output::{Output, Variant};
pub use package::{Package, Server};
pub use security::{OAuthFlow, SchemeKind, SecurityScheme};
pub use settings::Settings;
pub use types::{Scope, Type};

use std::collections::HashMap;
use std::sync::OnceLock;

/// A whole SDK crate.
#[derive(Clone, Debug)]
pub struct Sdk {
    /// What the manifest says.
    pub package: Package,
    /// The document's title.
    pub title: String,
    /// The document's description, in Markdown.
    pub description: String,
    /// The version of the API that the document describes.
    pub api_version: String,
    /// The servers of the document, in its order.
    pub servers: Vec<Server>,
    /// The security schemes that operations name, in the document's order.
    pub security_schemes: Vec<SecurityScheme>,
    /// What is particular to the API in how its client works.
    pub settings: Settings,
    /// The command line beside it, where one is wanted.
    pub command_line: Option<CommandLine>,
    /// The cargo features that are on by default; none given: `rustls` and all that compile a tag.
    pub default_features: Option<Vec<String>>,
    /// One API per tag, in the document's order.
    pub apis: Vec<Api>,
    /// All models, in the order of their schemas.
    pub models: Vec<Model>,
    /// The model that most error responses carry.
    pub error_model: Option<Type>,
    /// The type of each inline schema, by the JSON pointer (RFC 6901) of the schema.
    pub schema_types: HashMap<String, Type>,
    /// The numbers of the models by name, once they are asked for.
    pub numbers: OnceLock<HashMap<String, usize>>,
}

impl Sdk {
    /// How many operations of the document the SDK has.
    pub fn operation_count(&self) -> usize {
        let operations = self.apis.iter().flat_map(|api| &api.operations);
        operations.filter(|operation| operation.is_main()).count()
    }

    /// Whether an answer, or a body, of any operation is given item by item.
    pub fn has_streams(&self) -> bool {
        let is_stream = |kind: &BodyKind| matches!(kind, BodyKind::Stream(_));
        let mut operations = self.apis.iter().flat_map(|api| &api.operations);
        operations.any(|it| {
            it.output.stream().is_some()
                || it.body.as_ref().is_some_and(|body| is_stream(&body.kind))
        })
    }

    /// Whether any identifier has a letter that is not of ASCII.
    pub fn has_other_letters(&self) -> bool {
        let is_other = |name: &String| !name.is_ascii();
        let models = || self.models.iter().flat_map(Model::identifiers);
        let apis = || self.apis.iter().flat_map(Api::identifiers);
        self.security_schemes.iter().any(|scheme| is_other(&scheme.method))
            || apis().any(is_other)
            || models().any(is_other)
    }

    /// The model of that Rust name. Models are neither added nor moved after the first call.
    pub fn model(&self, name: &str) -> Option<&Model> {
        let numbered = || self.models.iter().enumerate().map(|(at, it)| (it.name.clone(), at));
        let number = self.numbers.get_or_init(|| numbered().collect()).get(name)?;
        self.models.get(*number).filter(|model| model.name == name)
    }
}
