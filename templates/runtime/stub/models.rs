//! Stands for the generated models: the error model that the runtime reads, and one for the operations.

object! {
    /// A note.
    pub struct Note {
        required {
            /// What it is called by.
            id: String = "id",
        }
        optional {
            /// What it says.
            text: String = "text",
        }
    }
}

object! {
    /// What went wrong (RFC 9457).
    pub struct Problem {
        /// A sentence for people.
        title: String = "title",
    }
}
