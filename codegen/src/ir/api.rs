//! APIs and their operations.

use serde_json::Value;

use super::{Constraints, Encoding, Method, Output, PartEncodings, QueryStyle, Style, Type};
use crate::config::NestingStyle;
use crate::document::media_type;
use crate::names::{escaped, file_name};

/// The operations of one tag.
#[derive(Clone, Debug)]
pub struct Api {
    /// The tag as the document writes it.
    pub tag: String,
    /// The Rust type, such as `SessionApi`.
    pub name: String,
    /// The method of the client that gives it, such as `session`.
    pub method: String,
    /// The module (and file), such as `session`.
    pub module: String,
    /// The module of the user's choice that it is in; right below `api` unless given.
    pub parent_module: Option<String>,
    /// The cargo feature that compiles it, such as `session`.
    pub feature: String,
    /// The tag's description, in Markdown.
    pub description: String,
    /// Its operations, in the document's order; those that differ in the media type of the body only
    /// come one after the other, the preferred one first.
    pub operations: Vec<Operation>,
}

impl Api {
    /// The module as a path below `api`, such as `session`.
    pub fn module_path(&self) -> String {
        let module = escaped(&self.module);
        self.parent_module.as_ref().map_or(module.clone(), |parent| format!("{parent}::{module}"))
    }

    /// The file of the module, relative to `src/api/`, without its extension.
    pub fn file(&self) -> String {
        match &self.parent_module {
            Some(parent) => format!("{parent}/{}", self.module),
            None => self.module.clone(),
        }
    }

    /// The identifiers of the API, and of its operations.
    pub fn identifiers(&self) -> impl Iterator<Item = &String> {
        let operations = self.operations.iter().flat_map(|operation| {
            let parameters = operation.parameters.iter().map(|parameter| &parameter.ident);
            [&operation.method, &operation.builder].into_iter().chain(parameters)
        });
        [&self.name, &self.method].into_iter().chain(operations)
    }

    /// The page of the reference, relative to `docs/`, without its extension.
    pub fn page(&self) -> String {
        file_name(&self.name)
    }

    /// The operations that are the same call as the one at this position, with the body in another media type. They
    /// follow it.
    pub fn with_other_bodies(&self, position: usize) -> impl Iterator<Item = (usize, &Operation)> {
        let (own, all) = (&self.operations[position].method, self.operations.iter().enumerate());
        let others = all.skip(position + 1);
        others.take_while(move |(_, it)| it.other_body_of.as_ref() == Some(own))
    }

    /// The operations that are the same call as the one at this position, with the answer in another media type. They
    /// follow it, after those with another body.
    pub fn with_other_answers(&self, position: usize) -> impl Iterator<Item = (usize, &Operation)> {
        let (own, all) = (&self.operations[position].method, self.operations.iter().enumerate());
        let others = all.skip(position + 1).take_while(|(_, it)| !it.is_main());
        others.filter(move |(_, it)| it.other_answer_of.as_ref() == Some(own))
    }

    /// The position of the operation with the preferred media types, where the one at this position has another. It
    /// goes before it.
    pub fn main_of(&self, position: usize) -> Option<usize> {
        let operation = &self.operations[position];
        let main = operation.other_body_of.as_ref().or(operation.other_answer_of.as_ref())?;
        self.operations[..position].iter().rposition(|it| it.method == *main)
    }
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The operationId, or one made of method and path.
    pub id: String,
    /// The Rust method, in snake case.
    pub method: String,
    /// The Rust type of its request builder, in UpperCamelCase.
    pub builder: String,
    /// The request method.
    pub http_method: Method,
    /// The path template, such as `/users/{id}`.
    pub path: String,
    /// One line.
    pub summary: String,
    /// Description, in Markdown.
    pub description: String,
    /// The document advises against using it.
    pub deprecated: bool,
    /// Its parameters: path parameters in path order, then the others in the document's.
    pub parameters: Vec<Parameter>,
    /// Its request body.
    pub body: Option<Body>,
    /// The method that sends the body in the preferred media type, where this one sends it in another
    /// and is the same call otherwise.
    pub other_body_of: Option<String>,
    /// The method that asks for the answer in the preferred media type, where this one asks for another
    /// and is the same call otherwise.
    pub other_answer_of: Option<String>,
    /// Its documented responses, in the document's order.
    pub responses: Vec<Response>,
    /// What a successful call gives.
    pub output: Output,
    /// The media type that the client asks for; none where no response has a body.
    pub accept: Option<String>,
    /// The alternatives of which any one authorizes the call; none: it needs nothing.
    pub security: Vec<Vec<SecurityRequirement>>,
    /// The base URL or path of a server that only this operation has.
    pub server: Option<String>,
    /// How its list goes on, where it answers with one page of a list.
    pub paging: Option<Paging>,
    /// The data of the item that ends its stream and is none itself.
    pub sentinel: Option<String>,
    /// Whether its stream of events is asked for again when it has ended.
    pub reconnects: bool,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
}

impl Operation {
    /// The redirects, `304 Not Modified` among them, that are answers and no errors.
    pub fn redirects_that_answer(&self) -> Vec<u16> {
        let answers = self.responses.iter().filter(|response| response.is_answer);
        answers.filter_map(|response| response.status.redirect()).collect()
    }

    /// Whether it has the preferred media types.
    pub fn is_main(&self) -> bool {
        self.other_body_of.is_none() && self.other_answer_of.is_none()
    }

    /// The parameters that the method takes as arguments.
    pub fn required_parameters(&self) -> Vec<&Parameter> {
        self.parameters.iter().filter(|parameter| parameter.required).collect()
    }

    /// The parameters that the request builder has setters for.
    pub fn optional_parameters(&self) -> Vec<&Parameter> {
        self.parameters.iter().filter(|parameter| !parameter.required).collect()
    }
}

/// How a list that comes in pages goes on.
#[derive(Clone, Debug)]
pub struct Paging {
    /// How the next page is found.
    pub style: PagingStyle,
    /// The type of an item.
    pub item: Type,
    /// The fields that lead from the page to the items; none where the page is the list itself.
    pub items: Vec<ItemsField>,
    /// Whether a page without items is the last one for now, although it names a next one.
    pub empty_page_ends: bool,
    /// The query parameters that a page's link to the next one forgets.
    pub kept_parameters: Vec<String>,
}

/// A field on the way from a page to its items.
#[derive(Clone, Debug)]
pub struct ItemsField {
    /// The Rust identifier.
    pub ident: String,
    /// Whether it is always there.
    pub required: bool,
}

/// How the next page is found. Names that end a list or lead on are JSON pointers
/// (RFC 6901) into the body.
#[derive(Clone, Debug)]
pub enum PagingStyle {
    /// The `Link` header with `rel="next"` (RFC 8288).
    Link,
    /// A URL in the body.
    Url {
        /// Where the URL stands.
        next: String,
    },
    /// A cursor in the body that goes into a query parameter.
    Cursor {
        /// The query parameter.
        parameter: String,
        /// Where the cursor stands.
        next: String,
    },
    /// The number of items so far goes into a query parameter.
    Offset {
        /// The query parameter.
        parameter: String,
        /// Where the items stand.
        items: String,
        /// Where the number of all items stands; empty where it does not.
        total: String,
    },
    /// The number of the page goes into a query parameter.
    PageNumber {
        /// The query parameter.
        parameter: String,
        /// The number of the first page.
        first: u64,
        /// Where the items stand.
        items: String,
    },
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Location {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into the `Cookie` header.
    Cookie,
}

impl Location {
    /// The word that OpenAPI has for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// The Rust identifier.
    pub ident: String,
    /// Where it goes.
    pub location: Location,
    /// How its value is written.
    pub style: Style,
    /// Whether arrays and objects become several parameters.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// How values are written that lie deeper than the style reaches, where `sdk.toml` says it and the type
    /// may have such.
    pub nesting: Option<NestingStyle>,
    /// Whether a call cannot do without it.
    pub required: bool,
    /// Its type.
    pub ty: Type,
    /// Description, in Markdown.
    pub description: String,
    /// The document advises against using it.
    pub deprecated: bool,
    /// The value that the server assumes where it is absent.
    pub default: Option<Value>,
    /// What its values have to keep.
    pub constraints: Constraints,
    /// An example of the document.
    pub example: Option<Value>,
}

impl Parameter {
    /// Whether style and explode are what the standard has for the location.
    pub fn has_default_style(&self) -> bool {
        let (style, explode) = match self.location {
            Location::Path | Location::Header => (Style::Simple, false),
            Location::Query | Location::Cookie => (Style::Form, true),
        };
        self.style == style
            && self.explode == explode
            && !self.allow_reserved
            && self.nesting.is_none()
    }

    /// How the value is written in a query.
    pub fn query_style(&self) -> QueryStyle {
        let Self { style, explode, allow_reserved, nesting, .. } = *self;
        QueryStyle { style, explode, allow_reserved, nesting }
    }
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Description, in Markdown.
    pub description: String,
    /// Whether a call cannot do without it.
    pub required: bool,
    /// The media type, parameters included.
    pub media_type: String,
    /// How the value becomes bytes.
    pub kind: BodyKind,
    /// Its type.
    pub ty: Type,
    /// How the properties of a form are written that are not written by default.
    pub encodings: Vec<Encoding>,
    /// How its parts are written, where they have no names.
    pub parts: PartEncodings,
    /// Examples of the document.
    pub examples: Vec<Example>,
}

impl Body {
    /// Its media type without parameters.
    pub fn essence(&self) -> &str {
        media_type::essence(&self.media_type)
    }

    /// How a property of the form is written where that is not the default.
    pub fn encoding(&self, property: &str) -> Option<&Encoding> {
        self.encodings.iter().find(|encoding| encoding.property == property)
    }

    /// Whether it is `multipart/form-data` (RFC 7578), whose parts have names.
    pub fn is_form_data(&self) -> bool {
        self.essence().eq_ignore_ascii_case("multipart/form-data")
    }
}

/// How a body becomes bytes, or a response a value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BodyKind {
    /// JSON (RFC 8259), `+json` included.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` (RFC 7578), or another kind of several parts (RFC 2046, section 5.1).
    Multipart,
    /// Text in UTF-8.
    Text,
    /// Bytes as they are.
    Binary,
    /// Items that are given, or sent, as they come; the type is that of an item. Events are of answers only.
    Stream(StreamFormat),
}

/// How the items of a stream stand in it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StreamFormat {
    /// Server-sent events (WHATWG HTML, section 9.2) with JSON as data.
    Events,
    /// Server-sent events with text as data.
    TextEvents,
    /// A JSON text on each line.
    JsonLines,
    /// A JSON text sequence (RFC 7464).
    JsonSequence,
    /// Parts (RFC 2046, section 5.1) of JSON; in a request, of whatever is not bytes.
    Parts,
    /// Parts of text, of answers only.
    TextParts,
    /// Parts of bytes.
    BinaryParts,
}

impl StreamFormat {
    /// Whether the items are events.
    pub fn has_events(self) -> bool {
        matches!(self, Self::Events | Self::TextEvents)
    }

    /// Whether the items are parts.
    pub fn has_parts(self) -> bool {
        matches!(self, Self::Parts | Self::TextParts | Self::BinaryParts)
    }

    /// What an item is called, and what of it an example shows: of an event and of a part its data.
    pub fn example(self) -> (&'static str, &'static str) {
        match self {
            _ if self.has_events() => ("event", "event.data"),
            _ if self.has_parts() => ("part", "part.data"),
            _ => ("item", "item"),
        }
    }
}

/// An example of the document.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// One line.
    pub summary: Option<String>,
    /// The value.
    pub value: Value,
}

/// The status codes that a response is for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Status {
    /// One code.
    Code(u16),
    /// A hundred of them, by the first digit: `2XX`.
    Range(u16),
    /// All that no other response is for.
    Default,
}

impl Status {
    /// Whether it means that the call succeeded.
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => (200..300).contains(&code),
            Self::Range(digit) => digit == 2,
            Self::Default => false,
        }
    }

    /// The code of a redirect (RFC 9110, section 15.4).
    pub fn redirect(self) -> Option<u16> {
        match self {
            Self::Code(code) if (300..400).contains(&code) => Some(code),
            _ => None,
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Range(digit) => write!(formatter, "{digit}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}

/// A documented response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Its status.
    pub status: Status,
    /// Whether the call succeeded with it; else it is an error.
    pub is_answer: bool,
    /// Description, in Markdown.
    pub description: String,
    /// Its headers, in the document's order.
    pub headers: Vec<Header>,
    /// The media type that the client prefers; none where there is no body.
    pub media_type: Option<String>,
    /// How the bytes become the value.
    pub kind: BodyKind,
    /// The type of the body; none where there is no body.
    pub ty: Option<Type>,
    /// Examples of the document.
    pub examples: Vec<Example>,
}

impl Response {
    /// Takes the body out.
    pub fn lose_body(&mut self) {
        (self.media_type, self.ty) = (None, None);
        self.examples.clear();
    }
}

/// A response header.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Description, in Markdown.
    pub description: String,
}

/// One scheme of an alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityRequirement {
    /// The scheme's name in the document.
    pub scheme: String,
    /// The scopes that the token must have.
    pub scopes: Vec<String>,
}
