//! The progress of a drive's check on disk: one file for each drive, named by the manifest it is checked against, replaced as a whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::collector::Collected;
use crate::files;

/// The version of the file. A file of another one is not gone on with.
const LAYOUT: u32 = 2;

/// What the file holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SavedProgress {
    layout: u32,
    /// What is checked: the hash of the manifest, or of what stands in its place.
    basis: String,
    /// When the check began, in nanoseconds since 1970. A file that changed later is checked again.
    pub(super) begun: i128,
    /// What was found.
    pub(super) collected: Collected,
}

/// The file of one check.
#[derive(Debug)]
pub(super) struct ProgressFile {
    path: PathBuf,
    basis: String,
    pub(super) begun: i128,
    next: Mutex<Instant>,
}

impl ProgressFile {
    /// The file for a check of a drive against that basis. What killed checks left of such files is removed.
    pub(super) fn new(folder: &Path, drive: &Path, basis: String, begun: i128) -> Self {
        let place = fs::canonicalize(drive).unwrap_or_else(|_| drive.to_owned());
        let name = super::super::hash::md5_of(place.as_os_str().as_encoded_bytes());
        let name = super::super::rules::md5_text(&name).to_lowercase();
        let path =
            folder.join(format!("{}-{}.json", basis.get(..16).unwrap_or(&basis), name.get(..8).unwrap_or(&name)));
        files::sweep_own(folder);
        Self { path, basis, begun, next: Mutex::new(Instant::now()) }
    }

    /// The progress of an earlier check; `None` where there is none of this drive and manifest.
    pub(super) fn read(&self) -> Option<SavedProgress> {
        let mut saved: SavedProgress = serde_json::from_slice(&files::read_regular(&self.path).ok()?).ok()?;
        if saved.layout != LAYOUT || saved.basis != self.basis {
            return None;
        }
        saved.collected.findings = saved.collected.findings.reopened(&self.findings()).ok()?;
        Some(saved)
    }

    /// Where the findings are that do not fit into the file.
    pub(super) fn findings(&self) -> PathBuf {
        self.path.with_extension("findings")
    }

    /// Writes the progress where the last time is that long ago, or longer.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(super) fn write_sometimes(&self, pause: Duration, collected: impl FnOnce() -> Collected) -> io::Result<()> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        if Instant::now() < *next {
            return Ok(());
        }
        let begun = Instant::now();
        let done = self.write(collected());
        // Much of a large state is written seldom: at most a twentieth of the time is spent on it.
        *next = Instant::now() + pause.max(begun.elapsed() * 20);
        done
    }

    /// Writes the progress.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(super) fn write(&self, collected: Collected) -> io::Result<()> {
        files::make_private_folder(files::folder_of(&self.path))?;
        let saved = SavedProgress { layout: LAYOUT, basis: self.basis.clone(), begun: self.begun, collected };
        files::replace(&self.path, &serde_json::to_vec(&saved)?)
    }

    /// The check is over: there is nothing to go on with.
    pub(super) fn remove(&self) {
        let _none_is_fine = fs::remove_file(&self.path);
    }
}
