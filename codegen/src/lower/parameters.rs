//! Parameters, those of the path item included.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{
    CookieStyle, Example, HeaderStyle, ParameterData, ParameterSchemaOrContent, PathItem,
    PathStyle, ReferenceOr,
};
use serde_json::Value;

use super::Lowering;
use super::place::{Place, pointer};
use super::styles::{self, Written};
use super::view::{SchemaRef, View, component_name};
use crate::document::media_type;
use crate::document::structure::is_token;
use crate::ir::{Location, Parameter, Style, Type};
use crate::names::{self, Names};

/// Names that a request builder has a use for.
const RESERVED_PARAMETERS: [&str; 18] = [
    "body",
    "call",
    "client",
    "clone",
    "download",
    "download_blocking",
    "header",
    "idle_timeout",
    "into_future",
    "max_retries",
    "pages",
    "reconnect",
    "self",
    "send",
    "send_blocking",
    "stream",
    "timeout",
    "content_type",
];

/// Headers that OpenAPI says are not parameters (OpenAPI 3.0.3, section 4.7.12.1).
const NOT_PARAMETERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// Whether a parameter of that name can be sent in a header. Of a name that no header has there was a warning.
fn is_header(name: &str) -> bool {
    is_token(name) && !NOT_PARAMETERS.contains(&name.to_lowercase().as_str())
}

/// A parameter whose reference was followed, and where it stands.
struct Found<'a> {
    parameter: &'a openapiv3::Parameter,
    pointer: String,
}

impl<'a> Lowering<'a> {
    /// An operation's parameters: path parameters in path order, the others in the document's.
    pub(super) fn parameters(
        &mut self,
        path: &str,
        item: &'a PathItem,
        operation: &'a openapiv3::Operation,
        place: &Place,
    ) -> Vec<Parameter> {
        let mut by_name: IndexMap<(&'a str, Location), Found<'a>> = IndexMap::new();
        let at_operation = place.within(&["parameters"]).pointer;
        let at_item = pointer("/paths", &[path, "parameters"]);
        for (list, at) in [(&item.parameters, at_item), (&operation.parameters, at_operation)] {
            for (index, reference) in list.iter().enumerate() {
                let Some(parameter) = self.resolve_parameter(reference) else { continue };
                let pointer = match reference {
                    ReferenceOr::Item(_) => pointer(&at, &[&index.to_string()]),
                    ReferenceOr::Reference { reference } => {
                        pointer("/components/parameters", &[component_name(reference)])
                    }
                };
                let key = (parameter.parameter_data_ref().name.as_str(), location(parameter));
                by_name.insert(key, Found { parameter, pointer });
            }
        }
        by_name.retain(|(name, location), _| *location != Location::Header || is_header(name));
        let positions = path_positions(path);
        by_name.sort_by_cached_key(|(name, location), _| match location {
            Location::Path => positions.get(name).copied().unwrap_or(usize::MAX - 1),
            _ => usize::MAX,
        });
        let mut idents = Names::reserving(RESERVED_PARAMETERS);
        by_name.into_values().map(|found| self.parameter(&found, &mut idents, place)).collect()
    }

    fn resolve_parameter(
        &self,
        parameter: &'a ReferenceOr<openapiv3::Parameter>,
    ) -> Option<&'a openapiv3::Parameter> {
        // A chain of references is followed once.
        let mut way = Vec::new();
        let mut parameter = parameter;
        let found = loop {
            let ReferenceOr::Reference { reference } = parameter else { break parameter.as_item() };
            let name = component_name(reference);
            if let Some(found) = self.followed.borrow().get(name) {
                break *found;
            }
            match self.components.parameters.get(name) {
                Some(next) if way.len() <= self.components.parameters.len() => parameter = next,
                _ => break None,
            }
            way.push(name);
        };
        self.followed.borrow_mut().extend(way.into_iter().map(|name| (name, found)));
        found
    }

    fn parameter(&mut self, found: &Found<'a>, idents: &mut Names, place: &Place) -> Parameter {
        let parameter = found.parameter;
        let data = parameter.parameter_data_ref();
        let location = location(parameter);
        let ident = ident(&data.name, location, idents);
        let (schema, is_json) = schema(data);
        let segments = ["parameters", location.as_str(), &data.name];
        let place = place.named(&segments, &names::type_name(&data.name));
        let ty = schema.map_or(Type::Any, |schema| match self.type_of(schema, &place) {
            Type::Nullable(inner) => *inner,
            other => other,
        });
        let style = match whole_query(data) {
            Some(whole) if self.additions.whole_queries.contains(&found.pointer) => whole,
            _ if is_json => Style::Json,
            _ if self.additions.plain_cookies.contains(&found.pointer) => Style::Cookie,
            _ => style(parameter),
        };
        let explode = data.explode.unwrap_or(matches!(style, Style::Form | Style::Cookie));
        let named = Written { name: &data.name, location, style, explode, ty: &ty };
        let nesting = self.nesting(&named, &found.pointer);
        Parameter {
            name: data.name.clone(),
            ident: names::escaped(&ident),
            location,
            style,
            explode,
            allow_reserved: match parameter {
                openapiv3::Parameter::Query { allow_reserved, .. } => *allow_reserved,
                _ => self.additions.reserved_paths.contains(&found.pointer),
            },
            nesting,
            required: data.required || location == Location::Path,
            ty,
            description: data.description.clone().unwrap_or_default(),
            deprecated: data.deprecated.unwrap_or_default(),
            default: schema.and_then(inline_default),
            constraints: self.constraints(schema),
            example: self.parameter_example(data, schema),
        }
    }

    fn parameter_example(
        &self,
        data: &'a ParameterData,
        schema: Option<SchemaRef<'a>>,
    ) -> Option<Value> {
        data.example
            .clone()
            .or_else(|| {
                data.examples.values().find_map(|example| self.example(example)?.value.clone())
            })
            .or_else(|| self.schema(schema?)?.schema_data.example.clone())
    }

    /// An example, its reference followed.
    pub(super) fn example(&self, example: &'a ReferenceOr<Example>) -> Option<&'a Example> {
        match example {
            ReferenceOr::Item(example) => Some(example),
            ReferenceOr::Reference { reference } => {
                match self.components.examples.get(component_name(reference))? {
                    ReferenceOr::Item(example) => Some(example),
                    ReferenceOr::Reference { .. } => None,
                }
            }
        }
    }
}

/// The identifier of a parameter; where another parameter or the builder has it, it has words for the signs around the
/// name, or else the location before it.
fn ident(name: &str, location: Location, idents: &mut Names) -> String {
    let ident = names::snake_name(name);
    if idents.is_free(&ident) {
        idents.take(&ident)
    } else if let Some(spelled) = idents.spelled(name) {
        idents.take(&spelled)
    } else {
        idents.take(&format!("{}_{ident}", location.as_str()))
    }
}

/// The schema of a parameter, and whether its value is JSON: what stands under another media type is text.
fn schema(data: &ParameterData) -> (Option<SchemaRef<'_>>, bool) {
    match &data.format {
        ParameterSchemaOrContent::Schema(schema) => (Some(SchemaRef::new(schema)), false),
        ParameterSchemaOrContent::Content(content) => {
            let first = content.iter().next();
            let schema = first.and_then(|(_, content)| content.schema.as_ref());
            let is_json = first.is_none_or(|(media_type, _)| !media_type.starts_with("text/"));
            (schema.map(SchemaRef::new), is_json)
        }
    }
}

/// How a value is written that is the whole query, by its media type.
fn whole_query(data: &ParameterData) -> Option<Style> {
    let ParameterSchemaOrContent::Content(content) = &data.format else {
        return None;
    };
    let media_type = content.keys().next()?;
    let essence = media_type::essence(media_type);
    Some(match essence {
        _ if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") => Style::WholeForm,
        _ if media_type::is_json(media_type) => Style::WholeJson,
        _ => Style::WholeText,
    })
}

fn inline_default(schema: SchemaRef<'_>) -> Option<Value> {
    match schema {
        SchemaRef::Inline(schema) => View::new(schema).data.default.clone(),
        SchemaRef::Component(_) => None,
    }
}

fn location(parameter: &openapiv3::Parameter) -> Location {
    match parameter {
        openapiv3::Parameter::Path { .. } => Location::Path,
        openapiv3::Parameter::Query { .. } => Location::Query,
        openapiv3::Parameter::Header { .. } => Location::Header,
        openapiv3::Parameter::Cookie { .. } => Location::Cookie,
    }
}

fn style(parameter: &openapiv3::Parameter) -> Style {
    match parameter {
        openapiv3::Parameter::Path { style: PathStyle::Matrix, .. } => Style::Matrix,
        openapiv3::Parameter::Path { style: PathStyle::Label, .. } => Style::Label,
        openapiv3::Parameter::Path { style: PathStyle::Simple, .. }
        | openapiv3::Parameter::Header { style: HeaderStyle::Simple, .. } => Style::Simple,
        openapiv3::Parameter::Cookie { style: CookieStyle::Form, .. } => Style::Form,
        openapiv3::Parameter::Query { style, .. } => styles::of_query(style),
    }
}

/// Where the parameters of a path stand in it.
fn path_positions(path: &str) -> HashMap<&str, usize> {
    let mut positions = HashMap::new();
    for (start, _) in path.match_indices('{') {
        let end = path[start..].find(['}']).map(|length| start + length);
        if let Some(name) = end.map(|end| &path[start + 1..end]) {
            positions.entry(name).or_insert(start);
        }
    }
    positions
}

#[cfg(test)]
mod tests {
    use super::is_header;

    #[test]
    fn a_header_that_cannot_be_sent_is_no_parameter() {
        assert!(is_header("X-Way"));
        for name in ["X-Straße", "trace id", "a[b]", "", "Accept", "content-type"] {
            assert!(!is_header(name), "{name}");
        }
    }
}
