//! Stands for the generated operations: one of each kind.

#[cfg(feature = "streams")]
pub mod feeds;
pub mod notes;

apis! {
    /// The operations of the tag `Notes`.
    notes: notes::{NotesApi, NotesMock};
    /// The operations of the tag `Feeds`.
    #[cfg(feature = "streams")]
    feeds: feeds::{FeedsApi, FeedsMock};
}
