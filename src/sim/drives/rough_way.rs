//! A drive that suffers on its way back: a byte of its largest file changes, and its smallest file is gone.

use std::cmp::Reverse;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::jobs::job::StoredJob;

/// Damages the first drive of a job that has a file.
///
/// # Errors
/// No drive has a file, or the folder cannot be written.
pub(crate) fn damage_first(folder: &Path, job: &StoredJob) -> io::Result<()> {
    for drive in job.manifests.keys() {
        let mut files = Vec::new();
        list(&folder.join(&job.name).join(drive), &mut files)?;
        // Of files of one size the first by name, so that a rehearsal goes the same way each time.
        files.retain(|(length, path)| *length > 0 && !is_beside(path));
        files.sort_by_key(|(length, path)| (Reverse(*length), path.clone()));
        let Some(((length, largest), others)) = files.split_first() else { continue };
        flip(largest, *length / 2)?;
        return others.last().map_or(Ok(()), |(_, smallest)| fs::remove_file(smallest));
    }
    Err(io::Error::new(io::ErrorKind::NotFound, "no drive of the job has a file"))
}

fn list(folder: &Path, files: &mut Vec<(u64, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let found = entry.metadata()?;
        if found.is_dir() {
            list(&entry.path(), files)?;
        } else {
            files.push((found.len(), entry.path()));
        }
    }
    Ok(())
}

/// Whether it is a manifest, or a file of properties or metadata.
fn is_beside(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ["manifest", "properties", "metadata"].iter().any(|beside| ending == *beside))
}

fn flip(path: &Path, offset: u64) -> io::Result<()> {
    let mut bytes = fs::read(path)?;
    if let Some(byte) = usize::try_from(offset).ok().and_then(|at| bytes.get_mut(at)) {
        *byte ^= 1;
    }
    fs::write(path, bytes)
}
