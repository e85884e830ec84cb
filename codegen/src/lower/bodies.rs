//! Request bodies.

use std::collections::HashSet;

use openapiv3::{MediaType, ReferenceOr, RequestBody};

use super::media_types::{Content, by_preference};
use super::place::Place;
use super::view::{SchemaRef, component_name};
use super::{Lowering, names};
use crate::ir::{Body, BodyKind, Example, ModelKind, Type};

/// A request body whose reference was followed.
struct Found<'a> {
    body: &'a RequestBody,
    /// Where it stands. The name is what those of its inline schemas start with.
    place: Place,
}

impl<'a> Lowering<'a> {
    /// The request body in the media type that the client prefers.
    pub(super) fn body(
        &mut self,
        body: &'a ReferenceOr<RequestBody>,
        place: &Place,
    ) -> Option<Body> {
        let found = self.request_body(body, place)?;
        let preferred = *by_preference(&found.body.content).first()?;
        if preferred.is_range() {
            let sent = preferred.sent_as();
            let what =
                format!("the SDK sends `{sent}`, unless the caller sets the header `content-type`");
            self.warn_of_range(preferred.media_type, &what, &found.place);
        }
        Some(self.body_in(&found, preferred, ""))
    }

    /// The request body in each further media type, with what that adds to the name of the method.
    pub(super) fn further_bodies(
        &mut self,
        body: &'a ReferenceOr<RequestBody>,
        place: &Place,
    ) -> Vec<(String, Body)> {
        let Some(found) = self.request_body(body, place) else { return Vec::new() };
        let all = by_preference(&found.body.content);
        let mut bodies = Vec::new();
        let mut seen = HashSet::new();
        for (index, content) in all.iter().enumerate() {
            if !seen.insert(content.identity()) || index == 0 {
                continue;
            }
            if content.is_range() {
                self.warn_of_range(content.media_type, "no method sends it", &found.place);
                continue;
            }
            let suffix = content.suffix(all[0].media_type);
            let body = self.body_in(&found, *content, &suffix);
            bodies.push((suffix, body));
        }
        bodies
    }

    fn request_body(&self, body: &'a ReferenceOr<RequestBody>, place: &Place) -> Option<Found<'a>> {
        match body {
            ReferenceOr::Item(body) => Some(Found { body, place: place.within(&["requestBody"]) }),
            ReferenceOr::Reference { reference } => {
                let name = component_name(reference);
                match self.components.request_bodies.get(name)? {
                    ReferenceOr::Item(body) => {
                        let pointer = super::place::pointer("/components/requestBodies", &[name]);
                        let module = names::snake_name(name);
                        let place = Place::new(pointer, names::type_name(name), module);
                        Some(Found { body, place })
                    }
                    ReferenceOr::Reference { .. } => None,
                }
            }
        }
    }

    /// The body in one media type; `suffix` tells the names of its inline schemas from others'.
    fn body_in(&mut self, found: &Found<'a>, content: Content<'a>, suffix: &str) -> Body {
        let sent_as = content.sent_as().to_owned();
        let Content { media_type, content, kind } = content;
        let stream = self.stream_of_body(media_type, content, &found.place);
        let suffix = if suffix.is_empty() { String::new() } else { names::type_name(suffix) };
        let place = found.place.named(&[], &format!("{suffix}Request"));
        let (kind, ty) = match stream {
            Some((format, item)) => (BodyKind::Stream(format), item),
            None => (kind, self.content_type(media_type, content, kind, &place)),
        };
        let ty = match ty {
            // A form that is null has no field, and is none.
            Type::Nullable(form) if matches!(kind, BodyKind::Form | BodyKind::Multipart) => *form,
            ty => ty,
        };
        let (kind, ty) = match kind {
            BodyKind::Form if self.has_no_fields(&ty) => {
                self.warn_of_form_without_fields(&ty, &place.within(&["content", media_type]));
                (BodyKind::Text, Type::String)
            }
            kind => (kind, ty),
        };
        let at_encoding = place.within(&["content", media_type, "encoding"]);
        let encodings = self.encodings(content, kind, &sent_as, &ty, &at_encoding);
        Body {
            description: found.body.description.clone().unwrap_or_default(),
            required: found.body.required,
            media_type: sent_as,
            kind,
            ty,
            encodings,
            parts: self.part_encodings(&found.place.within(&["content", media_type])),
            examples: self.examples(content),
        }
    }

    /// Whether no value of a type is an object, whose members a form has as fields.
    fn has_no_fields(&self, ty: &Type) -> bool {
        match ty {
            Type::Any | Type::Map(_) | Type::Nullable(_) => false,
            Type::Model(name) => match self.models.get(name).map(|model| &model.kind) {
                Some(ModelKind::Alias(target)) => self.has_no_fields(target),
                Some(ModelKind::StringEnum(_) | ModelKind::IntegerEnum(_)) => true,
                _ => false,
            },
            _ => true,
        }
    }

    /// A text is the form as it is sent; of what else a form without names consists, nothing says.
    fn warn_of_form_without_fields(&mut self, ty: &Type, place: &Place) {
        if *ty == Type::String {
            return;
        }
        let message = "a form has fields, and this schema is no object; the body is a text that the caller writes";
        let help = "an overlay can describe the fields, or another media type";
        let place = place.within(&["schema"]);
        self.warn_once("form-without-fields", &place, message.to_owned(), help);
    }

    fn warn_of_range(&mut self, media_type: &str, what: &str, place: &Place) {
        let message = format!("`{media_type}` stands for several media types; {what}");
        let help = "an overlay can put the media types that the server takes in its place";
        self.warn_once("media-type-range", &place.within(&["content", media_type]), message, help);
    }

    /// Warns of what stands in a component, whose users all come here.
    pub(super) fn warn_once(
        &mut self,
        code: &'static str,
        place: &Place,
        message: String,
        help: &str,
    ) {
        if self.warned.insert((code, place.pointer.clone())) {
            self.diagnostics.warning(code, place.pointer.clone(), message).help(help);
        }
    }

    /// The type of a body in one media type.
    pub(super) fn content_type(
        &mut self,
        media_type: &str,
        content: &'a MediaType,
        kind: BodyKind,
        place: &Place,
    ) -> Type {
        let place = place.within(&["content", media_type, "schema"]);
        match (kind, &content.schema) {
            (BodyKind::Binary, _) => Type::Binary,
            (BodyKind::Text, _) => Type::String,
            (_, None) => Type::Any,
            (BodyKind::Multipart, Some(schema)) => self.type_of(SchemaRef::new(schema), &place),
            // Binary data within JSON is a string.
            (_, Some(schema)) => match self.type_of(SchemaRef::new(schema), &place) {
                Type::Binary => Type::String,
                other => other,
            },
        }
    }

    /// The examples of a body in one media type.
    pub(super) fn examples(&self, content: &'a MediaType) -> Vec<Example> {
        let single = content.example.iter().map(|value| Example {
            name: None,
            summary: None,
            value: value.clone(),
        });
        let named = content.examples.iter().filter_map(|(name, example)| {
            let example = self.example(example)?;
            let value = example.value.clone()?;
            Some(Example { name: Some(name.clone()), summary: example.summary.clone(), value })
        });
        single.chain(named).collect()
    }
}
