//! The operations of some tags, one module for each.

{% for module in modules -%}
{{ module.cfg }}
pub mod {{ module.name }};
{% endfor %}
