//! The macro behind every object model, and the functions that its expansion calls.

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::property::Property;
use super::show;
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
        }

        impl $name {
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
            const PROPERTIES: $crate::runtime::model::Properties = $crate::runtime::model::Properties {
                expected: concat!("an object for `", stringify!($name), "`"),
                required: &[$($($required_key,)?)*],
                others: &[$($($optional_key,)?)*],
            };

            fn unknown_properties(&self) -> usize {
                let names = self.additional_properties.iter().map(|(name, _)| name);
                names.filter(|name| !<Self as $crate::runtime::model::Object>::PROPERTIES.contains(name)).count()
            }

            fn read_members(
                text: &$crate::runtime::json::Document,
            ) -> Result<Self, $crate::runtime::json::Stopped> {
                read_members! {
                    text
                    [$($($required = $required_key,)?)*]
                    [$($($optional = $optional_key $($answers)?,)?)*]
                    [$($(optional $optional = $optional_key)? $(required $required = $required_key)?,)*]
                }
            }

            fn zero_in_place_of(json: &str) -> Option<Self> {
                Some(Self {
                    $($($required: <$required_type as $crate::runtime::model::Property>::zero()?,)?)*
                    $($($optional: None,)?)*
                    additional_properties: $crate::runtime::model::read::in_place_of(json),
                })
            }

            #[allow(unused_variables, unused_imports, reason = "few models have secrets")]
            fn hide(&self, shown: &mut serde_json::Value) {
                use $crate::runtime::model::show;
                $(
                    $($(show::$optional_secrecy(shown, $optional_key, &self.$optional);)?)?
                    $($(show::$required_secrecy(shown, $required_key, &self.$required);)?)?
                )*
            }

            fn write_members<S: serde::Serializer>(
                &self,
                serializer: S,
                tag: Option<(&'static str, &'static str)>,
            ) -> Result<S::Ok, S::Error> {
                use $crate::runtime::model::write;
                if let Some(json) = write::instead(self, &self.additional_properties) {
                    return serde::Serialize::serialize(&json, serializer);
                }
                #[allow(unused_mut, reason = "a schema may have no property")]
                let mut object = write::Writer::new(
                    serializer, &self.additional_properties, tag, &<Self as $crate::runtime::model::Object>::PROPERTIES,
                );
                $(
                    $(object.optional($optional_key, &self.$optional);)?
                    $(object.required($required_key, &self.$required);)?
                )*
                object.end(&<Self as $crate::runtime::model::Object>::PROPERTIES)
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

/// Reads the members of one object into the fields of a model.
#[allow(unused_macros, reason = "not every document has a model")]
macro_rules! read_members {
    // Nothing is required: the model is there from the start, and is filled.
    (
        $text:ident
        []
        [$($optional:ident = $optional_key:literal $($answers:ident)?,)*]
        [$($kind:ident $field:ident = $key:literal,)*]
    ) => {{
        #[allow(unused_imports, reason = "a schema may have no property")]
        use $crate::runtime::model::read;
        #[allow(unused_variables, reason = "only what answers always have is missed")]
        let start = $text.position();
        let mut model = Self::new();
        let additional = &mut model.additional_properties;
        let mut members = $crate::runtime::json::Members::new($text)?;
        in_order! { members $(read::$kind(&mut model.$field, $key, $text, additional),)* }
        while let Some(key) = members.next_key() {
            match &*key {
                $($optional_key => read::optional(&mut model.$optional, $optional_key, $text, additional),)*
                key => read::additional(additional, key, $text),
            }?;
        }
        $($(read::$answers(&model.$optional, $optional_key, start, $text, additional)?;)?)*
        Ok(model)
    }};
    (
        $text:ident
        [$($required:ident = $required_key:literal,)*]
        [$($optional:ident = $optional_key:literal $($answers:ident)?,)*]
        [$($kind:ident $field:ident = $key:literal,)*]
    ) => {{
        use $crate::runtime::model::read;
        $(let mut $required = None;)*
        $(let mut $optional = None;)*
        let mut additional = $crate::runtime::AdditionalProperties::new();
        let start = $text.position();
        let mut members = $crate::runtime::json::Members::new($text)?;
        in_order! { members $(read::$kind(&mut $field, $key, $text, &mut additional),)* }
        while let Some(key) = members.next_key() {
            match &*key {
                $($required_key => read::required(&mut $required, $required_key, $text, &mut additional),)*
                $($optional_key => read::optional(&mut $optional, $optional_key, $text, &mut additional),)*
                key => read::additional(&mut additional, key, $text),
            }?;
        }
        $($(read::$answers(&$optional, $optional_key, start, $text, &mut additional)?;)?)*
        Ok(Self {
            $($required: read::present($required, $required_key, start, $text, &mut additional)?,)*
            $($optional,)*
            additional_properties: additional,
        })
    }};
}

/// Reads the members of an object that stand in the order of the fields, as most servers write them: what comes next is
/// one comparison then.
#[allow(unused_macros, reason = "not every document has a model")]
macro_rules! in_order {
    ($members:ident $(read::$kind:ident($slot:expr, $key:literal, $text:expr, $additional:expr),)*) => {
        $members.look_ahead();
        $(
            if const { $crate::runtime::model::read::is_plain($key) }
                && $members.next_is(concat!("\"", $key, "\":"))
            {
                read::$kind($slot, $key, $text, $additional)?;
                $members.look_ahead();
            }
        )*
    };
}

/// The properties that a model has fields for, by their names in JSON.
#[derive(Clone, Copy, Debug)]
pub struct Properties {
    /// What the document says, with the model's name in Rust.
    pub expected: &'static str,
    /// Those that have to be there.
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
pub trait Object: Sized + PartialEq + Serialize {
    /// The properties that the model has fields for.
    const PROPERTIES: Properties;

    /// How many properties the model keeps that it has no field for.
    fn unknown_properties(&self) -> usize;

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

    /// Writes the properties, with the tag that tells a union's variant.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    fn write_members<S: Serializer>(
        &self,
        serializer: S,
        tag: Option<(&'static str, &'static str)>,
    ) -> Result<S::Ok, S::Error>;
}

impl<T: Object> Object for Box<T> {
    const PROPERTIES: Properties = T::PROPERTIES;

    fn unknown_properties(&self) -> usize {
        T::unknown_properties(self)
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

    fn write_members<S: Serializer>(
        &self,
        serializer: S,
        tag: Option<(&'static str, &'static str)>,
    ) -> Result<S::Ok, S::Error> {
        T::write_members(self, serializer, tag)
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
