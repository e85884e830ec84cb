//! Responses, and what a successful call gives.

use openapiv3::{Header, ParameterSchemaOrContent, ReferenceOr, Responses, StatusCode};

use super::Lowering;
use super::media_types::Content;
use super::place::{Place, pointer};
use super::view::{SchemaRef, component_name};
use crate::ir::{self, BodyKind, Method, Output, Response, Status, Type, Variant};
use crate::names;

impl<'a> Lowering<'a> {
    /// The documented responses, in the document's order, `default` last.
    pub(super) fn responses(
        &mut self,
        responses: &'a Responses,
        method: &Method,
        place: &Place,
    ) -> Vec<Response> {
        let place = place.within(&["responses"]);
        let mut lowered = Vec::new();
        for (code, response) in &responses.responses {
            let status = match code {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(digit) => Status::Range(*digit),
            };
            lowered.extend(self.response(status, response, &place));
        }
        if let Some(response) = &responses.default {
            lowered.extend(self.response(Status::Default, response, &place));
        }
        if *method == Method::Head {
            // What is documented is the body that a GET would have (RFC 9110, section 9.3.2).
            lowered.iter_mut().for_each(Response::lose_body);
        }
        tell_answers(&mut lowered);
        lowered
    }

    fn response(
        &mut self,
        status: Status,
        response: &'a ReferenceOr<openapiv3::Response>,
        place: &Place,
    ) -> Option<Response> {
        let suffix = match status {
            Status::Code(_) | Status::Range(_) if status.is_success() => "Response".to_owned(),
            Status::Code(code) => format!("Response{code}"),
            Status::Range(digit) => format!("Response{digit}xx"),
            Status::Default => "DefaultResponse".to_owned(),
        };
        let (response, place) = match response {
            ReferenceOr::Item(response) => (response, place.named(&[&status.to_string()], &suffix)),
            ReferenceOr::Reference { reference } => {
                let name = component_name(reference);
                match self.components.responses.get(name)? {
                    ReferenceOr::Item(response) => {
                        let pointer = pointer("/components/responses", &[name]);
                        let wanted = format!("{}Response", names::type_name(name));
                        (response, Place::new(pointer, wanted, names::snake_name(name)))
                    }
                    ReferenceOr::Reference { .. } => return None,
                }
            }
        };
        let headers =
            response.headers.iter().filter_map(|(name, header)| self.header(name, header, &place));
        let headers = headers.collect::<Vec<_>>();
        let all = super::media_types::by_preference(&response.content);
        let mut content = all.first().copied();
        if content.is_some() && has_never_a_body(status) {
            self.diagnostics.warning(
                "impossible-body",
                pointer(&place.pointer, &["content"]),
                format!("an answer {status} has no body; the SDK reads none"),
            );
            content = None;
        }
        if let Some(chosen) = content {
            self.warn_of_other_media_types(&all, chosen, &place);
        }
        let (media_type, kind, ty, examples) = match content {
            None => (None, BodyKind::Json, None, Vec::new()),
            Some(Content { media_type, content, kind }) => {
                let ty = self.content_type(media_type, content, kind, &place);
                (Some(media_type.to_owned()), kind, Some(ty), self.examples(content))
            }
        };
        Some(Response {
            status,
            is_answer: status.is_success(),
            description: response.description.clone(),
            headers,
            media_type,
            kind,
            ty,
            examples,
        })
    }

    /// Says which media types are left out: where they mean another type, a caller misses them.
    fn warn_of_other_media_types(
        &mut self,
        all: &[Content<'_>],
        chosen: Content<'_>,
        place: &Place,
    ) {
        let others: Vec<String> = all
            .iter()
            .filter(|content| !content.is_same(&chosen))
            .map(|content| format!("`{}`", content.media_type))
            .collect();
        if !others.is_empty() {
            let chosen = chosen.media_type;
            let message = format!("the SDK reads `{chosen}` here, and not {}", others.join(", "));
            let help = "the order is: JSON, form, multipart, text, binary; an overlay can remove a media type";
            self.warn_once("several-media-types", &place.within(&["content"]), message, help);
        }
    }

    fn header(
        &mut self,
        name: &str,
        header: &'a ReferenceOr<Header>,
        place: &Place,
    ) -> Option<ir::Header> {
        let header = match header {
            ReferenceOr::Item(header) => header,
            ReferenceOr::Reference { reference } => {
                match self.components.headers.get(component_name(reference))? {
                    ReferenceOr::Item(header) => header,
                    ReferenceOr::Reference { .. } => return None,
                }
            }
        };
        let place = place.named(&["headers", name], &names::type_name(name));
        let ty = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => {
                self.type_of(SchemaRef::new(schema), &place)
            }
            ParameterSchemaOrContent::Content(_) => Type::String,
        };
        Some(ir::Header {
            name: name.to_owned(),
            ty,
            description: header.description.clone().unwrap_or_default(),
        })
    }

    /// What a successful call gives.
    pub(super) fn output(&mut self, responses: &[Response], place: &Place) -> Output {
        let successes: Vec<&Response> =
            responses.iter().filter(|response| response.is_answer).collect();
        let mut bodies: Vec<(&Type, BodyKind)> = Vec::new();
        for response in &successes {
            if let Some(ty) = &response.ty
                && !bodies.contains(&(ty, response.kind))
            {
                bodies.push((ty, response.kind));
            }
        }
        let has_empty = successes.iter().any(|response| response.ty.is_none());
        match bodies.as_slice() {
            [] => Output::Empty,
            [(ty, kind)] if has_empty => Output::Optional { ty: (*ty).clone(), kind: *kind },
            [(ty, kind)] => Output::Body { ty: (*ty).clone(), kind: *kind },
            _ => self.variants(&successes, place),
        }
    }

    fn variants(&mut self, successes: &[&Response], place: &Place) -> Output {
        let name = self.type_names.take(&format!("{}Output", place.name));
        let variants = successes
            .iter()
            .map(|response| Variant {
                ident: match response.status {
                    Status::Code(code) => status_name(code),
                    Status::Range(digit) => format!("Any{digit}xx"),
                    Status::Default => "Default".to_owned(),
                },
                status: response.status,
                ty: response.ty.clone(),
                kind: response.kind,
            })
            .collect();
        Output::Variants { name, variants }
    }
}

/// Tells which redirects, and whether `default`, are answers. Redirects are where there is no other
/// success, or none that has a body: `303 See Other` after a form, `304 Not Modified` of what needs no
/// change. `default` is where nothing else is.
fn tell_answers(responses: &mut [Response]) {
    let successes = || responses.iter().filter(|response| response.status.is_success());
    let (has_success, has_body) =
        (successes().count() > 0, successes().any(|response| response.ty.is_some()));
    for response in responses.iter_mut().filter(|response| response.status.redirect().is_some()) {
        response.is_answer = !has_success || (!has_body && response.ty.is_none());
    }
    if responses.iter().any(|response| response.is_answer) {
        return;
    }
    for response in responses.iter_mut().filter(|response| response.status == Status::Default) {
        response.is_answer = true;
    }
}

/// The media type that the client asks for: that of the first success that has a body,
/// or else of the first error that has one.
pub(super) fn accept(responses: &[Response]) -> Option<String> {
    let (successes, errors): (Vec<&Response>, Vec<&Response>) =
        responses.iter().partition(|response| response.is_answer);
    successes.into_iter().chain(errors).find_map(|response| response.media_type.clone())
}

/// Whether HTTP rules out a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5), whatever the
/// document says.
fn has_never_a_body(status: Status) -> bool {
    matches!(status, Status::Code(204 | 205 | 304))
}

/// The name of an answer's status (RFC 9110, sections 15.3 and 15.4).
fn status_name(code: u16) -> String {
    match code {
        200 => "Ok".to_owned(),
        201 => "Created".to_owned(),
        202 => "Accepted".to_owned(),
        203 => "NonAuthoritative".to_owned(),
        204 => "NoContent".to_owned(),
        205 => "ResetContent".to_owned(),
        206 => "PartialContent".to_owned(),
        301 => "MovedPermanently".to_owned(),
        302 => "Found".to_owned(),
        303 => "SeeOther".to_owned(),
        304 => "NotModified".to_owned(),
        307 => "TemporaryRedirect".to_owned(),
        308 => "PermanentRedirect".to_owned(),
        other => format!("Status{other}"),
    }
}
