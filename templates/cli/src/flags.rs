//! The flags of a command: its parameters, and the fields of its body.
//!
//! An object is a flag for each of its properties, with the names of the objects around it before a dot, down to
//! [`DEEPEST`]; what lies deeper, or leads back to itself, is JSON.

use crate::description::{Body, Command, Field, Parameter, Place, Shape};
use crate::{credentials, program};

/// How many objects may lie around a property that is a flag of its own.
const DEEPEST: usize = 3;

/// A flag, or a word of its own.
pub struct Flag {
    /// Its name, without the dashes.
    pub name: String,
    /// Where its value goes.
    pub target: Target,
    /// The properties that lead to the place of its value within the parameter or the body.
    pub path: Vec<&'static str>,
    /// What it is, in plain text.
    pub about: &'static str,
    /// What its values look like.
    pub shape: &'static Shape,
    /// A call cannot do without it.
    pub required: bool,
    /// The document advises against using it.
    pub deprecated: bool,
}

/// What a flag gives a value to.
#[derive(Clone, Copy)]
pub enum Target {
    /// A parameter.
    Parameter(&'static Parameter),
    /// The body.
    Body,
}

impl Flag {
    /// Whether it is a word of its own, by its position.
    pub fn is_positional(&self) -> bool {
        matches!(self.target, Target::Parameter(parameter) if parameter.place.is_path())
    }

    /// Whether it gives a value to that parameter.
    pub fn is_of(&self, parameter: &Parameter) -> bool {
        matches!(self.target, Target::Parameter(of) if std::ptr::eq(of, parameter))
    }

    /// Whether it gives a value to the body.
    pub fn is_of_body(&self) -> bool {
        matches!(self.target, Target::Body)
    }
}

/// The flags of a command: its parameters in their order, then the fields of its body.
pub fn of(command: &'static Command) -> Vec<Flag> {
    let mut flags = Flags { taken: taken(), flags: Vec::new() };
    for parameter in command.parameters {
        flags.add_parameter(parameter);
    }
    if let Some(body) = &command.body {
        flags.add_body(body);
    }
    flags.flags
}

/// The names that mean something already.
fn taken() -> Vec<String> {
    let credentials = credentials::flags();
    program::FLAGS.iter().map(|flag| (*flag).to_owned()).chain(credentials).collect()
}

struct Flags {
    taken: Vec<String>,
    flags: Vec<Flag>,
}

impl Flags {
    fn add_parameter(&mut self, parameter: &'static Parameter) {
        let word = match parameter.place {
            Place::Path { .. } => "path",
            Place::Query(_) => "query",
            Place::Header(..) => "header",
            Place::Cookie(..) => "cookie",
        };
        let target = Target::Parameter(parameter);
        match parameter.shape {
            Shape::Object(fields) if !parameter.place.is_path() => {
                let prefix = self.free(parameter.flag, word);
                let required = parameter.required;
                self.add_fields(
                    target,
                    fields,
                    &Around { prefix, path: Vec::new(), required },
                    &mut vec![fields],
                );
            }
            shape => {
                let name = self.free(parameter.flag, word);
                let Parameter { about, required, deprecated, .. } = *parameter;
                self.flags.push(Flag {
                    name,
                    target,
                    path: Vec::new(),
                    about,
                    shape,
                    required,
                    deprecated,
                });
            }
        }
    }

    fn add_body(&mut self, body: &Body) {
        if let (Shape::Object(fields), false) = (body.shape, body.format.is_content()) {
            let around =
                Around { prefix: String::new(), path: Vec::new(), required: body.required };
            self.add_fields(Target::Body, fields, &around, &mut vec![fields]);
        }
    }

    /// Adds a flag for each property of an object, of which `objects` lie around.
    fn add_fields(
        &mut self,
        target: Target,
        fields: &'static [Field],
        around: &Around,
        objects: &mut Vec<&'static [Field]>,
    ) {
        for field in fields {
            let name = match around.prefix.as_str() {
                "" => self.free(field.flag, "body"),
                prefix => self.free(&format!("{prefix}.{}", field.flag), "body"),
            };
            let path: Vec<_> = around.path.iter().copied().chain([field.name]).collect();
            let required = around.required && field.required;
            match field.shape {
                Shape::Object(inner) if may_hold(objects, inner) => {
                    objects.push(inner);
                    self.add_fields(
                        target,
                        inner,
                        &Around { prefix: name, path, required },
                        objects,
                    );
                    objects.pop();
                }
                shape => {
                    let Field { about, deprecated, .. } = *field;
                    self.flags.push(Flag {
                        name,
                        target,
                        path,
                        about,
                        shape,
                        required,
                        deprecated,
                    });
                }
            }
        }
    }

    /// The name, or where it is taken one with a word before it, or else with a number behind it.
    fn free(&mut self, wanted: &str, word: &str) -> String {
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let candidates =
            [wanted.to_owned(), format!("{word}-{wanted}")].into_iter().chain(numbered);
        for name in candidates {
            if !self.taken.contains(&name) {
                self.taken.push(name.clone());
                return name;
            }
        }
        wanted.to_owned()
    }
}

/// What lies around the properties of an object.
struct Around {
    /// The name of its flags up to the last dot.
    prefix: String,
    /// The properties that lead to it.
    path: Vec<&'static str>,
    /// A call cannot do without it.
    required: bool,
}

/// Whether an object within these is flags of its own: it has properties, and leads not back to one of them.
fn may_hold(objects: &[&'static [Field]], inner: &'static [Field]) -> bool {
    let leads_back = objects.iter().any(|object| std::ptr::eq(*object, inner));
    !inner.is_empty() && !leads_back && objects.len() < DEEPEST
}
