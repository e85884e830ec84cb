//! Operations, gathered by tag.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use openapiv3::PathItem;

use super::Lowering;
use super::place::{Place, pointer};
use super::responses::Asked;
use crate::config::is_reserved_feature;
use crate::ir::{Api, Example, Method, Operation, SecurityRequirement, Type};
use crate::load::measure::bytes;
use crate::names::{self, Names};
use crate::normalize::{OperationOfPath, operations_of};

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
const RESERVED_BUILDERS: [&str; 26] = [
    "Answer",
    "AsRef",
    "Box",
    "Call",
    "Client",
    "Error",
    "FieldEncoding",
    "Future",
    "Into",
    "IntoFuture",
    "Method",
    "Multipart",
    "Nesting",
    "Operation",
    "Option",
    "Output",
    "QueryStyle",
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
    /// The pointer to the operation below the path item.
    pub(super) at: String,
    pub(super) operation: &'a openapiv3::Operation,
}

impl Found<'_> {
    /// Where the operation stands.
    pub(super) fn pointer(&self) -> String {
        format!("{}{}", pointer("/paths", &[self.path]), self.at)
    }

    /// Where the operation stands, and what the names of its inline schemas start with.
    fn place(&self, builder: &str, module: &str) -> Place {
        Place::new(self.pointer(), builder, module)
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
            let tag = self.grouping_tag(found.operation);
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
                    let place = first.map(|it| format!("{}/tags/0", it.pointer()));
                    (None, place.unwrap_or_default())
                }
            };
            let mut api = self.api(tag, place, &mut methods, &mut types, &mut features);
            api.description = description.unwrap_or_default();
            apis.push(self.fill(api, found, default_security));
        }
        self.nest(&mut apis);
        apis
    }

    /// The tag that an operation is found under: the first whose kind is navigation, as it is where nothing is said.
    fn grouping_tag(&self, operation: &'a openapiv3::Operation) -> &'a str {
        let kinds = &self.additions.tag_kinds;
        let groups = |tag: &&String| kinds.get(*tag).is_none_or(|kind| kind == "nav");
        let tags = &operation.tags;
        tags.iter().find(groups).or(tags.first()).map_or(NO_TAG, String::as_str)
    }

    /// Puts the modules of tags into one for their parent, unless that is a module of operations itself.
    fn nest(&self, apis: &mut [Api]) {
        let taken: HashSet<String> = apis.iter().map(|api| api.module.clone()).collect();
        for api in apis.iter_mut().filter(|api| api.parent_module.is_none()) {
            let Some(parent) = self.additions.tag_parents.get(&api.tag) else {
                continue;
            };
            let wanted = self.config.tag_name(parent).unwrap_or_else(|| parent.clone());
            let module = names::file_name(&names::snake_name(&wanted));
            if !taken.contains(&module)
                && !is_reserved_module(&module)
                && module == names::escaped(&module)
            {
                api.parent_module = Some(module);
            }
        }
    }

    pub(super) fn find_operations(&self) -> Vec<Found<'a>> {
        let all = operations_of(self.openapi, self.additions);
        let picked = all.filter(|it| self.config.picks(it.path, it.operation));
        let found = picked.map(|OperationOfPath { path, item, method, at, operation }| Found {
            method: Method::of_field(method),
            path,
            item,
            at,
            operation,
        });
        found.collect()
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
                let id = operation_id(found.method.as_str(), found.path, found.operation);
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
            let mut answers = Vec::new();
            for (suffix, media_type) in self.further_answers(&found.operation.responses) {
                let builder = format!("{}{}", named.builder, names::type_name(&suffix));
                let named = Named {
                    id: named.id.clone(),
                    method: methods.take(&format!("{}_{suffix}", named.method)),
                    builder: builders.take(&builder),
                };
                let place = Place { name: named.builder.clone(), ..place.clone() };
                answers.push(self.answering_as(media_type, &operation, &found, named, &place));
            }
            api.operations.push(operation);
            api.operations.extend(others);
            api.operations.extend(answers);
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
        let asked = Asked { operation: &named.id, media_type: None };
        let body = operation.request_body.as_ref().and_then(|body| self.body(body, place));
        let responses = self.responses(&operation.responses, asked, &found.method, place);
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
            other_answer_of: None,
            accept: super::responses::accept(&responses),
            responses,
            output,
            security,
            server,
            paging: None,
            sentinel: None,
            reconnects: false,
            pointer: place.pointer.clone(),
        };
        self.follow(&mut lowered);
        self.text.spend(weight(&lowered), &place.pointer);
        lowered
    }

    /// The same call, whose answer is asked for in another media type.
    fn answering_as(
        &mut self,
        media_type: &str,
        operation: &Operation,
        found: &Found<'a>,
        named: Named,
        place: &Place,
    ) -> Operation {
        let asked = Asked { operation: &named.id, media_type: Some(media_type) };
        let responses = self.responses(&found.operation.responses, asked, &found.method, place);
        let output = self.output(&responses, place);
        let mut lowered = Operation {
            method: names::escaped(&named.method),
            builder: named.builder,
            other_answer_of: Some(operation.method.clone()),
            accept: Some(media_type.to_owned()),
            responses,
            output,
            ..operation.clone()
        };
        self.follow(&mut lowered);
        self.text.spend(weight(&lowered), &place.pointer);
        lowered
    }

    /// Adds how the answer goes on: as pages, or as a stream.
    fn follow(&mut self, operation: &mut Operation) {
        operation.paging = self.paging(operation);
        let rule = self.config.streams.get(&operation.id);
        let rule = rule.filter(|_| operation.output.stream().is_some());
        operation.sentinel = rule.and_then(|rule| rule.sentinel.clone());
        operation.reconnects = rule.is_some_and(|rule| rule.reconnect);
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
    format!("{}{}", method.to_lowercase(), words.concat())
}
