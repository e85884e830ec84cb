//! The operations, one module for each tag of the document.

{% for module in modules -%}
{{ module.cfg }}
pub mod {{ module.name }};
{% endfor %}

use crate::Client;

impl Client {
{% for api in apis %}
{{ api.docs }}
    {{ api.cfg }}
    {{ api.signature }}
        {{ api.statement }}
    }
{% endfor %}
}

#[cfg(feature = "mock")]
impl crate::runtime::Mock {
{% for api in apis %}
{{ api.mock_docs }}
    {{ api.cfg }}
    {{ api.mock_signature }}
        {{ api.mock_statement }}
    }
{% endfor %}
}
