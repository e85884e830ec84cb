//! The macros behind `oneOf`, `anyOf` and inheritance, and what their expansion calls.

use serde::de::Error as _;
use serde_json::Value;

use super::property::Attempted;
use crate::runtime::json::{Choice, Count, Spot};

/// Makes a boxed union, which a recursive field has, what the union is: a property.
#[allow(unused_macros, reason = "not every document has a union")]
macro_rules! boxed_property {
    ($name:ident) => {
        impl<'de> $crate::runtime::model::Property<'de> for Box<$name> {
            fn attempt<D: serde::Deserializer<'de>>(
                deserializer: D,
                reading: $crate::runtime::model::Reading<'_>,
            ) -> Result<$crate::runtime::model::Attempted<Self>, D::Error> {
                Ok(<$name as $crate::runtime::model::Property>::attempt(deserializer, reading)?
                    .map(Self::new))
            }

            fn whole<D: serde::Deserializer<'de>>(
                deserializer: D,
                reading: $crate::runtime::model::Reading<'_>,
            ) -> Result<Self, D::Error> {
                <$name as $crate::runtime::model::Property>::whole(deserializer, reading)
                    .map(Self::new)
            }
        }
    };
}

/// Declares an enum whose variant is told by the value of one property
/// (OpenAPI 3.0.3, section 4.7.25, Discriminator Object).
///
/// `Unknown` keeps the whole object where no variant has the value of the property, and where
/// the object lacks what its variant requires.
#[allow(unused_macros, reason = "not every document has one")]
macro_rules! tagged_union {
    (
        $(#[$meta:meta])*
        pub enum $name:ident by $tag:literal {
            $($(#[$variant_meta:meta])* $variant:ident($type:ty) = $($value:literal)|+,)*
            _($unknown:ty),
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant(Box<$type>),)*
            /// An object of a type that this version of the SDK does not know, or that is not
            /// what its type says, kept whole.
            Unknown(Box<$unknown>),
        }

        $(impl From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(Box::new(value))
            }
        })*

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => serde::Serialize::serialize(value, serializer),)*
                    Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl $name {
            fn read_at(spot: &$crate::runtime::model::Spot) -> serde_json::Result<Self> {
                $crate::runtime::model::read_tagged(
                    spot,
                    $tag,
                    |tag| match tag {
                        $($(Some($value))|+ => Some(|spot| Ok(Self::$variant(Box::new(spot.read()?)))),)*
                        _ => None,
                    },
                    |spot| Ok(Self::Unknown(Box::new(spot.read()?))),
                )
            }
        }

        boxed_property! { $name }

        impl<'de> $crate::runtime::model::Property<'de> for $name {
            fn attempt<D: serde::Deserializer<'de>>(
                deserializer: D,
                reading: $crate::runtime::model::Reading<'_>,
            ) -> Result<$crate::runtime::model::Attempted<Self>, D::Error> {
                let spot = $crate::runtime::model::spot(deserializer, reading)?;
                $crate::runtime::model::or_value(&spot, Self::read_at(&spot))
            }

            fn whole<D: serde::Deserializer<'de>>(
                deserializer: D,
                reading: $crate::runtime::model::Reading<'_>,
            ) -> Result<Self, D::Error> {
                let spot = $crate::runtime::model::spot(deserializer, reading)?;
                Self::read_at(&spot).map_err(serde::de::Error::custom)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let reading = $crate::runtime::model::Reading::OF_SERDE;
                <Self as $crate::runtime::model::Property>::whole(deserializer, reading)
            }
        }
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
                    $(Self::$variant(value) => serde::Serialize::serialize(value, serializer),)*
                    Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl $name {
            fn read_at(spot: &$crate::runtime::model::Spot) -> serde_json::Result<Self> {
                use $crate::runtime::model::unknown_properties;
                let candidates: &[$crate::runtime::model::Candidate<Self>] = &[$(|spot| {
                    let value: $type = spot.read().ok()?;
                    Some((unknown_properties::$kind(&value), Self::$variant(Box::new(value))))
                },)*];
                $crate::runtime::model::read_best(spot, candidates, Self::Unknown)
            }
        }

        boxed_property! { $name }

        impl<'de> $crate::runtime::model::Property<'de> for $name {
            fn attempt<D: serde::Deserializer<'de>>(
                deserializer: D,
                reading: $crate::runtime::model::Reading<'_>,
            ) -> Result<$crate::runtime::model::Attempted<Self>, D::Error> {
                let spot = $crate::runtime::model::spot(deserializer, reading)?;
                if spot.is_null() {
                    return spot.read().map(Err).map_err(serde::de::Error::custom);
                }
                Self::read_at(&spot).map(Ok).map_err(serde::de::Error::custom)
            }

            fn whole<D: serde::Deserializer<'de>>(
                deserializer: D,
                reading: $crate::runtime::model::Reading<'_>,
            ) -> Result<Self, D::Error> {
                let spot = $crate::runtime::model::spot(deserializer, reading)?;
                Self::read_at(&spot).map_err(serde::de::Error::custom)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let reading = $crate::runtime::model::Reading::OF_SERDE;
                <Self as $crate::runtime::model::Property>::whole(deserializer, reading)
            }
        }
    };
}

/// Reads one variant of an undiscriminated union where the value fits it, with the number of the
/// value's properties that the variant has no field for.
pub type Candidate<T> = fn(&Spot) -> Option<(usize, T)>;

/// A variant that fits.
struct Fit<T> {
    value: T,
    /// Properties without a field, and misfits.
    cost: usize,
    unknown: usize,
    choice: Choice,
    left: usize,
    odd: Count,
    is_whole: bool,
}

/// The first variant that fits and holds the most properties of the value in fields. What fits
/// none is kept by `unknown`.
///
/// The value is read once for each variant, however deep unions are nested in it: what an inner
/// union chose is noted while the outer one tries its variants, and a value that is only tried has
/// a stand-in where the inner union was read before.
///
/// # Errors
///
/// The value is no JSON, or a limit was reached.
pub fn read_best<T: 'static>(
    spot: &Spot,
    candidates: &[Candidate<T>],
    unknown: fn(Value) -> T,
) -> serde_json::Result<T> {
    let _union = spot.union();
    if let Some(choice) = spot.choice::<T>() {
        spot.misfits().add(choice.misfits);
        if spot.misfits().is_trial() {
            spot.leave(choice.end);
            spot.misfits().add_stand_in();
            return Ok(unknown(Value::Null));
        }
        return read_choice(spot, candidates, unknown, choice.variant);
    }
    let best = try_all(spot, candidates);
    if spot.is_exhausted() {
        return Err(serde_json::Error::custom("a limit was reached"));
    }
    let Some(fit) = best else {
        // What fits no variant is a misfit as a whole.
        spot.misfits().add(1);
        let value = unknown(spot.read()?);
        spot.remember::<T>(Choice { variant: None, misfits: 1, end: spot.position() });
        return Ok(value);
    };
    spot.misfits().add(fit.choice.misfits);
    spot.remember::<T>(fit.choice);
    if fit.is_whole || spot.misfits().is_trial() {
        spot.leave(fit.choice.end);
        spot.odd().restore(fit.odd);
        return Ok(fit.value);
    }
    spot.set_left(spot.left().saturating_add(fit.left));
    drop(fit.value);
    read_choice(spot, candidates, unknown, fit.choice.variant)
}

/// Reads the variant that was chosen.
fn read_choice<T>(
    spot: &Spot,
    candidates: &[Candidate<T>],
    unknown: fn(Value) -> T,
    variant: Option<usize>,
) -> serde_json::Result<T> {
    match variant.and_then(|index| candidates.get(index)) {
        Some(read) => {
            let (_, read) = spot.misfits().count(|| read(spot));
            read.map(|(_, value)| value)
                .ok_or_else(|| serde_json::Error::custom("a limit was reached"))
        }
        None => spot.read().map(unknown),
    }
}

/// Tries the variants, until one fits as well as any can.
fn try_all<T: 'static>(spot: &Spot, candidates: &[Candidate<T>]) -> Option<Fit<T>> {
    let mut best: Option<Fit<T>> = None;
    let (all_misfits, odd) = (spot.misfits(), spot.odd());
    let odd_before = odd.count();
    for (index, read) in candidates.iter().enumerate() {
        let (left, stand_ins) = (spot.left(), all_misfits.stand_ins());
        odd.restore(odd_before);
        let (misfits, read) = all_misfits.count(|| all_misfits.trial(|| read(spot)));
        let taken = left.saturating_sub(spot.left());
        let Some((unknown, value)) = read else { continue };
        let fit = Fit {
            value,
            cost: unknown + misfits,
            unknown,
            choice: Choice { variant: Some(index), misfits, end: spot.position() },
            left: taken,
            odd: odd.count(),
            is_whole: all_misfits.stand_ins() == stand_ins,
        };
        let is_better = |best: &Fit<T>| (fit.cost, fit.unknown) < (best.cost, best.unknown);
        if best.as_ref().is_none_or(is_better) {
            if let Some(beaten) = best.replace(fit) {
                spot.set_left(spot.left().saturating_add(beaten.left));
            }
        } else {
            spot.set_left(spot.left().saturating_add(taken));
        }
        if best.as_ref().is_some_and(|best| best.cost == 0) {
            break;
        }
    }
    odd.restore(odd_before);
    best
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

/// Reads a union at a place.
pub type Reader<T> = fn(&Spot) -> serde_json::Result<T>;

/// Reads the variant that the discriminator property names, or else, and where the object lacks
/// what that requires, the one for what is unknown.
///
/// # Errors
///
/// The value is neither.
pub fn read_tagged<T: 'static>(
    spot: &Spot,
    tag: &str,
    known: fn(Option<&str>) -> Option<Reader<T>>,
    unknown: Reader<T>,
) -> serde_json::Result<T> {
    let _union = spot.union();
    // It is noted where the variant did not fit, so that it is not tried again.
    let did_not_fit = spot.choice::<T>().is_some();
    let Some(read) = known(spot.member(tag).as_deref()).filter(|_| !did_not_fit) else {
        return unknown(spot);
    };
    let (misfits, result) = spot.misfits().count(|| read(spot));
    match result {
        Ok(value) => {
            spot.misfits().add(misfits);
            Ok(value)
        }
        Err(error) if spot.is_exhausted() => Err(error),
        Err(error) => {
            let value = unknown(spot).map_err(|_| error)?;
            spot.remember::<T>(Choice { variant: None, misfits: 0, end: spot.position() });
            Ok(value)
        }
    }
}

/// What was read at a place, or the value as it came.
///
/// # Errors
///
/// The value is no JSON, or a limit was reached.
pub fn or_value<T, E: serde::de::Error>(
    spot: &Spot,
    read: serde_json::Result<T>,
) -> Result<Attempted<T>, E> {
    match read {
        Ok(value) => Ok(Ok(value)),
        Err(_) => spot.read().map(Err).map_err(E::custom),
    }
}
