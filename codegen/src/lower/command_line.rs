//! The command line beside the SDK: what it is called, and names in `[cli]` that cannot be.

use std::collections::HashMap;

use crate::config::{Cli, Config, package_name};
use crate::diagnostics::Diagnostics;
use crate::ir::{CommandLine, Sdk};

/// Names that cargo keeps for folders beside programs.
const KEPT_BY_CARGO: [&str; 4] = ["build", "deps", "examples", "incremental"];

/// What the name of a package ends with that is a library for an API.
const ENDINGS: [&str; 4] = ["-sdk", "-client", "-api", "-rs"];

/// The command line that the configuration wants, beside an SDK of that name.
pub(super) fn command_line(config: &Config, sdk: &str) -> Option<CommandLine> {
    let cli = config.cli.as_ref()?;
    let program = program(cli, sdk);
    let package = cli.package.clone().unwrap_or_else(|| match program.ends_with("-cli") {
        true => program.clone(),
        false => format!("{program}-cli"),
    });
    Some(CommandLine { program, package, commands: cli.commands.clone() })
}

/// What the program is called: as the SDK, without the word for what that is.
fn program(cli: &Cli, sdk: &str) -> String {
    cli.name.clone().unwrap_or_else(|| {
        let name = sdk.to_lowercase().replace('_', "-");
        let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
        let stem = stem.filter(|stem| fault(stem).is_none());
        stem.map_or_else(|| format!("{name}-cli"), str::to_owned)
    })
}

/// Reports names that no program, package or command can have.
pub(super) fn check(config: &Config, sdk: &Sdk, diagnostics: &mut Diagnostics) {
    let Some(command_line) = &sdk.command_line else { return };
    let mut check = Check { config, diagnostics };
    check.program(command_line);
    if command_line.package.replace('-', "_") == sdk.package.library() {
        let message =
            format!("the command line is the package `{}`, as the SDK is", command_line.package);
        check.report(&["cli"], "package", message, "give it another name by `cli.package`");
    }
    check.commands(command_line, sdk);
}

struct Check<'a> {
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn program(&mut self, command_line: &CommandLine) {
        let names = [
            ("name", &command_line.program, "program"),
            ("package", &command_line.package, "package"),
        ];
        for (key, name, what) in names {
            if let Some(reason) = fault(name) {
                let message = format!("a {what} cannot be called `{name}`: {reason}");
                let help = "use letters, digits, `-` and `_`, with a letter first, such as `pets`";
                self.report(&["cli"], key, message, help);
            }
        }
    }

    fn commands(&mut self, command_line: &CommandLine, sdk: &Sdk) {
        let keys = ["cli", "commands"];
        for (operation, name) in command_line.commands.iter().filter(|(_, name)| !is_command(name))
        {
            let message = format!("a command cannot be called `{name}`");
            let help =
                "use lower-case letters, digits and `-`, with a letter first, such as `close`";
            self.report(&keys, operation, message, help);
        }
        for api in &sdk.apis {
            let mut first: HashMap<&str, &str> = HashMap::new();
            for operation in api.operations.iter().filter(|operation| operation.is_main()) {
                let Some(name) = command_line.commands.get(&operation.id) else { continue };
                if let Some(other) = first.insert(name, &operation.id) {
                    let message = format!(
                        "`cli.commands` calls both `{other}` and `{}` of the tag `{}` `{name}`",
                        operation.id, api.tag
                    );
                    self.report(&keys, &operation.id, message, "give one of them another name");
                }
            }
        }
    }

    fn report(&mut self, keys: &[&str], name: &str, message: String, help: &str) {
        let place = self.config.location(keys, name);
        let reported = self.diagnostics.error("invalid-command-line-name", None, message);
        reported.at(place).help(help);
    }
}

/// What is wrong with the name of a program or its package.
fn fault(name: &str) -> Option<&'static str> {
    match KEPT_BY_CARGO.contains(&name) {
        true => Some("cargo keeps that name for a folder beside programs"),
        false => package_name::fault(name),
    }
}

/// Whether a word can be that of a command.
fn is_command(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::testing::lower_document;

    #[test]
    fn the_program_is_called_as_the_sdk_without_the_word_for_it() {
        let config: Config = toml::from_str("[cli]").unwrap();
        for (sdk, program, package) in [
            ("pet-sdk", "pet", "pet-cli"),
            ("Pet_Client", "pet", "pet-cli"),
            ("pets", "pets-cli", "pets-cli"),
            ("build-sdk", "build-sdk-cli", "build-sdk-cli"),
            ("fn-sdk", "fn-sdk-cli", "fn-sdk-cli"),
        ] {
            let made = command_line(&config, sdk).unwrap();
            assert_eq!((made.program.as_str(), made.package.as_str()), (program, package));
        }
        assert!(command_line(&Config::default(), "pet-sdk").is_none());
    }

    #[test]
    fn names_that_cannot_be_are_reported() {
        let problems = |text: &str| -> Vec<String> {
            let config: Config = toml::from_str(text).unwrap();
            let operation = |id: &str| {
                format!(
                    "{{operationId: {id}, tags: [T], responses: {{'204': {{description: Done}}}}}}"
                )
            };
            let paths = format!("{{/a: {{get: {}, put: {}}}}}", operation("a"), operation("b"));
            let mut sdk = lower_document(&paths, "  schemas: {A: {type: string}}");
            sdk.package.name = "pets".to_owned();
            sdk.command_line = command_line(&config, "pets");
            let mut diagnostics = Diagnostics::new();
            check(&config, &sdk, &mut diagnostics);
            diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect()
        };
        assert!(problems("[cli]\nname = \"b\"").is_empty());
        assert_eq!(
            problems("[cli]\nname = \"a b\"\npackage = \"deps\"\ncommands = { a = \"Get\" }"),
            [
                "a program cannot be called `a b`: it has other characters than letters, digits, `-` and `_`",
                "a package cannot be called `deps`: cargo keeps that name for a folder beside programs",
                "a command cannot be called `Get`",
            ]
        );
        assert_eq!(
            problems("[cli]\npackage = \"pets\""),
            ["the command line is the package `pets`, as the SDK is"]
        );
        assert_eq!(
            problems("[cli.commands]\na = \"get\"\nb = \"get\""),
            ["`cli.commands` calls both `a` and `b` of the tag `T` `get`"]
        );
    }
}
