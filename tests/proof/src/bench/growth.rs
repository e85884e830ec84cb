//! How generation grows with a document.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
use xtask::Problem;

use super::generators::Generator;
use super::measure::Cost;

/// How many operations the documents have: the last is ten times those of the largest one that is measured as it is.
pub(crate) const OPERATIONS: [usize; 5] = [10, 100, 732, 1_223, 12_230];

/// The last one's crate has more lines than are written unless this is said.
const CONFIGURATION: &str = "[package]\nmost-lines = 10_000_000\n";

/// What one document cost.
pub(crate) struct Point {
    pub(crate) operations: usize,
    pub(crate) cost: Cost,
}

/// Generates crates of documents of more and more operations.
///
/// # Errors
///
/// A document cannot be written, or is refused.
pub(crate) fn measure(ours: &Generator, folder: &Path, runs: usize) -> Result<Vec<Point>, Problem> {
    fs::create_dir_all(folder)?;
    let configuration = folder.join("sdk.toml");
    fs::write(&configuration, CONFIGURATION)?;
    let mut points = Vec::new();
    for operations in OPERATIONS {
        let file = folder.join(format!("growth-{operations}.json"));
        fs::write(&file, document(operations).to_string())?;
        let run = || ours.generate_by(&file, Some(&configuration), &folder.join("growth"));
        let costs = (0..runs).map(|_| run()).collect::<Result<Vec<_>, _>>()?;
        points.push(Point { operations, cost: Cost::median(&costs) });
    }
    Ok(points)
}

/// A document of so many operations, ten to a tag, with two models each.
fn document(operations: usize) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for number in 0..operations {
        paths.insert(format!("/things/{number}/{{id}}"), path_item(number));
        schemas.insert(format!("Thing{number}"), model(number));
        schemas.insert(
            format!("State{number}"),
            serde_json::json!({
                "type": "string", "enum": ["OPEN", "CLOSED", "PENDING", "DELETED"]
            }),
        );
    }
    serde_json::json!({
        "openapi": "3.0.3",
        "info": { "title": "Growth", "version": "1" },
        "servers": [{ "url": "https://api.example.com" }],
        "paths": paths,
        "components": { "schemas": schemas }
    })
}

fn path_item(number: usize) -> Value {
    let content = serde_json::json!({
        "application/json": { "schema": { "$ref": format!("#/components/schemas/Thing{number}") } }
    });
    serde_json::json!({
        "parameters": [
            { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
            { "name": "expand", "in": "query", "schema": { "type": "boolean" } }
        ],
        "put": {
            "operationId": format!("replaceThing{number}"),
            "tags": [format!("Group{}", number / 10)],
            "summary": "Replace a thing",
            "requestBody": { "required": true, "content": content },
            "responses": { "200": { "description": "The thing.", "content": content } }
        }
    })
}

fn model(number: usize) -> Value {
    let other = format!("#/components/schemas/Thing{}", number / 2);
    serde_json::json!({
        "type": "object",
        "description": "Something that can be replaced.",
        "required": ["id"],
        "properties": {
            "id": { "type": "string", "description": "Identifies the thing." },
            "name": { "type": "string", "maxLength": 100 },
            "created": { "type": "string", "format": "date-time" },
            "count": { "type": "integer", "format": "int32" },
            "state": { "$ref": format!("#/components/schemas/State{number}") },
            "parent": { "$ref": other },
            "labels": { "type": "array", "items": { "type": "string" } }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_as_many_operations_as_it_is_asked_for() {
        let document = document(25);
        assert_eq!(document["paths"].as_object().map(Map::len), Some(25));
        assert_eq!(document["paths"]["/things/24/{id}"]["put"]["tags"][0], "Group2");
    }
}
