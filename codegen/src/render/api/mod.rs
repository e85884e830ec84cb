//! The files of the APIs: operations and their request builders.

mod arguments;
mod declaration;
mod imports;
mod output;

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use super::example::Examples;
use super::multipart::{self, Form};
use super::{Error, forms, markdown, operation_docs, part_encodings, rust};
use crate::ir::{Api, Operation, Scope, Sdk};
use crate::names::escaped;

pub use arguments::method_signature;
use arguments::{
    Argument, SetterView, body_argument, body_setter, parameter_argument, parameter_setter,
    signature, statements,
};
use declaration::{Declaration, declaration};
use imports::Imports;
use output::{OutputView, PagingView, VariantsView, output, paging_view, variants};

/// How wide a line of an operation's docs is.
const WIDTH: usize = 92;

#[derive(Template)]
#[template(path = "api.rs.jinja", escape = "none")]
struct ApiFile {
    mock: String,
    docs: String,
    imports: Imports,
    name: String,
    type_docs: String,
    operations: Vec<OperationView>,
}

#[derive(Template)]
#[template(path = "api_mod.rs.jinja", escape = "none")]
struct ApiModule {
    modules: Vec<ModuleView>,
    /// Modules deeper down, which the macro names as if they were here.
    imports: Vec<ModuleView>,
    apis: Vec<ApiView>,
}

impl ApiModule {
    /// Whether a module is called as the one that it is in.
    fn has_inception(&self) -> bool {
        self.modules.iter().any(|module| module.name == "api")
    }
}

#[derive(Template)]
#[template(path = "api_parent.rs.jinja", escape = "none")]
struct ParentModule {
    modules: Vec<ModuleView>,
}

struct ModuleView {
    cfg: String,
    name: String,
}

struct ApiView {
    docs: String,
    cfg: String,
    method: String,
    module: String,
    name: String,
    mock: String,
}

/// An operation as its template shows it.
struct OperationView {
    docs: String,
    deprecated: bool,
    method: String,
    builder: String,
    signature: String,
    statements: Vec<String>,
    imports: Imports,
    setters: Vec<SetterView>,
    output: OutputView,
    variants: Option<VariantsView>,
    http_method: String,
    path: String,
    id: String,
    declaration: Declaration,
    paging: Option<PagingView>,
    form: Option<Form>,
    /// The constant with the fields of a form that are not written by default.
    field_encodings: Option<String>,
    /// The constant with the encodings of parts that are not written by default.
    part_encodings: Option<String>,
}

/// `src/api/*.rs`.
pub fn files(sdk: &Sdk) -> Result<Vec<(String, String)>, Error> {
    let examples = Examples::new(sdk);
    let mut files = Vec::with_capacity(sdk.apis.len() + 1);
    for api in &sdk.apis {
        let path = format!("src/api/{}.rs", api.file());
        files.push((path.clone(), rust::file(&api_file(sdk, &examples, api).render()?)));
    }
    let path = "src/api/mod.rs";
    files.push((path.to_owned(), rust::file(&root(sdk).render()?)));
    for (parent, apis) in parents(sdk) {
        let path = format!("src/api/{parent}/mod.rs");
        let module = ParentModule { modules: sorted(apis.into_iter().map(module)) };
        files.push((path.clone(), rust::file(&module.render()?)));
    }
    Ok(files)
}

/// The module `api`.
fn root(sdk: &Sdk) -> ApiModule {
    let parents = parents(sdk);
    let own = sdk.apis.iter().filter(|api| api.parent_module.is_none()).map(module);
    let further = parents.iter().map(|(parent, apis)| {
        let features: BTreeSet<&String> = apis.iter().map(|api| &api.feature).collect();
        let features: Vec<String> = features.into_iter().cloned().collect();
        ModuleView { cfg: super::models::cfg(&features), name: (*parent).to_owned() }
    });
    let imports = parents.values().flatten().map(|api| ModuleView {
        cfg: super::models::cfg(std::slice::from_ref(&api.feature)),
        name: api.module_path(),
    });
    ApiModule {
        modules: sorted(own.chain(further)),
        imports: sorted(imports),
        apis: sdk.apis.iter().map(api_view).collect(),
    }
}

/// The modules around those of tags, each with the APIs in it.
fn parents(sdk: &Sdk) -> BTreeMap<&str, Vec<&Api>> {
    let mut parents: BTreeMap<&str, Vec<&Api>> = BTreeMap::new();
    for api in &sdk.apis {
        if let Some(parent) = &api.parent_module {
            parents.entry(parent).or_default().push(api);
        }
    }
    parents
}

fn module(api: &Api) -> ModuleView {
    let cfg = super::models::cfg(std::slice::from_ref(&api.feature));
    ModuleView { cfg, name: escaped(&api.module) }
}

fn sorted(modules: impl Iterator<Item = ModuleView>) -> Vec<ModuleView> {
    let mut modules: Vec<ModuleView> = modules.collect();
    modules.sort_by(|one, other| one.name.cmp(&other.name));
    modules
}

fn api_view(api: &Api) -> ApiView {
    let tag = markdown::code(&api.tag);
    ApiView {
        docs: rust::doc(&[format!("The operations of the tag {tag}.")], 4),
        cfg: super::models::cfg(std::slice::from_ref(&api.feature)),
        method: api.method.clone(),
        module: escaped(&api.module),
        name: api.name.clone(),
        mock: mock_name(api),
    }
}

/// The name of the mock of an API: `SessionMock` for `SessionApi`.
fn mock_name(api: &Api) -> String {
    format!("{}Mock", api.name.strip_suffix("Api").unwrap_or(&api.name))
}

fn api_file(sdk: &Sdk, examples: &Examples<'_>, api: &Api) -> ApiFile {
    let tag = markdown::code(&api.tag);
    let mut docs = vec![format!("The API of the tag {tag}.")];
    let description = markdown::lines(&api.description, WIDTH);
    if !description.is_empty() {
        docs.push(String::new());
        docs.extend(description);
    }
    let type_docs = vec![
        format!("The operations of the tag {tag}."),
        String::new(),
        format!(
            "[`Client::{}`](crate::Client::{}) gives it. The error statuses that an",
            api.method, api.method
        ),
        "operation documents come as [`Error::Api`](crate::Error::Api).".to_owned(),
    ];
    let operations: Vec<OperationView> = api
        .operations
        .iter()
        .enumerate()
        .map(|(position, operation)| operation_view(sdk, examples, api, (position, operation)))
        .collect();
    ApiFile {
        mock: mock_name(api),
        docs: rust::inner_doc(&docs),
        imports: operations
            .iter()
            .fold(Imports::default(), |all, operation| all.and(operation.imports)),
        name: api.name.clone(),
        type_docs: rust::doc(&type_docs, 0),
        operations,
    }
}

fn operation_view(
    sdk: &Sdk,
    examples: &Examples<'_>,
    api: &Api,
    (position, operation): (usize, &Operation),
) -> OperationView {
    let required = operation.required_parameters().into_iter();
    let mut arguments: Vec<Argument> =
        required.map(|parameter| parameter_argument(parameter, Scope::CRATE)).collect();
    let mut setters: Vec<SetterView> =
        operation.optional_parameters().into_iter().map(parameter_setter).collect();
    if let Some(body) = &operation.body {
        if body.required {
            arguments.push(body_argument(sdk, operation, body, Scope::CRATE));
        } else {
            setters.push(body_setter(sdk, operation, body));
        }
    }
    let variants = variants(operation);
    let output = output(operation, variants.as_ref());
    let taken = arguments.iter().chain(setters.iter().map(|setter| &setter.argument));
    let own = Imports {
        models: !operation.output.is_download()
            && operation.output.types().iter().any(|ty| ty.names_models()),
        answer: variants.is_some(),
        decode: output.decode.is_some(),
        paging: operation.paging.is_some(),
        requirement: declaration::needs_requirements(operation),
        ..Imports::default()
    };
    let imports = taken.fold(own, |all, argument| all.and(argument.imports));
    OperationView {
        docs: rust::doc(&operation_docs::lines(sdk, examples, api, position), 4),
        deprecated: operation.deprecated,
        method: operation.method.clone(),
        builder: operation.builder.clone(),
        http_method: declaration::method(&operation.http_method),
        path: rust::string(&operation.path),
        id: rust::documented_string(&operation.id),
        declaration: declaration(operation),
        paging: operation.paging.as_ref().map(paging_view),
        form: multipart::form(sdk, operation),
        field_encodings: forms::call(operation, String::new()).and_then(|form| form.fields),
        part_encodings: part_encodings::constant(operation),
        signature: signature(operation, &arguments),
        statements: statements(&operation.builder, &arguments),
        setters,
        output,
        imports,
        // The method with the preferred media type declares what the others give, too.
        variants: variants.filter(|_| operation.other_body_of.is_none()),
    }
}
