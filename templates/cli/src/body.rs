//! The body of a call, of a file and of flags.

use std::fs;
use std::io::Read;
use std::path::Path;

use clap::ArgMatches;
use sdk::runtime::{Call, FilePart, Multipart};
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use crate::description::{Body, Field, Format, Part, Shape};
use crate::failure::Failure;
use crate::flags::Flag;
use crate::request;

/// Puts the body into a call, where the command line has one.
pub fn put(call: Call, body: &Body, flags: &[Flag], matches: &ArgMatches) -> Result<Call, Failure> {
    if body.format.is_content() {
        let Some(file) = matches.get_one::<String>("body") else { return Ok(call) };
        return Ok(call.bytes(body.media_type, read(file)?));
    }
    let text = match matches.get_one::<String>("json") {
        Some(file) => Some((file, json(file)?)),
        None => None,
    };
    let given: Vec<&Flag> = flags.iter().filter(|flag| flag.is_of_body()).collect();
    let given: Vec<(&Flag, Value)> =
        given.into_iter().filter_map(|flag| Some((flag, request::value(flag, matches)?))).collect();
    match (text, body.format) {
        (None, _) if given.is_empty() && body.required => {
            let message = "there is no body; give it by --json FILE, or its fields by their flags";
            Err(Failure::Usage(message.to_owned()))
        }
        (None, _) if given.is_empty() => Ok(call),
        // No number of it loses a digit.
        (Some((_, text)), Format::Json) if given.is_empty() => {
            Ok(call.bytes(body.media_type, text))
        }
        #[cfg(feature = "streams")]
        (Some((file, text)), Format::JsonLines | Format::JsonSequence | Format::Parts(_)) => {
            crate::streams::put(call, body, file, &text)
        }
        (text, _) => {
            let mut value = match text {
                Some((file, text)) => parsed(file, &text)?,
                None => Value::Object(Map::new()),
            };
            for (flag, given) in given {
                insert(&mut value, &flag.path, given)?;
            }
            written(call, body, &value)
        }
    }
}

/// Puts a value to where the properties lead.
pub fn insert(value: &mut Value, path: &[&str], given: Value) -> Result<(), Failure> {
    let Some((name, rest)) = path.split_first() else {
        *value = given;
        return Ok(());
    };
    if value.is_null() {
        *value = Value::Object(Map::new());
    }
    match value {
        Value::Object(members) => insert(members.entry(*name).or_insert(Value::Null), rest, given),
        _ => Err(Failure::Usage(format!(
            "the flag for `{name}` cannot be put into the body: there is no object"
        ))),
    }
}

fn written(call: Call, body: &Body, value: &Value) -> Result<Call, Failure> {
    Ok(match body.format {
        Format::Form(encodings) => call.form_with(body.media_type, value, encodings),
        Format::Multipart(parts) => {
            call.multipart_as(body.media_type, multipart(body.shape, parts, value)?)
        }
        _ => call.json(body.media_type, value),
    })
}

/// A form of several parts: of a property that is a file, the value is the file's name.
fn multipart(shape: &Shape, parts: &[Part], value: &Value) -> Result<Multipart, Failure> {
    let fields = if let Shape::Object(fields) = shape { fields } else { &[][..] };
    let mut form = Multipart::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        let is_file = fields.iter().any(|field| field.name == name && holds_files(field));
        let part = parts.iter().find(|part| part.name == name);
        form = match (is_file, part) {
            (true, _) => form.files(name, &files(value)?),
            (false, Some(Part { style: Some(style), .. })) => form.field_with(name, *style, value),
            (false, Some(part)) if !part.media_type.is_empty() => {
                form.field_as(name, part.media_type, value)
            }
            (false, _) => form.field(name, value),
        };
    }
    for part in parts {
        if !part.media_type.is_empty() {
            form = form.media_type(part.name, part.media_type);
        }
        for (header, value) in part.headers {
            form = form.header(part.name, header, value);
        }
    }
    Ok(form)
}

fn holds_files(field: &Field) -> bool {
    match field.shape {
        Shape::List(item) => matches!(item, Shape::File),
        shape => matches!(shape, Shape::File),
    }
}

/// The files of a name, or of a list of names.
fn files(value: &Value) -> Result<Vec<FilePart>, Failure> {
    let names = match value {
        Value::Array(names) => names.as_slice(),
        name => std::slice::from_ref(name),
    };
    let files = names.iter().filter_map(Value::as_str).map(|name| {
        let file_name = Path::new(name).file_name().unwrap_or_default();
        Ok(FilePart::new(file_name.to_string_lossy(), read(name)?))
    });
    files.collect()
}

/// The bytes of a file; `-`: of standard input.
pub fn read(name: &str) -> Result<Vec<u8>, Failure> {
    if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(Failure::Stream)?;
        return Ok(bytes);
    }
    fs::read(name).map_err(|cause| Failure::File(name.to_owned(), cause))
}

/// The text of a file that is JSON; several texts of it, where there are such.
fn json(file: &str) -> Result<String, Failure> {
    let bytes = read(file)?;
    let mut texts = serde_json::Deserializer::from_slice(&bytes).into_iter::<IgnoredAny>();
    match texts.find_map(Result::err) {
        Some(cause) => Err(no_json(file, &cause)),
        None => Ok(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

fn parsed(file: &str, text: &str) -> Result<Value, Failure> {
    serde_json::from_str(text).map_err(|cause| no_json(file, &cause))
}

/// That a file, or `-` for standard input, is no JSON.
pub fn no_json(file: &str, cause: &serde_json::Error) -> Failure {
    let name = if file == "-" { "standard input" } else { file };
    Failure::Usage(format!("{name} is not JSON: {cause}"))
}
