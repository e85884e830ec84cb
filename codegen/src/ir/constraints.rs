//! What a schema says about the values of a type.

/// The validation keywords of JSON Schema (2020-12 validation, sections 6.2 to 6.5) that a value is to keep. The SDK says
/// them and does not check them: the server does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// `minimum`, or `exclusiveMinimum`.
    pub minimum: Option<Bound>,
    /// `maximum`, or `exclusiveMaximum`.
    pub maximum: Option<Bound>,
    /// `multipleOf`.
    pub multiple_of: Option<f64>,
    /// `minLength` and `maxLength`, in characters.
    pub length: Count,
    /// `pattern`, a regular expression as ECMA-262 has them.
    pub pattern: Option<String>,
    /// `minItems` and `maxItems`.
    pub items: Count,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties` and `maxProperties`.
    pub properties: Count,
}

/// The bound of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The number.
    pub value: f64,
    /// Whether the number itself is out of bounds.
    pub exclusive: bool,
}

/// How many there are at least and at most.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// At least so many.
    pub least: Option<usize>,
    /// At most so many.
    pub most: Option<usize>,
}
