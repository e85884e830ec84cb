{{ docs }}
{% if imports.models %}
use crate::models;
{% endif %}
use crate::runtime::{ {{ imports.runtime.join(", ") }} };

{{ type_docs }}
#[derive(Clone, Debug)]
pub struct {{ name }} {
    client: Client,
}

impl {{ name }} {
    pub(super) fn new(client: &Client) -> Self {
        Self { client: client.clone() }
    }
{% for operation in operations %}
{{ operation.docs }}
    {% if operation.deprecated %}
    #[deprecated]
    {% endif %}
    pub fn {{ operation.method }}(
        &self,
        {% for argument in operation.arguments %}
        {{ argument.ident }}: {{ argument.ty }},
        {% endfor %}
    ) -> {{ operation.builder }} {
        let call = Call::new(&self.client, &{{ operation.constant }})
            {% for argument in operation.arguments %}.{{ argument.call }}{% endfor %};
        {{ operation.builder }} { call }
    }
{% endfor %}
}
{% for operation in operations %}
/// The request of [`{{ name }}::{{ operation.method }}`].
#[derive(Clone, Debug)]
#[must_use = "a request is sent when it is awaited"]
pub struct {{ operation.builder }} {
    call: Call,
}
{% if !operation.setters.is_empty() %}
impl {{ operation.builder }} {
{% for setter in operation.setters %}
{{ setter.docs }}
    {% if setter.deprecated %}
    #[deprecated]
    {% endif %}
    pub fn {{ setter.argument.ident }}(mut self, {{ setter.argument.ident }}: {{ setter.argument.ty }}) -> Self {
        self.call = self.call.{{ setter.argument.call }};
        self
    }
{% endfor %}
}
{% endif %}
operation! { {{ operation.builder }} -> {{ operation.output }}, {{ operation.decode }} }
{% if let Some(variants) = operation.variants %}
/// What [`{{ name }}::{{ operation.method }}`] gives, by the status of the answer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum {{ variants.name }} {
    {% for arm in variants.arms %}
    {{ arm.docs }}
    {{ arm.ident }}{% if let Some(ty) = arm.ty %}({{ ty }}){% endif %},
    {% endfor %}
}

fn {{ variants.decode }}(answer: &Answer) -> crate::Result<{{ variants.name }}> {
    match answer.status().as_u16() {
        {% for arm in variants.arms %}
        {% if arm.pattern != "_" %}
        {{ arm.pattern }} => decode::{{ arm.decode }}(answer).map({% if arm.ty.is_some() %}{{ variants.name }}::{{ arm.ident }}{% else %}|()| {{ variants.name }}::{{ arm.ident }}{% endif %}),
        {% endif %}
        {% endfor %}
        _ => decode::{{ variants.fallback.decode }}(answer).map({% if variants.fallback.ty.is_some() %}{{ variants.name }}::{{ variants.fallback.ident }}{% else %}|()| {{ variants.name }}::{{ variants.fallback.ident }}{% endif %}),
    }
}
{% endif %}
static {{ operation.constant }}: Operation = Operation {
    id: {{ operation.id }},
    method: Method::{{ operation.http_method }},
    path: {{ operation.path }},
    security: {{ operation.security }},
    {% if let Some(accept) = operation.accept %}
    accept: {{ accept }},
    {% endif %}
    ..Operation::DEFAULT
};
{% endfor %}
