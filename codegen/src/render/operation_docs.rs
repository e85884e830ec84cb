//! placeholder
use crate::ir::*;
/// placeholder
pub fn lines(_: &Sdk, _: &Api, operation: &Operation) -> Vec<String> {
    super::markdown::lines(&operation.summary, 90)
}
