//! Where the inputs are as files.

use std::fs;
use std::path::{Path, PathBuf};

/// Memory that looks like a disk, where there is such a thing.
const MEMORY: &str = "/dev/shm";

/// A folder of this process, in memory. It stays behind when the process is aborted: what it holds is then the
/// document that did it.
#[derive(Debug)]
pub struct Place(PathBuf);

impl Place {
    /// Makes the folder of a target.
    ///
    /// # Panics
    ///
    /// Where no folder can be made, as nothing can be tried then.
    pub fn of(target: &str) -> Self {
        let memory = Path::new(MEMORY);
        let above = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = above.join(format!("sdk-fuzz-{target}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for the inputs can be made");
        Self(folder)
    }

    /// Writes a file into the folder.
    ///
    /// # Panics
    ///
    /// Where it cannot be written, as nothing can be tried then.
    pub fn write(&self, name: &str, text: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).expect("an input can be written");
        path
    }
}
