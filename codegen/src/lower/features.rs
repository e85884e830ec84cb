//! Which cargo features compile a model.

use std::collections::{BTreeSet, HashMap};

use super::finish::reached;
use crate::ir::{Operation, Output, Sdk};

/// A model that more tags than this reach is always compiled: it costs less than the list.
const MOST_FEATURES: usize = 6;

/// The feature for models that no operation reaches; it brings every tag's feature along.
pub const ALL_MODELS: &str = "all-models";

/// Gives each model the features of the tags that reach it.
pub fn assign(sdk: &mut Sdk) {
    let mut features: HashMap<String, BTreeSet<String>> = HashMap::new();
    for api in &sdk.apis {
        let mut named = Vec::new();
        for operation in &api.operations {
            visit_operation(operation, &mut |name| named.push(name.to_owned()));
        }
        for name in reached(sdk, &mut named) {
            features.entry(name).or_default().insert(api.feature.clone());
        }
    }
    let mut always = Vec::new();
    if let Some(error) = &sdk.error_model {
        error.visit_models(&mut |name| always.push(name.to_owned()));
    }
    let always = reached(sdk, &mut always);
    for model in &mut sdk.models {
        model.features = match features.remove(&model.name) {
            _ if always.contains(&model.name) => Vec::new(),
            None => vec![ALL_MODELS.to_owned()],
            Some(reaching) if reaching.len() > MOST_FEATURES => Vec::new(),
            Some(reaching) => reaching.into_iter().collect(),
        };
    }
}

/// Calls `visit` with every model that an operation names.
fn visit_operation<'a>(operation: &'a Operation, visit: &mut impl FnMut(&'a str)) {
    for parameter in &operation.parameters {
        parameter.ty.visit_models(visit);
    }
    if let Some(body) = &operation.body {
        body.ty.visit_models(visit);
    }
    for response in &operation.responses {
        response.ty.iter().for_each(|ty| ty.visit_models(visit));
        response.headers.iter().for_each(|header| header.ty.visit_models(visit));
    }
    if let Output::Variants { variants, .. } = &operation.output {
        variants
            .iter()
            .filter_map(|variant| variant.ty.as_ref())
            .for_each(|ty| ty.visit_models(visit));
    }
}
