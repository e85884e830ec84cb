{{ docs }}

use {{ library }}::models;

{{ import }}
{% if !objects.is_empty() %}
#[test]
fn objects_have_the_properties_of_their_schemas() {
    {%- for statement in objects %}
    {{ statement }}
    {%- endfor %}
}
{% endif %}
{% if !enums.is_empty() %}
#[test]
fn enums_have_the_values_of_their_schemas() {
    {%- for statement in enums %}
    {{ statement }}
    {%- endfor %}
}
{% endif %}
