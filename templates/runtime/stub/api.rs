//! Stands for the generated operations: one of each kind.

pub mod notes;

apis! {
    /// The operations of the tag `Notes`.
    notes: notes::{NotesApi, NotesMock};
}
