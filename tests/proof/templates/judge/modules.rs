//! The calls, one module for each tag of the document.
{% for module in modules %}
mod {{ module }};
{%- endfor %}

use crate::record::Ask;

/// Every call, with the number of its question.
pub fn questions() -> Vec<(usize, Ask)> {
    let modules: [&[(usize, Ask)]; {{ modules.len() }}] = [
        {%- for module in modules %}
        {{ module }}::QUESTIONS,
        {%- endfor %}
    ];
    modules.concat()
}
