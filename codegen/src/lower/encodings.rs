//! How the properties of forms are written: the Encoding Object (OpenAPI 3.1.1, section 4.8.15).

use openapiv3::{Header, MediaType, ParameterSchemaOrContent, ReferenceOr};

use super::Lowering;
use super::place::Place;
use super::styled_values::{Kind, Within};
use super::styles::{self, Written};
use super::view::{SchemaRef, View, component_name};
use crate::document::media_type::is_json;
use crate::ir::{self, BodyKind, Encoding, Location, ModelKind, Style, Type};

/// How deep unions are looked for in the variants of others.
const DEEPEST: usize = 8;

/// The form whose properties are encoded.
struct Form<'f> {
    kind: BodyKind,
    media_type: &'f str,
    ty: &'f Type,
}

impl Form<'_> {
    /// Whether properties can have a style. In 3.0 it is for forms alone that are written like a query (OpenAPI
    /// 3.0.3, section 4.7.15.1), since 3.1 for those in parts, too.
    fn takes_styles(&self, version: &str) -> bool {
        let is_form_data = self.media_type.to_ascii_lowercase().starts_with("multipart/form-data");
        self.kind == BodyKind::Form || (is_form_data && !version.starts_with("3.0"))
    }
}

impl<'a> Lowering<'a> {
    /// The encodings that are not those by default. What the client does not act upon is a warning.
    pub(super) fn encodings(
        &mut self,
        content: &'a MediaType,
        kind: BodyKind,
        media_type: &str,
        ty: &Type,
        place: &Place,
    ) -> Vec<Encoding> {
        let form = Form { kind, media_type, ty };
        if !matches!(kind, BodyKind::Form | BodyKind::Multipart) {
            return Vec::new();
        }
        let all = content.encoding.iter().map(|(property, encoding)| {
            self.encoding(&form, property, encoding, &place.within(&[property]))
        });
        let is_said =
            |it: &Encoding| it.media_type.is_some() || it.style.is_some() || !it.headers.is_empty();
        all.filter(is_said).collect()
    }

    fn encoding(
        &mut self,
        form: &Form<'_>,
        property: &str,
        encoding: &'a openapiv3::Encoding,
        place: &Place,
    ) -> Encoding {
        let ty = self.property_type(form.ty, property);
        let style = self.encoding_style(form, property, encoding, &ty, place);
        let media_type = encoding.content_type.clone().filter(|_| style.is_none());
        // A list or a range of media types leaves the choice to the caller.
        let media_type = media_type.filter(|media_type| !media_type.contains([',', '*']));
        if let Some(media_type) = &media_type {
            self.warn_of_media_type(property, media_type, &ty, place);
        }
        let headers = match form.kind {
            BodyKind::Multipart => self.part_headers(property, encoding, &ty, place),
            _ => Vec::new(),
        };
        Encoding { property: property.to_owned(), media_type, style, headers }
    }

    /// The style, where one of its three fields is given; the media type counts for nothing then.
    fn encoding_style(
        &mut self,
        form: &Form<'_>,
        property: &str,
        encoding: &openapiv3::Encoding,
        ty: &Type,
        place: &Place,
    ) -> Option<ir::QueryStyle> {
        let explode = self.additions.encoding_explode.get(&place.pointer).copied();
        let is_given = encoding.style.is_some() || explode.is_some() || encoding.allow_reserved;
        if !is_given || !form.takes_styles(&self.openapi.openapi) {
            return None;
        }
        let style = encoding.style.as_ref().map_or(Style::Form, styles::of_query);
        let explode = explode.unwrap_or(style == Style::Form);
        let written = Written { name: property, location: Location::Query, style, explode, ty };
        let nesting = self.nesting(&written, &place.pointer);
        Some(ir::QueryStyle { style, explode, allow_reserved: encoding.allow_reserved, nesting })
    }

    /// Says where an object has a media type that the client does not write.
    fn warn_of_media_type(&mut self, property: &str, media_type: &str, ty: &Type, place: &Place) {
        let shape = self.shape(ty);
        let is_object = shape.kind == Kind::Object
            || (shape.kind == Kind::List && shape.within == Within::Composites);
        if is_json(media_type) || !is_object {
            return;
        }
        let message =
            format!("`{property}` is sent as JSON, since the SDK writes no `{media_type}`");
        let help = "an overlay can make it a `string`, which the caller encodes";
        self.warn_once("encoding-not-acted-upon", place, message, help);
    }

    /// The headers of a part that have one value by the document: the only one of an `enum` or a `const`, or the
    /// default. Others are left to the caller, who can set them for a file.
    pub(super) fn part_headers(
        &mut self,
        property: &str,
        encoding: &'a openapiv3::Encoding,
        ty: &Type,
        place: &Place,
    ) -> Vec<(String, String)> {
        let mut headers = Vec::new();
        for (name, header) in &encoding.headers {
            // "`Content-Type` is described separately and SHALL be ignored in this section."
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            match self.header_value(header) {
                Some(value) => headers.push((name.clone(), value)),
                None if self.is_file(ty) => {}
                None => {
                    let message = format!(
                        "the part `{property}` is sent without the header `{name}`, which has no value here"
                    );
                    let help = "give its schema a `default`, or an `enum` with one value";
                    let place = place.within(&["headers", name]);
                    self.warn_once("encoding-not-acted-upon", &place, message, help);
                }
            }
        }
        headers
    }

    /// The one value that a header has.
    fn header_value(&self, header: &'a ReferenceOr<Header>) -> Option<String> {
        let header = match header {
            ReferenceOr::Item(header) => header,
            ReferenceOr::Reference { reference } => {
                self.components.headers.get(component_name(reference))?.as_item()?
            }
        };
        let ParameterSchemaOrContent::Schema(schema) = &header.format else { return None };
        let view = View::new(self.schema(SchemaRef::new(schema))?);
        let value = match view.values.as_slice() {
            [only] => only.clone(),
            _ => view.data.default.clone()?,
        };
        match value {
            serde_json::Value::String(text) => Some(text),
            value if value.is_number() || value.is_boolean() => Some(value.to_string()),
            _ => None,
        }
    }

    /// The type of a property of a form; of a union, that which its first variant with the property has.
    fn property_type(&self, ty: &Type, property: &str) -> Type {
        self.declared_type(ty, property, 0).unwrap_or(Type::Any)
    }

    fn declared_type(&self, ty: &Type, property: &str, depth: usize) -> Option<Type> {
        let mut ty = ty;
        // Other names of a type may lead back to themselves.
        for _ in 0..=self.models.len() {
            let kind = match ty {
                Type::Nullable(inner) => {
                    ty = inner;
                    continue;
                }
                Type::Map(value) => return Some((**value).clone()),
                Type::Model(name) => self.models.get(name).map(|model| &model.kind),
                _ => None,
            };
            match kind {
                Some(ModelKind::Alias(target)) => ty = target,
                Some(ModelKind::Object(object)) => {
                    let field = object.fields.iter().find(|field| field.name == property);
                    let ty = field.map_or(&object.additional.ty, |field| &field.ty);
                    return (field.is_some() || depth == 0).then(|| ty.clone());
                }
                Some(kind) if depth < DEEPEST => {
                    let mut variants = kind.variant_types().into_iter();
                    return variants.find_map(|ty| self.declared_type(ty, property, depth + 1));
                }
                _ => break,
            }
        }
        None
    }

    /// Whether values are bytes, or lists of such.
    fn is_file(&self, ty: &Type) -> bool {
        let mut ty = ty;
        for _ in 0..=self.models.len() {
            match ty {
                Type::Binary => return true,
                Type::Nullable(inner) | Type::Array(inner) => ty = inner,
                Type::Model(name) => match self.models.get(name).map(|model| &model.kind) {
                    Some(ModelKind::Alias(target)) => ty = target,
                    _ => return false,
                },
                _ => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::testing::lower_version;

    const SCHEMAS: &str = "  schemas:
    Code: {type: string, enum: [c]}
    Tree: {type: object, properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}";

    /// The encodings of a body with a property of each kind.
    fn encodings(version: &str, media_type: &str, encoding: &str) -> Vec<Encoding> {
        let schema = "{type: object, properties: {text: {type: string}, list: {type: array, items: {type: string}}, \
                      file: {type: string, format: binary}, tree: {$ref: '#/components/schemas/Tree'}}}";
        let content = format!("{{{media_type}: {{schema: {schema}, encoding: {encoding}}}}}");
        let paths = format!(
            "{{/a: {{post: {{operationId: a, requestBody: {{content: {content}}}, responses: {{'204': {{description: d}}}}}}}}}}"
        );
        let sdk = lower_version(version, &paths, SCHEMAS);
        sdk.apis[0].operations[0].body.as_ref().map(|it| it.encodings.clone()).unwrap_or_default()
    }

    fn styles(version: &str, media_type: &str, encoding: &str) -> Vec<(Style, bool)> {
        let styles = encodings(version, media_type, encoding).into_iter().filter_map(|it| it.style);
        styles.map(|it| (it.style, it.explode)).collect()
    }

    /// OpenAPI 3.0.3, section 4.7.15.1, and 3.1.1, section 4.8.15.1.2: in 3.0 styles are those of forms that are sent
    /// like a query, and in neither version those of other kinds of several parts.
    #[test]
    fn a_style_counts_where_the_version_has_it() {
        let form = "application/x-www-form-urlencoded";
        let given = "{list: {style: pipeDelimited}}";
        let piped = [(Style::PipeDelimited, false)];
        assert_eq!(styles("3.0.3", form, given), piped);
        assert_eq!(styles("3.1.0", form, given), piped);
        assert_eq!(styles("3.0.3", "multipart/form-data", given), []);
        assert_eq!(styles("3.1.0", "multipart/form-data", given), piped);
        assert_eq!(styles("3.1.0", "multipart/mixed", given), []);
    }

    #[test]
    fn each_of_three_fields_makes_a_style() {
        let form = "application/x-www-form-urlencoded";
        assert_eq!(styles("3.1.0", form, "{list: {explode: false}}"), [(Style::Form, false)]);
        assert_eq!(styles("3.1.0", form, "{list: {style: form}}"), [(Style::Form, true)]);
        assert_eq!(styles("3.1.0", form, "{text: {allowReserved: true}}"), [(Style::Form, true)]);
        let both = encodings("3.1.0", form, "{text: {style: form, contentType: application/json}}");
        assert_eq!(both[0].media_type, None, "the style counts more");
    }

    #[test]
    fn a_media_type_counts_where_it_is_one() {
        let encoding = "{text: {contentType: text/markdown}, list: {contentType: 'a/b, a/c'}, file: {contentType: image/*}}";
        let found = encodings("3.1.0", "multipart/form-data", encoding);
        let found: Vec<_> =
            found.iter().map(|it| (&*it.property, it.media_type.as_deref())).collect();
        assert_eq!(found, [("text", Some("text/markdown"))]);
    }

    #[test]
    fn a_header_of_a_part_has_the_value_that_is_the_only_one() {
        let headers = "{Content-Type: {schema: {type: string, default: a}}, X-A: {schema: {type: integer, default: 7}}, \
                       X-B: {schema: {type: string, const: b}}, X-C: {schema: {$ref: '#/components/schemas/Code'}}}";
        let encoding = format!(
            "{{text: {{headers: {headers}}}, file: {{headers: {{X-D: {{schema: {{type: string}}}}}}}}}}"
        );
        let found = encodings("3.1.0", "multipart/form-data", &encoding);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(found.len(), 1);
        let expected = [pair("X-A", "7"), pair("X-B", "b"), pair("X-C", "c")];
        assert_eq!(found[0].headers, expected);
    }

    #[test]
    fn an_encoding_of_nothing_and_a_schema_within_itself_do_no_harm() {
        let form = "application/x-www-form-urlencoded";
        let found = encodings(
            "3.1.0",
            form,
            "{none: {style: form}, tree: {contentType: application/json}}",
        );
        assert_eq!(found.len(), 2);
    }
}
