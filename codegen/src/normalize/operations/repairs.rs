//! The changes that make operations fit together. They are gathered while the document is looked at, and made at once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{diagnostics::Diagnostics, document::pointer, source::Sources};

/// What has to change in a document.
#[derive(Debug, Default)]
pub struct Repairs {
    /// The operations that lose their operationId.
    without_id: Vec<String>,
    /// The entries that lists of parameters lose, by the pointer of the list.
    removed: BTreeMap<String, BTreeSet<usize>>,
    /// The operations that get a parameter.
    declared: Vec<(String, Value)>,
}

impl Repairs {
    /// Removes the operationId of the operation at a pointer.
    pub fn forget_operation_id(&mut self, operation: String) {
        self.without_id.push(operation);
    }

    /// Removes the parameter at a pointer, which ends in its position.
    pub fn remove_parameter(&mut self, at: &str) {
        if let Some((list, index)) = at.rsplit_once('/')
            && let Ok(index) = index.parse()
        {
            self.removed.entry(list.to_owned()).or_default().insert(index);
        }
    }

    /// Adds a parameter to the operation at a pointer.
    pub fn declare(&mut self, operation: String, parameter: Value) {
        self.declared.push((operation, parameter));
    }

    /// Makes the changes.
    pub fn apply(self, root: &mut Value, sources: &mut Sources, diagnostics: &mut Diagnostics) {
        for at in self.without_id {
            if let Some(Value::Object(operation)) = pointer::get_mut(root, &at) {
                operation.shift_remove("operationId");
            }
        }
        if !self.removed.is_empty() {
            // What has been reported names places as they were counted before.
            diagnostics.settle(sources);
        }
        for (at, indices) in self.removed {
            let Some(Value::Array(list)) = pointer::get_mut(root, &at) else {
                continue;
            };
            for index in indices.into_iter().rev() {
                list.remove(index);
                sources.removed(&at, index);
            }
        }
        for (at, parameter) in self.declared {
            let Some(Value::Object(operation)) = pointer::get_mut(root, &at) else {
                continue;
            };
            let list = operation.entry("parameters").or_insert_with(|| Value::Array(Vec::new()));
            match list {
                Value::Array(list) => list.push(parameter),
                Value::Null => *list = Value::Array(vec![parameter]),
                // Reported as what it is by the next step.
                _ => {}
            }
        }
    }
}
