//! The operations, one module for each tag of the document.

{% for api in apis -%}
{{ api.cfg }}
pub mod {{ api.module }};
{% endfor %}

use crate::Client;

impl Client {
{% for api in apis %}
{{ api.docs }}
    {{ api.cfg }}
    pub fn {{ api.method }}(&self) -> {{ api.module }}::{{ api.name }} {
        {{ api.module }}::{{ api.name }}::new(self)
    }
{% endfor %}
}
