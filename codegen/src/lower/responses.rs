//! Responses, and what a successful call gives.

use std::collections::HashSet;

use openapiv3::{Header, ParameterSchemaOrContent, ReferenceOr, Responses, StatusCode};

use super::Lowering;
use super::media_types::{self, Content};
use super::place::{Place, pointer};
use super::view::{SchemaRef, component_name};
use crate::ir::{self, BodyKind, Method, Output, Response, Status, StreamFormat, Type, Variant};
use crate::names;

/// What responses are lowered for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'r> {
    /// The operation, by its id.
    pub(super) operation: &'r str,
    /// The media type that the client asks for in place of the one that it prefers.
    pub(super) media_type: Option<&'r str>,
}

impl<'a> Lowering<'a> {
    /// The media types that a success can have besides the preferred one, and that need a method of their own, each with
    /// what it adds to the name of the method.
    pub(super) fn further_answers(&self, responses: &'a Responses) -> Vec<(String, &'a str)> {
        let mut answers: Vec<(String, &str)> = Vec::new();
        let mut seen = HashSet::new();
        for (code, response) in &responses.responses {
            let status = status(code);
            let response = match response {
                ReferenceOr::Item(response) => Some(response),
                ReferenceOr::Reference { reference } => {
                    let response = self.components.responses.get(component_name(reference));
                    response.and_then(ReferenceOr::as_item)
                }
            };
            let Some(response) = response.filter(|_| status.is_success()) else { continue };
            let all = media_types::of_answer(&response.content);
            let Some(preferred) = all.first().filter(|_| !has_never_a_body(status)) else {
                continue;
            };
            seen.insert(preferred.identity());
            for content in all.iter().filter(|content| content.is_representation(preferred)) {
                if seen.insert(content.identity()) {
                    answers.push((content.suffix(preferred.media_type), content.media_type));
                }
            }
        }
        answers
    }

    /// The documented responses, in the document's order, `default` last.
    pub(super) fn responses(
        &mut self,
        responses: &'a Responses,
        asked: Asked<'_>,
        method: &Method,
        place: &Place,
    ) -> Vec<Response> {
        let place = place.within(&["responses"]);
        let mut lowered = Vec::new();
        for (code, response) in &responses.responses {
            let status = status(code);
            lowered.extend(self.response(status, response, asked, &place));
        }
        if let Some(response) = &responses.default {
            lowered.extend(self.response(Status::Default, response, asked, &place));
        }
        if *method == Method::Head {
            // What is documented is the body that a GET would have (RFC 9110, section 9.3.2).
            lowered.iter_mut().for_each(Response::lose_body);
        }
        tell_answers(&mut lowered);
        self.settle_streams(&mut lowered, &place);
        lowered
    }

    fn response(
        &mut self,
        status: Status,
        response: &'a ReferenceOr<openapiv3::Response>,
        asked: Asked<'_>,
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
        let all = media_types::of_answer(&response.content);
        let wanted = all.iter().find(|content| asked.media_type == Some(content.media_type));
        let mut content = wanted.or(all.first()).copied();
        if content.is_some() && has_never_a_body(status) {
            let message = format!("an answer {status} has no body; the SDK reads none");
            let help = "remove its `content`";
            self.warn_once("impossible-body", &place.within(&["content"]), message, help);
            content = None;
        }
        if let Some(chosen) = content.filter(|_| asked.media_type.is_none()) {
            let others =
                all.iter().filter(|it| !status.is_success() || !it.is_representation(&chosen));
            let others: Vec<Content<'_>> = others.copied().collect();
            self.warn_of_other_media_types(&others, chosen, &place);
        }
        let (media_type, kind, ty, examples) = match content {
            None => (None, BodyKind::Json, None, Vec::new()),
            Some(Content { media_type, content, kind }) => {
                let (kind, ty) = match kind {
                    // Nothing takes these apart: they are given as they come.
                    BodyKind::Form => (kind, Type::String),
                    BodyKind::Multipart | BodyKind::Stream(StreamFormat::Parts) => {
                        let at_content = place.within(&["content", media_type]);
                        let configured = self.configured_item(asked.operation, &at_content);
                        match self.parts_of_answer(configured, (media_type, content), &at_content) {
                            Some((format, ty)) => (BodyKind::Stream(format), ty),
                            None => (BodyKind::Multipart, Type::Binary),
                        }
                    }
                    BodyKind::Stream(format) => {
                        let content = (media_type, content);
                        let (format, ty) = self.stream(asked.operation, format, content, &place);
                        (BodyKind::Stream(format), ty)
                    }
                    _ => (kind, self.content_type(media_type, content, kind, &place)),
                };
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
            let help =
                "one with a schema of its own has a method; an overlay can remove the others";
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

/// The status of documented responses.
fn status(code: &StatusCode) -> Status {
    match code {
        StatusCode::Code(code) => Status::Code(*code),
        StatusCode::Range(digit) => Status::Range(*digit),
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::{BodyKind, Output, Type};
    use crate::lower::testing::lower_document;

    fn outputs(responses: &str) -> Vec<Output> {
        let paths = format!("{{/a: {{get: {{operationId: a, responses: {responses}}}}}}}");
        let sdk = lower_document(&paths, "  schemas: {}");
        sdk.apis.into_iter().flat_map(|api| api.operations).map(|it| it.output).collect()
    }

    #[test]
    fn what_nothing_takes_apart_is_given_as_it_comes() {
        for (media_type, ty, kind) in [
            ("multipart/form-data", Type::Binary, BodyKind::Multipart),
            ("application/x-www-form-urlencoded", Type::String, BodyKind::Form),
        ] {
            let schema = "{type: array, items: {type: string, format: binary, nullable: true}}";
            let content = format!("{{{media_type}: {{schema: {schema}}}}}");
            let given = outputs(&format!("{{'200': {{description: OK, content: {content}}}}}"));
            let [Output::Body { ty: given, kind: by }] = given.as_slice() else {
                panic!("{given:?}");
            };
            assert_eq!((given, *by), (&ty, kind), "{media_type}");
        }
    }
}
