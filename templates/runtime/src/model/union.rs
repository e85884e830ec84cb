//! The macros behind `oneOf`, `anyOf` and inheritance, and what their expansion calls.

use std::any::TypeId;

use serde_json::Value;

use super::property::Property;
use crate::runtime::json::{Choice, Document, Members, Stopped, Tally};

/// Makes a boxed union, which a recursive field has, what the union is: a property.
#[allow(unused_macros, reason = "not every document has a union")]
macro_rules! boxed_property {
    ($name:ident) => {
        impl $crate::runtime::model::Property for Box<$name> {
            const EXPECTED: &'static str = <$name as $crate::runtime::model::Property>::EXPECTED;

            fn read(
                text: &$crate::runtime::json::Document,
            ) -> Result<Option<Self>, $crate::runtime::json::Stopped> {
                Ok(<$name as $crate::runtime::model::Property>::read(text)?.map(Self::new))
            }

            fn zero() -> Option<Self> {
                <$name as $crate::runtime::model::Property>::zero().map(Self::new)
            }

            fn shown(&self) -> serde_json::Value {
                <$name as $crate::runtime::model::Property>::shown(self)
            }

            fn stand_in(json: &str) -> Option<(Self, bool)> {
                let (value, is_written) =
                    <$name as $crate::runtime::model::Property>::stand_in(json)?;
                Some((Self::new(value), is_written))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::deserialize(deserializer)
            }
        }
    };
}

/// The first of several values.
#[allow(unused_macros, reason = "not every document has a union")]
macro_rules! first_value {
    ($first:literal $(, $other:literal)*) => {
        $first
    };
}

/// Gives a union a method for each field that all its variants have.
#[allow(unused_macros, reason = "not every document has a union")]
macro_rules! shared_fields {
    ($name:ident $variants:tt) => {};
    ($name:ident $variants:tt $($field:ident: $type:ty,)+) => {
        impl $name {
            $(shared_field! { $variants $field: $type })+
        }
    };
}

/// The method for one field that all variants of a union have.
#[allow(unused_macros, reason = "not every document has a union")]
macro_rules! shared_field {
    ([$($variant:ident)*] $field:ident: $type:ty) => {
        #[doc = concat!("`", linked!($field), "`, which every variant has.")]
        pub fn $field(&self) -> &$type {
            match self {
                $(Self::$variant(value) => &value.$field,)*
            }
        }
    };
}

/// Declares an enum whose variant is told by the value of one property
/// (OpenAPI 3.0.3, section 4.7.25, Discriminator Object).
///
/// `Unknown` keeps the whole object where no variant has the value of the property. A variant is
/// written with its value of the property, be it one of its model's or not. What stands after `with` are
/// fields that all variants have, `Unknown` included: each becomes a method.
#[allow(unused_macros, reason = "not every document has one")]
macro_rules! tagged_union {
    (
        $(#[$meta:meta])*
        pub enum $name:ident by $tag:literal {
            $($(#[$variant_meta:meta])* $variant:ident($type:ty) = $($value:literal)|+,)*
            _($unknown:ty),
        }
        $(with { $($shared:tt)* })?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant(Box<$type>),)*
            /// An object of a type that this version of the SDK does not know, kept whole.
            Unknown(Box<$unknown>),
        }

        $(impl From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(Box::new(value))
            }
        })*

        shared_fields! { $name [$($variant)* Unknown] $($($shared)*)? }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::model::Property::write_tagged(
                        value.as_ref(), ($tag, first_value!($($value),+)), serializer,
                    ),)*
                    Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl $crate::runtime::model::Property for $name {
            const EXPECTED: &'static str = concat!("an object for `", stringify!($name), "`");

            fn read(
                text: &$crate::runtime::json::Document,
            ) -> Result<Option<Self>, $crate::runtime::json::Stopped> {
                $crate::runtime::model::read_tagged(
                    text,
                    $tag,
                    |tag| match tag {
                        $($($value)|+ => Some(|text| {
                            let value = <$type as $crate::runtime::model::Property>::read(text)?;
                            Ok(value.map(|value| Self::$variant(Box::new(value))))
                        }),)*
                        _ => None,
                    },
                    |text| {
                        let value = <$unknown as $crate::runtime::model::Property>::read(text)?;
                        Ok(value.map(|value| Self::Unknown(Box::new(value))))
                    },
                )
            }

            fn shown(&self) -> serde_json::Value {
                match self {
                    $(Self::$variant(value) => $crate::runtime::model::Property::shown(value.as_ref()),)*
                    Self::Unknown(value) => $crate::runtime::model::Property::shown(value.as_ref()),
                }
            }

            fn zero() -> Option<Self> {
                let zero = <$unknown as $crate::runtime::model::Property>::zero()?;
                Some(Self::Unknown(Box::new(zero)))
            }

            fn stand_in(json: &str) -> Option<(Self, bool)> {
                let (value, is_written) =
                    <$unknown as $crate::runtime::model::Property>::stand_in(json)?;
                Some((Self::Unknown(Box::new(value)), is_written))
            }
        }

        boxed_property! { $name }
    };
}

/// Declares an enum whose variant is told by what the value looks like.
///
/// The variants stand from the most to the least specific. An object goes to the variant
/// that knows the most of its properties; a value that fits none is kept in `Unknown`.
#[allow(unused_macros, reason = "not every document has one")]
macro_rules! untagged_union {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $kind:ident $variant:ident($type:ty),)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant(Box<$type>),)*
            /// A value that fits no other variant, kept as it came.
            Unknown(serde_json::Value),
        }

        $(impl From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(Box::new(value))
            }
        })*

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::runtime::model::Property::write(value.as_ref(), serializer)
                    })*
                    Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl $crate::runtime::model::Property for $name {
            const EXPECTED: &'static str = concat!("what `", stringify!($name), "` can be");

            fn read(
                text: &$crate::runtime::json::Document,
            ) -> Result<Option<Self>, $crate::runtime::json::Stopped> {
                use $crate::runtime::model::{Candidate, read_best, unknown_properties};
                let candidates: &[Candidate<Self>] = &[$(|text| {
                    Ok(<$type as $crate::runtime::model::Property>::read(text)?.map(|value| {
                        (unknown_properties::$kind(&value), Self::$variant(Box::new(value)))
                    }))
                },)*];
                read_best(text, candidates, Self::Unknown, Self::EXPECTED)
            }

            fn shown(&self) -> serde_json::Value {
                match self {
                    $(Self::$variant(value) => $crate::runtime::model::Property::shown(value.as_ref()),)*
                    Self::Unknown(value) => value.clone(),
                }
            }

            fn zero() -> Option<Self> {
                Some(Self::Unknown(serde_json::Value::Null))
            }

            fn stand_in(json: &str) -> Option<(Self, bool)> {
                let (value, is_written) =
                    <serde_json::Value as $crate::runtime::model::Property>::stand_in(json)?;
                Some((Self::Unknown(value), is_written))
            }
        }

        boxed_property! { $name }
    };
}

/// Reads one variant of an undiscriminated union where the value is of its type, with the number of
/// the value's properties that the variant has no field for.
pub type Candidate<T> = fn(&Document) -> Result<Option<(usize, T)>, Stopped>;

/// A variant that a value was read into.
struct Fit<T> {
    value: T,
    /// How well it fits: the values that others stand in for; the properties without a field, and
    /// the misfits; the properties without a field.
    cost: (usize, usize, usize),
    choice: Choice,
    left: usize,
    odd: usize,
    is_whole: bool,
    /// Another one fits as well.
    is_tied: bool,
}

/// The first variant that fits and holds the most properties of the value in fields. What fits
/// none is kept by `unknown`; an object that lacks something, and a list of objects, goes to the one
/// variant that it fits best, if that knows any of its properties.
///
/// The value is read once for each variant, however deep unions are nested in it: what an inner
/// union chose is noted while the outer one tries its variants, and a value that is only tried has
/// a stand-in where the inner union was read before.
///
/// # Errors
///
/// A limit was reached, or deviations are refused.
pub fn read_best<T: 'static>(
    text: &Document,
    candidates: &[Candidate<T>],
    unknown: fn(Value) -> T,
    expected: &'static str,
) -> Result<Option<T>, Stopped> {
    text.begin_union();
    text.peek();
    let place = Place { text, start: text.position(), expected };
    let read = place.read_best(candidates, unknown);
    text.end_union();
    read
}

/// Where a union stands in a text.
struct Place<'d> {
    text: &'d Document<'d>,
    start: usize,
    expected: &'static str,
}

impl Place<'_> {
    fn read_best<T: 'static>(
        &self,
        candidates: &[Candidate<T>],
        unknown: fn(Value) -> T,
    ) -> Result<Option<T>, Stopped> {
        let Self { text, start, .. } = *self;
        if let Some(choice) = text.choice(start, TypeId::of::<T>()) {
            text.add_tally(choice.tally);
            if text.is_trial() {
                text.set_position(choice.end);
                text.add_stand_in();
                return Ok(Some(unknown(Value::Null)));
            }
            return self.read_choice(candidates, unknown, choice.variant);
        }
        let best = self.try_all(candidates)?;
        let Some(fit) = best.filter(|fit| self.is_the_one(fit)) else {
            if text.peek() == b'n' {
                return Ok(None);
            }
            return self.read_unknown(unknown);
        };
        text.add_tally(fit.choice.tally);
        text.remember(start, TypeId::of::<T>(), fit.choice);
        let is_told = fit.is_whole && fit.choice.tally == Tally::default();
        if is_told || text.is_trial() {
            text.set_position(fit.choice.end);
            text.set_odd(fit.odd);
            return Ok(Some(fit.value));
        }
        text.set_left(text.left().saturating_add(fit.left));
        drop(fit.value);
        self.read_choice(candidates, unknown, fit.choice.variant)
    }

    /// Keeps what fits no variant, which is a misfit as a whole.
    fn read_unknown<T: 'static>(&self, unknown: fn(Value) -> T) -> Result<Option<T>, Stopped> {
        let Self { text, start, expected } = *self;
        text.deviates(start, expected)?;
        text.set_position(start);
        let value = Value::read(text)?.map(unknown);
        let tally = Tally { broken: 0, misfits: 1 };
        let choice = Choice { variant: None, tally, end: text.position() };
        text.remember(start, TypeId::of::<T>(), choice);
        Ok(value)
    }

    /// Reads the variant that was chosen, whose deviations were counted.
    fn read_choice<T>(
        &self,
        candidates: &[Candidate<T>],
        unknown: fn(Value) -> T,
        variant: Option<usize>,
    ) -> Result<Option<T>, Stopped> {
        let Self { text, start, expected } = *self;
        text.set_position(start);
        let (_, read) = text.tallied(|| match variant.and_then(|index| candidates.get(index)) {
            Some(read) => Ok(read(text)?.map(|(_, value)| value)),
            None => {
                text.deviates(start, expected)?;
                Ok(Value::read(text)?.map(unknown))
            }
        });
        read
    }

    /// Whether the value is for the variant that it fits best.
    fn is_the_one<T>(&self, fit: &Fit<T>) -> bool {
        let (broken, _, unknown) = fit.cost;
        let may_be_broken = !self.text.refuses_broken() && !fit.is_tied;
        broken == 0 || (may_be_broken && self.knows_some(unknown))
    }

    /// Whether the value is an object of more properties than a variant does not know, or a list of
    /// objects.
    fn knows_some(&self, unknown: usize) -> bool {
        self.text.set_position(self.start);
        match self.text.peek() {
            b'{' => {}
            b'[' => {
                self.text.advance(1);
                return self.text.peek() == b'{';
            }
            _ => return false,
        }
        let Ok(mut members) = Members::new(self.text) else { return false };
        let mut count = 0;
        while members.next_key().is_some() && self.text.skip().is_ok() {
            count += 1;
        }
        count > unknown
    }

    /// Tries the variants, until one fits as well as any can.
    fn try_all<T: 'static>(&self, candidates: &[Candidate<T>]) -> Result<Option<Fit<T>>, Stopped> {
        let text = self.text;
        let mut best: Option<Fit<T>> = None;
        let odd_before = text.odd();
        for (index, read) in candidates.iter().enumerate() {
            let (left, stand_ins) = (text.left(), text.stand_ins());
            text.set_odd(odd_before);
            text.set_position(self.start);
            let (tally, read) = text.tallied(|| text.trial(|| read(text)));
            if read.is_err() {
                text.go_on_without_stand_in()?;
            }
            let taken = left.saturating_sub(text.left());
            let Ok(Some((unknown, value))) = read else {
                text.set_left(left);
                continue;
            };
            let fit = Fit {
                value,
                cost: (tally.broken, unknown + tally.misfits, unknown),
                choice: Choice { variant: Some(index), tally, end: text.position() },
                left: taken,
                odd: text.odd(),
                is_whole: text.stand_ins() == stand_ins,
                is_tied: false,
            };
            if best.as_ref().is_none_or(|best| fit.cost < best.cost) {
                if let Some(beaten) = best.replace(fit) {
                    text.set_left(text.left().saturating_add(beaten.left));
                }
            } else {
                text.set_left(text.left().saturating_add(taken));
                if let Some(best) = best.as_mut().filter(|best| best.cost == fit.cost) {
                    best.is_tied = true;
                }
            }
            if best.as_ref().is_some_and(|best| best.cost.1 == 0) {
                break;
            }
        }
        text.set_odd(odd_before);
        text.set_position(self.start);
        Ok(best)
    }
}

/// How many properties of a value its variant has no field for.
pub mod unknown_properties {
    use crate::runtime::model::Object;

    /// For a variant that is an object model.
    pub fn object<T: Object>(value: &T) -> usize {
        Object::unknown_properties(value)
    }

    /// For any other variant: it fits as a whole, or not at all.
    pub fn whole<T>(_: &T) -> usize {
        0
    }
}

/// Reads a variant of a union.
pub type Reader<T> = fn(&Document) -> Result<Option<T>, Stopped>;

/// Reads the variant that the discriminator property names, or else, and where the value is not of
/// its type, the one for what is unknown.
///
/// # Errors
///
/// A limit was reached, or deviations are refused.
pub fn read_tagged<T>(
    text: &Document,
    tag: &'static str,
    known: fn(&str) -> Option<Reader<T>>,
    unknown: Reader<T>,
) -> Result<Option<T>, Stopped> {
    if text.peek() != b'{' {
        return Ok(None);
    }
    text.begin_union();
    let start = text.position();
    let place = text.member(tag, usize::MAX).then(|| text.position());
    let value = place.and_then(|_| text.scalar());
    text.set_position(start);
    let read = match (value.as_deref().and_then(known), value) {
        (Some(read), _) if text.refuses_broken() => read_if_whole(text, read, unknown),
        (Some(read), _) => read(text),
        (None, value) => {
            let before = text.deviation_count();
            let read = unknown(text);
            // A model of what is unknown says itself that its tag is missing.
            if value.is_some() || text.deviation_count() == before {
                text.has_unknown_tag(start, tag, place).and(read)
            } else {
                read
            }
        }
    };
    text.end_union();
    read
}

/// Reads a variant, or what is unknown where the variant would be broken.
fn read_if_whole<T>(
    text: &Document,
    read: Reader<T>,
    unknown: Reader<T>,
) -> Result<Option<T>, Stopped> {
    let start = text.position();
    let (tally, variant) = text.tallied(|| text.trial(|| read(text)));
    if tally.broken == 0 {
        return variant;
    }
    drop(variant);
    text.set_position(start);
    unknown(text)
}
