//! How much of a document is followed: the output of `allOf` and of shared texts is not bounded by the document's size.
//!
//! All limits of this stage are here. What exceeds one is an error that names it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use openapiv3::{Components, ReferenceOr, Schema, SchemaKind};

use super::graph::Graph;
use super::place::pointer;
use super::view::component_name;
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::ir::{Model, ModelKind, Operation, Sdk};

/// How many schemas may extend each other by `allOf` in a row.
pub const DEEPEST_ALL_OF: usize = 64;

/// How many properties and parts of `allOf` all schemas have at most once each has those of what it extends.
pub const MOST_PARTS: usize = 250_000;

/// How long the URL of a server is at most once its variables are filled in, in bytes.
pub const LONGEST_SERVER_URL: usize = 8 << 10;

/// How much text and examples the operations and models hold at most beyond twice the document, in bytes: what is
/// referred to from many places is repeated in each.
pub const MOST_REPEATED_TEXT: usize = 32 << 20;

/// How many lines a crate has at most, unless `package.most-lines` allows more. A compiler would take hours for these.
pub const MOST_LINES: usize = 1_000_000;

/// How many lines come of each, its tests and its reference included, about.
const LINES_OF_AN_API: usize = 120;
const LINES_OF_AN_OPERATION: usize = 60;
const LINES_OF_A_PART: usize = 14;
const LINES_OF_A_MODEL: usize = 20;
const LINES_OF_A_FIELD: usize = 4;

/// What is left of a limit, and the place where it was exceeded first.
#[derive(Debug)]
pub struct Budget {
    left: Cell<usize>,
    exceeded_at: RefCell<Option<String>>,
}

impl Budget {
    /// A budget of so much.
    pub fn new(most: usize) -> Self {
        Self { left: Cell::new(most), exceeded_at: RefCell::new(None) }
    }

    /// Takes some; `false` where the limit is exceeded, here or earlier.
    pub fn spend(&self, amount: usize, at: &str) -> bool {
        match self.left.get().checked_sub(amount) {
            Some(left) if self.exceeded_at.borrow().is_none() => {
                self.left.set(left);
                true
            }
            _ => {
                self.exceeded_at.borrow_mut().get_or_insert_with(|| at.to_owned());
                false
            }
        }
    }

    /// Where the limit was exceeded.
    pub fn exceeded_at(&self) -> Option<String> {
        self.exceeded_at.borrow().clone()
    }
}

/// Checks that no schema extends more than [`DEEPEST_ALL_OF`] others in a row; `None` after an error. What follows
/// `allOf` may do so by recursion then. `targets` says what each component stands for.
pub fn check_depth<'a>(
    components: &'a Components,
    targets: &HashMap<&'a str, &'a str>,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    let schemas = &components.schemas;
    let edges = schemas.values().map(|schema| {
        let mut named = Vec::new();
        if let ReferenceOr::Item(schema) = schema {
            bases(schema, &mut named);
        }
        let target = |name: &str| schemas.get_index_of(*targets.get(name)?);
        named.into_iter().filter_map(target).collect()
    });
    let depths = Graph::of_edges(edges.collect()).depths();
    let Some((name, depth)) = schemas.keys().zip(depths).max_by_key(|(_, depth)| *depth) else {
        return Some(());
    };
    if depth <= DEEPEST_ALL_OF {
        return Some(());
    }
    let message = format!(
        "`{name}` extends {depth} schemas in a row by `allOf`; at most {DEEPEST_ALL_OF} are followed"
    );
    diagnostics
        .error("too-deep-inheritance", pointer("/components/schemas", &[name]), message)
        .help("write some of them out: let it repeat the properties of what it extends");
    None
}

/// The components that a schema names in `allOf`, in what is written in place there, too.
fn bases<'a>(schema: &'a Schema, named: &mut Vec<&'a str>) {
    let parts = match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) => &any.all_of,
        _ => return,
    };
    for part in parts {
        match part {
            ReferenceOr::Reference { reference } => named.push(component_name(reference)),
            ReferenceOr::Item(schema) => bases(schema, named),
        }
    }
}

/// What each component schema stands for: itself, or what its reference leads to in the end.
pub fn targets(components: &Components) -> HashMap<&str, &str> {
    let schemas = &components.schemas;
    let mut targets: HashMap<&str, &str> = HashMap::new();
    for name in schemas.keys() {
        let (mut way, mut name) = (Vec::new(), name.as_str());
        let end = loop {
            if let Some(end) = targets.get(name) {
                break Some(*end);
            }
            match schemas.get_key_value(name) {
                Some((name, ReferenceOr::Item(_))) => {
                    way.push(name.as_str());
                    break Some(name.as_str());
                }
                Some((own, ReferenceOr::Reference { reference })) if way.len() < schemas.len() => {
                    way.push(own.as_str());
                    name = component_name(reference);
                }
                // That it leads nowhere, or back to itself, was reported.
                _ => break None,
            }
        };
        if let Some(end) = end {
            targets.extend(way.into_iter().map(|name| (name, end)));
        }
    }
    targets
}

/// Reports what exceeded its limit.
pub fn report(parts: &Budget, text: &Budget, diagnostics: &mut Diagnostics) {
    if let Some(at) = parts.exceeded_at() {
        let message = format!(
            "the schemas have more than {MOST_PARTS} properties and parts once `allOf` is written out"
        );
        diagnostics
            .error("too-many-parts", at, message)
            .help("this is the first schema beyond the limit; let fewer schemas extend those with many properties");
    }
    if let Some(at) = text.exceeded_at() {
        let message = format!(
            "what is referred to from many places adds more than {MOST_REPEATED_TEXT} bytes of text to the SDK"
        );
        diagnostics
            .error("too-much-text", at, message)
            .help("this is the first place beyond the limit; shorten the descriptions and examples that are shared");
    }
}

/// How many lines the crate may have.
pub fn most_lines(config: &Config) -> usize {
    let most = config.package.most_lines;
    most.map_or(MOST_LINES, |most| usize::try_from(most).unwrap_or(usize::MAX))
}

/// Checks that the crate has no more lines than that; `None` after an error.
pub fn check_lines(sdk: &Sdk, most: usize, diagnostics: &mut Diagnostics) -> Option<()> {
    let apis = sdk
        .apis
        .iter()
        .map(|api| LINES_OF_AN_API + api.operations.iter().map(lines_of_operation).sum::<usize>());
    let models = sdk.models.iter().map(lines_of_model);
    let lines = apis.sum::<usize>() + models.sum::<usize>();
    if lines <= most {
        return Some(());
    }
    let (operations, models) = (sdk.operation_count(), sdk.models.len());
    report_lines(lines, most, &format!("{operations} operations and {models} models"), diagnostics);
    None
}

/// The part of [`check_lines`] that is known before anything is lowered; `None` after an error.
pub fn check_operations(count: usize, most: usize, diagnostics: &mut Diagnostics) -> Option<()> {
    let lines = count * LINES_OF_AN_OPERATION;
    if lines <= most {
        return Some(());
    }
    report_lines(lines, most, &format!("{count} operations"), diagnostics);
    None
}

fn report_lines(lines: usize, most: usize, what: &str, diagnostics: &mut Diagnostics) {
    let message =
        format!("the crate would have about {lines} lines, for {what}; at most {most} are written");
    diagnostics.error("too-many-lines", String::new(), message).help(
        "pick the operations that are needed with `select` in `sdk.toml`, or allow more by `package.most-lines` there",
    );
}

fn lines_of_operation(operation: &Operation) -> usize {
    let responses = operation.responses.iter().map(|it| LINES_OF_A_PART + it.headers.len());
    let schemes = operation.security.iter().flatten().count();
    LINES_OF_AN_OPERATION
        + operation.parameters.len() * LINES_OF_A_PART
        + responses.sum::<usize>()
        + schemes
}

fn lines_of_model(model: &Model) -> usize {
    let parts = match &model.kind {
        ModelKind::Object(object) => object.fields.len(),
        ModelKind::StringEnum(values) | ModelKind::IntegerEnum(values) => values.len(),
        ModelKind::TaggedUnion(union) => union.variants.len(),
        ModelKind::UntaggedUnion(union) => union.variants.len(),
        ModelKind::Alias(_) => 0,
    };
    LINES_OF_A_MODEL + parts * LINES_OF_A_FIELD
}
