//! The macro behind every object model, and the functions that its expansion calls.

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::properties::Properties;
use super::property::Property;
use super::show;
use super::write::{self, Writer};
use crate::runtime::AdditionalProperties;
use crate::runtime::json::{Document, Stopped};

/// Declares a model: a struct whose fields stand with the names of their JSON properties.
///
/// A field is `Option<T>`, and may be left out, unless it is `#[required]`: then it is an argument
/// of `new`. What is always `in answers` is left out of requests only. `Debug` does not show what stands
/// `as secret`, and shows a `holder` of secrets without them. One that is `Option<Option<T>>` tells an absent property (`None`) from a null
/// (`Some(None)`). Each field gets a setter. Unknown properties are kept and written back.
#[allow(unused_macros, reason = "not every document has one")]
macro_rules! object {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $(
                $(#[doc = $doc:literal])*
                $(#[deprecated = $note:literal])?
                // What is literal here tells the two apart, so that one pass reads all fields.
                $(pub $optional:ident: Option<$optional_type:ty> = $optional_key:literal $(as $optional_secrecy:ident)? $(in $answers:ident)?)?
                $(#[required] pub $required:ident: $required_type:ty = $required_key:literal $(as $required_secrecy:ident)?)?,
            )*
            $(..$additional:ty)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[doc = $doc])*
                $(#[deprecated = $note])?
                $(pub $optional: Option<$optional_type>)?
                $(pub $required: $required_type)?,
            )*
            /// Properties that this version of the SDK does not know, kept as they came.
            pub additional_properties: $crate::runtime::AdditionalProperties$(<$additional>)?,
        }

        #[allow(deprecated, reason = "a model fills its own deprecated fields")]
        #[allow(clippy::should_implement_trait, reason = "the document names the properties")]
        impl $name {
            /// Makes the model from its required properties; all others are absent.
            #[must_use]
            #[allow(clippy::too_many_arguments, reason = "the document decides")]
            pub fn new($($($required: impl Into<$required_type>,)?)*) -> Self {
                Self {
                    $($($required: $required.into(),)?)*
                    $($($optional: None,)?)*
                    additional_properties: $crate::runtime::AdditionalProperties::new(),
                }
            }

            $(
                #[doc = concat!(
                    "Sets [`", stringify!($($optional)? $($required)?), "`](field@Self::",
                    linked!($($optional)? $($required)?), ")."
                )]
                $(#[deprecated = $note])?
                $(pub fn $optional(mut self, $optional: impl Into<$optional_type>) -> Self {
                    $crate::runtime::model::set::optional(
                        &mut self.$optional, $optional, $optional_key, &mut self.additional_properties,
                    );
                    self
                })?
                $(pub fn $required(mut self, $required: impl Into<$required_type>) -> Self {
                    $crate::runtime::model::set::required(
                        &mut self.$required, $required, $required_key, &mut self.additional_properties,
                    );
                    self
                })?
            )*

            /// Sets a property that this version of the SDK does not know.
            #[must_use]
            pub fn additional_property(
                mut self,
                name: impl Into<String>,
                value: impl Into<additional_type!($($additional)?)>,
            ) -> Self {
                self.additional_properties.insert(name, value.into());
                self
            }
        }

        default_model! { $name $($($required)?)* }

        #[allow(deprecated, reason = "a model reads its own deprecated fields")]
        impl $crate::runtime::model::Object for $name {
            const PROPERTIES: $crate::runtime::model::Properties = $crate::runtime::model::Properties::new(
                concat!("an object for `", stringify!($name), "`"),
                &[$($($optional_key)? $($required_key)?,)*],
            );

            type Additional = additional_type!($($additional)?);

            fn additional(&self) -> &$crate::runtime::AdditionalProperties<Self::Additional> {
                &self.additional_properties
            }

            fn read_members(
                text: &$crate::runtime::json::Document,
            ) -> Result<Self, $crate::runtime::json::Stopped> {
                read_members! {
                    text
                    [$($($optional)? $($required)?,)*]
                    [$($($required = $required_key,)?)*]
                    [$($($optional = $optional_key $($answers)?,)?)*]
                }
            }

            fn zero_in_place_of(json: &str) -> Option<Self> {
                let mut zero = Self::new($($(<$required_type as $crate::runtime::model::Property>::zero()?,)?)*);
                zero.additional_properties = $crate::runtime::model::read::in_place_of(json);
                Some(zero)
            }

            #[allow(unused_variables, unused_imports, reason = "few models have secrets")]
            fn hide(&self, shown: &mut serde_json::Value) {
                use $crate::runtime::model::show;
                $(
                    $($(show::$optional_secrecy(shown, $optional_key, &self.$optional);)?)?
                    $($(show::$required_secrecy(shown, $required_key, &self.$required);)?)?
                )*
            }

            #[allow(unused_variables, reason = "a schema may have no property")]
            fn write_fields<S: serde::Serializer>(
                &self,
                object: &mut $crate::runtime::model::write::Writer<'_, S, Self::Additional>,
            ) {
                $(
                    $(object.optional($optional_key, &self.$optional);)?
                    $(object.required($required_key, &self.$required);)?
                )*
            }
        }

        #[allow(deprecated, reason = "a model compares its own deprecated fields")]
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $($(self.$optional == other.$optional &&)? $(self.$required == other.$required &&)?)*
                self.additional_properties == other.additional_properties
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::model::show::object(stringify!($name), self, formatter)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::deserialize(deserializer)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::model::Object::write_members(self, serializer, None)
            }
        }
    };
}

/// The type of a model's additional properties: any JSON unless the document says more.
#[allow(unused_macros, reason = "not every document has a model")]
macro_rules! additional_type {
    () => {
        serde_json::Value
    };
    ($type:ty) => {
        $type
    };
}

/// Makes a model of which nothing is required its own default: empty, as `new` makes it.
#[allow(unused_macros, reason = "not every document has a model")]
macro_rules! default_model {
    ($name:ident) => {
        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    ($name:ident $($required:ident)+) => {};
}

/// Reads the members of one object into the fields of a model: all, those that are required, and the others.
#[allow(unused_macros, reason = "not every document has a model")]
macro_rules! read_members {
    // Nothing is required: the model is there from the start, and is filled.
    (
        $text:ident
        [$($field:ident,)*]
        []
        [$($optional:ident = $optional_key:literal $($answers:ident)?,)*]
    ) => {{
        use $crate::runtime::model::fields;
        #[allow(unused_variables, reason = "only what answers always have is missed")]
        let start = $text.position();
        let mut model = Self::new();
        let additional = &mut model.additional_properties;
        fields::read_members($text, &Self::PROPERTIES, &mut [$(&mut model.$field,)*], additional)?;
        $($($crate::runtime::model::read::$answers(
            &model.$optional, $optional_key, start, $text, additional,
        )?;)?)*
        Ok(model)
    }};
    (
        $text:ident
        [$($field:ident,)*]
        [$($required:ident = $required_key:literal,)*]
        [$($optional:ident = $optional_key:literal $($answers:ident)?,)*]
    ) => {{
        use $crate::runtime::model::{fields, read};
        $(let mut $required = fields::Required(None);)*
        $(let mut $optional = None;)*
        let mut additional = $crate::runtime::AdditionalProperties::new();
        let start = $text.position();
        fields::read_members($text, &Self::PROPERTIES, &mut [$(&mut $field,)*], &mut additional)?;
        $($(read::$answers(&$optional, $optional_key, start, $text, &mut additional)?;)?)*
        Ok(Self {
            $($required: read::present($required, $required_key, start, $text, &mut additional)?,)*
            $($optional,)*
            additional_properties: additional,
        })
    }};
}

/// A model that is a JSON object.
pub trait Object: Sized + PartialEq + Serialize {
    /// The properties that the model has fields for.
    const PROPERTIES: Properties;

    /// The type of a property that the model has no field for.
    type Additional: Property;

    /// The properties that the model has no field for, and what its fields could not hold.
    fn additional(&self) -> &AdditionalProperties<Self::Additional>;

    /// How many properties the model keeps that it has no field for.
    fn unknown_properties(&self) -> usize {
        let names = self.additional().iter().map(|(name, _)| name);
        names.filter(|name| !Self::PROPERTIES.contains(name)).count()
    }

    /// Reads the members of the JSON object at the position of a text.
    ///
    /// # Errors
    ///
    /// A limit was reached, deviations are refused, or a type has no stand-in.
    fn read_members(text: &Document) -> Result<Self, Stopped>;

    /// A model of zeros that is written as the JSON that it stands in for. `None`: a type has none.
    fn zero_in_place_of(json: &str) -> Option<Self>;

    /// Hides the secrets of the model in its JSON.
    fn hide(&self, shown: &mut Value);

    /// Writes the fields.
    fn write_fields<S: Serializer>(&self, object: &mut Writer<'_, S, Self::Additional>);

    /// Writes the properties, with the tag that tells a union's variant.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    fn write_members<S: Serializer>(
        &self,
        serializer: S,
        tag: Option<(&'static str, &'static str)>,
    ) -> Result<S::Ok, S::Error> {
        if let Some(json) = write::instead(self) {
            return json.serialize(serializer);
        }
        let mut object = Writer::new(serializer, self.additional(), tag, &Self::PROPERTIES);
        self.write_fields(&mut object);
        object.end(&Self::PROPERTIES)
    }
}

impl<T: Object> Object for Box<T> {
    const PROPERTIES: Properties = T::PROPERTIES;

    type Additional = T::Additional;

    fn additional(&self) -> &AdditionalProperties<Self::Additional> {
        T::additional(self)
    }

    fn read_members(text: &Document) -> Result<Self, Stopped> {
        T::read_members(text).map(Self::new)
    }

    fn zero_in_place_of(json: &str) -> Option<Self> {
        T::zero_in_place_of(json).map(Self::new)
    }

    fn hide(&self, shown: &mut Value) {
        T::hide(self, shown);
    }

    fn write_fields<S: Serializer>(&self, object: &mut Writer<'_, S, Self::Additional>) {
        T::write_fields(self, object);
    }
}

impl<T: Object> Property for T {
    const EXPECTED: &'static str = T::PROPERTIES.expected;

    #[inline]
    fn read(text: &Document) -> Result<Option<Self>, Stopped> {
        text.tick()?;
        if text.peek() != b'{' {
            return Ok(None);
        }
        text.charge(size_of::<Self>())?;
        T::read_members(text).map(Some)
    }

    fn zero() -> Option<Self> {
        T::zero_in_place_of("")
    }

    fn stand_in(json: &str) -> Option<(Self, bool)> {
        Some((T::zero_in_place_of(json)?, true))
    }

    fn shown(&self) -> Value {
        let mut shown = show::json(self);
        self.hide(&mut shown);
        shown
    }

    fn write_tagged<S: Serializer>(
        &self,
        tag: (&'static str, &'static str),
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        self.write_members(serializer, Some(tag))
    }
}
