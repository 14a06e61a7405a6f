//! Reads and writes the checkpoint file.

use std::io;
use std::path::Path;

use super::checkpoint::Checkpoint;
use super::layout::ScanFile;
use crate::azure::fault::Fault;
use crate::files::{self, folder_of, make_private_folder};

/// The checkpoint of an earlier scan.
#[derive(Debug)]
pub(crate) enum EarlierScan {
    /// No file.
    Nothing,
    /// A scan that can go on.
    Usable(Box<Checkpoint>),
    /// A file that cannot be used, with the reason in one sentence.
    Unusable(String),
}

impl Checkpoint {
    /// Writes the file, whole or not at all. Makes its folder if that is missing.
    pub(crate) fn write(self, path: &Path) -> io::Result<()> {
        make_private_folder(folder_of(path))?;
        let file = ScanFile::from(self);
        files::replace_with(path, |out| Ok(serde_json::to_writer(out, &file)?))
    }
}

impl EarlierScan {
    /// Reads the checkpoint at `path` of a scan of `endpoint`. A file of another layout, of another account or a damaged one is
    /// [`EarlierScan::Unusable`]: the rules are then counted anew.
    ///
    /// # Errors
    /// The file cannot be read, or is not a regular one.
    pub(crate) fn read(path: &Path, endpoint: &str) -> Result<Self, Fault> {
        let bytes = match files::read_regular(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Nothing),
            Err(error) => {
                let tried = format!("go on with the scan in {}", path.display());
                return Err(Fault::local(tried, files::reason(&error)).advise("Move the file away, or count anew."));
            }
        };
        let unusable = |why: &str| {
            Self::Unusable(format!("Everything was counted anew: the earlier count in {} {why}.", path.display()))
        };
        Ok(match ScanFile::read(&bytes) {
            Ok(file) if file.is_of(endpoint) => Self::Usable(Box::new(file.into())),
            Ok(_) => unusable("is of another account"),
            Err(why) => unusable(&why),
        })
    }
}

/// The start time of the scan whose checkpoint is at `path`, in UTC, e.g. `20261122213408`. `None` if there is no usable checkpoint of
/// this endpoint.
pub fn previous(path: &Path, endpoint: &str) -> Option<u64> {
    match EarlierScan::read(path, endpoint) {
        Ok(EarlierScan::Usable(saved)) => saved.began,
        _ => None,
    }
}
