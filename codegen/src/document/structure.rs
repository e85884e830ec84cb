//! Which object stands where in an OpenAPI document, as data: the field tables of OpenAPI 3.0.4, 3.1.1 and 3.2.0
//! together.
//!
//! The tables are what tells a reference from an example that looks like one, and what a wrong type is found by.

use serde_json::Value;

use super::pointer;

/// The objects of OpenAPI.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Object {
    /// The document itself.
    OpenApi,
    /// Info Object.
    Info,
    /// Contact Object.
    Contact,
    /// License Object.
    License,
    /// Server Object.
    Server,
    /// Server Variable Object.
    ServerVariable,
    /// Components Object.
    Components,
    /// Paths Object.
    Paths,
    /// Path Item Object.
    PathItem,
    /// Operation Object.
    Operation,
    /// External Documentation Object.
    ExternalDocumentation,
    /// Parameter Object.
    Parameter,
    /// Request Body Object.
    RequestBody,
    /// Media Type Object.
    MediaType,
    /// Encoding Object.
    Encoding,
    /// Responses Object.
    Responses,
    /// Response Object.
    Response,
    /// Callback Object.
    Callback,
    /// Example Object.
    Example,
    /// Link Object.
    Link,
    /// Header Object.
    Header,
    /// Tag Object.
    Tag,
    /// Schema Object.
    Schema,
    /// Discriminator Object.
    Discriminator,
    /// Security Scheme Object.
    SecurityScheme,
    /// OAuth Flows Object.
    OAuthFlows,
    /// OAuth Flow Object.
    OAuthFlow,
}

impl Object {
    /// The section of the Components Object that holds such objects, for those that can be referred to.
    pub fn section(self) -> Option<&'static str> {
        SECTIONS.iter().find(|section| section.object == self).map(|section| section.name)
    }

    /// What the object is called in a message, with its article.
    pub fn name(self) -> &'static str {
        match self {
            Object::OpenApi => "an OpenAPI document",
            Object::Info => "the info object",
            Object::Contact => "a contact",
            Object::License => "a license",
            Object::Server => "a server",
            Object::ServerVariable => "a server variable",
            Object::Components => "the components object",
            Object::Paths => "the paths object",
            Object::PathItem => "a path item",
            Object::Operation => "an operation",
            Object::ExternalDocumentation => "an external documentation",
            Object::Parameter => "a parameter",
            Object::RequestBody => "a request body",
            Object::MediaType => "a media type",
            Object::Encoding => "an encoding",
            Object::Responses => "the responses object",
            Object::Response => "a response",
            Object::Callback => "a callback",
            Object::Example => "an example",
            Object::Link => "a link",
            Object::Header => "a header",
            Object::Tag => "a tag",
            Object::Schema => "a schema",
            Object::Discriminator => "a discriminator",
            Object::SecurityScheme => "a security scheme",
            Object::OAuthFlows => "an OAuth flows",
            Object::OAuthFlow => "an OAuth flow",
        }
    }
}

/// The fields of a Path Item Object that hold an operation each (OpenAPI 3.2.0, section 4.9.1).
pub const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The field of a Path Item Object that holds the operations of all other methods, by their token (OpenAPI 3.2.0, section
/// 4.9.1).
pub const ADDITIONAL_OPERATIONS: &str = "additionalOperations";

/// An operation within a path item.
#[derive(Clone, Debug)]
pub struct OperationField<'a> {
    /// The method: the name of the field, in lower case, or the token among the additional operations.
    pub method: &'a str,
    /// The pointer to the operation below the path item, such as `/get`.
    pub at: String,
    /// The operation.
    pub operation: &'a Value,
}

impl OperationField<'_> {
    /// Whether it stands among the additional operations.
    pub fn is_additional(&self) -> bool {
        pointer::tokens(&self.at).count() > 1
    }
}

/// The operations of a path item, in its order.
pub fn operations(item: &Value) -> impl Iterator<Item = OperationField<'_>> {
    let fields = item.as_object().into_iter().flatten();
    fields.flat_map(|(key, value)| -> Vec<OperationField<'_>> {
        let at = pointer::child("", key);
        if METHODS.contains(&key.as_str()) {
            return vec![OperationField { method: key, at, operation: value }];
        }
        if key != ADDITIONAL_OPERATIONS {
            return Vec::new();
        }
        let tokens = value.as_object().into_iter().flatten();
        tokens
            .map(|(token, operation)| OperationField {
                method: token,
                at: pointer::child(&at, token),
                operation,
            })
            .collect()
    })
}

/// Whether a text is a token (RFC 9110, section 5.6.2), as request methods and the names of headers
/// are.
pub fn is_token(text: &str) -> bool {
    let is_sign = |byte: u8| b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_sign(byte))
}

/// What a field holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shape {
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A whole number from 0 on.
    Count,
    /// Anything.
    Any,
    /// An object of this kind. In the place of a schema, and of a referable object, a reference may stand.
    Object(Object),
    /// A schema or a boolean, where OpenAPI 3.0 knows both.
    SchemaOrFlag,
    /// The type of a schema: one name, or since 3.1 a list of names.
    Types,
    /// The items of a schema: one schema, or as in older JSON Schema a list of them.
    Items,
    /// A list.
    List(&'static Shape),
    /// An object whose keys are free.
    Map(&'static Shape),
}

impl Shape {
    /// What a value is, where the shape leaves a choice.
    #[must_use]
    pub fn of(self, value: &Value) -> Self {
        match (self, value) {
            (Shape::SchemaOrFlag | Shape::Items, Value::Object(_)) => SCHEMA,
            (Shape::Items, Value::Array(_)) => SCHEMAS,
            _ => self,
        }
    }

    /// Whether a `$ref` with a string may be in such a value: as a reference, or because any key may be.
    pub fn may_have_reference_key(self) -> bool {
        match self {
            Shape::Object(object) => object.section().is_some(),
            Shape::Map(inner) => matches!(inner, Shape::Text | Shape::Any),
            Shape::Any | Shape::SchemaOrFlag | Shape::Items => true,
            Shape::Text | Shape::Flag | Shape::Number | Shape::Count => false,
            Shape::Types | Shape::List(_) => false,
        }
    }

    /// What such a value is called in a message, with its article.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Object(object) => object.name(),
            Shape::SchemaOrFlag | Shape::Items => Object::Schema.name(),
            Shape::Text => "a text",
            Shape::Flag => "a flag",
            Shape::Number | Shape::Count => "a number",
            Shape::Types | Shape::List(_) => "a list",
            Shape::Map(_) | Shape::Any => "an object whose keys are free",
        }
    }
}

const SCHEMA: Shape = Shape::Object(Object::Schema);
const SCHEMAS: Shape = Shape::List(&SCHEMA);
const NAMED_SCHEMAS: Shape = Shape::Map(&SCHEMA);
const TEXTS: Shape = Shape::List(&Shape::Text);
const EXAMPLES: Shape = Shape::Map(&Shape::Object(Object::Example));
const HEADERS: Shape = Shape::Map(&Shape::Object(Object::Header));
const CONTENT: Shape = Shape::Map(&Shape::Object(Object::MediaType));
const LINKS: Shape = Shape::Map(&Shape::Object(Object::Link));
const CALLBACKS: Shape = Shape::Map(&Shape::Object(Object::Callback));
const PARAMETERS: Shape = Shape::List(&Shape::Object(Object::Parameter));
const SERVERS: Shape = Shape::List(&Shape::Object(Object::Server));
const SECURITY: Shape = Shape::List(&Shape::Map(&TEXTS));
const DOCUMENTATION: Shape = Shape::Object(Object::ExternalDocumentation);
const RESPONSES: Shape = Shape::Map(&Shape::Object(Object::Response));
const NAMED_PARAMETERS: Shape = Shape::Map(&Shape::Object(Object::Parameter));
const REQUEST_BODIES: Shape = Shape::Map(&Shape::Object(Object::RequestBody));
const SECURITY_SCHEMES: Shape = Shape::Map(&Shape::Object(Object::SecurityScheme));
const PATH_ITEMS: Shape = Shape::Map(&Shape::Object(Object::PathItem));

/// A section of the Components Object.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// The field of the Components Object.
    pub name: &'static str,
    /// What it holds.
    pub object: Object,
    shape: Shape,
}

/// The sections of the Components Object, in the order of OpenAPI 3.2.0, section 4.7.1.
pub const SECTIONS: [Section; 11] = [
    section("schemas", Object::Schema, NAMED_SCHEMAS),
    section("responses", Object::Response, RESPONSES),
    section("parameters", Object::Parameter, NAMED_PARAMETERS),
    section("examples", Object::Example, EXAMPLES),
    section("requestBodies", Object::RequestBody, REQUEST_BODIES),
    section("headers", Object::Header, HEADERS),
    section("securitySchemes", Object::SecurityScheme, SECURITY_SCHEMES),
    section("links", Object::Link, LINKS),
    section("callbacks", Object::Callback, CALLBACKS),
    section("pathItems", Object::PathItem, PATH_ITEMS),
    section("mediaTypes", Object::MediaType, CONTENT),
];

/// The names of the sections, in the same order.
pub const SECTION_NAMES: [&str; SECTIONS.len()] = {
    let mut names = [""; SECTIONS.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = SECTIONS[index].name;
        index += 1;
    }
    names
};

const fn section(name: &'static str, object: Object, shape: Shape) -> Section {
    Section { name, object, shape }
}

/// The section of the Components Object of this name.
pub fn section_named(name: &str) -> Option<Section> {
    SECTIONS.into_iter().find(|section| section.name == name)
}

/// Whether a field is an extension: a callback's keys are expressions, whatever they start with.
pub fn is_extension(object: Object, key: &str) -> bool {
    key.starts_with("x-") && object != Object::Callback
}

/// The shape of a field; `None` where OpenAPI does not know the field. See [`is_extension`], too.
pub fn field(object: Object, key: &str) -> Option<Shape> {
    match object {
        Object::Schema => schema_keyword(key),
        Object::OpenApi | Object::Components => document_field(object, key),
        Object::Paths if key.starts_with('/') => Some(Shape::Object(Object::PathItem)),
        Object::Callback => Some(Shape::Object(Object::PathItem)),
        Object::Responses if key == "default" || is_status(key) => {
            Some(Shape::Object(Object::Response))
        }
        Object::Paths | Object::Responses => None,
        Object::PathItem | Object::Operation => operation_field(object, key),
        Object::Parameter | Object::Header => parameter_field(object, key),
        Object::RequestBody | Object::MediaType | Object::Encoding | Object::Response => {
            message_field(object, key)
        }
        Object::SecurityScheme | Object::OAuthFlows | Object::OAuthFlow => {
            security_field(object, key)
        }
        _ => descriptive_field(object, key),
    }
}

fn document_field(object: Object, key: &str) -> Option<Shape> {
    Some(match (object, key) {
        (Object::OpenApi, "openapi" | "jsonSchemaDialect" | "$self") => Shape::Text,
        (Object::OpenApi, "info") => Shape::Object(Object::Info),
        (Object::OpenApi, "servers") => SERVERS,
        (Object::OpenApi, "paths") => Shape::Object(Object::Paths),
        (Object::OpenApi, "webhooks") => PATH_ITEMS,
        (Object::OpenApi, "components") => Shape::Object(Object::Components),
        (Object::OpenApi, "security") => SECURITY,
        (Object::OpenApi, "tags") => Shape::List(&Shape::Object(Object::Tag)),
        (Object::OpenApi, "externalDocs") => DOCUMENTATION,
        (Object::Components, _) => section_named(key)?.shape,
        _ => return None,
    })
}

fn operation_field(object: Object, key: &str) -> Option<Shape> {
    Some(match (object, key) {
        (_, "summary" | "description") => Shape::Text,
        (_, "servers") => SERVERS,
        (_, "parameters") => PARAMETERS,
        (Object::PathItem, _) if METHODS.contains(&key) => Shape::Object(Object::Operation),
        (Object::PathItem, ADDITIONAL_OPERATIONS) => Shape::Map(&Shape::Object(Object::Operation)),
        (Object::Operation, "operationId") => Shape::Text,
        (Object::Operation, "tags") => TEXTS,
        (Object::Operation, "externalDocs") => DOCUMENTATION,
        (Object::Operation, "requestBody") => Shape::Object(Object::RequestBody),
        (Object::Operation, "responses") => Shape::Object(Object::Responses),
        (Object::Operation, "callbacks") => CALLBACKS,
        (Object::Operation, "deprecated") => Shape::Flag,
        (Object::Operation, "security") => SECURITY,
        _ => return None,
    })
}

fn parameter_field(object: Object, key: &str) -> Option<Shape> {
    Some(match (object, key) {
        (Object::Parameter, "name" | "in") => Shape::Text,
        (Object::Parameter, "allowEmptyValue") => Shape::Flag,
        (_, "description" | "style") => Shape::Text,
        (_, "required" | "deprecated" | "explode" | "allowReserved") => Shape::Flag,
        (_, "schema") => SCHEMA,
        (_, "example") => Shape::Any,
        (_, "examples") => EXAMPLES,
        (_, "content") => CONTENT,
        _ => return None,
    })
}

fn message_field(object: Object, key: &str) -> Option<Shape> {
    Some(match (object, key) {
        (Object::RequestBody | Object::Response, "description") => Shape::Text,
        (Object::Response, "summary") => Shape::Text,
        (Object::RequestBody | Object::Response, "content") => CONTENT,
        (Object::RequestBody, "required") => Shape::Flag,
        (Object::Response | Object::Encoding, "headers") => HEADERS,
        (Object::Response, "links") => LINKS,
        (Object::MediaType, "schema" | "itemSchema") => SCHEMA,
        (Object::MediaType, "example") => Shape::Any,
        (Object::MediaType, "examples") => EXAMPLES,
        (Object::MediaType | Object::Encoding, "encoding") => {
            Shape::Map(&Shape::Object(Object::Encoding))
        }
        (Object::MediaType | Object::Encoding, "itemEncoding") => Shape::Object(Object::Encoding),
        (Object::MediaType | Object::Encoding, "prefixEncoding") => {
            Shape::List(&Shape::Object(Object::Encoding))
        }
        (Object::Encoding, "contentType" | "style") => Shape::Text,
        (Object::Encoding, "explode" | "allowReserved") => Shape::Flag,
        _ => return None,
    })
}

fn security_field(object: Object, key: &str) -> Option<Shape> {
    Some(match (object, key) {
        (Object::SecurityScheme, "type" | "description" | "name" | "in" | "scheme") => Shape::Text,
        (Object::SecurityScheme, "bearerFormat" | "openIdConnectUrl") => Shape::Text,
        (Object::SecurityScheme, "oauth2MetadataUrl") => Shape::Text,
        (Object::SecurityScheme, "deprecated") => Shape::Flag,
        (Object::SecurityScheme, "flows") => Shape::Object(Object::OAuthFlows),
        (Object::OAuthFlows, "implicit" | "password" | "clientCredentials") => {
            Shape::Object(Object::OAuthFlow)
        }
        (Object::OAuthFlows, "authorizationCode" | "deviceAuthorization") => {
            Shape::Object(Object::OAuthFlow)
        }
        (Object::OAuthFlow, "authorizationUrl" | "tokenUrl" | "refreshUrl") => Shape::Text,
        (Object::OAuthFlow, "deviceAuthorizationUrl") => Shape::Text,
        (Object::OAuthFlow, "scopes") => Shape::Map(&Shape::Text),
        _ => return None,
    })
}

fn descriptive_field(object: Object, key: &str) -> Option<Shape> {
    Some(match (object, key) {
        (Object::Info, "title" | "summary" | "description" | "termsOfService") => Shape::Text,
        (Object::Info, "version") => Shape::Text,
        (Object::Info, "contact") => Shape::Object(Object::Contact),
        (Object::Info, "license") => Shape::Object(Object::License),
        (Object::Contact, "name" | "url" | "email") => Shape::Text,
        (Object::License, "name" | "identifier" | "url") => Shape::Text,
        (Object::Server, "url" | "description" | "name") => Shape::Text,
        (Object::Server, "variables") => Shape::Map(&Shape::Object(Object::ServerVariable)),
        (Object::ServerVariable, "default" | "description") => Shape::Text,
        (Object::ServerVariable, "enum") => TEXTS,
        (Object::ExternalDocumentation, "url" | "description") => Shape::Text,
        (Object::Tag, "name" | "description" | "summary" | "parent" | "kind") => Shape::Text,
        (Object::Tag, "externalDocs") => DOCUMENTATION,
        (Object::Example, "summary" | "description" | "externalValue") => Shape::Text,
        (Object::Example, "value" | "dataValue") => Shape::Any,
        (Object::Example, "serializedValue") => Shape::Text,
        (Object::Link, "operationRef" | "operationId" | "description") => Shape::Text,
        (Object::Link, "parameters") => Shape::Map(&Shape::Any),
        (Object::Link, "requestBody") => Shape::Any,
        (Object::Link, "server") => Shape::Object(Object::Server),
        (Object::Discriminator, "propertyName" | "defaultMapping") => Shape::Text,
        (Object::Discriminator, "mapping") => Shape::Map(&Shape::Text),
        _ => return None,
    })
}

/// The shape of a keyword of a schema: the Schema Object of 3.0 and JSON Schema 2020-12.
fn schema_keyword(key: &str) -> Option<Shape> {
    Some(match key {
        "title" | "description" | "format" | "pattern" => Shape::Text,
        "$id" | "$schema" | "$anchor" | "$comment" | "$dynamicAnchor" | "$dynamicRef" => {
            Shape::Text
        }
        "contentEncoding" | "contentMediaType" => Shape::Text,
        "type" => Shape::Types,
        "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" => Shape::Flag,
        "multipleOf" | "maximum" | "minimum" => Shape::Number,
        "maxLength" | "minLength" | "maxItems" | "minItems" => Shape::Count,
        "maxProperties" | "minProperties" | "maxContains" | "minContains" => Shape::Count,
        "required" => TEXTS,
        "dependentRequired" => Shape::Map(&TEXTS),
        "properties" | "patternProperties" | "dependentSchemas" => NAMED_SCHEMAS,
        "$defs" | "definitions" => NAMED_SCHEMAS,
        "additionalProperties" | "unevaluatedProperties" | "unevaluatedItems" => {
            Shape::SchemaOrFlag
        }
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => SCHEMAS,
        "items" => Shape::Items,
        "not" | "if" | "then" | "else" | "contains" | "propertyNames" | "contentSchema" => SCHEMA,
        "discriminator" => Shape::Object(Object::Discriminator),
        "externalDocs" => DOCUMENTATION,
        // The first two are a flag in 3.0 and a number in 3.1; the lists hold values of any type.
        "exclusiveMaximum" | "exclusiveMinimum" | "enum" | "const" | "default" => Shape::Any,
        "example" | "examples" | "xml" | "$vocabulary" => Shape::Any,
        _ => return None,
    })
}

/// The fields that an object cannot be without.
pub fn required(object: Object) -> &'static [&'static str] {
    match object {
        Object::OpenApi => &["info", "paths"],
        Object::Info => &["title", "version"],
        Object::License | Object::Tag => &["name"],
        Object::Server | Object::ExternalDocumentation => &["url"],
        Object::ServerVariable => &["default"],
        Object::Parameter => &["name", "in"],
        Object::RequestBody => &["content"],
        Object::Operation => &["responses"],
        Object::Response => &["description"],
        Object::Discriminator => &["propertyName"],
        Object::SecurityScheme => &["type"],
        Object::OAuthFlow => &["scopes"],
        _ => &[],
    }
}

/// Whether a key of the Responses Object is a status code (`200`) or a range (`2XX`, in either case).
pub fn is_status(key: &str) -> bool {
    matches!(
        key.as_bytes(),
        [b'1'..=b'9', b'X' | b'x', b'X' | b'x'] | [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9']
    )
}
