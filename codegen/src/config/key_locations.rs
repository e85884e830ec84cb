//! Where the keys of `sdk.toml` stand in it.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::source::{Location, Notation, Source};

/// The place of `name`: a key or an element in the table or list at `keys`, or the text there; none where the file
/// does not have it.
///
/// The file is read for this: that is done only where there is something to report.
pub(crate) fn location(file: &Path, keys: &[&str], name: &str) -> Option<Location> {
    let text = std::fs::read_to_string(file).ok()?;
    let root = DeTable::parse(&text).ok()?;
    let span = in_table(root.get_ref(), keys, name)?;
    Some(Source::new(file, text.clone(), Notation::Yaml).at_span(span))
}

fn in_table(table: &DeTable<'_>, keys: &[&str], name: &str) -> Option<std::ops::Range<usize>> {
    let Some((first, rest)) = keys.split_first() else {
        let (key, _) = table.iter().find(|(key, _)| key.get_ref() == name)?;
        return Some(key.span());
    };
    let (_, value) = table.iter().find(|(key, _)| key.get_ref() == first)?;
    if rest.is_empty() && value.get_ref().as_str() == Some(name) {
        return Some(value.span());
    }
    in_value(value.get_ref(), rest, name)
}

fn in_value(value: &DeValue<'_>, keys: &[&str], name: &str) -> Option<std::ops::Range<usize>> {
    match value {
        DeValue::Table(table) => in_table(table, keys, name),
        DeValue::Array(list) => list.iter().find_map(|element| {
            let is_it = keys.is_empty() && element.get_ref().as_str() == Some(name);
            if is_it { Some(element.span()) } else { in_value(element.get_ref(), keys, name) }
        }),
        _ => None,
    }
}
