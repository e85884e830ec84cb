//! The size of a value, which tells a copy from an attack.

use serde_json::Value;

/// How deep a document may become, in levels: as deep as one that the parsers let through.
pub const DEEPEST: usize = 128;

/// The number of nodes in a value, and of levels.
pub fn measure(value: &Value) -> (usize, usize) {
    let sum = |children: &mut dyn Iterator<Item = &Value>| {
        children
            .map(measure)
            .fold((1, 1), |(nodes, depth), (more, below)| (nodes + more, depth.max(below + 1)))
    };
    match value {
        Value::Object(map) => sum(&mut map.values()),
        Value::Array(list) => sum(&mut list.iter()),
        _ => (1, 1),
    }
}
