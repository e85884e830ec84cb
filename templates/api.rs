{{ docs }}

{% if imports.models -%}
use crate::models;
{% endif -%}
{{ imports.runtime() }}

{{ type_docs }}
#[derive(Clone, Debug)]
pub struct {{ name }} {
    client: Client,
}

impl {{ name }} {
    pub(in crate::api) fn new(client: &Client) -> Self {
        Self { client: client.clone() }
    }
{% for operation in operations %}
{{ operation.docs }}
{%- if operation.deprecated %}
    #[deprecated]
{%- endif %}
    {{ operation.signature }}
        {%- for statement in operation.statements %}
        {{ statement }}
        {%- endfor %}
        {{ operation.builder }} { call }
    }
{% endfor %}
}
{% for operation in operations %}
request! {
    pub struct {{ operation.builder }} -> {{ operation.output.ty }}{% if let Some(decode) = operation.output.decode %}, {{ decode }}{% endif %}{% if let Some(paging) = operation.paging %}, {{ paging.item }}, {{ paging.items_of }}{% endif %};
    {{ operation.http_method }} {{ operation.path }} as {{ operation.id }};
    {%- if let Some(security) = operation.declaration.security %}
    {{ security }}
    {%- endif %}
    {%- if !operation.declaration.fields.is_empty() %}
    {
        {%- for field in operation.declaration.fields %}
        {{ field }}
        {%- endfor %}
    }
    {%- endif %}
}
{% if !operation.setters.is_empty() %}
impl {{ operation.builder }} {
{% for setter in operation.setters %}
{{ setter.docs }}
{%- if setter.deprecated %}
    #[deprecated]
{%- endif %}
    {{ setter.signature }}
        {{ setter.statement }}
        self
    }
{% endfor %}
}
{% endif %}
{% if let Some(form) = operation.form %}
{{ form.signature }}
    {{ form.expression }}
}
{% endif %}
{% if let Some(variants) = operation.variants %}
/// What [`{{ name }}::{{ operation.method.trim_start_matches("r#") }}`] gives, by the status of the answer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum {{ variants.name }} {
    {%- for arm in variants.arms %}
{{ arm.docs }}
    {{ arm.ident }}{% if let Some(ty) = arm.ty %}({{ ty }}){% endif %},
    {%- endfor %}
    {%- if variants.is_open() %}
    /// The server answered with a success that the document does not name.
    Undocumented(Box<Answer>),
    {%- endif %}
}

{{ variants.decode_signature }}
    use {{ variants.name }} as Output;
    match answer.status().as_u16() {
        {%- for arm in variants.by_status() %}
        {{ arm.pattern }} => decode::{{ arm.decode }}(answer){% if arm.is_boxed %}.map(Box::new){% endif %}.map({% if arm.ty.is_none() %}|()| {% endif %}Output::{{ arm.ident }}),
        {%- endfor %}
        {%- if variants.is_open() %}
        _ => Ok(Output::Undocumented(Box::new(answer.clone()))),
        {%- endif %}
    }
}

#[cfg(feature = "mock")]
{{ variants.encode_signature }}
    use crate::runtime::MockAnswer;
    use {{ variants.name }} as Output;
    match output {
        {%- for arm in variants.arms %}
        Output::{{ arm.ident }}{% if arm.ty.is_some() %}(body){% endif %} => MockAnswer::status({{ arm.code }}){{ arm.mock_body }},
        {%- endfor %}
        {%- if variants.is_open() %}
        Output::Undocumented(answer) => MockAnswer::from(&**answer),
        {%- endif %}
    }
}
{% endif %}
{% endfor %}

#[cfg(feature = "mock")]
mock! {
    pub struct {{ mock }} for {{ name }} {
        {%- for operation in operations %}
        {{ operation.method }}: {{ operation.builder }} -> {{ operation.output.mock_ty }} as {{ operation.output.encode }},
        {%- endfor %}
    }
}
