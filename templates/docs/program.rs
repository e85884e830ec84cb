{{ import }}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
{%- for setter in setters %}
        {{ setter }}
{%- endfor %}
        .build()?;

{% for line in statements -%}
{% if !line.is_empty() %}    {{ line }}{% endif %}
{% endfor %}    Ok(())
}
