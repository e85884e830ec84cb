//! Request bodies.

use std::collections::HashSet;

use openapiv3::{MediaType, QueryStyle, ReferenceOr, RequestBody};

use super::media_types::{Content, by_preference};
use super::place::Place;
use super::view::{SchemaRef, component_name};
use super::{Lowering, names};
use crate::ir::{Body, BodyKind, Example, Type};

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
        self.warn_of_encoding(content, kind, &place.within(&["content", media_type, "encoding"]));
        Body {
            description: found.body.description.clone().unwrap_or_default(),
            required: found.body.required,
            media_type: sent_as,
            kind: stream.as_ref().map_or(kind, |(format, _)| BodyKind::Stream(*format)),
            ty: match stream {
                Some((_, item)) => item,
                None => self.content_type(media_type, content, kind, &place),
            },
            part_media_types: part_media_types(content),
            examples: self.examples(content),
        }
    }

    /// Says what of `encoding` the client does not act upon (OpenAPI 3.0.3, section 4.7.15): how a field
    /// of a form is written, and the headers of a part.
    fn warn_of_encoding(&mut self, content: &MediaType, kind: BodyKind, place: &Place) {
        for (property, encoding) in &content.encoding {
            let place = place.within(&[property]);
            let is_exploded = self.additions.encoding_explode.get(&place.pointer) != Some(&false);
            let has_style = !matches!(encoding.style, None | Some(QueryStyle::Form));
            let what = match kind {
                BodyKind::Form if !is_exploded || has_style || encoding.allow_reserved => {
                    "the style `form`, exploded"
                }
                BodyKind::Multipart if !encoding.headers.is_empty() => "no headers of its own",
                _ => continue,
            };
            let message = format!("`{property}` is sent with {what}, whatever is said here");
            let help = "an overlay can make it a `string`, which the caller encodes";
            self.warn_once("encoding-not-acted-upon", &place, message, help);
        }
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

/// The media types that `encoding` gives to parts (OpenAPI 3.0.3, section 4.7.15, Encoding Object).
/// A list or a range of media types leaves the choice to the caller.
fn part_media_types(content: &MediaType) -> Vec<(String, String)> {
    let of_part = |(property, encoding): (&String, &openapiv3::Encoding)| {
        let media_type = encoding.content_type.clone()?;
        (!media_type.contains([',', '*'])).then(|| (property.clone(), media_type))
    };
    content.encoding.iter().filter_map(of_part).collect()
}
