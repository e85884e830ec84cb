//! Operations, gathered by tag.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{PathItem, ReferenceOr};

use super::Lowering;
use super::place::{Place, pointer};
use crate::config::is_reserved_feature;
use crate::ir::{Api, Example, Method, Operation, SecurityRequirement, Type};
use crate::load::measure::bytes;
use crate::names::{self, Names};

/// The tag of operations that have none.
pub(crate) const NO_TAG: &str = "default";

/// What the client and its mock call their own methods, and what the modules beside the tags' are called.
const RESERVED_API_METHODS: [&str; 15] = [
    "base_url", "builder", "client", "clone", "default", "fmt", "from_env", "mock", "mod", "new",
    "other", "received", "request", "shared", "stub",
];

/// Whether a module among those of the tags cannot be called that.
pub(crate) fn is_reserved_module(name: &str) -> bool {
    RESERVED_API_METHODS.contains(&name) || names::is_device(name)
}

/// Names that a rendered API module imports, or uses of the prelude.
const RESERVED_BUILDERS: [&str; 23] = [
    "Answer",
    "AsRef",
    "Box",
    "Call",
    "Client",
    "Error",
    "Future",
    "Into",
    "IntoFuture",
    "Method",
    "Multipart",
    "Operation",
    "Option",
    "Output",
    "Requirement",
    "Response",
    "Result",
    "Self",
    "Some",
    "String",
    "Style",
    "ToString",
    "Vec",
];

/// What is known before an operation is lowered.
pub(super) struct Found<'a> {
    pub(super) method: Method,
    pub(super) path: &'a str,
    pub(super) item: &'a PathItem,
    pub(super) operation: &'a openapiv3::Operation,
}

impl Found<'_> {
    /// Where the operation stands, and what the names of its inline schemas start with.
    fn place(&self, builder: &str, module: &str) -> Place {
        Place::new(pointer("/paths", &[self.path, self.method.field()]), builder, module)
    }
}

/// The names of an operation: its operationId, its method, not yet escaped, and its builder.
struct Named {
    id: String,
    method: String,
    builder: String,
}

impl<'a> Lowering<'a> {
    /// All operations under their first tag.
    pub(super) fn apis(&mut self, default_security: &[Vec<SecurityRequirement>]) -> Vec<Api> {
        let mut by_tag: IndexMap<&'a str, Vec<Found<'a>>> = IndexMap::new();
        for tag in &self.openapi.tags {
            by_tag.entry(&tag.name).or_default();
        }
        for found in self.find_operations() {
            let tag = found.operation.tags.first().map_or(NO_TAG, String::as_str);
            by_tag.entry(tag).or_default().push(found);
        }
        let mut methods = Names::reserving(RESERVED_API_METHODS);
        let mut types = Names::default();
        // What a tag is given, no other takes for itself.
        let mut features: IndexSet<String> = self.config.features.tags.values().cloned().collect();
        let mut described: HashMap<&str, (usize, &'a openapiv3::Tag)> = HashMap::new();
        for (index, tag) in self.openapi.tags.iter().enumerate() {
            described.entry(&tag.name).or_insert((index, tag));
        }
        let mut apis = Vec::new();
        for (tag, found) in by_tag.into_iter().filter(|(_, found)| !found.is_empty()) {
            let (description, place) = match described.get(tag) {
                Some((index, described)) => {
                    let place = format!("/tags/{index}");
                    let summary = self.additions.tag_summaries.get(&place);
                    let description = described.description.as_ref().or(summary);
                    (description.cloned(), pointer(&place, &["name"]))
                }
                None => {
                    let first = found.first();
                    let place = first
                        .map(|it| pointer("/paths", &[it.path, it.method.field(), "tags", "0"]));
                    (None, place.unwrap_or_default())
                }
            };
            let mut api = self.api(tag, place, &mut methods, &mut types, &mut features);
            api.description = description.unwrap_or_default();
            apis.push(self.fill(api, found, default_security));
        }
        apis
    }

    pub(super) fn find_operations(&self) -> Vec<Found<'a>> {
        let openapi = self.openapi;
        let mut all = Vec::new();
        for (path, item) in &openapi.paths.paths {
            let ReferenceOr::Item(item) = item else { continue };
            for (method, operation) in methods(item) {
                if self.config.picks(path, operation) {
                    all.push(Found { method, path, item, operation });
                }
            }
        }
        all
    }

    fn api(
        &mut self,
        tag: &str,
        place: String,
        methods: &mut Names,
        types: &mut Names,
        features: &mut IndexSet<String>,
    ) -> Api {
        let wanted = self.config.tag_name(tag).unwrap_or_else(|| tag.to_owned());
        let name = names::snake_name(&wanted);
        self.warn_of_file_name(place, &wanted, &name);
        let is_usable = |name: &str| !names::is_device(name) && !names::is_never_raw(name);
        let name = if methods.is_free(&name) && is_usable(&name) {
            methods.take(&name)
        } else {
            methods.take(&format!("{name}_api"))
        };
        let file = names::file_name(&name);
        let module = if file == name { file } else { methods.take(&file) };
        let feature = self.config.tag_feature(tag).cloned().unwrap_or_else(|| {
            let mut feature = names::feature_name(&module);
            while !features.insert(feature.clone()) || is_reserved_feature(&feature) {
                feature.push_str("-api");
            }
            feature
        });
        Api {
            tag: tag.to_owned(),
            // A page is named after the type, so two modules never share one (`a_2` and `a2`).
            name: format!(
                "{}Api",
                types.take(&names::type_name(name.strip_suffix("_api").unwrap_or(&name)))
            ),
            method: names::escaped(&name),
            module,
            parent_module: self.config.tag_module(tag).cloned(),
            feature,
            description: String::new(),
            operations: Vec::new(),
        }
    }

    /// Says where the name of a tag cannot be the name of its files.
    fn warn_of_file_name(&mut self, place: String, wanted: &str, name: &str) {
        let message = if names::is_device(name) {
            format!("Windows has no file named `{name}`, so the module is `{name}_api`")
        } else if names::is_cut(wanted) {
            let length = names::MAX_LENGTH;
            format!("the name of the tag is longer than {length} letters; the module is `{name}`")
        } else {
            return;
        };
        self.diagnostics
            .warning("file-name", place, message)
            .help("`rename.tags` in sdk.toml gives it another name");
    }

    fn fill(
        &mut self,
        mut api: Api,
        found: Vec<Found<'a>>,
        default_security: &[Vec<SecurityRequirement>],
    ) -> Api {
        let mut methods = Names::reserving(["clone", "new"]);
        let mut builders =
            Names::reserving(RESERVED_BUILDERS.into_iter().chain([api.name.as_str()]));
        // Every operation has its name before the methods for other media types get theirs.
        let named: Vec<(Found<'a>, Named)> = found
            .into_iter()
            .map(|found| {
                let id = operation_id(found.method.field(), found.path, found.operation);
                let wanted = self.config.operation_name(&id).unwrap_or_else(|| id.clone());
                let method = methods.take(&names::snake_name(&wanted));
                let builder = builders.take(&names::type_name(&wanted));
                (found, Named { id, method, builder })
            })
            .collect();
        for (found, named) in named {
            if self.text.exceeded_at().is_some() {
                break;
            }
            let place = found.place(&named.builder, &api.module);
            let operation = self.operation(&found, &named, &place, default_security);
            let bodies = found.operation.request_body.as_ref();
            let bodies = bodies.map(|body| self.further_bodies(body, &place)).unwrap_or_default();
            let others = bodies.into_iter().map(|(suffix, body)| Operation {
                method: names::escaped(&methods.take(&format!("{}_{suffix}", named.method))),
                builder: builders.take(&format!("{}{}", named.builder, names::type_name(&suffix))),
                body: Some(body),
                other_body_of: Some(operation.method.clone()),
                ..operation.clone()
            });
            let others: Vec<Operation> = others.collect();
            api.operations.push(operation);
            api.operations.extend(others);
        }
        api
    }

    fn operation(
        &mut self,
        found: &Found<'a>,
        named: &Named,
        place: &Place,
        default_security: &[Vec<SecurityRequirement>],
    ) -> Operation {
        let operation = found.operation;
        let parameters = self.parameters(found.path, found.item, operation, place);
        let body = operation.request_body.as_ref().and_then(|body| self.body(body, place));
        let responses = self.responses(&operation.responses, &found.method, place);
        let output = self.output(&responses, place);
        let security = match &operation.security {
            Some(security) => super::security::requirements(security),
            None => default_security.to_vec(),
        };
        let server = self.server(found);
        let mut lowered = Operation {
            id: named.id.clone(),
            method: names::escaped(&named.method),
            builder: named.builder.clone(),
            http_method: found.method.clone(),
            path: found.path.to_owned(),
            summary: operation.summary.clone().unwrap_or_default(),
            description: operation.description.clone().unwrap_or_default(),
            deprecated: operation.deprecated,
            parameters,
            body,
            other_body_of: None,
            accept: super::responses::accept(&responses),
            responses,
            output,
            security,
            server,
            paging: None,
            pointer: place.pointer.clone(),
        };
        lowered.paging = self.paging(&lowered);
        self.text.spend(weight(&lowered), &place.pointer);
        lowered
    }

    /// The model that most error responses carry.
    pub(super) fn error_model(&self, apis: &[Api]) -> Option<Type> {
        let mut counts: IndexMap<&str, usize> = IndexMap::new();
        let responses =
            apis.iter().flat_map(|api| &api.operations).flat_map(|operation| &operation.responses);
        for response in responses.filter(|response| !response.is_answer) {
            if let Some(Type::Model(name)) = &response.ty {
                *counts.entry(name).or_default() += 1;
            }
        }
        // The first of equals, so that the order of the document decides.
        let (name, _) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
        Some(Type::Model(name.to_owned()))
    }
}

/// How many bytes of text and examples an operation holds, those of what it refers to among them.
fn weight(operation: &Operation) -> usize {
    let texts = operation.summary.len() + operation.description.len() + operation.path.len();
    let server = operation.server.as_ref().map_or(0, String::len);
    let parameters = operation.parameters.iter().map(|parameter| {
        let values = parameter.default.iter().chain(&parameter.example).map(bytes);
        parameter.name.len() + parameter.description.len() + values.sum::<usize>()
    });
    let examples = |examples: &[Example]| examples.iter().map(|it| bytes(&it.value)).sum::<usize>();
    let body = operation.body.as_ref();
    let body = body.map_or(0, |body| body.description.len() + examples(&body.examples));
    let responses = operation.responses.iter().map(|response| {
        let headers = response.headers.iter().map(|it| it.name.len() + it.description.len());
        response.description.len() + examples(&response.examples) + headers.sum::<usize>()
    });
    let schemes = operation.security.iter().flatten();
    let schemes =
        schemes.map(|it| it.scheme.len() + it.scopes.iter().map(String::len).sum::<usize>());
    texts
        + server
        + body
        + parameters.sum::<usize>()
        + responses.sum::<usize>()
        + schemes.sum::<usize>()
}

/// The operations of a path, in the order of RFC 9110 and not of the document, which
/// `openapiv3` does not keep.
fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &openapiv3::Operation)> {
    [
        (Method::Get, &item.get),
        (Method::Head, &item.head),
        (Method::Post, &item.post),
        (Method::Put, &item.put),
        (Method::Delete, &item.delete),
        (Method::Options, &item.options),
        (Method::Trace, &item.trace),
        (Method::Patch, &item.patch),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

/// The operationId, or one made of method and path: `GET /users/{id}` gives `getUsersById`.
pub(crate) fn operation_id(method: &str, path: &str, operation: &openapiv3::Operation) -> String {
    if let Some(id) = &operation.operation_id {
        return id.clone();
    }
    let words: Vec<String> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(parameter) => format!("By{}", names::type_name(parameter)),
            None => names::type_name(segment),
        })
        .collect();
    format!("{method}{}", words.concat())
}
