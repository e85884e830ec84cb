//! APIs, their operations, and what these take and give.

use std::collections::HashSet;

use codegen::ir::{Api, Body, BodyKind, Operation, Parameter, Sdk, SecurityRequirement};

use super::types::Types;
use super::{Changes, Impact, Kind, Subject, code};

/// An operation with the API that it is of.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    api: &'a Api,
    pub(super) operation: &'a Operation,
}

impl Found<'_> {
    /// How a program calls it.
    pub(super) fn path(self) -> String {
        format!("client.{}().{}", self.api.method, self.operation.method)
    }

    fn request(self) -> String {
        format!("{} {}", self.operation.http_method, self.operation.path)
    }

    /// What is the same where only the name is another one: the request, the media types included where there are several.
    fn identity(self) -> (String, Option<String>, Option<String>) {
        let Operation { other_body_of, other_answer_of, body, accept, .. } = self.operation;
        let body = body.as_ref().filter(|_| other_body_of.is_some());
        let accept = accept.as_ref().filter(|_| other_answer_of.is_some());
        (self.request(), body.map(|body| body.media_type.clone()), accept.cloned())
    }
}

pub(super) fn compare(old: &Sdk, new: &Sdk, types: &Types<'_>, changes: &mut Changes) {
    apis(old, new, changes);
    let (old, new) = (operations(old), operations(new));
    let mut met = HashSet::new();
    let mut heirs = vec![None; old.len()];
    // The names first: what has kept its name is called as before, whatever it sends.
    for same in [
        (|one: &Found<'_>, other: &Found<'_>| one.path() == other.path()) as fn(&_, &_) -> bool,
        |one: &Found<'_>, other: &Found<'_>| one.identity() == other.identity(),
    ] {
        for (found, heir) in old.iter().zip(&mut heirs).filter(|(_, heir)| heir.is_none()) {
            let free = new.iter().enumerate().filter(|(at, _)| !met.contains(at));
            if let Some(at) = free.filter(|(_, it)| same(found, it)).map(|(at, _)| at).next() {
                met.insert(at);
                *heir = Some(at);
            }
        }
    }
    for (found, heir) in old.iter().zip(heirs) {
        match heir {
            Some(at) => Comparison { types, new: new[at], changes }.operation(*found),
            None => changes.removed(Subject::Operation, found.path(), code(&found.request())),
        }
    }
    for (_, found) in new.iter().enumerate().filter(|(at, _)| !met.contains(at)) {
        changes.added(Subject::Operation, found.path(), code(&found.request()));
    }
}

fn operations(sdk: &Sdk) -> Vec<Found<'_>> {
    let mut all = Vec::new();
    for api in &sdk.apis {
        all.extend(api.operations.iter().map(|operation| Found { api, operation }));
    }
    all
}

/// The APIs themselves: how the client gives them, their modules and their cargo features.
fn apis(old: &Sdk, new: &Sdk, changes: &mut Changes) {
    let name = |api: &Api| format!("client.{}()", api.method);
    for api in &old.apis {
        let Some(heir) = new.apis.iter().find(|it| it.method == api.method) else {
            changes.removed(Subject::Api, name(api), format!("the tag {}", code(&api.tag)));
            continue;
        };
        for (old, new) in [
            (format!("api::{}", api.module_path()), format!("api::{}", heir.module_path())),
            (api.name.clone(), heir.name.clone()),
        ] {
            if old != new {
                let text = format!("is in {} now (it was {})", code(&new), code(&old));
                changes.changed(Impact::Breaking, Subject::Api, name(api), text);
            }
        }
    }
    for api in &new.apis {
        if old.apis.iter().all(|it| it.method != api.method) {
            changes.added(Subject::Api, name(api), format!("the tag {}", code(&api.tag)));
        }
    }
    let features = |sdk: &Sdk| {
        let mut features: Vec<String> = sdk.apis.iter().map(|api| api.feature.clone()).collect();
        features.sort();
        features.dedup();
        features
    };
    let (old, new) = (features(old), features(new));
    for feature in old.iter().filter(|it| !new.contains(it)) {
        changes.removed(Subject::Feature, feature, "");
    }
    for feature in new.iter().filter(|it| !old.contains(it)) {
        changes.added(Subject::Feature, feature, "");
    }
}

/// The comparison of an operation with what it has become.
pub(super) struct Comparison<'a, 'b> {
    pub(super) types: &'b Types<'a>,
    pub(super) new: Found<'b>,
    pub(super) changes: &'b mut Changes,
}

impl Comparison<'_, '_> {
    fn operation(&mut self, old: Found<'_>) {
        let new = self.new;
        let name = new.path();
        if old.path() != name {
            let text = format!("was called {}", code(&old.path()));
            self.tell(Impact::Breaking, text);
        } else if old.operation.builder != new.operation.builder {
            let text = format!(
                "its request is called {} now (it was {})",
                code(&new.operation.builder),
                code(&old.operation.builder)
            );
            self.tell(Impact::Breaking, text);
        }
        if old.request() != new.request() {
            let text =
                format!("sends {} now (it was {})", code(&new.request()), code(&old.request()));
            self.tell(Impact::Patch, text);
        }
        let deprecated = [old.operation.deprecated, new.operation.deprecated];
        self.changes.deprecation(deprecated, true, Subject::Operation, &name);
        self.parameters(old.operation);
        self.body(old.operation.body.as_ref());
        self.answer(old.operation);
        self.paging(old.operation);
        self.security(&old.operation.security);
    }

    fn tell(&mut self, impact: Impact, text: String) {
        self.changes.changed(impact, Subject::Operation, self.new.path(), text);
    }

    fn parameters(&mut self, old: &Operation) {
        let new = self.new.operation;
        let heir = |of: &Parameter, among: &[Parameter]| {
            let by_ident = among.iter().position(|it| it.ident == of.ident);
            by_ident.or_else(|| {
                among.iter().position(|it| it.name == of.name && it.location == of.location)
            })
        };
        let mut order = Vec::new();
        for parameter in &old.parameters {
            match heir(parameter, &new.parameters) {
                Some(at) => {
                    let found = &new.parameters[at];
                    if parameter.required && found.required {
                        order.push(at);
                    }
                    self.parameter(parameter, found);
                }
                None => {
                    let name = self.name_of(parameter);
                    let text = format!(
                        "it was {}",
                        described(parameter, &self.types.of_old(&parameter.ty))
                    );
                    self.changes.removed(Subject::Parameter, name, text);
                }
            }
        }
        for parameter in &new.parameters {
            if heir(parameter, &old.parameters).is_none() {
                let ty = self.types.of_new(&parameter.ty);
                let name = self.name_of(parameter);
                let (impact, how) = match parameter.required {
                    true => (Impact::Breaking, ", required: an argument more"),
                    false => (Impact::Minor, ""),
                };
                let text = format!("{}{how}", described(parameter, &ty));
                self.changes.push(Kind::Added, impact, Subject::Parameter, name, text);
            }
        }
        if !order.is_sorted() {
            let arguments: Vec<&str> =
                new.required_parameters().iter().map(|it| it.ident.as_str()).collect();
            self.tell(
                Impact::Breaking,
                format!("takes its arguments in another order: {}", arguments.join(", ")),
            );
        }
    }

    fn name_of(&self, parameter: &Parameter) -> String {
        format!("{}({})", self.new.path(), parameter.ident)
    }

    fn parameter(&mut self, old: &Parameter, new: &Parameter) {
        let name = self.name_of(new);
        let subject = Subject::Parameter;
        let [old_type, new_type] = self.types.both(&old.ty, &new.ty);
        if old_type != new_type {
            let text = format!("is {} now (it was {})", code(&new_type), code(&old_type));
            self.changes.changed(Impact::Breaking, subject, &name, text);
        }
        match (old.required, new.required) {
            (false, true) => {
                let text = "is required now: an argument, and no method of the request";
                self.changes.changed(Impact::Breaking, subject, &name, text);
            }
            (true, false) => {
                let text = "is optional now: a method of the request, and no argument";
                self.changes.changed(Impact::Breaking, subject, &name, text);
            }
            // The names of arguments are nobody's business.
            (true, true) => {}
            (false, false) if old.ident != new.ident => {
                let text = format!("was called {}", code(&old.ident));
                self.changes.changed(Impact::Breaking, subject, &name, text);
            }
            (false, false) => {}
        }
        if (&old.name, old.location) != (&new.name, new.location) {
            let text = format!(
                "is the {} parameter {} now (it was {} {})",
                new.location.as_str(),
                code(&new.name),
                old.location.as_str(),
                code(&old.name)
            );
            self.changes.changed(Impact::Patch, subject, &name, text);
        }
        self.changes.deprecation([old.deprecated, new.deprecated], !new.required, subject, &name);
        self.changes.assumed([old.default.as_ref(), new.default.as_ref()], subject, &name);
    }

    fn body(&mut self, old: Option<&Body>) {
        let new = self.new.operation.body.as_ref();
        let name = self.new.path();
        let (old, new) = match (old, new) {
            (None, None) => return,
            (None, Some(new)) => {
                let ty = code(&body_type(&self.types.of_new(&new.ty), new.kind));
                let (impact, how) = match new.required {
                    true => (Impact::Breaking, ", required: an argument more"),
                    false => (Impact::Minor, ""),
                };
                self.changes.push(Kind::Added, impact, Subject::Body, name, format!("{ty}{how}"));
                return;
            }
            (Some(_), None) => {
                self.changes.removed(Subject::Body, name, "");
                return;
            }
            (Some(old), Some(new)) => (old, new),
        };
        let old_type = body_type(&self.types.of_old(&old.ty), old.kind);
        let new_type = body_type(&self.types.of_new(&new.ty), new.kind);
        if old_type != new_type {
            let text = format!("is {} now (it was {})", code(&new_type), code(&old_type));
            self.changes.changed(Impact::Breaking, Subject::Body, &name, text);
        }
        if old.required != new.required {
            let text = match new.required {
                true => "is required now: an argument, and no method of the request",
                false => "is optional now: a method of the request, and no argument",
            };
            self.changes.changed(Impact::Breaking, Subject::Body, &name, text);
        }
        if old.media_type != new.media_type {
            let text = format!(
                "is sent as {} now (it was {})",
                code(&new.media_type),
                code(&old.media_type)
            );
            self.changes.changed(Impact::Patch, Subject::Body, &name, text);
        }
    }

    fn security(&mut self, old: &[Vec<SecurityRequirement>]) {
        let new = &self.new.operation.security;
        if old != new.as_slice() {
            let text = format!("{} (it was {})", authorized(new), authorized(old));
            self.changes.changed(Impact::Patch, Subject::Security, self.new.path(), text);
        }
    }
}

fn described(parameter: &Parameter, ty: &str) -> String {
    format!("{} in the {}", code(ty), parameter.location.as_str())
}

/// The alternatives of which any one authorizes a call.
fn authorized(security: &[Vec<SecurityRequirement>]) -> String {
    let scheme = |it: &SecurityRequirement| match it.scopes.as_slice() {
        [] => code(&it.scheme),
        scopes => format!("{} ({})", code(&it.scheme), code(&scopes.join(" "))),
    };
    let alternative = |all: &Vec<SecurityRequirement>| match all.as_slice() {
        [] => "nothing".to_owned(),
        all => all.iter().map(scheme).collect::<Vec<_>>().join(" and "),
    };
    match security {
        [] => "needs no credential".to_owned(),
        some => format!(
            "authorized by {}",
            some.iter().map(alternative).collect::<Vec<_>>().join(" or ")
        ),
    }
}

/// What a method takes for a body.
fn body_type(ty: &str, kind: BodyKind) -> String {
    match kind {
        BodyKind::Json | BodyKind::Form => format!("&{ty}"),
        BodyKind::Text => "impl Into<String>".to_owned(),
        BodyKind::Binary => "impl Into<reqwest::Body>".to_owned(),
        BodyKind::Multipart => format!("Multipart of {ty}"),
        BodyKind::Stream(format) if format.has_parts() => format!("impl Into<PartItems<{ty}>>"),
        BodyKind::Stream(_) => format!("impl Into<JsonItems<{ty}>>"),
    }
}
