//! The command line, as clap has it.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, value_parser};

use crate::description::{Body, Command, Group, Shape};
use crate::flags::{self, Flag};
use crate::value::{self, Words};
use crate::{commands, completion, credentials, example, failure, program, terminal};

/// The whole program. Commands that are not meant get a name and what they do, and none of their flags.
pub fn program(is_meant: impl Fn(&Group, &Command) -> bool) -> clap::Command {
    let groups = commands::GROUPS.iter().map(|group| {
        let commands = group.commands.iter().map(|command| {
            let short = clap::Command::new(command.name).about(command.about);
            if is_meant(group, command) { detailed(short, group, command) } else { short }
        });
        clap::Command::new(group.name)
            .about(first_line(group.about))
            .long_about(group.about)
            .subcommand_required(true)
            .arg_required_else_help(true)
            .disable_help_subcommand(true)
            .subcommands(commands)
    });
    clap::Command::new(program::NAME)
        .about(program::ABOUT)
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(global())
        .args(credentials::arguments())
        .subcommands(groups)
        .subcommand(completion::command())
        .after_help(failure::EXIT_CODES)
}

fn first_line(text: &'static str) -> &'static str {
    text.lines().next().unwrap_or_default()
}

/// A command with its flags.
fn detailed(short: clap::Command, group: &Group, command: &'static Command) -> clap::Command {
    let flags = flags::of(command);
    let operation = command.operation;
    let mut about = command.description.to_owned();
    if command.deprecated {
        about.push_str("\n\nThe API advises against using it.");
    }
    let after = format!(
        "Operation:\n  {} {} ({})\n\nExample:\n  {}",
        operation.method,
        terminal::shown(operation.path),
        terminal::shown(operation.id),
        example::line(group, command, &flags),
    );
    let mut detailed = short.long_about(about).after_help(after);
    detailed = detailed.args(flags.iter().map(argument));
    if let Some(body) = &command.body {
        detailed = detailed.arg(body_argument(body, &flags));
    }
    if command.items.is_some() {
        detailed = detailed.arg(limit());
    }
    detailed
}

fn argument(flag: &Flag) -> Arg {
    let mut about = flag.about.to_owned();
    if flag.deprecated {
        about.push_str(" (deprecated)");
    }
    let words = Words { shape: flag.shape, is_whole: flag.is_positional() };
    let argument = Arg::new(flag.name.clone()).help(about).value_parser(words);
    if flag.is_positional() {
        return argument.required(true).value_name(flag.name.to_uppercase());
    }
    let argument = argument
        .long(flag.name.clone())
        .action(value::action(flag.shape))
        .value_name(value::placeholder(flag.shape))
        .allow_negative_numbers(matches!(flag.shape, Shape::Integer | Shape::Number));
    // `--flag` alone means that it is so.
    let argument = match flag.shape {
        Shape::Boolean => {
            argument.num_args(0..=1).require_equals(true).default_missing_value("true")
        }
        _ => argument,
    };
    required(argument, flag)
}

/// What a call cannot do without is demanded; of the body, unless all of it comes from elsewhere.
fn required(argument: Arg, flag: &Flag) -> Arg {
    match (flag.required, flag.is_of_body()) {
        (true, true) => argument.required_unless_present("json"),
        (is_required, _) => argument.required(is_required),
    }
}

fn body_argument(body: &Body, flags: &[Flag]) -> Arg {
    let has_fields = flags.iter().any(Flag::is_of_body);
    if body.format.is_content() {
        let about = format!("The file that is the body ({}); `-`: standard input", body.media_type);
        return Arg::new("body")
            .long("body")
            .value_name("FILE")
            .required(body.required)
            .help(about);
    }
    let about = match has_fields {
        true => "A file with the body as JSON, into which the flags are put; `-`: standard input",
        false => "A file with the body as JSON; `-`: standard input",
    };
    Arg::new("json")
        .long("json")
        .value_name("FILE")
        .required(body.required && !has_fields)
        .help(about)
}

fn limit() -> Arg {
    Arg::new("limit")
        .long("limit")
        .value_name("NUMBER")
        .value_parser(value_parser!(u64))
        .help("Ends the list after so many items; else all pages are read")
}

/// The flags that every command has.
fn global() -> Vec<Arg> {
    let flag = |name: &'static str, value_name: &'static str, about: &'static str| {
        let argument = Arg::new(name).long(name).value_name(value_name).help(about);
        argument.global(true).help_heading("Options of every command")
    };
    vec![
        flag(
            "format",
            "FORMAT",
            "How the answer is shown [default: table on a terminal, else json]",
        )
        .value_parser(PossibleValuesParser::new(["table", "json", "lines"])),
        flag("columns", "NAMES", "The columns of a table, such as `id,profile.email`")
            .value_delimiter(','),
        flag("output", "FILE", "Writes the answer to a file in place of standard output")
            .short('o'),
        credentials::with_variable(flag("base-url", "URL", "Where the API is"), "base-url"),
        flag("allow-http", "", "Permits a base URL with http, over which anybody can read along")
            .action(ArgAction::SetTrue),
        flag("timeout", "SECONDS", "How long a call may take, with all its retries")
            .value_parser(value_parser!(u64)),
        flag("max-retries", "NUMBER", "How often a call is made again after a failure that passes")
            .value_parser(value_parser!(u32)),
        flag(
            "verbose",
            "",
            "Tells status and request id on standard error, and of an error the whole answer",
        )
        .short('v')
        .action(ArgAction::SetTrue),
    ]
}
