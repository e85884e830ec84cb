//! The scalars among the [properties](Property): texts, numbers, flags and dates.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::ser::Serializer;

use super::number;
use super::property::Property;
use crate::runtime::json::{ALLOCATION, Document, Stopped};

impl Property for String {
    const EXPECTED: &'static str = "a string";

    #[inline]
    fn read(text: &Document) -> Result<Option<Self>, Stopped> {
        let Some(string) = string(text)? else { return Ok(None) };
        text.charge(string.len() + ALLOCATION)?;
        Ok(Some(string.into_owned()))
    }

    fn zero() -> Option<Self> {
        Some(Self::new())
    }
}

/// The string at the position of a text. `None`: something else is there.
///
/// # Errors
///
/// A limit was reached.
#[inline]
pub fn string<'t>(text: &Document<'t>) -> Result<Option<Cow<'t, str>>, Stopped> {
    text.tick()?;
    Ok((text.peek() == b'"').then(|| text.string()))
}

impl Property for bool {
    const EXPECTED: &'static str = "true or false";

    #[inline]
    fn read(text: &Document) -> Result<Option<Self>, Stopped> {
        text.tick()?;
        let value = match text.peek() {
            b't' => true,
            b'f' => false,
            _ => return Ok(None),
        };
        text.skip()?;
        Ok(Some(value))
    }

    fn zero() -> Option<Self> {
        Some(false)
    }
}

/// Reads the number at the position of a text with a function, which also says whether what it makes
/// of it is written in the same way.
#[inline]
fn number<T>(text: &Document, parse: fn(&str) -> Option<(T, bool)>) -> Result<Option<T>, Stopped> {
    text.tick()?;
    if !matches!(text.peek(), b'-' | b'0'..=b'9') {
        return Ok(None);
    }
    let Some((number, is_same)) = parse(text.number()) else { return Ok(None) };
    if !is_same {
        text.add_odd();
    }
    Ok(Some(number))
}

/// The integers.
macro_rules! integers {
    ($($name:ty: $expected:literal,)+) => {$(
        impl Property for $name {
            const EXPECTED: &'static str = $expected;

            #[inline]
            fn read(text: &Document) -> Result<Option<Self>, Stopped> {
                number(text, number::integer)
            }

            fn zero() -> Option<Self> {
                Some(0)
            }
        }
    )+};
}

integers! {
    i32: "an integer of 32 bits",
    i64: "an integer of 64 bits",
    u64: "an integer from 0 to 2^64 - 1",
}

impl Property for f64 {
    const EXPECTED: &'static str = "a number";

    #[inline]
    fn read(text: &Document) -> Result<Option<Self>, Stopped> {
        number(text, number::double)
    }

    fn zero() -> Option<Self> {
        Some(0.0)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match number::whole(*self) {
            Some(integer) => serializer.serialize_i64(integer),
            None => serializer.serialize_f64(*self),
        }
    }
}

impl Property for f32 {
    const EXPECTED: &'static str = "a number of 32 bits";

    #[inline]
    fn read(text: &Document) -> Result<Option<Self>, Stopped> {
        number(text, number::float)
    }

    fn zero() -> Option<Self> {
        Some(0.0)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match number::whole(f64::from(*self)) {
            Some(integer) => serializer.serialize_i64(integer),
            None => serializer.serialize_f32(*self),
        }
    }
}

impl Property for Timestamp {
    const EXPECTED: &'static str = "a date-time (RFC 3339)";

    #[inline]
    fn read(text: &Document) -> Result<Option<Self>, Stopped> {
        let Some(string) = string(text)? else { return Ok(None) };
        let Ok(timestamp) = string.parse() else { return Ok(None) };
        if !is_in_utc(&string) {
            text.add_odd();
        }
        Ok(Some(timestamp))
    }

    /// The epoch.
    fn zero() -> Option<Self> {
        Some(Self::UNIX_EPOCH)
    }
}

/// Whether a date-time is written as ours are, but for zeros of its fraction: another offset, a leap
/// second, or a form of ISO 8601 that RFC 3339 does not have, would be lost.
fn is_in_utc(date_time: &str) -> bool {
    let is_at = |index, expected| date_time.as_bytes().get(index) == Some(&expected);
    date_time.ends_with('Z')
        && is_at(10, b'T')
        && is_at(13, b':')
        && is_at(16, b':')
        && date_time.get(17..19) != Some("60")
        && (is_at(19, b'Z') || is_at(19, b'.'))
}

impl Property for Date {
    const EXPECTED: &'static str = "a date (RFC 3339)";

    #[inline]
    fn read(text: &Document) -> Result<Option<Self>, Stopped> {
        let Some(string) = string(text)? else { return Ok(None) };
        Ok(Some(string).filter(|string| is_full_date(string)).and_then(|date| date.parse().ok()))
    }

    /// The first day of the epoch.
    fn zero() -> Option<Self> {
        Some(Self::constant(1970, 1, 1))
    }
}

/// Whether a text can be a `full-date` (RFC 3339, section 5.6). One with a time reads as a date,
/// too, and would lose the time.
fn is_full_date(text: &str) -> bool {
    text.len() == "2000-12-31".len()
}

opaque_properties! { super::FilePart }
