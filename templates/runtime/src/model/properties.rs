//! The names of a model's properties.

/// How many places the table of names has.
const PLACES: usize = 64;

/// Stands in the table where no name has its place.
const NONE: u8 = u8::MAX;

/// The properties that a model has fields for, by their names in JSON.
#[derive(Clone, Copy, Debug)]
pub struct Properties {
    /// What the document says, with the model's name in Rust.
    pub expected: &'static str,
    /// In the order of the fields.
    pub names: &'static [&'static str],
    /// The first name of each place.
    table: [u8; PLACES],
    /// Whether each of them stands in JSON as it is, without an escape.
    pub(crate) are_plain: bool,
}

impl Properties {
    /// The properties of a model, in the order of its fields, and what the document says, with the model's name in Rust.
    pub const fn new(expected: &'static str, names: &'static [&'static str]) -> Self {
        let (mut table, mut are_plain) = ([NONE; PLACES], true);
        let mut index = 0;
        while index < names.len() {
            let name = names[index].as_bytes();
            let place = place(name);
            if table[place] == NONE {
                table[place] = if index < NONE as usize { index as u8 } else { NONE - 1 };
            }
            are_plain &= is_plain(name);
            index += 1;
        }
        Self { expected, names, table, are_plain }
    }

    /// Whether a property is one of them.
    pub fn contains(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// Where a property is among them.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        let first = *self.table.get(place(name.as_bytes()))?;
        if first == NONE {
            return None;
        }
        if self.names.get(usize::from(first)) == Some(&name) {
            return Some(usize::from(first));
        }
        self.names.iter().position(|known| *known == name)
    }
}

/// The place of a name in the table: few names of a model agree in their length, the first and the last byte.
const fn place(name: &[u8]) -> usize {
    match (name.first(), name.last()) {
        (Some(first), Some(last)) => {
            (*first as usize + 7 * *last as usize + 13 * name.len()) % PLACES
        }
        _ => 0,
    }
}

/// Whether a name stands in JSON as it is, without an escape.
const fn is_plain(name: &[u8]) -> bool {
    let mut rest = name;
    while let Some((byte, others)) = rest.split_first() {
        if matches!(*byte, b'"' | b'\\' | ..b' ') {
            return false;
        }
        rest = others;
    }
    true
}
