//! The client's builder takes a credential for each security scheme of the document.
{% if !schemes.is_empty() %}
use crate::runtime::{ClientBuilder, Credential, SecretString{% if has_tokens %}, TokenProvider{% endif %}};

impl ClientBuilder {
{% for scheme in schemes %}
{{ scheme.docs }}
    {{ scheme.signature }}
        {{ scheme.statement }}
    }
{% if let Some(provider) = scheme.provider %}
{{ provider.docs }}
    {{ provider.signature }}
        {{ provider.statement }}
    }
{% endif %}
{% if let Some(key) = scheme.key %}
{{ key.docs }}
    #[cfg(feature = "oauth")]
    {{ key.signature }}
        {{ key.statement }}
    }
{% endif %}
{% endfor %}
}
{% endif %}
