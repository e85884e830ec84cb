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

object! {
    /// A note whose properties are not called by words.
    pub struct Riddle {
        /// What it is called by.
        pub quoted: Option<String> = "a\":",
        /// What it says.
        #[required]
        pub line: String = "a\nb",
        /// What it is about.
        pub empty: Option<String> = "",
    }
}

object! {
    /// What opens a note.
    pub struct Lock {
        /// What nobody may see.
        #[required]
        pub key: String = "key" as secret,
        /// What nobody needs to see.
        pub spare: Option<Option<String>> = "spare" as secret,
    }
}

object! {
    /// Notes and what opens them.
    pub struct Chest {
        /// In the order in which they are tried.
        pub locks: Option<Vec<Lock>> = "locks" as holder,
        /// By what it is made of.
        pub by_metal: Option<std::collections::BTreeMap<String, Bolt>> = "byMetal" as holder,
    }
}

untagged_union! {
    /// A lock, or a chest of them.
    pub enum Bolt {
        /// A lock.
        object Lock(Lock),
        /// A chest.
        object Chest(Chest),
    }
}

object! {
    /// A note on its way.
    pub struct Letter {
        /// What it is.
        pub kind: Option<String> = "kind",
        /// What it says.
        pub text: Option<String> = "text",
    }
}

object! {
    /// A thing on its way, whatever it is.
    pub struct Parcel {
        /// How heavy it is, in grams.
        pub weight: Option<i64> = "weight",
        /// What it says.
        pub text: Option<String> = "text",
    }
}

tagged_union! {
    /// What a messenger carries.
    pub enum Delivery by "kind" {
        /// `kind` is `letter`.
        Letter(Letter) = "letter",
        /// `kind` is `parcel`.
        Parcel(Parcel) = "parcel",
        _(Letter),
    }
    with {
        text: Option<String>,
    }
}
