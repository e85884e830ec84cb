//! Security schemes, which are not copied where the document has them: it gets the scopes that it lacks.

use indexmap::IndexSet;
use serde_json::{Map, Value, json};

use super::compare::difference;
use super::components::Component;
use super::gather::Gathering;
use crate::document::pointer;
use crate::document::structure::Object;

/// Adds a security scheme of upstream with these scopes, or the scopes to that of the document.
pub(super) fn scheme(gathering: &mut Gathering<'_>, name: &str, scopes: &IndexSet<String>) {
    let component = Component { object: Object::SecurityScheme, name: name.to_owned() };
    let at = component.pointer();
    let Some(theirs) = pointer::get(&gathering.upstream.root, &at) else {
        let message =
            format!("an operation asks for the security scheme `{name}`, which upstream has not");
        gathering.diagnostics.error("unknown-security-scheme", None, message);
        return;
    };
    let Some(ours) = pointer::get(&gathering.document.root, &at) else {
        gathering.gathered.added.push(component.to_string());
        gathering.add_at(&["components", "securitySchemes", name], with_scopes(theirs, scopes));
        return;
    };
    if let Some(within) = scheme_difference(ours, theirs)
        && !gathering.choices.keeps(name)
    {
        if gathering.choices.replaces(name) {
            let known = flows(ours).filter_map(|(_, flow)| flow.get("scopes")?.as_object());
            let known = known.flat_map(Map::keys).cloned();
            let scopes: IndexSet<String> = scopes.iter().cloned().chain(known).collect();
            gathering.replace(component.to_string(), at);
            let scheme = with_scopes(theirs, &scopes);
            gathering.add_at(&["components", "securitySchemes", name], scheme);
            return;
        }
        let at = format!("{at}{within}");
        let help = format!(
            "`--keep {name}` uses the one that is here, `--replace {name}` puts upstream's in its place"
        );
        gathering.conflict(&component.to_string(), &at, &at, &help);
        return;
    }
    gathering.gathered.same += 1;
    add_scopes(gathering, name, ours, theirs, scopes);
}

/// The first difference of two schemes, but for their scopes and for flows that only one has.
fn scheme_difference(ours: &Value, theirs: &Value) -> Option<String> {
    let comparable = |scheme: &Value, other: &Value| {
        let mut scheme = scheme.clone();
        if let Some(flows) = scheme.get_mut("flows").and_then(Value::as_object_mut) {
            flows.retain(|name, _| other.pointer(&format!("/flows/{name}")).is_some());
            for flow in flows.values_mut().filter_map(Value::as_object_mut) {
                flow.remove("scopes");
            }
        }
        scheme
    };
    difference(&comparable(ours, theirs), &comparable(theirs, ours), Object::SecurityScheme)
}

/// A scheme with only these of its scopes.
fn with_scopes(scheme: &Value, scopes: &IndexSet<String>) -> Value {
    let mut scheme = scheme.clone();
    let flows = scheme.get_mut("flows").and_then(Value::as_object_mut).into_iter().flatten();
    for (_, flow) in flows {
        if let Some(map) = flow.get_mut("scopes").and_then(Value::as_object_mut) {
            map.retain(|scope, _| scopes.contains(scope));
        }
    }
    scheme
}

/// Adds the scopes that a flow of the document's scheme lacks to each of its flows.
fn add_scopes(
    gathering: &mut Gathering<'_>,
    name: &str,
    ours: &Value,
    theirs: &Value,
    scopes: &IndexSet<String>,
) {
    for (flow_name, flow) in flows(ours) {
        for scope in scopes {
            if flow.get("scopes").is_some_and(|known| known.get(scope).is_some()) {
                continue;
            }
            let description = flows(theirs)
                .find_map(|(_, flow)| flow.get("scopes")?.get(scope).cloned())
                .unwrap_or_else(|| json!(""));
            let path = ["components", "securitySchemes", name, "flows", flow_name, "scopes", scope];
            gathering.add_at(&path, description);
            gathering.gathered.added.push(format!("scope {scope} of {name} ({flow_name})"));
        }
    }
}

/// The flows of an OAuth 2.0 scheme.
fn flows(scheme: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let flows: Option<&Map<String, Value>> = scheme.get("flows").and_then(Value::as_object);
    let flows = flows.into_iter().flatten().map(|(name, flow)| (name.as_str(), flow));
    flows.filter(|(name, _)| !name.starts_with("x-"))
}
