//! What the document says about an operation, as data.

use std::fmt;

use reqwest::StatusCode;

use super::paging::Paging;

/// What the document says about one operation, apart from its parameters and bodies.
///
/// The generated code has one constant per operation. Write one of your own, with
/// [`Call`](super::Call), to reach an operation that the document does not have.
#[derive(Clone, Copy)]
pub struct Operation {
    /// The `operationId`, as the document writes it.
    pub id: &'static str,
    /// The request method.
    pub method: Method,
    /// The path template, relative to the base URL, such as `/users/{userId}`.
    pub path: &'static str,
    /// The base URL of an operation that has a server of its own (OpenAPI 3, "Server
    /// Object"): a URL, or a path that replaces the path of the client's base URL.
    /// Empty: the client's base URL. A base URL that the caller gave to the client takes
    /// the place of a URL here.
    pub server: &'static str,
    /// The security requirements, of which one has to be met (OpenAPI 3, "Security
    /// Requirement Object"); each is a list of schemes that go together. An empty list
    /// of requirements: the operation is open to all. An empty requirement:
    /// authentication is optional.
    pub security: &'static [&'static [Requirement]],
    /// The `Accept` header (RFC 9110, section 12.5.1). Empty: none is sent.
    pub accept: &'static str,
    /// The operation may be made again after a failure although its method is not
    /// idempotent (RFC 9110, section 9.2.2).
    pub idempotent: bool,
    /// The redirects, `304 Not Modified` among them (RFC 9110, section 15.4), that are answers: they
    /// are not followed, and are no errors.
    pub redirects_that_answer: &'static [u16],
    /// How the operation tells where the next part of a list is.
    pub paging: Paging,
    /// A page without items is the last one for now, although it names a next one: a log that goes on
    /// with what happens later.
    pub empty_page_ends: bool,
    /// The query parameters that a page's link to the next one forgets, and that are sent again.
    pub kept_parameters: &'static [&'static str],
    /// The data of the item that ends a stream and is none itself, such as `[DONE]`. Empty: a stream ends with the
    /// answer.
    #[cfg(feature = "streams")]
    pub sentinel: &'static str,
    /// A stream of events that ended is asked for again, from the last event on (WHATWG HTML, section 9.2.3).
    #[cfg(feature = "streams")]
    pub reconnects: bool,
}

impl Operation {
    /// What holds for an operation unless the document says otherwise.
    pub const DEFAULT: Self = Self {
        id: "",
        method: Method::GET,
        path: "",
        server: "",
        security: &[],
        accept: "application/json",
        idempotent: false,
        redirects_that_answer: &[],
        paging: Paging::None,
        empty_page_ends: false,
        kept_parameters: &[],
        #[cfg(feature = "streams")]
        sentinel: "",
        #[cfg(feature = "streams")]
        reconnects: false,
    };
}

impl Operation {
    /// Whether an answer of that status is no error.
    pub(crate) fn is_answered_by(&self, status: StatusCode) -> bool {
        status.is_success() || self.redirects_that_answer.contains(&status.as_u16())
    }
}

/// Short, since requests and errors show their operation.
impl fmt::Debug for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, method, path, .. } = self;
        write!(formatter, "Operation({id}: {method} {path})")
    }
}

/// One scheme of a security requirement.
#[derive(Clone, Copy, Debug)]
pub struct Requirement {
    /// The name of the security scheme.
    pub scheme: &'static str,
    /// The OAuth 2.0 scopes that the operation needs, for schemes that have scopes.
    pub scopes: &'static [&'static str],
}

impl Requirement {
    /// The scheme of that name, with the scopes that it needs.
    pub const fn new(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}

/// A request method (RFC 9110, section 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::upper_case_acronyms, reason = "methods are written so wherever they are")]
#[non_exhaustive]
pub enum Method {
    /// Asks for a representation of a resource.
    GET,
    /// As `GET`, without the body of the answer.
    HEAD,
    /// Has the resource process the body.
    POST,
    /// Replaces the resource.
    PUT,
    /// Removes the resource.
    DELETE,
    /// Asks what can be done with the resource.
    OPTIONS,
    /// Has the request sent back as it arrived.
    TRACE,
    /// Changes a part of the resource (RFC 5789).
    PATCH,
    /// Asks for what the body describes, and changes nothing.
    QUERY,
    /// Any other method, by its token (RFC 9110, section 16.1), in which case counts.
    Other(&'static str),
}

impl Method {
    /// The method's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GET => "GET",
            Self::HEAD => "HEAD",
            Self::POST => "POST",
            Self::PUT => "PUT",
            Self::DELETE => "DELETE",
            Self::OPTIONS => "OPTIONS",
            Self::TRACE => "TRACE",
            Self::PATCH => "PATCH",
            Self::QUERY => "QUERY",
            Self::Other(token) => token,
        }
    }

    /// Whether making a request several times is known to do the same as making it once
    /// (RFC 9110, section 9.2.2).
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::POST | Self::PATCH | Self::Other(_))
    }

    /// Whether requests of this method are expected to have a body.
    pub(crate) fn takes_body(self) -> bool {
        matches!(self, Self::POST | Self::PUT | Self::PATCH | Self::QUERY)
    }

    /// The method as the HTTP library has it; none where its name is no token.
    pub(crate) fn to_http(self) -> Option<http::Method> {
        http::Method::from_bytes(self.as_str().as_bytes()).ok()
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// How the values of a parameter are written (OpenAPI 3, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`; the default of path and header parameters.
    Simple,
    /// `.a.b`, in paths.
    Label,
    /// `;name=a,b`, in paths.
    Matrix,
    /// `name=a&name=b`; the default of query and cookie parameters.
    Form,
    /// `name=a; name=b`, in cookies, without any encoding.
    Cookie,
    /// `name=a%20b`, in queries.
    SpaceDelimited,
    /// `name=a%7Cb`, in queries.
    PipeDelimited,
    /// `name[key]=value`, in queries.
    DeepObject,
    /// The whole query, without a name: an object as a form.
    WholeForm,
    /// The whole query, without a name: a value as JSON.
    WholeJson,
    /// The whole query, without a name: a value as text.
    WholeText,
    /// One JSON text: a parameter that is declared by `content` with a JSON media type
    /// and not by `schema`.
    Json,
}
