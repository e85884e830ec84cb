//! Request methods.

use std::fmt;

/// A request method (RFC 9110, section 9).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Method {
    /// Asks for a representation of a resource.
    Get,
    /// As `GET`, without the body of the answer.
    Head,
    /// Has the resource process the body.
    Post,
    /// Replaces the resource.
    Put,
    /// Removes the resource.
    Delete,
    /// Asks what can be done with the resource.
    Options,
    /// Has the request sent back as it arrived.
    Trace,
    /// Changes a part of the resource (RFC 5789).
    Patch,
    /// Asks for what the body describes, and changes nothing (OpenAPI 3.2.0, section 4.9.1).
    Query,
    /// Any other one, by its token (RFC 9110, section 16.1), in which case counts.
    Other(String),
}

impl Method {
    /// The method as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
            Self::Patch => "PATCH",
            Self::Query => "QUERY",
            Self::Other(token) => token,
        }
    }

    /// The method of a path item's field, in lower case, or of a token.
    pub fn of_field(field: &str) -> Self {
        match field {
            "get" => Self::Get,
            "head" => Self::Head,
            "post" => Self::Post,
            "put" => Self::Put,
            "delete" => Self::Delete,
            "options" => Self::Options,
            "trace" => Self::Trace,
            "patch" => Self::Patch,
            "query" => Self::Query,
            token => Self::Other(token.to_owned()),
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
