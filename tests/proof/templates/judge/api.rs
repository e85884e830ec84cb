//! The calls of one tag.
{% for import in imports %}
{{ import }}
{%- endfor %}

use crate::record::Ask;
{%- if !calls.is_empty() %}
use crate::record::{Outcome, outcome};
{%- endif %}

/// The calls, each with the number of its question.
pub static QUESTIONS: &[(usize, Ask)] = &[
    {%- for call in calls %}
    ({{ call.number }}, |client| Box::pin({{ call.method }}(client))),
    {%- endfor %}
];
{% for call in calls %}

{%- if call.is_deprecated %}
#[expect(deprecated, reason = "what the document advises against has to work, too")]
{%- endif %}
async fn {{ call.method }}(client: Client) -> Result<Outcome, BoxError> {
    {%- for statement in call.statements %}
    {{ statement }}
    {%- endfor %}
    outcome(call(&client)).await
}
{% endfor %}
{% for constant in constants %}

{{ constant }}
{%- endfor %}
