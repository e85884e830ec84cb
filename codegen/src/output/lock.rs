//! One run at a time over a folder.

use std::fs::File;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::Error;

/// How long another run is waited for. Writing takes a small part of a second.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// An advisory lock on a folder. The operating system lets go of it when the process ends, however
/// it ends, and nothing stays behind in the folder.
pub(super) struct Lock {
    held: Option<File>,
}

impl Lock {
    /// Locks `folder`, which exists; waits while another run has it.
    ///
    /// # Errors
    ///
    /// The folder cannot be opened, or the other run takes longer than ten seconds.
    pub(super) fn of(folder: &Path) -> Result<Self, Error> {
        let start = Instant::now();
        loop {
            match attempt(folder).map_err(Error::io("lock", folder))? {
                Attempt::Held(file) => return Ok(Self { held: Some(file) }),
                Attempt::Unsupported => return Ok(Self { held: None }),
                Attempt::Busy if start.elapsed() > PATIENCE => {
                    return Err(Error::Busy { folder: folder.to_owned() });
                }
                Attempt::Busy => thread::sleep(PAUSE),
            }
        }
    }

    /// Whether it is sure that no other run is there; not so on a file system without locks.
    pub(super) fn is_held(&self) -> bool {
        self.held.is_some()
    }
}

enum Attempt {
    Held(File),
    Busy,
    Unsupported,
}

#[cfg(unix)]
fn attempt(folder: &Path) -> std::io::Result<Attempt> {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;

    let file = File::open(folder)?;
    Ok(match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Attempt::Held(file),
        Err(Errno::WOULDBLOCK | Errno::INTR) => Attempt::Busy,
        Err(_) => Attempt::Unsupported,
    })
}

/// Elsewhere a folder cannot be locked.
#[cfg(not(unix))]
fn attempt(_folder: &Path) -> std::io::Result<Attempt> {
    Ok(Attempt::Unsupported)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_waits_for_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::of(folder.path()).unwrap();
        assert!(first.is_held());
        let place = folder.path().to_owned();
        let second = thread::spawn(move || {
            let start = Instant::now();
            (Lock::of(&place).unwrap().is_held(), start.elapsed())
        });
        thread::sleep(Duration::from_millis(200));
        drop(first);
        let (is_held, waited) = second.join().unwrap();
        assert!(is_held && waited >= Duration::from_millis(100), "{waited:?}");
    }
}
