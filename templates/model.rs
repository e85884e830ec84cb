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
{% when KindView::Object with { fields, additional } -%}
object! {
{%- if let Some(docs) = model.docs %}
{{ docs }}
{%- endif %}
{%- if let Some(derives) = model.derives %}
{{ derives }}
{%- endif %}
    pub struct {{ model.name }} {
{%- for field in fields %}
{%- if let Some(docs) = field.docs %}
{{ docs }}
{%- endif %}
{%- if field.deprecated %}
        #[deprecated = "the API advises against it"]
{%- endif %}
{%- if field.required %}
        #[required]
{%- endif %}
        pub {{ field.ident }}: {{ field.ty }} = {{ field.key }},
{%- endfor %}
{%- if let Some(additional) = additional %}
        ..{{ additional }}
{%- endif %}
    }
}
{% when KindView::Enum with { macro_name, values } -%}
{{ macro_name }}! {
{%- if let Some(docs) = model.docs %}
{{ docs }}
{%- endif %}
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
{%- if let Some(docs) = model.docs %}
{{ docs }}
{%- endif %}
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
{%- if let Some(docs) = model.docs %}
{{ docs }}
{%- endif %}
{%- if let Some(derives) = model.derives %}
{{ derives }}
{%- endif %}
    pub enum {{ model.name }} {
{%- for variant in variants %}
        {{ variant.kind }} {{ variant.ident }}({{ variant.ty }}),
{%- endfor %}
    }
}
{% when KindView::Alias with { definition } -%}
{% if let Some(docs) = model.docs -%}
{{ docs }}
{% endif -%}
{{ definition }}
{% endmatch %}
{% endfor %}
