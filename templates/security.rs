//! One method of the client's builder for each security scheme of the document.
{% if !schemes.is_empty() %}
use crate::runtime::{ClientBuilder, Credential, SecretString};

impl ClientBuilder {
{% for scheme in schemes %}
{{ scheme.docs }}
    {%- if scheme.is_basic %}
    pub fn {{ scheme.method }}(
        self,
        user: impl Into<String>,
        password: impl Into<SecretString>,
    ) -> Self {
        self.credential({{ scheme.name }}, Credential::basic(user, password))
    }
    {%- else %}
    pub fn {{ scheme.method }}(self, token: impl Into<SecretString>) -> Self {
        self.credential({{ scheme.name }}, Credential::{{ scheme.constructor }}(token))
    }
    {%- endif %}
{% endfor %}
}
{% endif %}
