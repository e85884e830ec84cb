//! What a call gives: the type of its answer, the variants of one that has several, and the items of a list.

use codegen::ir::{BodyKind, Operation, Output, Status, StreamFormat, Type, Variant};

use super::operations::Comparison;
use super::{Impact, Subject, code};

impl Comparison<'_, '_> {
    pub(super) fn answer(&mut self, old: &Operation) {
        let name = self.new.path();
        let [old_type, new_type] = self.output_types(old);
        if old_type != new_type {
            let text = format!("is {} now (it was {})", code(&new_type), code(&old_type));
            self.changes.changed(Impact::Breaking, Subject::Answer, &name, text);
        } else if let (
            Output::Variants { variants: old, name },
            Output::Variants { variants: new, .. },
        ) = (&old.output, &self.new.operation.output)
        {
            self.variants(name, old, new);
        }
        let errors = |operation: &Operation| -> Vec<Status> {
            let responses = operation.responses.iter().filter(|it| !it.is_answer);
            responses.map(|response| response.status).collect()
        };
        let (old, new) = (errors(old), errors(self.new.operation));
        let list = |some: Vec<&Status>| {
            some.iter().map(|it| it.to_string()).collect::<Vec<_>>().join(", ")
        };
        let added = list(new.iter().filter(|it| !old.contains(it)).collect());
        let removed = list(old.iter().filter(|it| !new.contains(it)).collect());
        if !added.is_empty() {
            let text = format!("documents the errors {added}");
            self.changes.changed(Impact::Patch, Subject::Answer, &name, text);
        }
        if !removed.is_empty() {
            let text = format!("does not document the errors {removed} any more");
            self.changes.changed(Impact::Patch, Subject::Answer, &name, text);
        }
    }

    /// What awaiting the request gave, and what it gives now.
    fn output_types(&self, old: &Operation) -> [String; 2] {
        [
            output_type(&old.output, &|ty| self.types.of_old(ty)),
            output_type(&self.new.operation.output, &|ty| self.types.of_new(ty)),
        ]
    }

    /// The variants of an enum of answers, which is open but for what it says of successes that the document does not
    /// name.
    fn variants(&mut self, name: &str, old: &[Variant], new: &[Variant]) {
        let types = self.types;
        let held = |ty: Option<String>| ty.map_or("()".to_owned(), |ty| ty);
        for variant in old {
            let path = format!("{name}::{}", variant.ident);
            let Some(heir) = new.iter().find(|it| it.ident == variant.ident) else {
                self.changes.removed(Subject::Variant, path, "");
                continue;
            };
            let old = held(variant.ty.as_ref().map(|ty| types.of_old(ty)));
            let new = held(heir.ty.as_ref().map(|ty| types.of_new(ty)));
            if old != new {
                let text = format!("holds {} now (it was {})", code(&new), code(&old));
                self.changes.changed(Impact::Breaking, Subject::Variant, path, text);
            }
        }
        for variant in new.iter().filter(|it| old.iter().all(|old| old.ident != it.ident)) {
            let text = format!("status {}", variant.status);
            self.changes.added(Subject::Variant, format!("{name}::{}", variant.ident), text);
        }
        let is_open = |variants: &[Variant]| {
            variants.iter().all(|variant| matches!(variant.status, Status::Code(_)))
        };
        let path = format!("{name}::Undocumented");
        match (is_open(old), is_open(new)) {
            (true, false) => self.changes.removed(Subject::Variant, path, ""),
            (false, true) => self.changes.added(Subject::Variant, path, ""),
            _ => {}
        }
    }

    pub(super) fn paging(&mut self, old: &Operation) {
        let name = self.new.path();
        match (&old.paging, &self.new.operation.paging) {
            (None, Some(new)) => {
                let ty = code(&self.types.of_new(&new.item));
                self.changes.changed(
                    Impact::Minor,
                    Subject::Answer,
                    name,
                    format!("is a list in pages now, of {ty}"),
                );
            }
            (Some(_), None) => {
                let text = "is no list in pages any more";
                self.changes.changed(Impact::Breaking, Subject::Answer, name, text);
            }
            (Some(old_paging), Some(new_paging)) => {
                let [old_page, new_page] = self.output_types(old);
                let [old, new] = self.types.both(&old_paging.item, &new_paging.item);
                // A page of another type was told, and so were its items.
                if old_page == new_page && old != new {
                    let text = format!("has items of {} now (it was {})", code(&new), code(&old));
                    self.changes.changed(Impact::Breaking, Subject::Answer, name, text);
                }
            }
            (None, None) => {}
        }
    }
}

/// What awaiting a request gives.
fn output_type(output: &Output, rust: &dyn Fn(&Type) -> String) -> String {
    if let Some((format, item)) = output.stream() {
        let item = rust(item);
        return match format {
            StreamFormat::Events | StreamFormat::TextEvents => format!("EventStream<{item}>"),
            StreamFormat::JsonLines | StreamFormat::JsonSequence => format!("JsonStream<{item}>"),
            StreamFormat::Parts | StreamFormat::TextParts | StreamFormat::BinaryParts => {
                format!("PartStream<{item}>")
            }
        };
    }
    match output {
        Output::Empty => "()".to_owned(),
        output if output.is_download() => "Download".to_owned(),
        Output::Optional { ty, kind: BodyKind::Json } => format!("Option<{}>", rust(ty)),
        Output::Body { ty, .. } | Output::Optional { ty, .. } => rust(ty),
        Output::Variants { name, .. } => name.clone(),
    }
}
