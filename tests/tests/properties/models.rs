//! Models and JSON: what is read comes back.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::strategies::Document;

static SESSIONS: LazyLock<Document> =
    LazyLock::new(|| Document::new(include_str!("../../../spec/okta.yaml")));
static FEATURES: LazyLock<Document> = LazyLock::new(|| {
    let yaml = include_str!("../../features/openapi.yaml");
    // serde_yaml reads no integer beyond 64 bits; the schema that has one is not tried here.
    Document::new(&yaml.replace("-9223372036854776000", "0"))
});

/// What the schema allows becomes a model, which survives JSON.
fn survives<M>(json: &Value) -> Result<(), TestCaseError>
where
    M: Clone + std::fmt::Debug + DeserializeOwned + PartialEq + Serialize,
{
    let model: M = serde_json::from_value(json.clone())
        .map_err(|error| TestCaseError::fail(format!("{json} is refused: {error}")))?;
    let text = serde_json::to_string(&model).expect("a model is JSON");
    let again: M = serde_json::from_str(&text).expect("what a model writes, it reads");
    prop_assert!(is_same(&serde_json::to_value(&again).expect("JSON"), json), "{json}\n{text}");
    prop_assert_eq!(again, model);
    Ok(())
}

/// What an object model reads of any object comes back, whatever its properties hold. It is
/// refused only where a property is missing or wrong that the schema requires.
fn keeps<M>(json: &Value, is_refusable: bool) -> Result<(), TestCaseError>
where
    M: DeserializeOwned + Serialize,
{
    match serde_json::from_value::<M>(json.clone()) {
        Ok(model) => {
            let written = serde_json::to_value(&model).expect("a model is JSON");
            prop_assert!(is_same(&written, json), "{json}\n{written}");
        }
        Err(error) => prop_assert!(is_refusable, "{json} is refused: {error}"),
    }
    Ok(())
}

/// Whether two values are equal, `1` and `1.0` being the same number.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, value)| other.get(key).is_some_and(|other| is_same(value, other)))
        }
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64() && (one.is_f64() || other.is_f64())
        }
        _ => one == other,
    }
}

/// For each model: its schema's values survive, and objects of any content do.
macro_rules! models {
    ($document:ident, $models:path: $($test:ident $model:ident $(requires $required:literal)?,)+) => {
        $(mod $test {
            use proptest::prelude::*;
            use $models as models;

            proptest! {
                #[test]
                fn survives(json in super::$document.values(stringify!($model))) {
                    super::survives::<models::$model>(&json)?;
                }

                #[test]
                fn keeps_any_object(json in super::$document.objects(stringify!($model))) {
                    super::keeps::<models::$model>(&json, false $(|| $required)?)?;
                }
            }
        })+
    };
}

models! { SESSIONS, okta_sdk::models:
    create_session_request CreateSessionRequest requires true,
    error Error,
    error_cause ErrorCause,
    href_hints HrefHints,
    href_object HrefObject requires true,
    links_self LinksSelf,
    session Session,
    session_identity_provider SessionIdentityProvider,
}

models! { FEATURES, features_sdk::models:
    presence Presence requires true,
    account Account requires true,
    shape Shape,
    payment Payment,
    vehicle Vehicle requires true,
    sports_car SportsCar requires true,
    puppy Puppy requires true,
    document Document requires true,
    tree Tree requires true,
    folder Folder,
    free_form FreeForm,
    tolerant Tolerant,
    fields Fields requires true,
}
