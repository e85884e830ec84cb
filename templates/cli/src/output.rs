//! Where an answer is printed to, and in which form.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ArgMatches;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::failure::Failure;
use crate::json_text::{compact, indented};
use crate::table::Table;
use crate::terminal;

/// In which form JSON is shown.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Table,
    Json,
    Lines,
}

/// Where an answer is printed to.
pub struct Output {
    writer: Box<dyn Write>,
    /// The file's name; none for standard output.
    file: Option<String>,
    /// It is a terminal, which acts on what it gets.
    is_terminal: bool,
    form: Form,
    table: Table,
    /// How many items of a list were printed.
    count: u64,
}

impl Output {
    /// The output that the flags of every command describe.
    pub fn of(matches: &ArgMatches) -> Result<Self, Failure> {
        let file = matches.get_one::<String>("output").cloned();
        let is_terminal = file.is_none() && io::stdout().is_terminal();
        let form = match matches.get_one::<String>("format").map(String::as_str) {
            Some("table") => Form::Table,
            Some("lines") => Form::Lines,
            None if is_terminal => Form::Table,
            _ => Form::Json,
        };
        let writer: Box<dyn Write> = match &file {
            Some(name) => {
                let file =
                    File::create(name).map_err(|cause| Failure::File(name.clone(), cause))?;
                Box::new(BufWriter::new(file))
            }
            None => Box::new(BufWriter::new(io::stdout())),
        };
        let columns = matches.get_many::<String>("columns").into_iter().flatten();
        let width = if is_terminal { terminal::width() } else { None };
        let table = Table::new(columns.cloned().collect(), width);
        Ok(Self { writer, file, is_terminal, form, table, count: 0 })
    }

    /// Prints a JSON document.
    pub fn json(&mut self, json: &RawValue) -> Result<(), Failure> {
        match self.form {
            Form::Json => self.line(&indented(json.get(), 0)),
            Form::Lines => match serde_json::from_str::<Vec<&RawValue>>(json.get()) {
                Ok(items) => self.items(&items),
                Err(_) => self.item(json.get()),
            },
            Form::Table => match serde_json::from_str(json.get()) {
                Ok(Value::Array(items)) => self.rows(&items),
                Ok(value) => {
                    let text = self.table.of_one(&value);
                    self.write(text.as_bytes())
                }
                Err(_) => self.line(&indented(json.get(), 0)),
            },
        }
    }

    /// Prints a text. What a terminal would act on is escaped there.
    pub fn text(&mut self, text: &str) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        if self.is_terminal {
            return self.line(&terminal::text(text));
        }
        self.write(text.as_bytes())
    }

    /// Begins a list, of which items follow.
    pub fn begin_list(&mut self) -> Result<(), Failure> {
        if self.form == Form::Json { self.write(b"[") } else { Ok(()) }
    }

    /// Prints items of a list.
    pub fn items(&mut self, items: &[&RawValue]) -> Result<(), Failure> {
        match self.form {
            Form::Lines => items.iter().try_for_each(|item| self.item(item.get())),
            Form::Json => items.iter().try_for_each(|item| {
                let separator = if self.count == 0 { "\n  " } else { ",\n  " };
                self.count += 1;
                self.write(separator.as_bytes())?;
                self.write(indented(item.get(), 2).as_bytes())
            }),
            Form::Table => {
                let parsed = items.iter().map(|item| serde_json::from_str(item.get()));
                let values: Vec<Value> = parsed.map(Result::unwrap_or_default).collect();
                self.rows(&values)
            }
        }
    }

    /// Ends the list.
    pub fn end_list(&mut self) -> Result<(), Failure> {
        match self.form {
            Form::Json if self.count == 0 => self.write(b"]\n"),
            Form::Json => self.write(b"\n]\n"),
            _ => Ok(()),
        }
    }

    /// Prints an item of what has no end: JSON on a line, at once.
    pub fn item(&mut self, json: &str) -> Result<(), Failure> {
        self.line(&compact(json))
    }

    /// Checks that bytes may be printed: a terminal would act on them.
    pub fn expect_bytes(&self) -> Result<(), Failure> {
        match self.is_terminal {
            true => Err(Failure::Usage(
                "the answer is bytes, which a terminal cannot show; give --output FILE".to_owned(),
            )),
            false => Ok(()),
        }
    }

    /// Prints bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.write(bytes)
    }

    /// Prints what is still to be printed.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        if let Some(note) = self.table.note() {
            eprintln!("{note}");
        }
        Ok(())
    }

    /// Shows what was printed so far.
    pub fn flush(&mut self) -> Result<(), Failure> {
        let done = self.writer.flush();
        done.map_err(|cause| self.failure(cause))
    }

    fn rows(&mut self, items: &[Value]) -> Result<(), Failure> {
        let text = self.table.rows(items);
        self.write(text.as_bytes())?;
        self.flush()
    }

    fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.write(text.as_bytes())?;
        self.write(b"\n")
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let done = self.writer.write_all(bytes);
        done.map_err(|cause| self.failure(cause))
    }

    fn failure(&self, cause: io::Error) -> Failure {
        match &self.file {
            Some(name) => Failure::File(name.clone(), cause),
            None => Failure::Stream(cause),
        }
    }
}

/// Prints bytes to standard output.
pub fn to_standard_output(bytes: &[u8]) -> Result<(), Failure> {
    io::stdout().write_all(bytes).map_err(Failure::Stream)
}
