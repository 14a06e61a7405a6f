//! What of a scan is on disk, so that it goes on after `kill -9`, and so that a counted rule need not be counted again.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::parts::Parts;
use super::task::Task;
use super::twins::Twins;
use crate::azure::fault::Fault;
use crate::plan::count::Totals;
use crate::select::Rule;

/// The layout this program writes and reads; others are not taken over.
const VERSION: u32 = 2;

/// A rule's share and what is left to list for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SavedUnit {
    pub(super) rule: Rule,
    pub(super) totals: Totals,
    /// Empty when it is counted to the end.
    pub(super) open: Vec<Task>,
    pub(super) unordered: bool,
    pub(super) split: bool,
    /// Where its blobs lie.
    pub(super) parts: Parts,
}

/// A scan on disk.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Saved {
    version: u32,
    endpoint: String,
    pub(super) since: Option<u64>,
    /// When the scan began, as `yyyymmddhhmmss`: the next one tells what changed after that.
    #[serde(default)]
    pub(super) began: Option<u64>,
    pub(super) units: Vec<SavedUnit>,
    pub(super) twins: Twins,
}

impl Saved {
    pub(super) fn new(
        endpoint: &str,
        (since, began): (Option<u64>, Option<u64>),
        units: Vec<SavedUnit>,
        twins: Twins,
    ) -> Self {
        Self { version: VERSION, endpoint: endpoint.to_owned(), since, began, units, twins }
    }

    /// Writes the file whole or not at all: beside it first, synced, then in its place.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    /// The scan in the file, if it is of this endpoint; `None` when there is none to go on with.
    pub(super) fn read(path: &Path, endpoint: &str) -> Result<Option<Self>, Fault> {
        let tried = format!("go on with the scan in {}", path.display());
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Fault::local(tried, error.to_string())),
        };
        let broken = |error: serde_json::Error| {
            Fault::local(&tried, format!("the file is damaged ({error})")).advise("Scan anew, without --resume.")
        };
        let saved: Self = serde_json::from_slice(&text).map_err(broken)?;
        let fits = saved.version == VERSION && saved.endpoint == endpoint;
        Ok(fits.then_some(saved))
    }
}

/// When the scan of `endpoint` that left the checkpoint at `path` began, as `yyyymmddhhmmss`, UTC; `None` when there is none
/// that could be read.
pub fn previous(path: &Path, endpoint: &str) -> Option<u64> {
    Saved::read(path, endpoint).ok().flatten()?.began
}
