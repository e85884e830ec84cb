//! Models: the Rust types made of schemas.

use serde_json::Value;

use super::{Constraints, Scope, Type};

/// A named Rust type made of a schema.
#[derive(Clone, Debug)]
pub struct Model {
    /// The Rust name, in UpperCamelCase.
    pub name: String,
    /// The schema's name in the document, or what stands for it in an inline schema.
    pub schema: String,
    /// The module (and file) that holds the model, in snake case.
    pub module: String,
    /// Title and description, in Markdown.
    pub description: String,
    /// Whether the document advises against using it.
    pub deprecated: bool,
    /// An example of the document, as JSON.
    pub example: Option<Value>,
    /// What the type is.
    pub kind: ModelKind,
    /// Traits that it derives besides those that every model of its kind has, as Rust paths.
    pub derives: Vec<String>,
    /// The cargo features of which any one compiles the model; none means always.
    pub features: Vec<String>,
    /// Where the schema stands in the document, as a JSON pointer (RFC 6901).
    pub pointer: String,
}

impl Model {
    /// The name, and the identifiers within.
    pub fn identifiers(&self) -> impl Iterator<Item = &String> {
        let within: Vec<&String> = match &self.kind {
            ModelKind::Object(object) => object.fields.iter().map(|field| &field.ident).collect(),
            ModelKind::StringEnum(values) | ModelKind::IntegerEnum(values) => {
                values.iter().map(|value| &value.ident).collect()
            }
            ModelKind::TaggedUnion(union) => union.variants.iter().map(|it| &it.ident).collect(),
            ModelKind::UntaggedUnion(union) => union.variants.iter().map(|it| &it.ident).collect(),
            ModelKind::Alias(_) => Vec::new(),
        };
        std::iter::once(&self.name).chain(within)
    }
}

/// What a model is in Rust.
#[derive(Clone, Debug)]
pub enum ModelKind {
    /// A struct.
    Object(Object),
    /// An open enum of strings.
    StringEnum(Vec<EnumValue>),
    /// An open enum of integers.
    IntegerEnum(Vec<EnumValue>),
    /// An enum told apart by a discriminator.
    TaggedUnion(TaggedUnion),
    /// An enum told apart by what its values look like.
    UntaggedUnion(UntaggedUnion),
    /// Another name of a type.
    Alias(Type),
}

impl ModelKind {
    /// The types that the model holds.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Object(object) => {
                let fields = object.fields.iter().map(|field| &field.ty);
                fields.chain([&object.additional.ty]).collect()
            }
            Self::TaggedUnion(union) => {
                let variants = union.variants.iter().map(|variant| &variant.ty);
                variants.chain([&union.unknown]).collect()
            }
            Self::UntaggedUnion(union) => union.variants.iter().map(|it| &it.ty).collect(),
            Self::Alias(ty) => vec![ty],
            Self::StringEnum(_) | Self::IntegerEnum(_) => Vec::new(),
        }
    }

    /// The types that a union is one of, what is unknown included; none for what is no union.
    pub fn variant_types(&self) -> Vec<&Type> {
        match self {
            Self::TaggedUnion(_) | Self::UntaggedUnion(_) => self.types(),
            _ => Vec::new(),
        }
    }

    /// Whether the model has a trait of the standard library or of serde anyway, by the trait's name.
    pub fn has_trait(&self, name: &str) -> bool {
        let (from, name) = name.rsplit_once("::").unwrap_or(("std", name));
        let is_known =
            ["std", "core", "serde"].iter().any(|it| from.trim_start_matches(':').starts_with(it));
        match name {
            _ if !is_known => false,
            "Clone" | "Debug" | "Deserialize" | "PartialEq" | "Serialize" => true,
            "Eq" | "Hash" => matches!(self, Self::StringEnum(_) | Self::IntegerEnum(_)),
            "Copy" => matches!(self, Self::IntegerEnum(_)),
            "Default" => matches!(self, Self::Object(object) if object.requires_nothing()),
            _ => false,
        }
    }
}

/// A struct.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its fields, in the document's order.
    pub fields: Vec<Field>,
    /// What properties without a field hold.
    pub additional: AdditionalProperties,
}

impl Object {
    /// Whether there is a value without any property.
    pub fn requires_nothing(&self) -> bool {
        self.fields.iter().all(|field| field.presence != Presence::Required)
    }

    /// The fields of one presence, in the document's order.
    pub fn fields_that_are(&self, presence: Presence) -> Vec<&Field> {
        self.fields.iter().filter(|field| field.presence == presence).collect()
    }
}

/// What the properties that a schema does not name may hold.
#[derive(Clone, Debug, PartialEq)]
pub struct AdditionalProperties {
    /// Their type.
    pub ty: Type,
    /// Whether the schema speaks of them at all.
    pub declared: bool,
}

/// Whether a property may be absent, and whether it may be null.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Presence {
    /// Always there.
    Required,
    /// There or absent.
    Optional,
    /// There, null, or absent: three different things.
    Nullable,
}

/// Whether `Debug` may show a property.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Secrecy {
    /// It may.
    Open,
    /// It must not.
    Secret,
    /// It may, but for the secrets within.
    Holder,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// The property's name in JSON.
    pub name: String,
    /// The Rust identifier, `r#` included where it is a keyword.
    pub ident: String,
    /// The type, without the `Option` that `presence` adds.
    pub ty: Type,
    /// Whether the type stands in a `Box`, since it leads back to the struct.
    pub boxed: bool,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// Description, in Markdown.
    pub description: String,
    /// Only the server sets it.
    pub read_only: bool,
    /// Only the client sends it.
    pub write_only: bool,
    /// Whether `Debug` may show it.
    pub secrecy: Secrecy,
    /// Every answer has it, though it is optional, since no request has it.
    pub in_answers: bool,
    /// The document advises against using it.
    pub deprecated: bool,
    /// The value that the server assumes where it is absent.
    pub default: Option<Value>,
    /// What its values have to keep.
    pub constraints: Constraints,
    /// An example of the document.
    pub example: Option<Value>,
}

impl Field {
    /// The type of the field as Rust source.
    pub fn rust(&self, scope: Scope<'_>) -> String {
        let ty = match &self.ty {
            Type::Nullable(inner) if self.boxed => format!("Option<Box<{}>>", inner.rust(scope)),
            ty if self.boxed => format!("Box<{}>", ty.rust(scope)),
            ty => ty.rust(scope),
        };
        match self.presence {
            Presence::Required => ty,
            Presence::Optional => format!("Option<{ty}>"),
            Presence::Nullable => format!("Option<Option<{ty}>>"),
        }
    }
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// The value as a JSON scalar.
    pub value: Value,
    /// The Rust variant, in UpperCamelCase.
    pub ident: String,
    /// Description, in Markdown.
    pub description: String,
}

/// An enum told apart by a discriminator.
#[derive(Clone, Debug)]
pub struct TaggedUnion {
    /// The property that tells the variant.
    pub property: String,
    /// The variants, in the document's order.
    pub variants: Vec<TaggedVariant>,
    /// What holds an object whose tag is not known.
    pub unknown: Type,
}

/// A variant told by its tag.
#[derive(Clone, Debug)]
pub struct TaggedVariant {
    /// The Rust variant.
    pub ident: String,
    /// The type that it holds.
    pub ty: Type,
    /// The values of the discriminator that mean it.
    pub tags: Vec<String>,
}

/// An enum told apart by what its values look like.
#[derive(Clone, Debug)]
pub struct UntaggedUnion {
    /// The variants, from the most to the least specific.
    pub variants: Vec<UnionVariant>,
}

/// A variant told by its looks.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// The Rust variant.
    pub ident: String,
    /// The type that it holds.
    pub ty: Type,
    /// Whether the type is a struct, whose fields tell how well a value fits.
    pub is_object: bool,
}
