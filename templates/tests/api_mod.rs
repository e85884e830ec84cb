//! The operations, one module for each tag of the document.
{% for module in modules %}
{{ module.cfg }}
mod {{ module.name }};
{%- endfor %}
