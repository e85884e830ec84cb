//! The macro behind every object model, and the functions that its expansion calls.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::Serialize;
use serde_json::Error;

use super::property::{Attempted, Container, Property, attempt_container};
use super::union::or_value;
use crate::runtime::json::{COPY, Reading, Spot, spot};

/// Declares a model: a struct whose fields stand with the names of their JSON properties.
///
/// A field is `Option<T>`, and may be left out, unless it is `#[required]`: then it is an argument
/// of `new`. One that is `Option<Option<T>>` tells an absent property (`None`) from a null
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
                $(pub $optional:ident: Option<$optional_type:ty> = $optional_key:literal)?
                $(#[required] pub $required:ident: $required_type:ty = $required_key:literal)?,
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
                    $crate::runtime::model::set::optional(&mut self.$optional, $optional);
                    self
                })?
                $(pub fn $required(mut self, $required: impl Into<$required_type>) -> Self {
                    self.$required = $required.into();
                    self
                })?
            )*
        }

        default_model! { $name $($($required)?)* }

        #[allow(deprecated, reason = "a model reads its own deprecated fields")]
        impl $crate::runtime::model::Object for $name {
            const PROPERTIES: $crate::runtime::model::Properties = $crate::runtime::model::Properties {
                model: stringify!($name),
                required: &[$($($required_key,)?)*],
                others: &[$($($optional_key,)?)*],
            };

            fn unknown_properties(&self) -> usize {
                let names = self.additional_properties.iter().map(|(name, _)| name);
                names.filter(|name| !<Self as $crate::runtime::model::Object>::PROPERTIES.contains(name)).count()
            }

            fn read<'de, A: serde::de::MapAccess<'de>>(
                mut map: A,
                reading: $crate::runtime::model::Reading<'_>,
            ) -> Result<Self, A::Error> {
                read_properties! {
                    map reading
                    [$($($required = $required_key,)?)*]
                    [$($($optional = $optional_key,)?)*]
                }
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
                $crate::runtime::model::debug_object(stringify!($name), self, formatter)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::model::deserialize_object(deserializer)
            }
        }

        #[allow(deprecated, reason = "a model writes its own deprecated fields")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "a schema may have no property")]
                let mut object = $crate::runtime::model::write::Object::new(serializer, &self.additional_properties);
                $(
                    $(object.optional($optional_key, &self.$optional);)?
                    $(object.required($required_key, &self.$required);)?
                )*
                object.end(&<Self as $crate::runtime::model::Object>::PROPERTIES)
            }
        }
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

/// Reads the properties of one model into its fields.
#[allow(unused_macros, reason = "not every document has a model")]
macro_rules! read_properties {
    // Nothing is required: the model is there from the start, and is filled.
    (
        $map:ident $reading:ident
        []
        [$($optional:ident = $optional_key:literal,)*]
    ) => {{
        #[allow(unused_imports, reason = "a schema may have no property")]
        use $crate::runtime::model::read;
        let mut model = Self::new();
        let additional = &mut model.additional_properties;
        while let Some(key) = $map.next_key::<$crate::runtime::model::Key<'de>>()? {
            match key.as_str() {
                $($optional_key => read::optional(&mut model.$optional, $optional_key, &mut $map, additional, $reading),)*
                _ => read::additional(additional, key, &mut $map, $reading),
            }?;
        }
        Ok(model)
    }};
    (
        $map:ident $reading:ident
        [$($required:ident = $required_key:literal,)*]
        [$($optional:ident = $optional_key:literal,)*]
    ) => {{
        use $crate::runtime::model::read;
        $(let mut $required = None;)*
        $(let mut $optional = None;)*
        let mut additional = $crate::runtime::AdditionalProperties::new();
        while let Some(key) = $map.next_key::<$crate::runtime::model::Key<'de>>()? {
            match key.as_str() {
                $($required_key => read::required(&mut $required, $required_key, &mut $map, &mut additional, $reading),)*
                $($optional_key => read::optional(&mut $optional, $optional_key, &mut $map, &mut additional, $reading),)*
                _ => read::additional(&mut additional, key, &mut $map, $reading),
            }?;
        }
        Ok(Self {
            $($required: read::present($required, $required_key)?,)*
            $($optional,)*
            additional_properties: additional,
        })
    }};
}

/// The properties that a model has fields for, by their names in JSON.
#[derive(Clone, Copy, Debug)]
pub struct Properties {
    /// The model's name in Rust, for error messages.
    pub model: &'static str,
    /// Those without which there is no model.
    pub required: &'static [&'static str],
    /// All others.
    pub others: &'static [&'static str],
}

impl Properties {
    /// Whether a property is one of them.
    pub fn contains(&self, name: &str) -> bool {
        self.required.contains(&name) || self.others.contains(&name)
    }
}

/// A model that is a JSON object.
pub trait Object: DeserializeOwned {
    /// The properties that the model has fields for.
    const PROPERTIES: Properties;

    /// How many properties the model keeps that it has no field for.
    fn unknown_properties(&self) -> usize;

    /// Reads the properties of one JSON object.
    ///
    /// # Errors
    ///
    /// A value does not fit, or a required property is not there.
    fn read<'de, A: MapAccess<'de>>(map: A, reading: Reading<'_>) -> Result<Self, A::Error>;
}

impl<T: Object> Object for Box<T> {
    const PROPERTIES: Properties = T::PROPERTIES;

    fn unknown_properties(&self) -> usize {
        T::unknown_properties(self)
    }

    fn read<'de, A: MapAccess<'de>>(map: A, reading: Reading<'_>) -> Result<Self, A::Error> {
        T::read(map, reading).map(Self::new)
    }
}

impl<'de, T: Object> Property<'de> for T {
    fn attempt<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, D::Error> {
        if T::PROPERTIES.required.is_empty() {
            return Ok(attempt_container(deserializer, reading)?.map(|Read(model)| model));
        }
        // It may turn out late that something is missing.
        let spot = spot(deserializer, reading)?;
        let read = if spot.is_object() { spot.read() } else { Err(Error::custom("no object")) };
        or_value(&spot, read)
    }

    fn whole<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Self, D::Error> {
        deserializer.deserialize_struct(
            T::PROPERTIES.model,
            &[],
            ObjectVisitor(reading, PhantomData),
        )
    }
}

/// An object model that requires nothing, as a container.
struct Read<T>(T);

impl<'de, T: Object> Container<'de> for Read<T> {
    const EXPECTED: &'static str = T::PROPERTIES.model;

    fn of_object<A: MapAccess<'de>>(
        map: A,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, A::Error> {
        T::read(map, reading).map(|model| Ok(Self(model)))
    }
}

/// Reads an object model from any serde format.
///
/// # Errors
///
/// The value is no object, a value in it does not fit, or a required property is not there.
pub fn deserialize_object<'de, T: Object, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(COPY, AnyFormat(PhantomData))
}

/// Takes an object of any format, and that of our own, whose text was not handed on, as a copy.
struct AnyFormat<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for AnyFormat<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        ObjectVisitor::<T>(Reading::OF_SERDE, PhantomData).expecting(formatter)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::whole(deserializer, Reading::OF_SERDE)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(map, Reading::OF_SERDE)
    }

    fn visit_byte_buf<E: serde::de::Error>(self, copy: Vec<u8>) -> Result<T, E> {
        let spot = Spot::of_copy(copy).ok_or_else(|| E::custom("no copy of a text"))?;
        spot.read().map_err(E::custom)
    }
}

/// Shows a model by its name and its JSON: absent properties are left out.
pub fn debug_object(
    name: &str,
    model: &impl Serialize,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let json = if formatter.alternate() {
        serde_json::to_string_pretty(model)
    } else {
        serde_json::to_string(model)
    };
    write!(formatter, "{name} {}", json.map_err(|_| fmt::Error)?)
}

struct ObjectVisitor<'r, T>(Reading<'r>, PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a JSON object for {}", T::PROPERTIES.model)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(map, self.0)
    }
}
