//! What is particular to this API, as data: the runtime has the rest.

{{ import }}

/// The model of error responses.
pub type ErrorModel = {{ error_model }};

{{ settings }}
