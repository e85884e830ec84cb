//! The types that requests and responses carry, one for each schema of the document.

{% for module in modules %}
{{ module.cfg }}
mod {{ module.name }};
{% endfor %}
{% for module in modules %}
{{ module.cfg }}
pub use {{ module.name }}::{ {{ module.types.join(", ") }} };
{% endfor %}
