//! Request bodies and media types.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, RequestBody};

use super::Lowering;
use super::place::Place;
use super::view::{SchemaRef, component_name};
use crate::ir::{Body, BodyKind, Example, Type};

impl<'a> Lowering<'a> {
    /// The request body in the media type that the client prefers.
    pub(super) fn body(
        &mut self,
        body: &'a ReferenceOr<RequestBody>,
        place: &Place,
    ) -> Option<Body> {
        let (body, place) = match body {
            ReferenceOr::Item(body) => (body, place.named(&["requestBody"], "Request")),
            ReferenceOr::Reference { reference } => {
                let name = component_name(reference);
                match self.components.request_bodies.get(name)? {
                    ReferenceOr::Item(body) => {
                        let pointer = super::place::pointer("/components/requestBodies", &[name]);
                        let wanted = format!("{}Request", super::names::type_name(name));
                        (body, Place::new(pointer, wanted, super::names::snake_name(name)))
                    }
                    ReferenceOr::Reference { .. } => return None,
                }
            }
        };
        let (media_type, content, kind) = preferred(&body.content)?;
        self.warn_of_other_media_types(&body.content, media_type, &place, "sends");
        Some(Body {
            description: body.description.clone().unwrap_or_default(),
            required: body.required,
            media_type: media_type.to_owned(),
            kind,
            ty: self.content_type(media_type, content, kind, &place),
            examples: self.examples(content),
        })
    }

    /// Says which media types are left out: where they mean another type, a caller misses them.
    pub(super) fn warn_of_other_media_types(
        &mut self,
        content: &IndexMap<String, MediaType>,
        chosen: &str,
        place: &Place,
        verb: &str,
    ) {
        let others: Vec<String> = content
            .keys()
            .filter(|media_type| media_type.as_str() != chosen)
            .map(|media_type| format!("`{media_type}`"))
            .collect();
        if !others.is_empty() {
            self.diagnostics
                .warning(
                    "several-media-types",
                    super::place::pointer(&place.pointer, &["content"]),
                    format!("the SDK {verb} `{chosen}` here, and not {}", others.join(", ")),
                )
                .help("the order is: JSON, form, multipart, text, binary; an overlay can remove a media type");
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

/// The media type that the client prefers: JSON, then forms, then text, then bytes.
pub(super) fn preferred(
    content: &IndexMap<String, MediaType>,
) -> Option<(&str, &MediaType, BodyKind)> {
    content
        .iter()
        .map(|(media_type, content)| (media_type.as_str(), content, kind(media_type, content)))
        .min_by_key(|(_, _, kind)| match kind {
            BodyKind::Json => 0,
            BodyKind::Form => 1,
            BodyKind::Multipart => 2,
            BodyKind::Text => 3,
            BodyKind::Binary => 4,
        })
}

/// How a body of a media type becomes bytes.
fn kind(media_type: &str, content: &MediaType) -> BodyKind {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" | "text/json" => BodyKind::Json,
        "application/x-www-form-urlencoded" => BodyKind::Form,
        "*/*" | "application/*" if content.schema.is_some() => BodyKind::Json,
        _ if essence.ends_with("+json") => BodyKind::Json,
        _ if essence.starts_with("multipart/") => BodyKind::Multipart,
        _ if essence.starts_with("text/") => BodyKind::Text,
        _ => BodyKind::Binary,
    }
}
