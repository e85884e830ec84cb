//! Words of the command line as values.

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, ArgAction, Command};
use serde_json::{Map, Number, Value};
use std::ffi::OsStr;

use crate::description::Shape;

/// Reads a word as a value of a shape.
#[derive(Clone, Copy)]
pub struct Words {
    /// What values look like.
    pub shape: &'static Shape,
    /// A word is a whole list, with commas between its items, and not one of them.
    pub is_whole: bool,
}

impl TypedValueParser for Words {
    type Value = Value;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        word: &OsStr,
    ) -> Result<Value, clap::Error> {
        let shape = item(self.shape);
        let is_list = self.is_whole && matches!(self.shape, Shape::List(_));
        let read = move |word: &str| match is_list {
            true => word.split(',').map(|word| read(shape, word)).collect(),
            false => read(shape, word),
        };
        read.parse_ref(command, argument, word)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        match item(self.shape) {
            Shape::Listed(values) | Shape::ListedIntegers(values) => {
                Some(Box::new(values.iter().map(|value| PossibleValue::new(*value))))
            }
            Shape::Boolean => Some(Box::new(["true", "false"].into_iter().map(PossibleValue::new))),
            _ => None,
        }
    }
}

/// What a word is: of a list an item.
fn item(shape: &'static Shape) -> &'static Shape {
    match shape {
        Shape::List(item) => item,
        shape => shape,
    }
}

/// What clap does with a flag of a shape: one for a list or a map may be given several times.
pub fn action(shape: &Shape) -> ArgAction {
    match shape {
        Shape::List(_) | Shape::Map(_) => ArgAction::Append,
        _ => ArgAction::Set,
    }
}

/// What stands for a value in the help.
pub fn placeholder(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::Listed(_) => "TEXT",
        Shape::Boolean => "true|false",
        Shape::Integer | Shape::ListedIntegers(_) | Shape::Number => "NUMBER",
        Shape::List(item) => match item {
            Shape::List(_) => "JSON",
            item => placeholder(item),
        },
        Shape::Map(_) => "NAME=VALUE",
        Shape::File => "FILE",
        Shape::Object(_) | Shape::Json => "JSON",
    }
}

/// The value that the words of a flag are together.
pub fn joined(shape: &Shape, words: Vec<Value>) -> Value {
    match shape {
        Shape::List(_) => Value::Array(words),
        Shape::Map(_) => {
            let objects = words.into_iter().filter_map(|word| match word {
                Value::Object(members) => Some(members),
                _ => None,
            });
            Value::Object(objects.flatten().collect())
        }
        _ => words.into_iter().next_back().unwrap_or_default(),
    }
}

/// The values that the document lists, where `word` is a text or a number and none of them.
pub fn unlisted(shape: &'static Shape, word: &Value) -> Option<&'static [&'static str]> {
    let (Shape::Listed(values) | Shape::ListedIntegers(values)) = item(shape) else { return None };
    let text = match word {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    (!values.contains(&text.as_str())).then_some(*values)
}

fn read(shape: &Shape, word: &str) -> Result<Value, String> {
    match shape {
        Shape::Text | Shape::Listed(_) | Shape::File => Ok(Value::String(word.to_owned())),
        Shape::Boolean => match word {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err("it is neither `true` nor `false`".to_owned()),
        },
        Shape::Integer | Shape::ListedIntegers(_) => {
            let number = word.parse::<i64>().map(Number::from);
            let number = number.or_else(|_| word.parse::<u64>().map(Number::from));
            number.map(Value::Number).map_err(|_| "it is no integer of 64 bits".to_owned())
        }
        Shape::Number => match serde_json::from_str(word) {
            Ok(Value::Number(number)) => Ok(Value::Number(number)),
            _ => Err("it is no number".to_owned()),
        },
        Shape::Map(value) => match word.split_once('=') {
            Some((name, word)) => {
                Ok(Value::Object(Map::from_iter([(name.to_owned(), read(value, word)?)])))
            }
            None => Err("it is not `NAME=VALUE`".to_owned()),
        },
        Shape::List(_) | Shape::Object(_) => {
            serde_json::from_str(word).map_err(|cause| format!("it is no JSON: {cause}"))
        }
        // A text needs no quotes.
        Shape::Json => {
            Ok(serde_json::from_str(word).unwrap_or_else(|_| Value::String(word.to_owned())))
        }
    }
}
