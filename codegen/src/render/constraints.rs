//! What is said of the values that a type may have.

use super::markdown::code;
use crate::ir::{Bound, Constraints, Count};

/// The default and the constraints as sentences; `None` where there is nothing to say.
pub fn sentences(default: Option<&serde_json::Value>, constraints: &Constraints) -> Option<String> {
    let default = default.map(|default| format!("Default: {}.", code(&default.to_string())));
    let phrases = phrases(constraints, code).join(", ");
    let mut letters = phrases.chars();
    let phrases =
        letters.next().map(|first| format!("{}{}.", first.to_uppercase(), letters.as_str()));
    let all: Vec<String> = default.into_iter().chain(phrases).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// The constraints in a few words each, in lower case; `code` marks what is to be taken literally.
pub fn phrases(constraints: &Constraints, code: impl Fn(&str) -> String) -> Vec<String> {
    let mut phrases = Vec::new();
    phrases.extend(range(constraints.minimum, constraints.maximum, &code));
    phrases.extend(
        constraints.multiple_of.map(|step| format!("a multiple of {}", code(&number(step)))),
    );
    phrases.extend(count(constraints.length, "character", "characters"));
    phrases
        .extend(constraints.pattern.as_ref().map(|pattern| format!("pattern {}", code(pattern))));
    phrases.extend(count(constraints.items, "item", "items"));
    phrases.extend(constraints.unique_items.then(|| "no item twice".to_owned()));
    phrases.extend(count(constraints.properties, "property", "properties"));
    phrases
}

fn range(
    minimum: Option<Bound>,
    maximum: Option<Bound>,
    code: impl Fn(&str) -> String,
) -> Option<String> {
    let shown = |bound: Bound| code(&number(bound.value));
    let low = minimum.map(|bound| match bound.exclusive {
        true => format!("more than {}", shown(bound)),
        false => format!("at least {}", shown(bound)),
    });
    let high = maximum.map(|bound| match bound.exclusive {
        true => format!("less than {}", shown(bound)),
        false => format!("at most {}", shown(bound)),
    });
    match (minimum, maximum) {
        (Some(low), Some(high)) if !low.exclusive && !high.exclusive => {
            Some(format!("from {} to {}", shown(low), shown(high)))
        }
        _ => {
            let all: Vec<String> = low.into_iter().chain(high).collect();
            (!all.is_empty()).then(|| all.join(" and "))
        }
    }
}

/// How many there are, as a phrase.
fn count(count: Count, one: &str, many: &str) -> Option<String> {
    let noun = |number: usize| if number == 1 { one } else { many };
    match (count.least, count.most) {
        (None, None) => None,
        (Some(least), None) => Some(format!("at least {least} {}", noun(least))),
        (None, Some(most)) => Some(format!("at most {most} {}", noun(most))),
        (Some(least), Some(most)) if least == most => {
            Some(format!("exactly {least} {}", noun(least)))
        }
        (Some(least), Some(most)) => Some(format!("{least} to {most} {many}")),
    }
}

/// A number as a person writes it: without an exponent unless it is very large or small.
fn number(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (1e-6..1e16).contains(&size) {
        value.to_string()
    } else {
        format!("{value:?}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn bound(value: f64, exclusive: bool) -> Option<Bound> {
        Some(Bound { value, exclusive })
    }

    #[test]
    fn a_range_has_its_ends_or_not() {
        let said = |minimum, maximum| {
            let constraints = Constraints { minimum, maximum, ..Constraints::default() };
            sentences(None, &constraints).unwrap_or_default()
        };
        assert_eq!(said(bound(1.0, false), bound(200.0, false)), "From `1` to `200`.");
        assert_eq!(said(bound(0.0, true), bound(0.5, true)), "More than `0` and less than `0.5`.");
        assert_eq!(said(bound(-1.0, false), None), "At least `-1`.");
        assert_eq!(said(None, bound(1e21, false)), "At most `1e21`.");
        assert_eq!(said(None, None), "");
    }

    #[test]
    fn what_is_counted_is_named() {
        let of = |least, most| Count { least, most };
        let constraints = Constraints {
            length: of(Some(1), Some(255)),
            pattern: Some("^[a-z`]+$".to_owned()),
            items: of(Some(2), Some(2)),
            unique_items: true,
            properties: of(None, Some(1)),
            multiple_of: Some(0.01),
            ..Constraints::default()
        };
        assert_eq!(
            sentences(Some(&json!("x")), &constraints).unwrap_or_default(),
            "Default: `\"x\"`. A multiple of `0.01`, 1 to 255 characters, pattern ``^[a-z`]+$``, exactly 2 items, no item \
             twice, at most 1 property."
        );
        assert_eq!(count(of(Some(1), None), "item", "items").as_deref(), Some("at least 1 item"));
    }
}
