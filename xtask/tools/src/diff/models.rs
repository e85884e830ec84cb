//! Models: structs, enums and unions.

use codegen::ir::{
    EnumValue, Field, Model, ModelKind, Object, Presence, Sdk, TaggedUnion, Type, UnionVariant,
    UntaggedUnion,
};
use codegen::lower::ALL_MODELS;
use codegen::render::shared_fields;

use super::types::Types;
use super::{Changes, Impact, Subject, code};

pub(super) fn compare(old: &Sdk, new: &Sdk, types: &Types<'_>, changes: &mut Changes) {
    let shared = [shared_fields::Models::of(old), shared_fields::Models::of(new)];
    for model in &old.models {
        let name = path(&model.name);
        match types.heir(model) {
            Some(heir) => {
                if heir.name != model.name {
                    let text = format!("is called {} now", code(&path(&heir.name)));
                    changes.changed(Impact::Breaking, Subject::Model, &name, text);
                }
                Comparison { types, shared: &shared, name: path(&heir.name), changes }
                    .model(model, heir);
            }
            None => changes.removed(Subject::Model, name, ""),
        }
    }
    for model in new.models.iter().filter(|it| old.model(&it.name).is_none()) {
        if !types.is_renamed(model) {
            changes.added(Subject::Model, path(&model.name), "");
        }
    }
}

fn path(model: &str) -> String {
    format!("models::{model}")
}

/// The comparison of a model with what it has become.
struct Comparison<'a, 'b> {
    types: &'b Types<'a>,
    shared: &'b [shared_fields::Models<'a>; 2],
    /// The new model's path.
    name: String,
    changes: &'b mut Changes,
}

impl Comparison<'_, '_> {
    fn model(&mut self, old: &Model, new: &Model) {
        let name = self.name.clone();
        self.features(old, new);
        let lost: Vec<&String> =
            old.derives.iter().filter(|it| !new.derives.contains(it)).collect();
        for derive in lost {
            let text = format!("does not implement {} any more", code(derive));
            self.changes.changed(Impact::Breaking, Subject::Model, &name, text);
        }
        self.changes.deprecation([old.deprecated, new.deprecated], false, Subject::Model, &name);
        match (&old.kind, &new.kind) {
            (ModelKind::Object(old), ModelKind::Object(new)) => self.object(old, new),
            (ModelKind::StringEnum(old), ModelKind::StringEnum(new))
            | (ModelKind::IntegerEnum(old), ModelKind::IntegerEnum(new)) => self.values(old, new),
            (ModelKind::TaggedUnion(old), ModelKind::TaggedUnion(new)) => self.tagged(old, new),
            (ModelKind::UntaggedUnion(old), ModelKind::UntaggedUnion(new)) => {
                self.untagged(old, new);
            }
            (ModelKind::Alias(old), ModelKind::Alias(new)) => {
                let both = self.types.both(old, new);
                self.another_type(both, Subject::Model, name);
            }
            (old, new) => {
                let text = format!("is {} now (it was {})", what(new), what(old));
                self.changes.changed(Impact::Breaking, Subject::Model, name, text);
            }
        }
    }

    /// A program without the default features may lose a model that no operation of its tags reaches any more.
    fn features(&mut self, old: &Model, new: &Model) {
        let is_always = new.features.is_empty();
        if is_always || old.features == new.features {
            return;
        }
        // Whoever has all models has every tag.
        let is_lost = |feature: &&String| !new.features.contains(feature) && *feature != ALL_MODELS;
        let lost: Vec<String> = old.features.iter().filter(is_lost).map(|it| code(it)).collect();
        let text = match (old.features.is_empty(), lost.is_empty()) {
            (true, _) => {
                let needed: Vec<String> = new.features.iter().map(|it| code(it)).collect();
                format!("needs one of the features {} now", needed.join(", "))
            }
            (false, false) => format!(
                "does not come with the feature {} any more, of interest without the default ones",
                lost.join(", ")
            ),
            (false, true) => return,
        };
        self.changes.changed(Impact::Breaking, Subject::Model, &self.name, text);
    }

    fn another_type(&mut self, [old, new]: [String; 2], subject: Subject, name: String) {
        if old != new {
            let text = format!("is {} now (it was {})", code(&new), code(&old));
            self.changes.changed(Impact::Breaking, subject, name, text);
        }
    }

    fn object(&mut self, old: &Object, new: &Object) {
        for field in &old.fields {
            let name = format!("{}::{}", self.name, field.ident);
            match heir(field, old, new) {
                Some(heir) => self.field(field, heir),
                None => {
                    let text = format!("it was {}", code(&self.types.of_old_field(field)));
                    self.changes.removed(Subject::Field, name, text);
                }
            }
        }
        for field in &new.fields {
            if heir(field, new, old).is_none() {
                self.new_field(field);
            }
        }
        let (old_order, new_order) = (required(old), required(new));
        let common = |one: &[&str], other: &[&str]| -> Vec<String> {
            one.iter().filter(|it| other.contains(it)).map(|&it| it.to_owned()).collect()
        };
        if common(&old_order, &new_order) != common(&new_order, &old_order) {
            let text = format!("takes its arguments in another order: {}", new_order.join(", "));
            let name = format!("{}::new", self.name);
            self.changes.changed(Impact::Breaking, Subject::Model, name, text);
        }
        let both = self.types.both(&old.additional.ty, &new.additional.ty);
        self.another_type(both, Subject::Field, format!("{}::additional_properties", self.name));
    }

    fn new_field(&mut self, field: &Field) {
        let name = format!("{}::{}", self.name, field.ident);
        let ty = code(&self.types.of_new_field(field));
        if field.presence == Presence::Required {
            let text = format!("{ty}, required: {} takes it", code(&format!("{}::new", self.name)));
            self.changes.push(super::Kind::Added, Impact::Breaking, Subject::Field, name, text);
        } else {
            self.changes.added(Subject::Field, name, ty);
        }
    }

    fn field(&mut self, old: &Field, new: &Field) {
        let name = format!("{}::{}", self.name, new.ident);
        if old.ident != new.ident {
            let text = format!("was called {}", code(&old.ident));
            self.changes.changed(Impact::Breaking, Subject::Field, &name, text);
        }
        if old.name != new.name {
            let text =
                format!("is the property {} now (it was {})", code(&new.name), code(&old.name));
            self.changes.changed(Impact::Patch, Subject::Field, &name, text);
        }
        let [old_type, new_type] = self.types.of_fields(old, new);
        if old_type != new_type {
            let argument = match (old.presence, new.presence) {
                (Presence::Required, Presence::Required) => "",
                (_, Presence::Required) => "; `new` takes it now",
                (Presence::Required, _) => "; `new` does not take it any more",
                _ => "",
            };
            let text = format!("is {} now (it was {}){argument}", code(&new_type), code(&old_type));
            self.changes.changed(Impact::Breaking, Subject::Field, &name, text);
        }
        self.changes.deprecation([old.deprecated, new.deprecated], true, Subject::Field, &name);
        self.changes.assumed([old.default.as_ref(), new.default.as_ref()], Subject::Field, &name);
        for (old, new, what) in [
            (old.read_only, new.read_only, "read-only"),
            (old.write_only, new.write_only, "write-only"),
        ] {
            if old != new {
                let text = if new { what.to_owned() } else { format!("{what} no longer") };
                self.changes.changed(Impact::Patch, Subject::Field, &name, text);
            }
        }
    }

    fn values(&mut self, old: &[EnumValue], new: &[EnumValue]) {
        for value in old {
            let name = format!("{}::{}", self.name, value.ident);
            let sent = code(&value.value.to_string());
            if let Some(heir) = new.iter().find(|it| it.ident == value.ident) {
                if heir.value != value.value {
                    let text =
                        format!("stands for {} now (it was {sent})", code(&heir.value.to_string()));
                    self.changes.changed(Impact::Patch, Subject::Value, name, text);
                }
            } else if let Some(heir) = new.iter().find(|it| it.value == value.value) {
                let text = format!("is called {} now", code(&heir.ident));
                self.changes.changed(Impact::Breaking, Subject::Value, name, text);
            } else {
                self.changes.removed(Subject::Value, name, format!("it stood for {sent}"));
            }
        }
        for value in new {
            let is_new = |it: &EnumValue| it.ident != value.ident && it.value != value.value;
            if old.iter().all(is_new) {
                let name = format!("{}::{}", self.name, value.ident);
                self.changes.added(Subject::Value, name, code(&value.value.to_string()));
            }
        }
    }

    fn tagged(&mut self, old: &TaggedUnion, new: &TaggedUnion) {
        if old.property != new.property {
            let text = format!(
                "is told by the property {} now (it was {})",
                code(&new.property),
                code(&old.property)
            );
            self.changes.changed(Impact::Patch, Subject::Model, &self.name, text);
        }
        let variants = |union: &TaggedUnion| -> Vec<(String, Type)> {
            union.variants.iter().map(|it| (it.ident.clone(), it.ty.clone())).collect()
        };
        self.variants(&variants(old), &variants(new));
        for variant in &old.variants {
            let heir = new.variants.iter().find(|it| it.ident == variant.ident);
            if let Some(heir) = heir.filter(|heir| heir.tags != variant.tags) {
                let name = format!("{}::{}", self.name, variant.ident);
                let tags: Vec<String> = heir.tags.iter().map(|it| code(it)).collect();
                let text = format!("is meant by {} now", tags.join(" or "));
                self.changes.changed(Impact::Patch, Subject::Variant, name, text);
            }
        }
        let both = self.types.both(&old.unknown, &new.unknown);
        self.another_type(both, Subject::Variant, format!("{}::Unknown", self.name));
        self.shared(old, new);
    }

    /// The methods for the fields that all variants have.
    fn shared(&mut self, old: &TaggedUnion, new: &TaggedUnion) {
        let fields = [self.shared[0].shared_fields(old), self.shared[1].shared_fields(new)];
        let [old, new] = fields.each_ref().map(|fields| {
            let parted = |field| str::split_once(field, ": ").unwrap_or((field, ""));
            fields.iter().map(|field| parted(field)).collect::<Vec<(&str, &str)>>()
        });
        for (method, ty) in &old {
            let name = format!("{}::{method}()", self.name);
            match new.iter().find(|(other, _)| other == method) {
                Some((_, heir)) => {
                    self.another_type([*ty, *heir].map(str::to_owned), Subject::Field, name);
                }
                None => {
                    let text = "not every variant has this field any more";
                    self.changes.removed(Subject::Field, name, text);
                }
            }
        }
        for (method, _) in new.iter().filter(|(it, _)| old.iter().all(|(other, _)| other != it)) {
            let text = "every variant has this field";
            self.changes.added(Subject::Field, format!("{}::{method}()", self.name), text);
        }
    }

    fn untagged(&mut self, old: &UntaggedUnion, new: &UntaggedUnion) {
        let variants = |union: &UntaggedUnion| -> Vec<(String, Type)> {
            let variant = |it: &UnionVariant| (it.ident.clone(), it.ty.clone());
            union.variants.iter().map(variant).collect()
        };
        self.variants(&variants(old), &variants(new));
    }

    fn variants(&mut self, old: &[(String, Type)], new: &[(String, Type)]) {
        for (ident, ty) in old {
            let name = format!("{}::{ident}", self.name);
            match new.iter().find(|(other, _)| other == ident) {
                Some((_, heir)) => {
                    let both = self.types.both(ty, heir);
                    self.another_type(both, Subject::Variant, name);
                }
                None => self.changes.removed(Subject::Variant, name, ""),
            }
        }
        for (ident, ty) in new {
            if old.iter().all(|(other, _)| other != ident) {
                let name = format!("{}::{ident}", self.name);
                self.changes.added(Subject::Variant, name, code(&self.types.of_new(ty)));
            }
        }
    }
}

/// The field of another SDK's object that is this one: the same property, or else one whose field has the same name and
/// that the other object lacks.
fn heir<'f>(field: &Field, of: &Object, among: &'f Object) -> Option<&'f Field> {
    let is_new = |it: &Field| of.fields.iter().all(|other| other.name != it.name);
    let by_name = among.fields.iter().find(|it| it.name == field.name);
    by_name.or_else(|| among.fields.iter().find(|it| it.ident == field.ident && is_new(it)))
}

/// The fields that `new` takes, in its order.
fn required(object: &Object) -> Vec<&str> {
    object.fields_that_are(Presence::Required).iter().map(|field| field.ident.as_str()).collect()
}

fn what(kind: &ModelKind) -> &'static str {
    match kind {
        ModelKind::Object(_) => "a struct",
        ModelKind::StringEnum(_) => "an enum of texts",
        ModelKind::IntegerEnum(_) => "an enum of integers",
        ModelKind::TaggedUnion(_) => "a union that is told by a property",
        ModelKind::UntaggedUnion(_) => "a union",
        ModelKind::Alias(_) => "another name of a type",
    }
}
