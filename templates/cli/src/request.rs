//! From the command line to a call.

use clap::ArgMatches;
use sdk::Client;
use sdk::runtime::Call;
use serde_json::Value;

use crate::description::{Command, Parameter, Place};
use crate::failure::Failure;
use crate::flags::{self, Flag};
use crate::{body, value};

/// The call of a command, with all that the command line gives.
pub fn call(
    client: &Client,
    command: &'static Command,
    matches: &ArgMatches,
) -> Result<Call, Failure> {
    let flags = flags::of(command);
    let mut call = Call::new(client, command.operation);
    for parameter in command.parameters {
        let mut value = Value::Null;
        for flag in flags.iter().filter(|flag| flag.is_of(parameter)) {
            if let Some(given) = self::value(flag, matches) {
                body::insert(&mut value, &flag.path, given)?;
            }
        }
        if !value.is_null() {
            call = put(call, parameter, &value);
        }
    }
    match &command.body {
        Some(body) => body::put(call, body, &flags, matches),
        None => Ok(call),
    }
}

/// What the command line gives for a flag. Values that the document does not list are sent, since a server may have learnt
/// new ones, and told.
pub fn value(flag: &Flag, matches: &ArgMatches) -> Option<Value> {
    let words: Vec<Value> = matches.get_many::<Value>(&flag.name)?.cloned().collect();
    for word in &words {
        if let Some(values) = value::unlisted(flag.shape, word) {
            eprintln!(
                "warning: --{} is {word}, which the document does not list; it has {}",
                flag.name,
                values.join(", ")
            );
        }
    }
    match flag.is_positional() {
        true => words.into_iter().next(),
        false => Some(value::joined(flag.shape, words)),
    }
}

fn put(call: Call, parameter: &'static Parameter, value: &Value) -> Call {
    let name = parameter.name;
    match parameter.place {
        Place::Path { style, explode, allow_reserved: true } => {
            call.path_reserved(name, style, explode, value)
        }
        Place::Path { style, explode, .. } => call.path_with(name, style, explode, value),
        Place::Query(style) => call.query_as(name, style, value),
        Place::Header(style, explode) => call.header_parameter_with(name, style, explode, value),
        Place::Cookie(style, explode) => call.cookie_with(name, style, explode, value),
    }
}
