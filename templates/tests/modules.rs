{{ docs }}
{% for module in modules %}
{{ module.cfg }}
mod {{ module.name }};
{%- endfor %}
