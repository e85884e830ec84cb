//! What the commands are, as data: [`commands`](crate::commands) has it from the document.

#[allow(unused_imports, reason = "an API need not use it")]
pub use sdk::runtime::Nesting;
pub use sdk::runtime::{FieldEncoding, Operation, QueryStyle, Style};
#[cfg(feature = "streams")]
#[allow(unused_imports, reason = "an API need not use all")]
pub use sdk::runtime::{PartEncoding, PartEncodings};

/// A group of commands: a tag of the document.
pub struct Group {
    /// The word for it.
    pub name: &'static str,
    /// What it is, in plain text.
    pub about: &'static str,
    /// Its commands, in the document's order.
    pub commands: &'static [Command],
}

impl Group {
    /// The command of that name.
    pub fn command(&self, name: &str) -> Option<&'static Command> {
        self.commands.iter().find(|command| command.name == name)
    }
}

/// A command: an operation of the document.
pub struct Command {
    /// The word for it, within its group.
    pub name: &'static str,
    /// What it does, on one line of plain text.
    pub about: &'static str,
    /// What it does, in plain text.
    pub description: &'static str,
    /// What the SDK calls.
    pub operation: &'static Operation,
    /// The document advises against using it.
    pub deprecated: bool,
    /// What goes into path, query, headers and cookies.
    pub parameters: &'static [Parameter],
    /// What goes into the body.
    pub body: Option<Body>,
    /// What comes back.
    pub answer: Answer,
    /// Where the answer is a page of a list, the properties that lead to the list.
    pub items: Option<&'static [&'static str]>,
}

impl Command {
    /// A command without arguments, whose answer is a document.
    pub const DEFAULT: Self = Self {
        name: "",
        about: "",
        description: "",
        operation: &Operation::DEFAULT,
        deprecated: false,
        parameters: &[],
        body: None,
        answer: Answer::Document,
        items: None,
    };
}

/// A parameter of an operation.
pub struct Parameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its name as a flag, without the dashes.
    pub flag: &'static str,
    /// What it is, in plain text.
    pub about: &'static str,
    /// Where it goes.
    pub place: Place,
    /// A call cannot do without it.
    pub required: bool,
    /// The document advises against using it.
    pub deprecated: bool,
    /// What its values look like.
    pub shape: &'static Shape,
    /// A value of the document's; empty where it gives none.
    pub example: &'static str,
}

impl Parameter {
    /// A text in the path.
    pub const DEFAULT: Self = Self {
        name: "",
        flag: "",
        about: "",
        place: Place::PATH,
        required: false,
        deprecated: false,
        shape: &Shape::Text,
        example: "",
    };
}

/// Where a parameter goes, and how its value is written there.
#[allow(dead_code, reason = "an API need not use all")]
#[derive(Clone, Copy)]
pub enum Place {
    /// Into the path.
    Path {
        /// How its value is written.
        style: Style,
        /// Whether the members of a list or an object are parted as such.
        explode: bool,
        /// Whether reserved characters stay as they are.
        allow_reserved: bool,
    },
    /// Into the query.
    Query(QueryStyle),
    /// Into a header.
    Header(Style, bool),
    /// Into the `Cookie` header.
    Cookie(Style, bool),
}

#[allow(dead_code, reason = "an API need not use all")]
impl Place {
    /// Into the path, as OpenAPI has it by default.
    pub const PATH: Self =
        Self::Path { style: Style::Simple, explode: false, allow_reserved: false };
    /// Into the query, as OpenAPI has it by default.
    pub const QUERY: Self = Self::Query(QueryStyle::new(Style::Form, true));
    /// Into a header, as OpenAPI has it by default.
    pub const HEADER: Self = Self::Header(Style::Simple, false);
    /// Into the `Cookie` header, as OpenAPI has it by default.
    pub const COOKIE: Self = Self::Cookie(Style::Form, true);

    /// Whether it is a word of its own and no flag.
    pub fn is_path(self) -> bool {
        matches!(self, Self::Path { .. })
    }
}

/// A request body.
#[derive(Clone, Copy)]
pub struct Body {
    /// The media type.
    pub media_type: &'static str,
    /// How it is written.
    pub format: Format,
    /// A call cannot do without it.
    pub required: bool,
    /// What its value looks like.
    pub shape: &'static Shape,
    /// A value of the document's, as JSON; empty where it gives none.
    pub example: &'static str,
}

/// How a body is written.
#[allow(dead_code, reason = "an API need not use all")]
#[derive(Clone, Copy)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// A form that is written like a query, with the fields that are not written by default.
    Form(&'static [(&'static str, FieldEncoding)]),
    /// A form of several parts (RFC 7578), with the parts that are not written by default.
    Multipart(&'static [Part]),
    /// Text or bytes as they are.
    Content,
    /// JSON, a text on each line.
    #[cfg(feature = "streams")]
    JsonLines,
    /// A JSON text sequence (RFC 7464).
    #[cfg(feature = "streams")]
    JsonSequence,
    /// Parts without names.
    #[cfg(feature = "streams")]
    Parts(PartEncodings),
}

impl Format {
    /// Whether the body is a file as it is, and has no fields.
    pub fn is_content(self) -> bool {
        matches!(self, Self::Content)
    }
}

/// How a field of a form of several parts is written, where that is not the default.
#[allow(dead_code, reason = "an API need not use it")]
pub struct Part {
    /// The field.
    pub name: &'static str,
    /// The style that takes the place of a media type.
    pub style: Option<QueryStyle>,
    /// The media type; empty: the default.
    pub media_type: &'static str,
    /// Headers of the part.
    pub headers: &'static [(&'static str, &'static str)],
}

/// What comes back.
#[allow(dead_code, reason = "an API need not use all")]
#[derive(Clone, Copy, PartialEq)]
pub enum Answer {
    /// JSON, a text, or nothing.
    Document,
    /// Bytes, read piece by piece.
    Download,
    /// Server-sent events.
    #[cfg(feature = "streams")]
    Events,
    /// JSON, a text on each line.
    #[cfg(feature = "streams")]
    JsonLines,
    /// A JSON text sequence (RFC 7464).
    #[cfg(feature = "streams")]
    JsonSequence,
    /// Parts of JSON or text.
    #[cfg(feature = "streams")]
    Parts,
}

/// What values look like.
#[allow(dead_code, reason = "an API need not use all")]
pub enum Shape {
    /// A text.
    Text,
    /// A text, and the values that the document lists.
    Listed(&'static [&'static str]),
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number without a fraction, and the values that the document lists.
    ListedIntegers(&'static [&'static str]),
    /// A number.
    Number,
    /// A list.
    List(&'static Shape),
    /// An object whose property names are free.
    Map(&'static Shape),
    /// An object with these properties.
    Object(&'static [Field]),
    /// A file.
    File,
    /// Any JSON.
    Json,
}

/// A property of an object.
pub struct Field {
    /// Its name in JSON.
    pub name: &'static str,
    /// Its name as a flag, without the dashes.
    pub flag: &'static str,
    /// What it is, in plain text.
    pub about: &'static str,
    /// An object cannot do without it.
    pub required: bool,
    /// The document advises against using it.
    pub deprecated: bool,
    /// What its values look like.
    pub shape: &'static Shape,
}

impl Field {
    /// An optional text.
    pub const DEFAULT: Self = Self {
        name: "",
        flag: "",
        about: "",
        required: false,
        deprecated: false,
        shape: &Shape::Text,
    };
}
