//! The types that requests and responses carry, one for each schema of the document.

{% for module in modules -%}
{% if !module.cfg.is_empty() -%}
{{ module.cfg }}
{% endif -%}
mod {{ module.name }};
{% endfor %}

{% for module in modules -%}
{% if !module.cfg.is_empty() -%}
{{ module.cfg }}
{% endif -%}
pub {{ module.import }}
{% endfor %}
