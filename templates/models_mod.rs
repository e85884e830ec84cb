//! The types that requests and responses carry, by the tag whose operations need them.

{% if self.has_inception() -%}
#![allow(clippy::module_inception, reason = "a tag is called `models`")]

{% endif -%}
{% for module in modules -%}
{% if !module.cfg.is_empty() -%}
{{ module.cfg }}
{% endif -%}
mod {{ module.name }};
{% endfor %}

{% for module in modules -%}
{% if !module.import_cfg.is_empty() -%}
{{ module.import_cfg }}
{% endif -%}
pub use {{ module.name }}::*;
{% endfor %}

{% for ty in opaque_types -%}
opaque_properties! { {{ ty }} }
{% endfor %}
