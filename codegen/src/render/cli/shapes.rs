//! What values look like, as constants: `shapes/MODULE.rs`.

use std::collections::{BTreeMap, HashSet, VecDeque};

use askama::Template;

use super::names::{free, module};
use super::{fields, prose};
use crate::ir::{BodyKind, Model, ModelKind, Sdk, Type};
use crate::names::{escaped, file_name, snake_name};
use crate::render::layout::Value;
use crate::render::{Error, constraints, rust};

/// How many objects may lie around a property that is a flag of its own.
const DEEPEST: usize = 3;

/// How long the name of a constant may be.
const LONGEST_NAME: usize = 45;

/// How many aliases may lead to each other.
const MOST_ALIASES: usize = 32;

/// The models whose shapes the commands need.
pub struct Shapes<'a> {
    sdk: &'a Sdk,
    /// The path of the constant of each, by the name of the model.
    constants: BTreeMap<&'a str, Constant<'a>>,
}

struct Constant<'a> {
    model: &'a Model,
    module: String,
    name: String,
}

#[derive(Template)]
#[template(path = "cli/shapes.rs.jinja", escape = "none")]
struct ShapesFile {
    shapes: Vec<ShapeView>,
}

struct ShapeView {
    docs: String,
    declaration: String,
}

#[derive(Template)]
#[template(path = "cli/shapes_mod.rs.jinja", escape = "none")]
struct ShapesModule {
    modules: Vec<String>,
}

impl<'a> Shapes<'a> {
    /// The models that are flags of a command, or hold such.
    pub fn new(sdk: &'a Sdk) -> Self {
        let mut shapes = Self { sdk, constants: BTreeMap::new() };
        let mut seen = HashSet::new();
        let mut waiting: VecDeque<(&'a str, usize)> = VecDeque::new();
        for operation in sdk.apis.iter().flat_map(|api| &api.operations) {
            let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
            let body = operation.body.as_ref().filter(|body| has_fields(body.kind));
            for ty in parameters.chain(body.map(|body| &body.ty)) {
                waiting.extend(shapes.named(ty).map(|name| (name, 0)));
            }
        }
        let mut taken = HashSet::new();
        while let Some((name, depth)) = waiting.pop_front() {
            let Some(model) = sdk.model(name).filter(|_| seen.insert(name)) else { continue };
            let Some(own) = shapes.fields_of(model, depth) else { continue };
            let fields = own.iter().map(|field| &field.ty);
            waiting.extend(fields.filter_map(|ty| Some((shapes.named(ty)?, depth + 1))));
            let module = module(&model.module);
            let constant = constant_name(model);
            let constant =
                free(constant, '_', |name| taken.insert((module.clone(), name.to_owned())));
            shapes.constants.insert(name, Constant { model, module, name: constant });
        }
        shapes
    }

    /// The fields of a model that is flags of its own, none of one that lists values; `None` of any other.
    fn fields_of(&self, model: &'a Model, depth: usize) -> Option<Vec<fields::Field<'a>>> {
        match &model.kind {
            ModelKind::StringEnum(_) | ModelKind::IntegerEnum(_) => Some(Vec::new()),
            _ if depth < DEEPEST => fields::of(self.sdk, model).filter(|it| !it.is_empty()),
            _ => None,
        }
    }

    /// The model that values of a type, or its items, are of.
    fn named(&self, ty: &'a Type) -> Option<&'a str> {
        match resolved(self.sdk, ty) {
            Type::Model(name) => Some(name),
            Type::Array(item) => match resolved(self.sdk, item) {
                Type::Model(name) if self.lists_values(name) => Some(name),
                _ => None,
            },
            _ => None,
        }
    }

    fn lists_values(&self, name: &str) -> bool {
        let kind = self.sdk.model(name).map(|model| &model.kind);
        matches!(kind, Some(ModelKind::StringEnum(_) | ModelKind::IntegerEnum(_)))
    }

    /// The expression for a reference to the shape of a type, from the module of that name or from elsewhere.
    pub fn reference(&self, ty: &Type, from: Option<&str>) -> Value {
        let shape = |name: &str| Value::Source(format!("&Shape::{name}"));
        match resolved(self.sdk, ty) {
            Type::String | Type::Date | Type::DateTime | Type::Nullable(_) => shape("Text"),
            Type::Boolean => shape("Boolean"),
            Type::Int32 | Type::Int64 | Type::UInt64 => shape("Integer"),
            Type::Double => shape("Number"),
            Type::Binary | Type::File => shape("File"),
            Type::Any | Type::Custom(_) => shape("Json"),
            Type::Array(item) => {
                Value::Call("&Shape::List".to_owned(), vec![self.reference(item, from)])
            }
            Type::Map(value) if is_plain(resolved(self.sdk, value)) => {
                Value::Call("&Shape::Map".to_owned(), vec![self.reference(value, from)])
            }
            Type::Map(_) => shape("Object(&[])"),
            Type::Model(name) => match self.constants.get(name.as_str()) {
                Some(Constant { module, name, .. }) if from == Some(module) => {
                    Value::Source(format!("&{name}"))
                }
                Some(Constant { module, name, .. }) => {
                    let parent = if from.is_some() { "super" } else { "crate::shapes" };
                    Value::Source(format!("&{parent}::{}::{name}", escaped(module)))
                }
                None => shape(self.unnamed(name)),
            },
        }
    }

    /// As [`reference`](Self::reference); none where the shape is a text.
    pub fn other_than_text(&self, ty: &Type, from: Option<&str>) -> Option<Value> {
        let is_text = matches!(
            resolved(self.sdk, ty),
            Type::String | Type::Date | Type::DateTime | Type::Nullable(_)
        );
        (!is_text).then(|| self.reference(ty, from))
    }

    /// The shape of a model that is no flags of its own.
    fn unnamed(&self, name: &str) -> &'static str {
        match self.sdk.model(name).map(|model| &model.kind) {
            Some(ModelKind::Object(_) | ModelKind::TaggedUnion(_)) => "Object(&[])",
            _ => "Json",
        }
    }

    /// The modules with the constants, and their root.
    pub fn files(&self) -> Result<Vec<(String, String)>, Error> {
        let mut by_module: BTreeMap<&str, Vec<&Constant<'_>>> = BTreeMap::new();
        for constant in self.constants.values() {
            by_module.entry(&constant.module).or_default().push(constant);
        }
        let modules = by_module.keys().map(|module| escaped(module)).collect();
        let root = ShapesModule { modules }.render()?;
        let mut files = vec![("src/shapes/mod.rs".to_owned(), rust::file(&root))];
        for (module, constants) in by_module {
            let shapes: Vec<ShapeView> =
                constants.iter().map(|constant| self.view(constant)).collect();
            let text = ShapesFile { shapes }.render()?;
            files.push((format!("src/shapes/{module}.rs"), rust::file(&text)));
        }
        Ok(files)
    }

    fn view(&self, constant: &Constant<'_>) -> ShapeView {
        let Constant { model, module, name } = constant;
        let declared = format!("pub static {name}: Shape = ");
        ShapeView {
            docs: format!("The schema {}.", crate::render::markdown::code(&model.schema)),
            declaration: self.value(model, module).print(0, &declared, ";"),
        }
    }

    fn value(&self, model: &Model, module: &str) -> Value {
        let listed = |values: &[crate::ir::EnumValue], variant: &str| {
            let texts: Vec<String> = values.iter().filter_map(|it| word(&it.value)).collect();
            if texts.is_empty() {
                return Value::Source("Shape::Text".to_owned());
            }
            Value::Call(variant.to_owned(), vec![Value::strings(&texts)])
        };
        match &model.kind {
            ModelKind::StringEnum(values) => listed(values, "Shape::Listed"),
            ModelKind::IntegerEnum(values) => listed(values, "Shape::ListedIntegers"),
            _ => {
                let fields = fields::of(self.sdk, model).unwrap_or_default();
                let fields = fields.iter().map(|field| self.field(field, module)).collect();
                Value::Call("Shape::Object".to_owned(), vec![Value::Array(fields)])
            }
        }
    }

    fn field(&self, field: &fields::Field<'_>, module: &str) -> Value {
        let mut members =
            vec![("name", Value::string(field.name)), ("flag", Value::string(&field.flag))];
        let about = about(field.description, field.default, field.constraints);
        if !about.is_empty() {
            members.push(("about", Value::string(&about)));
        }
        members.extend(marks(field.required, field.deprecated));
        let shape = match &field.tags {
            Some(tags) => {
                Some(Value::Call("&Shape::Listed".to_owned(), vec![Value::strings(tags)]))
            }
            None => self.other_than_text(field.ty, Some(module)),
        };
        members.extend(shape.map(|shape| ("shape", shape)));
        Value::structure("Field", members).with("Field::DEFAULT")
    }
}

/// What a flag is, with its default and its bounds, on one line.
pub fn about(
    description: &str,
    default: Option<&serde_json::Value>,
    constraints: &crate::ir::Constraints,
) -> String {
    let mut about = prose::first_paragraph(description);
    if let Some(sentences) = constraints::sentences(default, constraints) {
        let sentences = prose::first_paragraph(&sentences);
        about = if about.is_empty() { sentences } else { format!("{about} {sentences}") };
    }
    about
}

/// The fields that say what is required, and what the document advises against.
pub fn marks(required: bool, deprecated: bool) -> impl Iterator<Item = (&'static str, Value)> {
    let marks = [("required", required), ("deprecated", deprecated)].into_iter();
    marks.filter(|(_, holds)| *holds).map(|(name, _)| (name, Value::Source("true".to_owned())))
}

/// Whether a body may have flags for its fields.
pub fn has_fields(kind: BodyKind) -> bool {
    matches!(kind, BodyKind::Json | BodyKind::Form | BodyKind::Multipart)
}

/// What a type stands for where it is another name of one; without null.
pub fn resolved<'a>(sdk: &'a Sdk, ty: &'a Type) -> &'a Type {
    let mut ty = ty;
    for _ in 0..MOST_ALIASES {
        ty = match ty {
            Type::Nullable(inner) => inner,
            Type::Model(name) => match sdk.model(name).map(|model| &model.kind) {
                Some(ModelKind::Alias(target)) => target,
                _ => return ty,
            },
            _ => return ty,
        };
    }
    ty
}

/// Whether a value is a single word.
fn is_plain(ty: &Type) -> bool {
    !matches!(
        ty,
        Type::Any | Type::Array(_) | Type::Custom(_) | Type::File | Type::Map(_) | Type::Model(_)
    )
}

/// A value of an enum as a word; none where it cannot be seen as it is, or is no word.
fn word(value: &serde_json::Value) -> Option<String> {
    let text = match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    (!text.is_empty() && crate::characters::shown(&text) == text).then_some(text)
}

/// The name of the constant for a model, which leaves room on the line for what it is.
fn constant_name(model: &Model) -> String {
    let mut name = file_name(&snake_name(&model.name)).to_uppercase();
    if name.len() > LONGEST_NAME {
        name.truncate(LONGEST_NAME);
        name.truncate(name.rfind('_').unwrap_or(LONGEST_NAME));
    }
    name
}
