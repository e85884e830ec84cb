//! What is particular to this API, as data: the runtime has the rest.

use crate::runtime::{ {{ imports.join(", ") }} };

/// The model of error responses.
pub type ErrorModel = {{ error_model }};

pub(crate) static SETTINGS: Settings = Settings {
    user_agent: concat!({{ user_agent }}, "/", env!("CARGO_PKG_VERSION")),
    {% if let Some(base_url) = base_url %}
    base_url: Some({{ base_url }}),
    {% endif %}
    {% if !base_url_checks.is_empty() %}
    base_url_checks: &[
        {% for check in base_url_checks %}
        BaseUrlCheck { host_contains: {{ check.host_contains }}, message: {{ check.message }} },
        {% endfor %}
    ],
    {% endif %}
    {% if !schemes.is_empty() %}
    security_schemes: &[
        {% for scheme in schemes %}
        SecurityScheme {
            name: {{ scheme.name }},
            kind: SecuritySchemeKind::{{ scheme.kind }},
            builder_method: {{ scheme.method }},
            placeholders: {{ scheme.placeholders }},
        },
        {% endfor %}
    ],
    {% endif %}
    {% if let Some(names) = request_id_headers %}
    request_id_headers: {{ names }},
    {% endif %}
    {% if !rate_limit.is_empty() %}
    rate_limit: RateLimitHeaders {
        {% for (name, value) in rate_limit %}
        {{ name }}: {{ value }},
        {% endfor %}
        reset_format: ResetFormat::{{ reset_format }},
        {% if rate_limit.len() < 3 %}
        ..RateLimitHeaders::DEFAULT
        {% endif %}
    },
    {% endif %}
    {% if !retry.is_empty() %}
    retry: RetrySettings {
        {% for (name, value) in retry %}
        {{ name }}: {{ value }},
        {% endfor %}
        {% if retry.len() < 4 %}
        ..RetrySettings::DEFAULT
        {% endif %}
    },
    {% endif %}
    {% if !error_fields.is_empty() %}
    error_fields: ErrorFields {
        {% for (name, value) in error_fields %}
        {{ name }}: {{ value }},
        {% endfor %}
        {% if error_fields.len() < 2 %}
        ..ErrorFields::DEFAULT
        {% endif %}
    },
    {% endif %}
    ..Settings::DEFAULT
};
