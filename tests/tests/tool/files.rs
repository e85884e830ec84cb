//! A document reaches the files of its own folder, and no other unless the user says so.

use std::fs;
use std::path::{Path, PathBuf};

use sdk_tests::command::{Run, codegen_into, proof, xtask};
use sdk_tests::documents::PETS;
use tempfile::TempDir;
use xtask::Exit;

/// What must not be found anywhere.
const SECRET: &str = "TheSecretOfAnotherFolder";

/// A folder with a secret beside the folder of the document.
struct Place {
    root: TempDir,
}

impl Place {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("api/below")).unwrap();
        fs::create_dir(root.path().join("elsewhere")).unwrap();
        let place = Self { root };
        place.write("elsewhere/secret.yaml", &format!("{{type: string, description: {SECRET}}}\n"));
        place.write("elsewhere/broken.yaml", &format!("{SECRET}: [\n"));
        place.write("elsewhere/secret", SECRET);
        place.write("api/below/own.yaml", "{type: string, description: Its own}\n");
        place
    }

    fn path(&self, relative: &str) -> PathBuf {
        // As it is once links are looked through, such as that of a platform's temporary folder.
        self.root.path().canonicalize().unwrap().join(relative)
    }

    fn text(&self, relative: &str) -> String {
        self.path(relative).to_str().unwrap().to_owned()
    }

    fn write(&self, relative: &str, text: &str) {
        fs::write(self.path(relative), text).unwrap();
    }

    /// Writes a document with a schema that is a reference to `target`.
    fn refer_to(&self, target: &str) -> String {
        let reference = format!("        name: {{$ref: '{target}'}}");
        self.write("api/pets.yaml", &PETS.replace("        name: {type: string}", &reference));
        self.text("api/pets.yaml")
    }

    /// Generates from a document, and checks that no secret came through.
    fn generate(&self, spec: &str, arguments: &[&str]) -> Run {
        let out = self.path("out");
        let run = codegen_into(&out, &[&["--spec", spec, "--no-tests"], arguments].concat());
        assert!(!run.output.contains(SECRET) && !run.errors.contains(SECRET), "{run:?}");
        run
    }

    /// Checks that a document is refused for a code, in the report for people and in that for tools.
    #[track_caller]
    fn assert_refused(&self, spec: &str, code: &str) {
        let run = self.generate(spec, &["--format", "json"]);
        assert_eq!(run.exit, Exit::Failure);
        let first = &run.diagnostics()[0];
        assert_eq!(first.code, code, "{first:?}");
        let run = self.generate(spec, &[]);
        assert!(run.errors.contains(&format!("error[{code}]")), "{}", run.errors);
        assert!(!self.path("out").exists(), "something was written");
    }

    /// Checks that the document is generated, with the text of another folder in it.
    #[track_caller]
    fn assert_reached(&self, spec: &str, arguments: &[&str]) {
        let out = self.path("out");
        let run = codegen_into(&out, &[&["--spec", spec, "--no-tests"], arguments].concat());
        assert_eq!(run.exit, Exit::Success, "{}", run.errors);
        let models = fs::read_to_string(out.join("src/models/pet.rs")).unwrap();
        assert!(models.contains(SECRET), "{models}");
    }
}

#[test]
fn no_way_of_writing_a_path_leads_out_of_the_folder() {
    let place = Place::new();
    let absolute = place.text("elsewhere/secret.yaml");
    for target in [
        "../elsewhere/secret.yaml",
        "../elsewhere/secret",
        "../elsewhere/broken.yaml",
        "../elsewhere/not-there.yaml",
        "./below/../../elsewhere/secret.yaml",
        "not-there/../../elsewhere/secret.yaml",
        "%2e%2e/elsewhere/secret.yaml",
        "%2E%2E%2Felsewhere%2Fsecret.yaml",
        ".%2e/elsewhere/secret.yaml#/description",
        "../api-of-the-same-beginning/secret.yaml",
        &absolute,
        &absolute.replace('/', "%2f"),
        "/etc/passwd",
        "/proc/self/environ",
        "/dev/zero",
    ] {
        let spec = place.refer_to(target);
        place.assert_refused(&spec, "file-not-allowed");
    }
}

#[test]
fn a_url_is_no_path() {
    let place = Place::new();
    let spec = place.refer_to(&format!("file://{}", place.text("elsewhere/secret.yaml")));
    place.assert_refused(&spec, "remote-reference");
}

#[cfg(unix)]
#[test]
fn what_is_a_path_elsewhere_only_names_no_file() {
    let place = Place::new();
    for target in ["..\\elsewhere\\secret.yaml", "C:\\secret.yaml", "file:/etc/passwd"] {
        let spec = place.refer_to(target);
        place.assert_refused(&spec, "unreadable-file");
    }
}

#[test]
fn the_rule_holds_wherever_a_document_names_a_file() {
    let place = Place::new();
    let secret = "'../elsewhere/secret.yaml'";
    let pets = |from: &str, to: &str| {
        assert!(PETS.contains(from), "{from}");
        place.write("api/pets.yaml", &PETS.replace(from, to));
        place.assert_refused(&place.text("api/pets.yaml"), "file-not-allowed");
    };
    // Where OpenAPI has a reference, and where it has none.
    pets("    get:\n", &format!("    $ref: {secret}\n    get:\n"));
    pets("title: Pet Store", &format!("title: Pet Store\n  description: {{$ref: {secret}}}"));
    pets(
        "      type: object\n",
        &format!(
            "      type: object\n      discriminator: {{propertyName: name, mapping: {{a: {secret}}}}}\n"
        ),
    );
    // From a file that is allowed.
    place.write("api/below/own.yaml", "{$ref: '../../elsewhere/secret.yaml'}\n");
    let spec = place.refer_to("below/own.yaml");
    place.assert_refused(&spec, "file-not-allowed");
}

#[test]
fn the_diagnostic_names_the_rule_and_the_option() {
    let place = Place::new();
    let spec = place.refer_to("../elsewhere/secret.yaml");
    let run = place.generate(&spec, &[]);
    let words: Vec<&str> = run.errors.split_whitespace().collect();
    let told = words.join(" ");
    let message = "`../elsewhere/secret.yaml` leads out of the folder of the document";
    assert!(told.contains(message), "{told}");
    assert!(told.contains("`--allow-files DIR`") && told.contains("`allow-files` of"), "{told}");
}

#[test]
fn the_own_folder_and_what_is_below_it_are_reached() {
    let place = Place::new();
    for target in ["below/own.yaml", "./below/../below/own.yaml", "below%2Fown.yaml"] {
        let spec = place.refer_to(target);
        let run = place.generate(&spec, &[]);
        assert_eq!(run.exit, Exit::Success, "{target}: {}", run.errors);
    }
    let spec = place.refer_to(&place.text("api/below/own.yaml"));
    assert_eq!(place.generate(&spec, &[]).exit, Exit::Success, "an absolute path");
}

#[test]
fn what_an_overlay_adds_is_not_followed() {
    let place = Place::new();
    let overlay = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n\
                   - target: $.components.schemas.Pet.properties.name\n  \
                   update: {$ref: ../elsewhere/secret.yaml}\n";
    place.write("api/overlay.yaml", overlay);
    place.write("api/pets.yaml", PETS);
    let overlay = place.text("api/overlay.yaml");
    let run = place.generate(&place.text("api/pets.yaml"), &["--overlay", &overlay]);
    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("error[dangling-reference]"), "{}", run.errors);
}

#[test]
fn an_option_allows_another_folder() {
    let place = Place::new();
    let spec = place.refer_to("../elsewhere/secret.yaml");
    let (empty, elsewhere) = (place.text("api/below"), place.text("elsewhere"));
    place.assert_reached(&spec, &["--allow-files", &empty, "--allow-files", &elsewhere]);
    // `--check` names it in the command that mends.
    fs::remove_file(place.path("out/README.md")).unwrap();
    let arguments = ["--spec", &spec, "--no-tests", "--check", "--allow-files", &elsewhere];
    let run = codegen_into(&place.path("out"), &arguments);
    assert!(run.errors.contains(&format!("--allow-files {elsewhere}")), "{}", run.errors);
}

#[test]
fn a_key_allows_another_folder() {
    let place = Place::new();
    let spec = place.refer_to("../elsewhere/secret.yaml");
    place.write("api/sdk.toml", "allow-files = [\"../elsewhere\"]\n");
    place.assert_reached(&spec, &["--config", &place.text("api/sdk.toml")]);
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let place = Place::new();
    let spec = place.refer_to("below/own.yaml");
    let run = place.generate(&spec, &["--allow-files", &place.text("nowhere"), "--format", "json"]);
    assert_eq!(run.exit, Exit::Failure);
    assert_eq!(run.diagnostics()[0].code, "unreadable-folder");
}

#[test]
fn every_command_that_reads_a_document_has_the_rule_and_the_option() {
    let place = Place::new();
    let spec = place.refer_to("../elsewhere/secret.yaml");
    place.write("into.yaml", PETS);
    let (corpus, into) = (place.text("api"), place.text("into.yaml"));
    type Program = fn(&[&str]) -> Run;
    let commands: [(Program, &[&str]); 5] = [
        (xtask, &["list", "--spec", &spec]),
        (xtask, &["import", "--from", &spec, "--spec", &into, "--dry-run"]),
        (xtask, &["corpus", &corpus]),
        (proof, &["conformance", &spec]),
        (proof, &["judge", &spec]),
    ];
    let elsewhere = place.text("elsewhere");
    for ((program, command), is_quick) in commands.into_iter().zip([true, true, true, false, false])
    {
        let run = program(command);
        assert_eq!(run.exit, Exit::Failure, "{command:?}");
        assert!(run.errors.contains("error[file-not-allowed]"), "{command:?}: {}", run.errors);
        assert!(!run.errors.contains(SECRET) && !run.output.contains(SECRET), "{run:?}");
        // The others would build a crate.
        if is_quick {
            let run = program(&[command, &["--allow-files", &elsewhere]].concat());
            assert!(!run.errors.contains("file-not-allowed"), "{command:?}: {}", run.errors);
        } else {
            let run = program(&[command, &["--allow-files", &into]].concat());
            assert!(run.errors.contains("file-not-allowed"), "{command:?}: {}", run.errors);
        }
    }
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    fn link(place: &Place, to: impl AsRef<Path>, at: &str) {
        symlink(to, place.path(at)).unwrap();
    }

    #[test]
    fn are_looked_through() {
        let place = Place::new();
        link(&place, "../elsewhere/secret.yaml", "api/file.yaml");
        link(&place, place.path("elsewhere"), "api/folder");
        link(&place, "file.yaml", "api/twice.yaml");
        for target in ["file.yaml", "folder/secret.yaml", "folder/broken.yaml", "twice.yaml"] {
            let spec = place.refer_to(target);
            place.assert_refused(&spec, "file-not-allowed");
        }
        let spec = place.refer_to("file.yaml");
        let run = place.generate(&spec, &[]);
        assert!(run.errors.contains("`file.yaml` is a symbolic link that leads out"), "{run:?}");
        place.assert_reached(&spec, &["--allow-files", &place.text("elsewhere")]);
    }

    #[test]
    fn within_the_folder_lead_to_one_file() {
        let place = Place::new();
        link(&place, "below/own.yaml", "api/link.yaml");
        let spec = place.refer_to("link.yaml");
        let run = place.generate(&spec, &[]);
        assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    }

    /// The folder of a document that is a link is the one that it leads to.
    #[test]
    fn as_the_documents_own_path() {
        let place = Place::new();
        let spec = place.refer_to("below/own.yaml");
        fs::create_dir(place.path("linked")).unwrap();
        link(&place, &spec, "linked/pets.yaml");
        let run = place.generate(&place.text("linked/pets.yaml"), &[]);
        assert_eq!(run.exit, Exit::Success, "{}", run.errors);

        fs::remove_dir_all(place.path("out")).unwrap();
        place.refer_to("../linked/secret.yaml");
        place.write("linked/secret.yaml", &format!("{{type: string, title: {SECRET}}}\n"));
        place.assert_refused(&place.text("linked/pets.yaml"), "file-not-allowed");
    }

    #[test]
    fn may_be_how_a_folder_is_allowed() {
        let place = Place::new();
        link(&place, "elsewhere", "short");
        let spec = place.refer_to("../short/secret.yaml");
        place.assert_reached(&spec, &["--allow-files", &place.text("short")]);
    }

    #[test]
    fn out_of_a_corpus_are_no_documents_of_it() {
        let place = Place::new();
        place.write("elsewhere/pets.yaml", PETS);
        place.write("api/own.yaml", PETS);
        link(&place, "../elsewhere/pets.yaml", "api/linked.yaml");
        link(&place, "..", "api/circle");
        let (corpus, elsewhere) = (place.text("api"), place.text("elsewhere"));
        let run = xtask(&["corpus", &corpus]);
        assert!(run.output.contains("| own |") && !run.output.contains("linked"), "{}", run.output);
        let run = xtask(&["corpus", &corpus, "--allow-files", &elsewhere]);
        assert!(run.output.contains("| linked |"), "{}", run.output);
    }

    #[test]
    fn stay_when_an_import_writes_through_them() {
        let place = Place::new();
        place.write(
            "api/into.yaml",
            &PETS.replace("/pets/{petId}", "/other/{petId}").replace("getPet", "getOther"),
        );
        place.write("api/from.yaml", PETS);
        link(&place, "api/into.yaml", "into.yaml");
        let run = xtask(&[
            "import",
            "--from",
            &place.text("api/from.yaml"),
            "--spec",
            &place.text("into.yaml"),
        ]);
        assert_eq!(run.exit, Exit::Success, "{}", run.errors);
        assert!(fs::symlink_metadata(place.path("into.yaml")).unwrap().is_symlink());
        assert!(fs::read_to_string(place.path("api/into.yaml")).unwrap().contains("getPet"));
    }
}
