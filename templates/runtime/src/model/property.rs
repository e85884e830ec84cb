//! What a JSON value is read into, so that no server can break a model with one.

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::show;
use crate::runtime::json::{Document, Stopped, read_opaque};

/// A type that a JSON value is read into and written from: whatever the document can hold.
///
/// What does not fit is never an error. An optional property is absent then, and its value is kept
/// beside it; where there has to be a value, [a stand-in](Self::stand_in) is there.
pub trait Property: Sized + Serialize {
    /// What the document says that stands here, such as `a string`.
    const EXPECTED: &'static str;

    /// Reads the value at the position of a text. `None`: it is of another type; the position is
    /// anywhere then.
    ///
    /// # Errors
    ///
    /// A limit was reached, or deviations are refused.
    fn read(text: &Document) -> Result<Option<Self>, Stopped>;

    /// The value where the server sent none: zero, empty, false, the epoch, or an object of these.
    /// `None`: the type has no such value.
    fn zero() -> Option<Self>;

    /// The value in place of one of another type, with its JSON; and whether it is written as that.
    fn stand_in(_json: &str) -> Option<(Self, bool)> {
        Some((Self::zero()?, false))
    }

    /// Writes the value.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    /// The value as JSON that anybody may see.
    fn shown(&self) -> Value {
        show::json(self)
    }

    /// Writes the value of a union's variant, with the tag that tells it from the others, a property
    /// and its value, where the type has no such property itself.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    fn write_tagged<S: Serializer>(
        &self,
        _tag: (&'static str, &'static str),
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        self.write(serializer)
    }
}

/// A [`Property`], or a slice of such, for what takes a `Serialize`.
pub struct Written<'p, T: ?Sized>(pub &'p T);

impl<T: Property> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

impl<T: Property> Serialize for Written<'_, [T]> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Written))
    }
}

impl Property for Value {
    const EXPECTED: &'static str = "any value";

    fn read(text: &Document) -> Result<Option<Self>, Stopped> {
        read_opaque(text)
    }

    fn zero() -> Option<Self> {
        Some(Self::Null)
    }
}

impl<T: Property> Property for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    #[inline]
    fn read(text: &Document) -> Result<Option<Self>, Stopped> {
        if text.peek() == b'n' {
            text.skip()?;
            return Ok(Some(None));
        }
        Ok(T::read(text)?.map(Some))
    }

    fn zero() -> Option<Self> {
        Some(None)
    }

    /// That of the type, if it is written as the JSON; or else null.
    fn stand_in(json: &str) -> Option<(Self, bool)> {
        match T::stand_in(json) {
            Some((value, true)) => Some((Some(value), true)),
            _ => Some((None, false)),
        }
    }

    fn shown(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::shown)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Written(value)),
            None => serializer.serialize_none(),
        }
    }
}

/// Makes types that are only known as a whole a [`Property`]: a type of the user's, that
/// takes the place of a generated one. What stands in for a value of it is its `Default`.
#[allow(unused_macros, reason = "not every SDK has one")]
macro_rules! opaque_properties {
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::runtime::model::Property for $name {
            const EXPECTED: &'static str = concat!("a value for `", stringify!($name), "`");

            fn read(
                text: &$crate::runtime::json::Document,
            ) -> Result<Option<Self>, $crate::runtime::json::Stopped> {
                $crate::runtime::json::read_opaque(text)
            }

            fn zero() -> Option<Self> {
                // Of the two methods of this name the one of the type's own default comes first.
                #[allow(unused_imports, reason = "the type decides which of the two it takes")]
                use $crate::runtime::model::{NoDefault, OwnDefault};
                (&std::marker::PhantomData::<$name>).default_value()
            }
        }
    )+};
}

/// Gives the default of a type that has one.
pub trait OwnDefault<T> {
    fn default_value(&self) -> Option<T>;
}

impl<T: Default> OwnDefault<T> for std::marker::PhantomData<T> {
    fn default_value(&self) -> Option<T> {
        Some(T::default())
    }
}

/// Stands for [`OwnDefault`] where a type has none.
pub trait NoDefault<T> {
    fn default_value(&self) -> Option<T>;
}

impl<T> NoDefault<T> for &std::marker::PhantomData<T> {
    fn default_value(&self) -> Option<T> {
        None
    }
}
