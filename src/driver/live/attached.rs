//! The drives of this machine that may be returned ones.

use std::fs;
use std::path::{Path, PathBuf};

use tokio::task::spawn_blocking;

use super::rehearsal::Rehearsal;
use crate::azure::fault::Fault;
use crate::protocol::message::Reply;
use crate::verify::disk::{SystemPlaces, attached, folder_with_manifest};
use crate::verify::rules::AttachedDrive;

/// Looks for them; in a rehearsal also for those that the simulated service has sent back.
///
/// # Errors
/// A mistake of the program.
pub(super) async fn find(data: PathBuf, rehearsal: bool) -> Result<Reply, Fault> {
    let found = spawn_blocking(move || {
        let sent_back = if rehearsal { folders_below(&Rehearsal::drives(&data)) } else { Vec::new() };
        let mut drives: Vec<AttachedDrive> =
            sent_back.iter().filter_map(|folder| folder_with_manifest(folder)).collect();
        drives.extend(attached(&SystemPlaces::default()));
        drives
    });
    let found = found.await.map_err(|_| Fault::local("look for drives", "the program made a mistake of its own"))?;
    Ok(Reply::AttachedDrives(found))
}

/// The folders in a folder and in those, in order: a folder of each job holds one of each drive.
fn folders_below(folder: &Path) -> Vec<PathBuf> {
    let inside = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
        let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
        folders.sort_unstable();
        folders
    };
    let outer = inside(folder);
    outer.iter().flat_map(|folder| std::iter::once(folder.clone()).chain(inside(folder))).collect()
}
