//! The operations, one module for each tag of the document.

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
