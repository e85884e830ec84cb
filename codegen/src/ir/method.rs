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
            Self::Other(token) => token,
        }
    }

    /// The field of a path item that has the operation (OpenAPI 3, "Path Item Object").
    pub fn field(&self) -> &str {
        match self {
            Self::Get => "get",
            Self::Head => "head",
            Self::Post => "post",
            Self::Put => "put",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Trace => "trace",
            Self::Patch => "patch",
            Self::Other(token) => token,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
