//! Which cargo features compile a model.

use super::finish::{reached, visit_parts};
use super::graph::Graph;
use crate::ir::{Operation, Output, Sdk, Type};

/// A model that more tags than this reach is always compiled: it costs less than the list.
const MOST_FEATURES: usize = 6;

/// The feature for models that no operation reaches; it brings every tag's feature along.
pub const ALL_MODELS: &str = "all-models";

/// The module of models that are always compiled.
const SHARED_MODULE: &str = "shared";

/// The module of models that no operation reaches.
const OTHER_MODULE: &str = "other";

/// Drops the models that no operation and none of these payloads leads to.
pub fn drop_unreached(sdk: &mut Sdk, payloads: &[Type]) {
    let mut named = Vec::new();
    let mut add = |name: &str| named.push(name.to_owned());
    for operation in sdk.apis.iter().flat_map(|api| &api.operations) {
        visit_operation(operation, &mut add);
    }
    sdk.error_model.iter().chain(payloads).for_each(|ty| ty.visit_models(&mut add));
    let reached = reached(sdk, &mut named);
    sdk.models.retain(|model| reached.contains(&model.name));
}

/// Gives each model the features of the tags that reach it, and the module of the first.
pub fn assign(sdk: &mut Sdk) {
    let reaching = reaching(sdk);
    let mut always = Vec::new();
    if let Some(error) = &sdk.error_model {
        error.visit_models(&mut |name| always.push(name.to_owned()));
    }
    let always = reached(sdk, &mut always);
    for (model, apis) in sdk.models.iter_mut().zip(reaching) {
        (model.features, model.module) =
            if always.contains(&model.name) || apis.len() > MOST_FEATURES {
                (Vec::new(), SHARED_MODULE.to_owned())
            } else if let Some(first) = apis.first() {
                let mut features: Vec<String> =
                    apis.iter().map(|index| sdk.apis[*index].feature.clone()).collect();
                features.sort();
                features.dedup();
                let api = &sdk.apis[*first];
                (features, api.parent_module.clone().unwrap_or_else(|| api.module.clone()))
            } else {
                (vec![ALL_MODELS.to_owned()], OTHER_MODULE.to_owned())
            };
    }
}

/// The numbers of the APIs that reach each model, in order. After one more than [`MOST_FEATURES`] no further are looked
/// for, and none for what such a model leads to: it is reached by as many. So no model is passed more often than that,
/// however many tags there are.
fn reaching(sdk: &Sdk) -> Vec<Vec<usize>> {
    let graph = Graph::new(&sdk.models, |model| {
        let mut parts = Vec::new();
        visit_parts(model, &mut |name| parts.push(name));
        parts
    });
    let mut reaching: Vec<Vec<usize>> = vec![Vec::new(); sdk.models.len()];
    for (index, api) in sdk.apis.iter().enumerate() {
        let mut waiting = Vec::new();
        for operation in &api.operations {
            visit_operation(operation, &mut |name| waiting.extend(graph.number(name)));
        }
        while let Some(model) = waiting.pop() {
            let apis = &mut reaching[model];
            if apis.last() != Some(&index) && apis.len() <= MOST_FEATURES {
                apis.push(index);
                waiting.extend(graph.edges(model));
            }
        }
    }
    reaching
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
