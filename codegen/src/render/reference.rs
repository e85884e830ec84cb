//! placeholder
use crate::ir::*;
/// placeholder
pub fn files(_: &Sdk) -> Result<Vec<(String, String)>, askama::Error> {
    Ok(vec![("README.md".into(), "# x\n".into())])
}
