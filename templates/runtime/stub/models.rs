//! Stands for the generated models: the error model that the runtime reads, and one for the operations.

object! {
    /// A note.
    pub struct Note {
        /// What it is called by.
        #[required]
        pub id: String = "id",
        /// What it says.
        pub text: Option<String> = "text",
    }
}

object! {
    /// What is written of a note, and when.
    pub struct Entry {
        /// When the server wrote it down.
        pub written: Option<String> = "written" in answers,
    }
}

object! {
    /// What went wrong (RFC 9457).
    pub struct Problem {
        /// A sentence for people.
        pub title: Option<String> = "title",
    }
}
