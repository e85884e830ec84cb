//! The rooms of the generator: each stands on those before it, and knows none of those after it.

use sdk_tests::folder::{texts, workspace};

/// The modules of `codegen/src` in their order: the ground floor, then the stages as the data flows.
const ROOMS: [&str; 18] = [
    "characters",
    "suggest",
    "names",
    "document",
    "source",
    "diagnostics",
    "config",
    "ir",
    "load",
    "catalog",
    "overlay",
    "import",
    "normalize",
    "lower",
    "output",
    "render",
    "checks",
    "lib",
];

/// The rooms that a line of code names after `crate::`, in a group of `use`, too.
fn named(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let word = |text: &str| -> String {
        text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut named = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => named.push(word(after)),
            Some(group) => {
                let mut depth = 0;
                let parts = group.split(|c| {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        _ => {}
                    }
                    c == ',' && depth == 0
                });
                named.extend(parts.map(word));
            }
        }
    }
    named
}

/// What of a file leads up: `path: room`.
fn leading_up(path: &str, text: &str) -> Vec<String> {
    let room = path.split(['/', '.']).next().unwrap_or_default();
    let Some(floor) = ROOMS.iter().position(|it| *it == room) else {
        return vec![format!("{path}: `{room}` has no place in the order")];
    };
    // A group of imports may go over several lines.
    let joined = text.lines().map(|line| match line.trim_start() {
        comment if comment.starts_with("//") => "",
        code => code,
    });
    let joined = joined.collect::<Vec<_>>().join(" ").replace(';', "\n");
    let named = joined.lines().flat_map(named);
    let above = named.filter(|named| ROOMS[floor + 1..].contains(&named.as_str()));
    above.map(|named| format!("{path}: {named}")).collect()
}

#[test]
fn no_room_stands_on_one_above_it() {
    let files = texts(&workspace().join("codegen/src"));
    assert!(files.len() > 100, "the folder moved: only {} files were read", files.len());
    let up: Vec<String> = files.iter().flat_map(|(path, text)| leading_up(path, text)).collect();
    assert!(up.is_empty(), "these lead up:\n{}", up.join("\n"));
}

#[test]
fn an_import_that_leads_up_is_found() {
    let planted = "use crate::{\n    document::pointer,\n    render::{Error, rust},\n};\n";
    assert_eq!(leading_up("lower/mod.rs", planted), ["lower/mod.rs: render"]);
    assert_eq!(leading_up("ir/api.rs", "fn f() { crate::lower::lower() }"), ["ir/api.rs: lower"]);
    let comment = "//! See [`crate::render`].\nuse crate::ir::Sdk;\n";
    assert!(leading_up("lower/mod.rs", comment).is_empty());
    assert_eq!(leading_up("attic/mod.rs", ""), ["attic/mod.rs: `attic` has no place in the order"]);
}
