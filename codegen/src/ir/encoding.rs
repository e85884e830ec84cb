//! How the values of parameters, and of the fields of forms, are written.

use crate::config::NestingStyle;
use crate::document::media_type;

/// How a parameter's value is written (OpenAPI 3.0.3, section 4.7.12.2, Style Values).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Style {
    /// `;color=blue`
    Matrix,
    /// `.blue`
    Label,
    /// `color=blue`
    Form,
    /// `blue`
    Simple,
    /// `blue%20black`
    SpaceDelimited,
    /// `blue|black`
    PipeDelimited,
    /// `color[R]=100`
    DeepObject,
    /// `color=blue; size=7`, without any encoding.
    Cookie,
    /// As JSON, for a parameter that has `content`.
    Json,
    /// The whole query, without a name: the value as a form.
    WholeForm,
    /// The whole query, without a name: the value as JSON.
    WholeJson,
    /// The whole query, without a name: the value as text.
    WholeText,
}

impl Style {
    /// The variant of the runtime's `Style`.
    pub fn variant(self) -> &'static str {
        match self {
            Self::Matrix => "Matrix",
            Self::Label => "Label",
            Self::Form => "Form",
            Self::Simple => "Simple",
            Self::SpaceDelimited => "SpaceDelimited",
            Self::PipeDelimited => "PipeDelimited",
            Self::DeepObject => "DeepObject",
            Self::Cookie => "Cookie",
            Self::Json => "Json",
            Self::WholeForm => "WholeForm",
            Self::WholeJson => "WholeJson",
            Self::WholeText => "WholeText",
        }
    }

    /// What the whole query is, for a value that is all of it.
    pub fn whole_query(self) -> Option<&'static str> {
        match self {
            Self::WholeForm => Some("a form"),
            Self::WholeJson => Some("JSON"),
            Self::WholeText => Some("text"),
            _ => None,
        }
    }

    /// The word that OpenAPI has for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Label => "label",
            Self::Form => "form",
            Self::Simple => "simple",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
            Self::Cookie => "cookie",
            Self::Json => "json",
            Self::WholeForm | Self::WholeJson | Self::WholeText => "querystring",
        }
    }
}

/// How a value is written in a query, or in a form that is written like one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct QueryStyle {
    /// The style.
    pub style: Style,
    /// Whether arrays and objects become several pairs.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// How values are written that lie deeper than the style reaches, where that is said.
    pub nesting: Option<NestingStyle>,
}

impl QueryStyle {
    /// Whether style and explode say all.
    pub fn is_plain(self) -> bool {
        !self.allow_reserved && self.nesting.is_none()
    }
}

/// How a property of a form is written (OpenAPI 3.1.1, section 4.8.15, Encoding Object).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Encoding {
    /// The property.
    pub property: String,
    /// The one media type of its value, where the document says so and no style.
    pub media_type: Option<String>,
    /// The style, which takes the place of a media type.
    pub style: Option<QueryStyle>,
    /// The headers of its part, with their values.
    pub headers: Vec<(String, String)>,
}

/// How the parts of a body that have no names are written, by their position (OpenAPI 3.2.0, section 4.14.5.2).
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PartEncodings {
    /// Of the first parts, one after the other.
    pub prefix: Vec<PartEncoding>,
    /// Of all others.
    pub item: PartEncoding,
}

/// How a part without a name is written.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PartEncoding {
    /// The one media type of its value, where the document says so.
    pub media_type: Option<String>,
    /// Its headers, with their values.
    pub headers: Vec<(String, String)>,
}

impl PartEncodings {
    /// Whether nothing is said of any part.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Encoding {
    /// Whether the value is JSON, since the document says so.
    pub fn is_json(&self) -> bool {
        self.media_type.as_deref().is_some_and(media_type::is_json)
    }
}
