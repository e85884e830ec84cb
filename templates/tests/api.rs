{{ docs }}

{{ imports }}
{% for test in tests %}

{{ test.docs }}
#[test]
{%- if test.is_deprecated %}
#[expect(deprecated, reason = "what the document advises against has to work, too")]
{%- endif %}
{{ test.signature }}
    {%- for statement in test.statements %}
    {{ statement }}
    {%- endfor %}
    let contract = Contract {
        {%- for field in test.fields %}
        {{ field }}
        {%- endfor %}
    };
    contract.check::<{{ test.output }}, _>(call);
    {%- if test.is_fallible %}
    Ok(())
    {%- endif %}
}
{%- endfor %}
{%- for fixture in fixtures %}

{{ fixture }}
{%- endfor %}
