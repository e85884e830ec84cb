//! The operations, one module for each tag of the document.

{% if self.has_inception() -%}
#![allow(clippy::module_inception, reason = "a tag is called `api`")]

{% endif -%}
{% for module in modules -%}
{{ module.cfg }}
pub mod {{ module.name }};
{% endfor %}
{% for import in imports -%}
{{ import.cfg }}
use {{ import.name }};
{% endfor %}

apis! {
{%- for api in apis %}
{{ api.docs }}
    {{ api.cfg }}
    {{ api.method }}: {{ api.module }}::{ {{- api.name }}, {{ api.mock -}} };
{%- endfor %}
}
