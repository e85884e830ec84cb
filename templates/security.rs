//! The client's builder takes a credential for each security scheme of the document.
{% if !schemes.is_empty() %}
use crate::runtime::{ClientBuilder, Credential, SecretString{% if has_tokens %}, TokenProvider{% endif %}};

impl ClientBuilder {
{% for scheme in schemes %}
{{ scheme.docs }}
    {%- if scheme.kind == "basic" %}
    {{ scheme.basic_signature }}
        self.credential({{ scheme.name }}, Credential::basic(user, password))
    }
    {%- else if scheme.kind == "api_key" %}
    pub fn {{ scheme.method }}(self, key: impl Into<SecretString>) -> Self {
        self.credential({{ scheme.name }}, Credential::api_key(key))
    }
    {%- else %}
    pub fn {{ scheme.method }}(self, token: impl Into<SecretString>) -> Self {
        self.credential({{ scheme.name }}, Credential::bearer(token))
    }

    /// Like [`{{ scheme.method }}`](Self::{{ scheme.method }}), with a token that the provider gives whenever one is
    /// needed.
    pub fn {{ scheme.method }}_provider(self, provider: impl TokenProvider + 'static) -> Self {
        self.credential({{ scheme.name }}, Credential::provider(provider))
    }
    {%- endif %}
    {%- if scheme.kind == "oauth" %}

    /// Like [`{{ scheme.method }}`](Self::{{ scheme.method }}), with tokens that the client gets for itself by signing with a
    /// private key (RFC 7523).
    #[cfg(feature = "oauth")]
    pub fn {{ scheme.key_method }}(self, key: crate::runtime::PrivateKeyJwt) -> Self {
        self.credential({{ scheme.name }}, Credential::private_key_jwt(key))
    }
    {%- endif %}
{% endfor %}
}
{% endif %}
