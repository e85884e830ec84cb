//! Copies path items, callbacks, media types, security schemes and examples to where they are referred to.

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use crate::{
    diagnostics::Diagnostics,
    document::{
        pointer,
        references::{Reference, references},
        structure::Object,
    },
    load::{
        SourceId, Sources,
        measure::{DEEPEST, measure},
    },
};

/// How often references are replaced: a path item may hold callbacks, which hold path items, and so on.
const MOST_ROUNDS: usize = 16;

/// How many nodes may be copied; beyond that, copies of copies of copies are an attack.
const MOST_NODES: usize = 2_000_000;

/// Replaces every reference to a path item, a callback, a media type or a security scheme by what it refers to, and those to an
/// example that have a summary or a description of their own.
///
/// Fields beside the reference win over those of what it refers to. A callback that contains itself is an error.
pub fn inline(root: &mut Value, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let mut nodes_left = MOST_NODES;
    for round in 0..=MOST_ROUNDS {
        let found: Vec<Copied> = references(root, Object::OpenApi, "")
            .iter()
            .filter_map(|reference| Copied::of(root, reference))
            .collect();
        let problem = found.iter().find_map(|copied| {
            let result = if round == MOST_ROUNDS {
                Err(Problem::Circle)
            } else {
                copied.replace(root, sources, &mut nodes_left)
            };
            result.err().map(|problem| (copied, problem))
        });
        if let Some((copied, problem)) = problem {
            problem.report(copied, diagnostics);
            break;
        }
        if found.is_empty() {
            break;
        }
    }
}

/// Removes the components that have been copied to wherever they are used. openapiv3 does not know the path items
/// and media types, and needs no callbacks.
pub fn drop_originals(root: &mut Value) {
    if let Some(Value::Object(components)) = root.get_mut("components") {
        components.shift_remove("pathItems");
        components.shift_remove("callbacks");
        components.shift_remove("mediaTypes");
    }
}

/// Whether a reference is replaced by what it refers to: openapiv3 has no place for it, or for what stands beside it.
pub fn is_copied(root: &Value, reference: &Reference<'_>) -> bool {
    Copied::of(root, reference).is_some()
}

/// Why something cannot be copied.
enum Problem {
    Circle,
    TooMuch,
}

impl Problem {
    fn report(&self, copied: &Copied, diagnostics: &mut Diagnostics) {
        let at = pointer::child(&copied.place, "$ref");
        let target = &copied.from;
        match self {
            Problem::Circle => diagnostics
                .error(
                    "circular-reference",
                    at,
                    format!("`#{target}` contains itself, or is nested too deeply"),
                )
                .help("a callback cannot be part of what it calls back for"),
            Problem::TooMuch => diagnostics
                .error("too-many-copies", at, format!("`#{target}` is copied too often"))
                .help("refer to it, and to what it refers to, from fewer places"),
        };
    }
}

/// A reference that is replaced by a copy of what it refers to.
struct Copied {
    /// The pointer to the object with the `$ref`.
    place: String,
    /// The pointer to what it refers to.
    from: String,
}

impl Copied {
    /// `None` where openapiv3 has a place for the reference, and nothing that matters stands beside it.
    fn of(root: &Value, reference: &Reference<'_>) -> Option<Self> {
        let place = pointer::parent(&reference.pointer)?;
        let from = reference.target.strip_prefix('#')?;
        let unused =
            ["/components/pathItems/", "/components/callbacks/", "/components/mediaTypes/"];
        let copied = match reference.object {
            Object::PathItem | Object::Callback | Object::MediaType => {
                !unused.iter().any(|it| place.starts_with(it))
            }
            Object::SecurityScheme => true,
            // An example may be summed up anew where it is referred to.
            Object::Example => pointer::get(root, place)?
                .as_object()
                .is_some_and(|map| map.contains_key("summary") || map.contains_key("description")),
            _ => false,
        };
        copied.then(|| Copied { place: place.to_owned(), from: from.to_owned() })
    }

    fn replace(
        &self,
        root: &mut Value,
        sources: &mut Sources,
        nodes_left: &mut usize,
    ) -> Result<(), Problem> {
        let mut copy = match pointer::get(root, &self.from) {
            Some(value) => {
                let (nodes, depth) = measure(value);
                if depth + pointer::tokens(&self.place).count() > DEEPEST {
                    return Err(Problem::Circle);
                }
                *nodes_left = nodes_left.checked_sub(nodes).ok_or(Problem::TooMuch)?;
                value.clone()
            }
            // That it is missing has been reported.
            None => Value::Object(Map::new()),
        };
        let Some(Value::Object(map)) = pointer::get_mut(root, &self.place) else {
            return Ok(());
        };
        map.shift_remove("$ref");
        if let Value::Object(copy) = &mut copy {
            copy.extend(std::mem::take(map));
            *map = std::mem::take(copy);
            sources.moved(self.place.clone(), SourceId::ROOT, self.from.clone());
        }
        Ok(())
    }
}
