{% if is_paged -%}
let mut items = {{ call }}.stream();
while let Some(item) = items.next().await {
    match item {
        Ok(item) => println!("{item:?}"),
        Err(Error::Api(error)) => eprintln!("{} {:?}", error.status(), error.message()),
        Err(error) => return Err(error.into()),
    }
}
{%- else -%}
match {{ call }}.await {
{%- match variable %}
{%- when None %}
    Ok(()) => println!("done"),
{%- when Some with (variable) %}
{%- if is_download %}
    Ok(mut {{ variable }}) => {
        while let Some(piece) = {{ variable }}.chunk().await? {
            println!("{} bytes", piece.len());
        }
    }
{%- else %}
    Ok({{ variable }}) => println!("{ {{- variable -}} :?}"),
{%- endif %}
{%- endmatch %}
    Err(Error::Api(error)) => eprintln!("{} {:?}", error.status(), error.message()),
    Err(error) => return Err(error.into()),
}
{%- endif %}
