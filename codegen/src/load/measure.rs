//! The size of a value, which tells a copy from an attack.

use serde_json::Value;

/// How deep a document may become, in levels: as deep as one that the parsers let through.
pub const DEEPEST: usize = 128;

/// How many bytes of text count as much as a node when a value is measured.
const BYTES_OF_A_NODE: usize = 32;

/// The number of nodes in a value, long texts counted as several, and of levels.
pub fn measure(value: &Value) -> (usize, usize) {
    let sum = |children: &mut dyn Iterator<Item = &Value>| {
        children
            .map(measure)
            .fold((1, 1), |(nodes, depth), (more, below)| (nodes + more, depth.max(below + 1)))
    };
    match value {
        Value::Object(map) => {
            let (nodes, depth) = sum(&mut map.values());
            let keys = map.keys().map(|key| key.len() / BYTES_OF_A_NODE).sum::<usize>();
            (nodes + keys, depth)
        }
        Value::Array(list) => sum(&mut list.iter()),
        Value::String(text) => (1 + text.len() / BYTES_OF_A_NODE, 1),
        _ => (1, 1),
    }
}

/// About how many bytes a value has as JSON.
pub fn bytes(value: &Value) -> usize {
    match value {
        Value::Object(map) => {
            map.iter().map(|(key, value)| key.len() + 4 + bytes(value)).sum::<usize>() + 2
        }
        Value::Array(list) => list.iter().map(|value| 1 + bytes(value)).sum::<usize>() + 2,
        Value::String(text) => text.len() + 2,
        _ => 4,
    }
}
