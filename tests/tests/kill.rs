//! A run that ends before its time, or that meets another one, leaves a tree that is the old one or
//! the new one, or that the next run mends and tells so.
//!
//! Apart from `tool`, since it starts copies of this very program, which stay small, and kills them.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use sdk_tests::command::codegen_into;
use sdk_tests::documents::PETS;
use tempfile::TempDir;
use xtask::{Console, Exit};

/// Tells the test [`child`] what to run: arguments of xtask, one a line.
const ARGUMENTS: &str = "KILL_TEST_ARGUMENTS";

/// The user that nobody is, for when the tests run as root, who may write anywhere.
const NOBODY: u32 = 65534;

/// How long is waited between two looks at a folder: little beside the writing, and without a pause the looks take longer
/// than the runs.
const PAUSE: Duration = Duration::from_micros(200);

/// What the user has in the folder; none of it is the generator's.
const THEIRS: [&str; 4] = [".gitignore", "Cargo.lock", "src/.notes", "target/debug/app"];

/// Not a test: the program that the tests start and kill. It does nothing unless it is asked to.
#[test]
fn child() {
    let Ok(arguments) = env::var(ARGUMENTS) else { return };
    let (mut output, mut errors) = (std::io::sink(), std::io::stderr());
    let mut console =
        Console { output: &mut output, errors: &mut errors, colored: false, colored_output: false };
    let exit = xtask::run(["xtask"].into_iter().chain(arguments.lines()), &mut console);
    std::process::exit(i32::from(exit != Exit::Success));
}

/// The text of every file by its path, but for the hidden folder of a run.
type Tree = BTreeMap<String, Vec<u8>>;

/// A document, and what a folder held before and holds after a run.
struct Scene {
    root: TempDir,
    old: Tree,
    new: Tree,
}

impl Scene {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("pets.yaml"), PETS).unwrap();
        let mut scene = Self { root, old: Tree::new(), new: Tree::new() };
        let out = scene.path("new");
        assert_eq!(codegen_into(&out, &["--spec", &scene.spec()]).exit, Exit::Success);
        let mut new = tree(&out);
        let mut old: Tree =
            new.iter().enumerate().map(|(n, (path, text))| stale(n, path, text)).collect();
        for path in THEIRS {
            new.insert(path.to_owned(), b"theirs".to_vec());
            old.insert(path.to_owned(), b"theirs".to_vec());
        }
        (scene.old, scene.new) = (old, new);
        scene
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn spec(&self) -> String {
        self.path("pets.yaml").to_str().unwrap().to_owned()
    }

    /// A folder with the old files.
    fn old_folder(&self, name: &str) -> PathBuf {
        let folder = self.path(name);
        for (path, text) in &self.old {
            let place = folder.join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
        folder
    }

    /// Starts a run by `program` that brings the folder to the new files.
    fn command(&self, program: impl AsRef<OsStr>, out: &Path) -> Command {
        let arguments = ["codegen", "--spec", &self.spec(), "--out", out.to_str().unwrap()];
        let mut command = Command::new(program);
        command.args(["--exact", "child", "--nocapture"]).env(ARGUMENTS, arguments.join("\n"));
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    fn start(&self, out: &Path) -> Child {
        self.command(env::current_exe().unwrap(), out).spawn().unwrap()
    }

    /// Runs a command that must fail, and gives what it says.
    fn failure(&self, command: &mut Command) -> String {
        let ended = command.output().unwrap();
        assert!(!ended.status.success());
        String::from_utf8(ended.stderr).unwrap()
    }

    /// Checks the tree after a run was killed, and the run that follows.
    fn assess(&self, out: &Path) -> Outcome {
        let found = tree(out);
        let left = leftovers(out);
        let outcome = match () {
            () if found == self.old => Outcome::Old,
            () if found == self.new => Outcome::New,
            () => Outcome::Mixed,
        };
        for (path, text) in &found {
            let is_whole = self.old.get(path) == Some(text) || self.new.get(path) == Some(text);
            assert!(is_whole, "{path} is neither old nor new");
        }
        if outcome == Outcome::Mixed {
            assert!(!left.is_empty(), "nothing tells that the run was interrupted");
        }
        let run = codegen_into(out, &["--spec", &self.spec()]);
        assert_eq!(run.exit, Exit::Success, "{}", run.errors);
        for name in &left {
            let told = format!("removed {name}/, which an interrupted run left");
            assert!(run.output.contains(&told), "{}", run.output);
        }
        assert!(tree(out) == self.new, "the next run mends it");
        assert_eq!(leftovers(out), [""; 0]);
        outcome
    }
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Outcome {
    Old,
    New,
    Mixed,
}

/// A file of the old tree for one of the new tree: another text, or another path.
fn stale(number: usize, path: &str, text: &[u8]) -> (String, Vec<u8>) {
    let is_moved = number.is_multiple_of(5) && path.starts_with("src/runtime/");
    let path = if is_moved { format!("src/old/{number}.rs") } else { path.to_owned() };
    (path, [text, b"\n"].concat())
}

fn is_stage(name: &str) -> bool {
    name.starts_with(".codegen-")
}

fn tree(folder: &Path) -> Tree {
    let mut files = Tree::new();
    let mut open = vec![folder.to_owned()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(&place).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path();
            if is_stage(entry.file_name().to_str().unwrap()) {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn leftovers(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> =
        names.map(|name| name.into_string().unwrap()).filter(|name| is_stage(name)).collect();
    names.sort();
    names
}

/// When a run is killed.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Aim {
    /// At a random moment of its whole length.
    Anywhere,
    /// At a random moment of the writing, most of which is beside the old files.
    Writing,
    /// After a random number of old files was moved away.
    Moving,
}

/// Kills `count` runs for each aim.
fn kill(count: usize) {
    let scene = Scene::new();
    let (length, writing) = measure(&scene);
    let mut outcomes: BTreeMap<(Aim, Outcome), usize> = BTreeMap::new();
    for number in 0..count {
        for aim in [Aim::Anywhere, Aim::Writing, Aim::Moving] {
            let out = scene.old_folder(&format!("{aim:?}-{number}"));
            let mut child = scene.start(&out);
            match aim {
                Aim::Anywhere => thread::sleep(length.mul_f64(fastrand::f64())),
                Aim::Writing => {
                    wait_for_stage(&out, &mut child);
                    thread::sleep(writing.mul_f64(fastrand::f64()));
                }
                Aim::Moving => {
                    wait_for_stage(&out, &mut child);
                    let wanted = fastrand::usize(1..scene.old.len());
                    while moved(&out) < wanted && child.try_wait().unwrap().is_none() {}
                }
            }
            child.kill().unwrap();
            child.wait().unwrap();
            *outcomes.entry((aim, scene.assess(&out))).or_default() += 1;
            fs::remove_dir_all(out).unwrap();
        }
    }
    println!(
        "a run takes {length:?}, its writing {writing:?}; {count} kills of each aim: {outcomes:?}"
    );
}

/// How long a run takes, and its writing.
fn measure(scene: &Scene) -> (Duration, Duration) {
    let out = scene.old_folder("measured");
    let start = Instant::now();
    let mut child = scene.start(&out);
    wait_for_stage(&out, &mut child);
    let writing = Instant::now();
    while !leftovers(&out).is_empty() {
        thread::sleep(PAUSE);
    }
    let writing = writing.elapsed();
    assert!(child.wait().unwrap().success());
    assert!(tree(&out) == scene.new);
    (start.elapsed(), writing)
}

/// Waits until a run starts to write, or ends.
fn wait_for_stage(out: &Path, child: &mut Child) {
    while leftovers(out).is_empty() && child.try_wait().unwrap().is_none() {
        thread::sleep(PAUSE);
    }
}

/// How many old files a run has moved away.
fn moved(out: &Path) -> usize {
    let stages = leftovers(out);
    let files = stages.iter().flat_map(|stage| fs::read_dir(out.join(stage)).into_iter().flatten());
    let is_old = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "old");
    files.flatten().map(|entry| entry.path()).filter(is_old).count()
}

#[test]
fn a_killed_run_is_mended_by_the_next() {
    kill(10);
}

#[test]
#[ignore = "takes minutes"]
fn a_run_killed_200_times_is_mended_by_the_next() {
    kill(200);
}

#[test]
fn a_killed_first_run_is_mended_by_the_next() {
    let scene = Scene::new();
    let out = scene.path("first");
    fs::create_dir(&out).unwrap();
    let mut child = scene.start(&out);
    wait_for_stage(&out, &mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(codegen_into(&out, &["--spec", &scene.spec()]).exit, Exit::Success);
    assert_eq!(leftovers(&out), [""; 0]);
}

#[test]
fn runs_at_once_take_turns() {
    let scene = Scene::new();
    for round in 0..3 {
        let out = scene.old_folder(&format!("shared-{round}"));
        let runs: Vec<Child> = (0..4).map(|_| scene.start(&out)).collect();
        for run in runs {
            let ended = run.wait_with_output().unwrap();
            let errors = String::from_utf8_lossy(&ended.stderr);
            assert!(ended.status.success(), "{errors}");
        }
        assert!(tree(&out) == scene.new);
        assert_eq!(leftovers(&out), [""; 0]);
    }
}

#[test]
fn runs_at_once_make_a_folder_together() {
    let scene = Scene::new();
    let out = scene.path("made/by/many");
    let runs: Vec<Child> = (0..4).map(|_| scene.start(&out)).collect();
    for run in runs {
        let ended = run.wait_with_output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    }
    assert_eq!(codegen_into(&out, &["--spec", &scene.spec(), "--check"]).exit, Exit::Success);
}

/// A file that cannot become longer than this is what a full disk is to whoever writes it.
#[test]
fn a_full_disk_leaves_the_old_tree() {
    let scene = Scene::new();
    let out = scene.old_folder("full");
    // In blocks of 512 bytes: some files fit, some do not.
    for blocks in [0, 4, 16] {
        let mut command = scene.command("sh", &out);
        let limited =
            format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" --exact child --nocapture");
        let program = env::current_exe().unwrap();
        let environment = command.get_envs().next().map(|(_, value)| value.unwrap().to_owned());
        command = Command::new("sh");
        command.args(["-c", &limited]).arg(program).env(ARGUMENTS, environment.unwrap());
        let errors = scene.failure(command.stdout(Stdio::null()).stderr(Stdio::piped()));
        assert!(errors.contains("error: cannot write"), "{errors}");
        assert!(tree(&out) == scene.old);
        assert_eq!(leftovers(&out), [""; 0]);
    }
}

/// A program that may be run by a user without rights, and a folder that is this user's.
fn unprivileged(scene: &Scene, out: &Path) -> Command {
    let program = scene.path("program");
    if fs::metadata(scene.root.path()).unwrap().uid() != 0 {
        return scene.command(env::current_exe().unwrap(), out);
    }
    if !program.exists() {
        fs::copy(env::current_exe().unwrap(), &program).unwrap();
    }
    let mut open = vec![scene.root.path().to_owned()];
    while let Some(place) = open.pop() {
        chown(&place, Some(NOBODY), Some(NOBODY)).unwrap();
        if place.is_dir() {
            open.extend(fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    let mut command = scene.command(program, out);
    command.uid(NOBODY).gid(NOBODY).current_dir(scene.root.path());
    command
}

fn set_mode(place: &Path, mode: u32) {
    fs::set_permissions(place, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_read_only_folder_keeps_the_old_tree() {
    let scene = Scene::new();
    let out = scene.old_folder("read-only");
    let mut command = unprivileged(&scene, &out);
    for locked in ["", "docs", "src", "src/runtime/model", "tests/contract"] {
        let place = out.join(locked);
        set_mode(&place, 0o555);
        let errors = scene.failure(&mut command);
        set_mode(&place, 0o755);
        assert!(errors.contains("Permission denied"), "{locked}: {errors}");
        assert!(tree(&out) == scene.old, "{locked}");
        assert_eq!(leftovers(&out), [""; 0], "{locked}");
    }
    assert!(command.status().unwrap().success());
    assert!(tree(&out) == scene.new);
}

#[test]
fn read_only_files_are_replaced() {
    let scene = Scene::new();
    let out = scene.old_folder("read-only-files");
    for path in scene.old.keys() {
        set_mode(&out.join(path), 0o444);
    }
    assert!(unprivileged(&scene, &out).status().unwrap().success());
    assert!(tree(&out) == scene.new);
}

#[test]
fn a_file_that_may_not_be_read_keeps_the_old_tree() {
    let scene = Scene::new();
    let out = scene.old_folder("secret");
    let mut command = unprivileged(&scene, &out);
    set_mode(&out.join("src/lib.rs"), 0o000);
    let errors = scene.failure(&mut command);
    assert!(errors.contains("cannot read") && errors.contains("lib.rs"), "{errors}");
    set_mode(&out.join("src/lib.rs"), 0o644);
    assert!(tree(&out) == scene.old);
}
