//! What OpenAPI leaves open of how values are written: said with its place, unless `sdk.toml` decides it.

use openapiv3::QueryStyle;

use super::Lowering;
use super::place::Place;
use super::styled_values::{Kind, StyledValue, Within};
use crate::config::NestingStyle;
use crate::ir::{Location, Style, Type};

/// The style of a query parameter, or of the property of a form that is written like one.
pub(super) fn of_query(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

/// A value that is written in a style.
pub(super) struct Written<'w> {
    /// The name of the parameter, or of the property of a form.
    pub name: &'w str,
    /// Where it goes; a form is like a query.
    pub location: Location,
    /// The style.
    pub style: Style,
    /// Whether arrays and objects become several pairs.
    pub explode: bool,
    /// The type of the value.
    pub ty: &'w Type,
}

impl Lowering<'_> {
    /// How `sdk.toml` has the values written that lie deeper than the style reaches. Where it does not say it, what
    /// the SDK does is a warning.
    pub(super) fn nesting(&mut self, written: &Written<'_>, pointer: &str) -> Option<NestingStyle> {
        if written.style == Style::Json || written.style.whole_query().is_some() {
            return None;
        }
        let shape = self.shape(written.ty);
        let may_nest = shape.within != Within::Scalars
            || (written.style == Style::DeepObject && shape.kind != Kind::Object);
        let nesting = self.config.nesting.of(written.name);
        let nesting = nesting.filter(|_| may_nest && written.location == Location::Query);
        if let Some(what) = undefined(written, shape, nesting.is_some()) {
            let help = match (written.location, may_nest) {
                (Location::Query, true) => {
                    "`nesting` in sdk.toml says how the server reads it: `repeat`, `brackets`, `indices` or `json`"
                }
                _ => {
                    "an overlay can correct the style, or describe the value by `content` with `application/json`"
                }
            };
            let place = Place::new(pointer, "", "");
            self.warn_once("undefined-style", &place, what, help);
        }
        nesting
    }
}

/// What OpenAPI 3.1.1 does not define (section 4.8.12.3, Style Values), with what the SDK does; none where it
/// defines everything, or where `sdk.toml` does.
fn undefined(written: &Written<'_>, shape: StyledValue, is_decided: bool) -> Option<String> {
    let Written { name, location, style, explode, .. } = *written;
    let word = style.as_str();
    let is_deep = style == Style::DeepObject;
    let is_delimited = matches!(style, Style::SpaceDelimited | Style::PipeDelimited);
    if shape.within == Within::Composites && !is_decided {
        let sent = match (is_deep, location) {
            (true, _) => format!("`{name}[key][key]=value`, and a list once for each item"),
            _ => "JSON".to_owned(),
        };
        return Some(format!(
            "OpenAPI does not define how style `{word}` writes the lists and objects within `{name}`; they are sent as {sent}"
        ));
    }
    match shape.kind {
        Kind::List if is_deep && !is_decided => Some(format!(
            "OpenAPI does not define how style `{word}` writes a list; `{name}` is sent once for each item"
        )),
        Kind::Scalar if is_deep || is_delimited => Some(format!(
            "OpenAPI does not define how style `{word}` writes a single value; `{name}` is sent as in style `form`"
        )),
        Kind::List | Kind::Object if is_delimited && explode => Some(format!(
            "OpenAPI does not define style `{word}` with `explode`; `{name}` is sent as in style `form`"
        )),
        _ => None,
    }
}
