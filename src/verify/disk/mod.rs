//! Files of a drive, opened without ever leaving it.
//!
//! - `opened`: a file that was opened, and why one was not. `folder`: one folder: by descriptor on Unix, by path elsewhere.
//! - `drive_root`: a path of a manifest to a file, component by component; other spellings of a name.
//! - `walk`: every file of a drive. `page_cache`: keeps what is read out of the system's cache. `device`: what the drive is on.
//! - `attached`: the drives of this machine that may be returned ones.

mod attached;
#[cfg(test)]
#[cfg(unix)]
pub(crate) mod broken;
mod device;
mod drive_root;
mod folder;
mod opened;
mod page_cache;
#[cfg(any(not(unix), test))]
mod path_folder;
#[cfg(unix)]
mod unix_folder;
mod walk;

pub use attached::{SystemPlaces, attached, folder_with_manifest};
pub use device::{Device, device_of};
pub use drive_root::{DriveRoot, FoundFile};
pub use folder::{Folder, NameKind};
pub use opened::{OpenProblem, OpenedFile};
pub use walk::walk;

#[cfg(not(unix))]
use path_folder::PathFolder as SystemFolder;
#[cfg(unix)]
use unix_folder::UnixFolder as SystemFolder;

/// The root of a drive on this system.
pub type SystemRoot = DriveRoot<SystemFolder>;

#[cfg(test)]
#[cfg(unix)]
mod tests;
#[cfg(test)]
#[cfg(windows)]
mod windows_tests;
