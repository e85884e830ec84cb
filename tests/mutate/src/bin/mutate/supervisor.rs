//! Starts the processes, and goes on behind a document that ended one.

use std::env;
use std::io::{self, BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use crate::Arguments;
use crate::documents::Documents;
use crate::mutation::Mutation;
use crate::worker::{End, Tried};

/// How long a process may take to read the documents, in seconds.
const START: u64 = 120;

/// Starts the processes. Gives what becomes of each document, as soon as it is known.
pub(crate) fn start(arguments: &Arguments, documents: &Arc<Documents>) -> Receiver<Tried> {
    let (sender, results) = mpsc::channel();
    for process in 0..arguments.processes {
        let supervisor = Supervisor {
            arguments: arguments.clone(),
            documents: Arc::clone(documents),
            process,
            results: sender.clone(),
        };
        thread::spawn(move || {
            if let Err(error) = supervisor.supervise() {
                eprintln!("error: process {process} cannot be run: {error}");
            }
        });
    }
    results
}

/// What watches over one process.
struct Supervisor {
    arguments: Arguments,
    documents: Arc<Documents>,
    /// The number of the process, which is also that of its first document.
    process: u64,
    results: Sender<Tried>,
}

impl Supervisor {
    /// Starts the process, and starts it again behind each document that ended it.
    fn supervise(&self) -> io::Result<()> {
        let end = self.arguments.first + self.arguments.count;
        let mut next = self.arguments.first + self.process;
        while next < end {
            let mut child = self.spawn(next, end)?;
            let lines = child.stdout.take().map(lines);
            let lost = lines.and_then(|lines| self.follow(&lines, &mut next));
            if lost.is_some() {
                child.kill()?;
            }
            let status = child.wait()?;
            if next < end {
                self.tell(next, lost.unwrap_or_else(|| End::Aborted(status.to_string())));
                next += self.arguments.processes;
            }
        }
        Ok(())
    }

    fn spawn(&self, first: u64, end: u64) -> io::Result<Child> {
        let arguments = &self.arguments;
        let folder = arguments.out.join(format!("process-{}", self.process));
        let numbers = [
            ("--seed", arguments.seed),
            ("--first", first),
            ("--count", end - first),
            ("--processes", arguments.processes),
        ];
        let mut command = Command::new(env::current_exe()?);
        command.arg("--worker").arg(folder).stdout(Stdio::piped());
        for (name, number) in numbers {
            command.args([name, &number.to_string()]);
        }
        command.arg("--").args(&arguments.paths).spawn()
    }

    /// Passes on what a process writes, until that ends. `next` becomes the number of the first document without a
    /// result. Gives how that document ended, where the process took too long for it.
    fn follow(&self, lines: &Receiver<String>, next: &mut u64) -> Option<End> {
        let mut limit = Duration::from_secs(self.arguments.limit + START);
        loop {
            match lines.recv_timeout(limit) {
                Ok(line) => {
                    if let Ok(tried) = serde_json::from_str::<Tried>(&line) {
                        *next = tried.number + self.arguments.processes;
                        // The receiver is gone where the program is about to end.
                        let _ = self.results.send(tried);
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Some(End::Hung(self.arguments.limit)),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
            limit = Duration::from_secs(self.arguments.limit);
        }
    }

    /// Tells of a document whose process cannot.
    fn tell(&self, number: u64, end: End) {
        let document = Mutation::new(&self.documents, self.arguments.seed, number).document;
        let milliseconds =
            if matches!(end, End::Hung(_)) { self.arguments.limit * 1_000 } else { 0 };
        let _ = self.results.send(Tried { number, document, end, milliseconds });
    }
}

/// The lines of an output, read by a thread of its own so that they can be waited for.
fn lines(output: ChildStdout) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        let read = BufReader::new(output).lines().map_while(Result::ok);
        for line in read {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}
