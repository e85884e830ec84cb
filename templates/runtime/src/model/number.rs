//! Numbers as JSON has them: `1.0` is an integer (JSON Schema 2020-12, validation, section 6.1.1),
//! and what came as `1.0` or as `1` goes back as that.
//!
//! Each function takes the text of a number and gives it, and whether it is written in the same way.

/// The first integer that is as near to its neighbours as two floating-point numbers are.
const LIMIT: f64 = 9_007_199_254_740_992.0;
/// A number of no more digits is told apart from every other one by an `f64`.
const DIGITS: usize = 15;

/// An integer. `None`: the number has a fraction, or the type is too small for it.
pub fn integer<T: TryFrom<i128>>(text: &str) -> Option<(T, bool)> {
    if let Ok(integer) = text.parse::<i128>() {
        return Some((integer.try_into().ok()?, text != "-0"));
    }
    let integer = whole(text.parse().ok()?)?;
    Some((i128::from(integer).try_into().ok()?, false))
}

/// The integer that a number without a fraction is.
pub fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < LIMIT).then_some(number as i64)
}

/// A number of 64 bits. `None`: it is an integer that no such number is equal to.
pub fn double(text: &str) -> Option<(f64, bool)> {
    let number: f64 = text.parse().ok()?;
    if let Ok(integer) = text.parse::<i128>() {
        let is_equal = number as i128 == integer;
        return is_equal.then_some((number, number.abs() < LIMIT && text != "-0"));
    }
    Some((number, is_shortest(text)))
}

/// A number of 32 bits. `None`: it has more digits than such a number.
pub fn float(text: &str) -> Option<(f32, bool)> {
    let (number, is_same) = double(text)?;
    let short = number as f32;
    // The shortest text of an `f32` is the text of the number, or else it has lost digits.
    let read: f64 = short.to_string().parse().ok()?;
    (read == number).then_some((short, is_same))
}

/// Whether a number with a fraction stands as it is written: no zeros at its end, no exponent, no
/// more digits than are told apart, and not so small that it is written with an exponent.
fn is_shortest(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_small = text.trim_start_matches('-').starts_with("0.0000");
    digits <= DIGITS && !text.contains(['e', 'E']) && !text.ends_with('0') && !is_small
}
