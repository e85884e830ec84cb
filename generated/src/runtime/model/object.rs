//! The macro behind every object model, and the functions that its expansion calls.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::Serialize;
use serde_json::Value;

use super::property::{Attempted, Container, Property, attempt_container};

/// Declares a model with its JSON property names.
///
/// `required` properties are arguments of `new`; `optional` ones, which are all that stand in
/// no such section, are `Option<T>`; `nullable` ones tell an absent property (`None`) from a null (`Some(None)`).
/// Each field gets a setter. Unknown properties are kept and written back.
#[allow(unused_macros, reason = "not every document has one")]
macro_rules! object {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[$field_meta:meta])* $field:ident: $type:ty = $key:literal,)*
            $(..$additional:ty)?
        }
    ) => {
        object! {
            $(#[$meta])*
            pub struct $name {
                optional { $($(#[$field_meta])* $field: $type = $key,)* }
                $(..$additional)?
            }
        }
    };
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $(required { $($(#[$required_meta:meta])* $required:ident: $required_type:ty = $required_key:literal,)* })?
            $(optional { $($(#[$optional_meta:meta])* $optional:ident: $optional_type:ty = $optional_key:literal,)* })?
            $(nullable { $($(#[$nullable_meta:meta])* $nullable:ident: $nullable_type:ty = $nullable_key:literal,)* })?
            $(..$additional:ty)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($($(#[$required_meta])* pub $required: $required_type,)*)?
            $($($(#[$optional_meta])* pub $optional: Option<$optional_type>,)*)?
            $($($(#[$nullable_meta])* pub $nullable: Option<Option<$nullable_type>>,)*)?
            /// Properties that this version of the SDK does not know, kept as they came.
            pub additional_properties: $crate::runtime::AdditionalProperties$(<$additional>)?,
        }

        #[allow(deprecated, reason = "a model fills its own deprecated fields")]
        #[allow(clippy::should_implement_trait, reason = "the document names the properties")]
        impl $name {
            /// Makes the model from its required properties; all others are absent.
            #[must_use]
            #[allow(clippy::too_many_arguments, clippy::new_without_default, reason = "the document decides")]
            pub fn new($($($required: impl Into<$required_type>,)*)?) -> Self {
                Self {
                    $($($required: $required.into(),)*)?
                    $($($optional: None,)*)?
                    $($($nullable: None,)*)?
                    additional_properties: $crate::runtime::AdditionalProperties::new(),
                }
            }

            $($($(#[$required_meta])*
            pub fn $required(mut self, $required: impl Into<$required_type>) -> Self {
                self.$required = $required.into();
                self
            })*)?

            $($($(#[$optional_meta])*
            pub fn $optional(mut self, $optional: impl Into<$optional_type>) -> Self {
                $crate::runtime::model::set::optional(&mut self.$optional, $optional);
                self
            })*)?

            $($($(#[$nullable_meta])*
            pub fn $nullable(mut self, $nullable: impl Into<Option<$nullable_type>>) -> Self {
                $crate::runtime::model::set::nullable(&mut self.$nullable, $nullable);
                self
            })*)?
        }

        #[allow(deprecated, reason = "a model reads its own deprecated fields")]
        impl<'de> $crate::runtime::model::Object<'de> for $name {
            const NAME: &'static str = stringify!($name);
            const KEYS: &'static [&'static str] = &[
                $($($required_key,)*)? $($($optional_key,)*)? $($($nullable_key,)*)?
            ];
            const REQUIRED_KEYS: &'static [&'static str] = &[$($($required_key,)*)?];

            fn read<A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                read_properties! {
                    map
                    [$($($required = $required_key,)*)?]
                    [$($($optional = $optional_key,)*)?]
                    [$($($nullable = $nullable_key,)*)?]
                }
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
                $($(object.required($required_key, &self.$required);)*)?
                $($(object.optional($optional_key, &self.$optional);)*)?
                $($(object.optional($nullable_key, &self.$nullable);)*)?
                object.end(<Self as $crate::runtime::model::Object>::KEYS)
            }
        }
    };
}

/// Reads the properties of one model into its fields.
#[allow(unused_macros, reason = "not every document has a model")]
macro_rules! read_properties {
    // Nothing is required: the model is there from the start, and is filled.
    (
        $map:ident
        []
        [$($optional:ident = $optional_key:literal,)*]
        [$($nullable:ident = $nullable_key:literal,)*]
    ) => {{
        #[allow(unused_imports, reason = "a schema may have no property")]
        use $crate::runtime::model::read;
        let mut model = Self::new();
        let additional = &mut model.additional_properties;
        while let Some(key) = $map.next_key::<$crate::runtime::model::Key<'de>>()? {
            match key.as_str() {
                $($optional_key => read::optional(&mut model.$optional, $optional_key, &mut $map, additional),)*
                $($nullable_key => read::nullable(&mut model.$nullable, $nullable_key, &mut $map, additional),)*
                _ => read::additional(additional, key, &mut $map),
            }?;
        }
        Ok(model)
    }};
    (
        $map:ident
        [$($required:ident = $required_key:literal,)*]
        [$($optional:ident = $optional_key:literal,)*]
        [$($nullable:ident = $nullable_key:literal,)*]
    ) => {{
        use $crate::runtime::model::read;
        $(let mut $required = None;)*
        $(let mut $optional = None;)*
        $(let mut $nullable = None;)*
        let mut additional = $crate::runtime::AdditionalProperties::new();
        while let Some(key) = $map.next_key::<$crate::runtime::model::Key<'de>>()? {
            match key.as_str() {
                $($required_key => read::required(&mut $required, &mut $map),)*
                $($optional_key => read::optional(&mut $optional, $optional_key, &mut $map, &mut additional),)*
                $($nullable_key => read::nullable(&mut $nullable, $nullable_key, &mut $map, &mut additional),)*
                _ => read::additional(&mut additional, key, &mut $map),
            }?;
        }
        Ok(Self {
            $($required: read::present($required, $required_key)?,)*
            $($optional,)*
            $($nullable,)*
            additional_properties: additional,
        })
    }};
}

/// A model that is a JSON object.
pub trait Object<'de>: Deserialize<'de> {
    /// The model's Rust name, for error messages.
    const NAME: &'static str;

    /// The property names that the model has fields for.
    const KEYS: &'static [&'static str];

    /// Those of them without which there is no model.
    const REQUIRED_KEYS: &'static [&'static str];

    /// Reads the properties of one JSON object.
    fn read<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

impl<'de, T: Object<'de>> Object<'de> for Box<T> {
    const NAME: &'static str = T::NAME;
    const KEYS: &'static [&'static str] = T::KEYS;
    const REQUIRED_KEYS: &'static [&'static str] = T::REQUIRED_KEYS;

    fn read<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::read(map).map(Self::new)
    }
}

impl<'de, T: Object<'de>> Property<'de> for T {
    fn attempt<D: Deserializer<'de>>(deserializer: D) -> Result<Attempted<Self>, D::Error> {
        Ok(attempt_container(deserializer)?.map(|Read(model)| model))
    }
}

/// An object model, as a container.
struct Read<T>(T);

impl<'de, T: Object<'de>> Container<'de> for Read<T> {
    const EXPECTED: &'static str = T::NAME;

    fn of_object<A: MapAccess<'de>>(map: A) -> Result<Attempted<Self>, A::Error> {
        if T::REQUIRED_KEYS.is_empty() {
            return T::read(map).map(|model| Ok(Self(model)));
        }
        // It may turn out late that something is missing.
        let object = Value::deserialize(MapAccessDeserializer::new(map))?;
        Ok(T::deserialize(object.clone()).map(Self).map_err(|_| object))
    }
}

/// Reads an object model from any serde format.
pub fn deserialize_object<'de, T: Object<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
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

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a JSON object for {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(map)
    }
}

/// How one property is read.
///
/// What a field cannot hold is kept beside it, so that it goes back.
pub mod read {
    use serde::de::{Deserialize, DeserializeOwned, Error, MapAccess};
    use serde_json::Value;

    use crate::runtime::AdditionalProperties;
    use crate::runtime::model::{Attempt, AttemptOrNull, Key, Property, Whole, misfits};

    pub fn required<'de, T: Property<'de>, A: MapAccess<'de>>(
        slot: &mut Option<T>,
        map: &mut A,
    ) -> Result<(), A::Error> {
        *slot = Some(map.next_value_seed(Whole::<T>::NEW)?);
        Ok(())
    }

    pub fn optional<'de, T: Property<'de>, V: DeserializeOwned, A: MapAccess<'de>>(
        slot: &mut Option<T>,
        key: &'static str,
        map: &mut A,
        additional: &mut AdditionalProperties<V>,
    ) -> Result<(), A::Error> {
        match map.next_value_seed(AttemptOrNull::<T>::NEW)? {
            Ok(value) => *slot = Some(value),
            Err(misfit) => keep(misfit, key, additional)?,
        }
        Ok(())
    }

    pub fn nullable<'de, T: Property<'de>, V: DeserializeOwned, A: MapAccess<'de>>(
        slot: &mut Option<Option<T>>,
        key: &'static str,
        map: &mut A,
        additional: &mut AdditionalProperties<V>,
    ) -> Result<(), A::Error> {
        match map.next_value_seed(Attempt::<Option<T>>::NEW)? {
            Ok(value) => *slot = Some(value),
            Err(misfit) => keep(misfit, key, additional)?,
        }
        Ok(())
    }

    /// Keeps a value beside its field, where the additional properties can hold it.
    fn keep<V: DeserializeOwned, E: Error>(
        value: Value,
        key: &'static str,
        additional: &mut AdditionalProperties<V>,
    ) -> Result<(), E> {
        misfits::add(1);
        let is_null = value.is_null();
        match serde_json::from_value(value) {
            Ok(kept) => {
                additional.insert(key, kept);
                Ok(())
            }
            Err(_) if is_null => Ok(()),
            Err(error) => Err(E::custom(error)),
        }
    }

    pub fn additional<'de, V: Deserialize<'de>, A: MapAccess<'de>>(
        additional: &mut AdditionalProperties<V>,
        key: Key<'de>,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let value = map.next_value()?;
        additional.insert(key.into_string(), value);
        Ok(())
    }

    pub fn present<T, E: Error>(slot: Option<T>, key: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| E::missing_field(key))
    }
}

/// How one property is set.
pub mod set {
    pub fn optional<T>(slot: &mut Option<T>, value: impl Into<T>) {
        *slot = Some(value.into());
    }

    pub fn nullable<T>(slot: &mut Option<Option<T>>, value: impl Into<Option<T>>) {
        *slot = Some(value.into());
    }
}

/// How an object is written.
pub mod write {
    use serde::ser::{Serialize, SerializeMap, Serializer};

    use crate::runtime::AdditionalProperties;

    /// Writes one property after the other and remembers the first error.
    pub struct Object<'a, S: Serializer, V> {
        map: Result<S::SerializeMap, S::Error>,
        additional: &'a AdditionalProperties<V>,
    }

    impl<'a, S: Serializer, V: Serialize> Object<'a, S, V> {
        pub fn new(serializer: S, additional: &'a AdditionalProperties<V>) -> Self {
            Self { map: serializer.serialize_map(None), additional }
        }

        pub fn required<T: Serialize>(&mut self, key: &str, value: &T) {
            if let Ok(map) = &mut self.map
                && let Err(error) = map.serialize_entry(key, value)
            {
                self.map = Err(error);
            }
        }

        pub fn optional<T: Serialize>(&mut self, key: &str, value: &Option<T>) {
            if let Some(value) = value {
                self.required(key, value);
            } else if let Some(kept) = self.additional.get(key) {
                self.required(key, kept);
            }
        }

        pub fn end(mut self, known: &[&str]) -> Result<S::Ok, S::Error> {
            for (key, value) in self.additional.iter() {
                if !known.contains(&key) {
                    self.required(key, value);
                }
            }
            self.map?.end()
        }
    }
}
