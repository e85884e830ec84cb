//! One view of a schema, whichever way `openapiv3` parsed it.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Discriminator, IntegerFormat, NumberFormat, ReferenceOr, Schema,
    SchemaData, SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

/// A schema in place, or the name of the component that it refers to.
#[derive(Clone, Copy, Debug)]
pub enum SchemaRef<'a> {
    /// The name of a schema in `components.schemas`.
    Component(&'a str),
    /// A schema in place.
    Inline(&'a Schema),
}

impl<'a> SchemaRef<'a> {
    /// Of a schema as it stands in most places.
    pub fn new(schema: &'a ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Component(component_name(reference)),
            ReferenceOr::Item(schema) => Self::Inline(schema),
        }
    }

    /// Of a schema as it stands in properties and items.
    pub fn boxed(schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Component(component_name(reference)),
            ReferenceOr::Item(schema) => Self::Inline(schema),
        }
    }
}

/// The component's name in a reference, as `#/components/schemas/NAME`. The name may hold a slash: it is
/// not escaped any more.
pub fn component_name(reference: &str) -> &str {
    reference.splitn(4, '/').nth(3).unwrap_or(reference)
}

/// What the properties beyond the named ones may be.
#[derive(Clone, Copy, Debug)]
pub enum Additional<'a> {
    /// The schema does not say.
    Unsaid,
    /// Anything, or nothing.
    Any(bool),
    /// Values of a schema.
    Typed(SchemaRef<'a>),
}

/// The keywords of a schema that matter for its type.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// Description, flags, example and extensions.
    pub data: &'a SchemaData,
    /// The value of `type`.
    pub ty: Option<&'a str>,
    /// The value of `format`.
    pub format: String,
    /// The values of `enum`, without null.
    pub values: Vec<Value>,
    /// The schemas of `properties`.
    pub properties: Vec<(&'a str, SchemaRef<'a>)>,
    /// The names in `required`.
    pub required: &'a [String],
    /// What `additionalProperties` says.
    pub additional: Additional<'a>,
    /// The schema of `items`.
    pub items: Option<SchemaRef<'a>>,
    /// The schemas of `allOf`.
    pub all_of: Vec<SchemaRef<'a>>,
    /// The schemas of `oneOf`, or else of `anyOf`.
    pub alternatives: Vec<SchemaRef<'a>>,
    /// The keyword that the alternatives stand under.
    pub alternatives_keyword: &'static str,
}

impl<'a> View<'a> {
    /// Looks at a schema.
    pub fn new(schema: &'a Schema) -> Self {
        let mut view = Self::empty(&schema.schema_data);
        match &schema.schema_kind {
            SchemaKind::Type(ty) => view.read_type(ty),
            SchemaKind::OneOf { one_of } => view.read_alternatives("oneOf", one_of),
            SchemaKind::AnyOf { any_of } => view.read_alternatives("anyOf", any_of),
            SchemaKind::AllOf { all_of } => {
                view.all_of = all_of.iter().map(SchemaRef::new).collect()
            }
            SchemaKind::Not { .. } => {}
            SchemaKind::Any(any) => view.read_any(any),
        }
        view.values.retain(|value| !value.is_null());
        view
    }

    /// The discriminator, where there is one.
    pub fn discriminator(&self) -> Option<&'a Discriminator> {
        self.data.discriminator.as_ref()
    }

    /// The description, or else the title.
    pub fn description(&self) -> String {
        let data = self.data;
        data.description.as_ref().or(data.title.as_ref()).cloned().unwrap_or_default()
    }

    /// Whether the schema says nothing about what its values look like.
    pub fn is_shapeless(&self) -> bool {
        self.ty.is_none()
            && self.values.is_empty()
            && self.properties.is_empty()
            && matches!(self.additional, Additional::Unsaid | Additional::Any(true))
            && self.items.is_none()
            && self.all_of.is_empty()
            && self.alternatives.is_empty()
    }

    /// Whether the values are objects with named properties.
    pub fn has_properties(&self) -> bool {
        !self.properties.is_empty()
    }

    fn empty(data: &'a SchemaData) -> Self {
        Self {
            data,
            ty: None,
            format: String::new(),
            values: Vec::new(),
            properties: Vec::new(),
            required: &[],
            additional: Additional::Unsaid,
            items: None,
            all_of: Vec::new(),
            alternatives: Vec::new(),
            alternatives_keyword: "oneOf",
        }
    }

    fn read_type(&mut self, ty: &'a Type) {
        match ty {
            Type::String(string) => {
                self.ty = Some("string");
                self.format = string_format(&string.format);
                self.values = values(&string.enumeration);
            }
            Type::Number(number) => {
                self.ty = Some("number");
                self.format = number_format(&number.format);
                self.values = values(&number.enumeration);
            }
            Type::Integer(integer) => {
                self.ty = Some("integer");
                self.format = integer_format(&integer.format);
                self.values = values(&integer.enumeration);
            }
            Type::Boolean(boolean) => {
                self.ty = Some("boolean");
                self.values = values(&boolean.enumeration);
            }
            Type::Object(object) => {
                self.ty = Some("object");
                self.read_properties(&object.properties);
                self.required = &object.required;
                self.read_additional(object.additional_properties.as_ref());
            }
            Type::Array(array) => {
                self.ty = Some("array");
                self.items = array.items.as_ref().map(SchemaRef::boxed);
            }
        }
    }

    fn read_any(&mut self, any: &'a openapiv3::AnySchema) {
        self.ty = any.typ.as_deref();
        self.format = any.format.clone().unwrap_or_default();
        self.values.clone_from(&any.enumeration);
        self.read_properties(&any.properties);
        self.required = &any.required;
        self.read_additional(any.additional_properties.as_ref());
        self.items = any.items.as_ref().map(SchemaRef::boxed);
        self.all_of = any.all_of.iter().map(SchemaRef::new).collect();
        if any.one_of.is_empty() {
            self.read_alternatives("anyOf", &any.any_of);
        } else {
            self.read_alternatives("oneOf", &any.one_of);
        }
    }

    fn read_alternatives(&mut self, keyword: &'static str, schemas: &'a [ReferenceOr<Schema>]) {
        self.alternatives_keyword = keyword;
        self.alternatives = schemas.iter().map(SchemaRef::new).collect();
    }

    fn read_properties(&mut self, properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>) {
        self.properties = properties
            .iter()
            .map(|(name, schema)| (name.as_str(), SchemaRef::boxed(schema)))
            .collect();
    }

    fn read_additional(&mut self, additional: Option<&'a AdditionalProperties>) {
        self.additional = match additional {
            None => Additional::Unsaid,
            Some(AdditionalProperties::Any(any)) => Additional::Any(*any),
            Some(AdditionalProperties::Schema(schema)) => match SchemaRef::new(schema) {
                SchemaRef::Inline(inner) if View::new(inner).is_shapeless() => {
                    Additional::Any(true)
                }
                typed => Additional::Typed(typed),
            },
        };
    }
}

fn values<T: Clone + Into<Value>>(enumeration: &[Option<T>]) -> Vec<Value> {
    enumeration.iter().flatten().cloned().map(Into::into).collect()
}

fn string_format(format: &VariantOrUnknownOrEmpty<StringFormat>) -> String {
    match format {
        VariantOrUnknownOrEmpty::Item(known) => match known {
            StringFormat::Date => "date",
            StringFormat::DateTime => "date-time",
            StringFormat::Password => "password",
            StringFormat::Byte => "byte",
            StringFormat::Binary => "binary",
        }
        .to_owned(),
        VariantOrUnknownOrEmpty::Unknown(other) => other.clone(),
        VariantOrUnknownOrEmpty::Empty => String::new(),
    }
}

fn number_format(format: &VariantOrUnknownOrEmpty<NumberFormat>) -> String {
    match format {
        VariantOrUnknownOrEmpty::Item(NumberFormat::Float) => "float".to_owned(),
        VariantOrUnknownOrEmpty::Item(NumberFormat::Double) => "double".to_owned(),
        VariantOrUnknownOrEmpty::Unknown(other) => other.clone(),
        VariantOrUnknownOrEmpty::Empty => String::new(),
    }
}

fn integer_format(format: &VariantOrUnknownOrEmpty<IntegerFormat>) -> String {
    match format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => "int32".to_owned(),
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) => "int64".to_owned(),
        VariantOrUnknownOrEmpty::Unknown(other) => other.clone(),
        VariantOrUnknownOrEmpty::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::component_name;

    #[test]
    fn a_name_may_hold_a_slash() {
        assert_eq!(component_name("#/components/schemas/a/b c"), "a/b c");
        assert_eq!(component_name("#/components/schemas/Pet"), "Pet");
    }
}
