{% if let Some(cfg) = import_cfg -%}
{% if !cfg.is_empty() -%}
{{ cfg }}
{% endif -%}
use super::*;
{% endif %}
{% for model in models %}
{% if !model.cfg.is_empty() -%}
{{ model.cfg }}
{% else %}
{% endif -%}
{% match model.kind -%}
{% when KindView::Object with { fields, sections, additional } -%}
object! {
{{ model.docs }}
{%- if let Some(derives) = model.derives %}
{{ derives }}
{%- endif %}
    pub struct {{ model.name }} {
{%- for field in fields %}
{{ field.docs }}
{%- if field.deprecated %}
        #[deprecated]
{%- endif %}
        {{ field.ident }}: {{ field.ty }} = {{ field.key }},
{%- endfor %}
{%- for section in sections %}
        {{ section.presence }} {
{%- for field in section.fields %}
{{ field.docs }}
{%- if field.deprecated %}
            #[deprecated]
{%- endif %}
            {{ field.ident }}: {{ field.ty }} = {{ field.key }},
{%- endfor %}
        }
{%- endfor %}
{%- if let Some(additional) = additional %}
        ..{{ additional }}
{%- endif %}
    }
}
{% when KindView::Enum with { macro_name, values } -%}
{{ macro_name }}! {
{{ model.docs }}
{%- if let Some(derives) = model.derives %}
{{ derives }}
{%- endif %}
    pub enum {{ model.name }} {
{%- for value in values %}
{%- if let Some(docs) = value.docs %}
{{ docs }}
{%- endif %}
        {{ value.ident }} = {{ value.value }},
{%- endfor %}
    }
}
{% when KindView::Tagged with { property, variants, unknown } -%}
tagged_union! {
{{ model.docs }}
{%- if let Some(derives) = model.derives %}
{{ derives }}
{%- endif %}
    pub enum {{ model.name }} by {{ property }} {
{%- for variant in variants %}
{{ variant.docs }}
        {{ variant.ident }}({{ variant.ty }}) = {{ variant.tags }},
{%- endfor %}
        _({{ unknown }}),
    }
}
{% when KindView::Untagged with { variants } -%}
untagged_union! {
{{ model.docs }}
{%- if let Some(derives) = model.derives %}
{{ derives }}
{%- endif %}
    pub enum {{ model.name }} {
{%- for variant in variants %}
{{ variant.docs }}
        {{ variant.kind }} {{ variant.ident }}({{ variant.ty }}),
{%- endfor %}
    }
}
{% when KindView::Alias with { definition } -%}
{{ model.docs }}
{{ definition }}
{% endmatch %}
{% endfor %}
