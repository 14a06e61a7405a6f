//! A folder of a system without descriptors of folders, such as Windows: a path. Every component is looked at before it is used, and a
//! link, junction or other reparse point is refused.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::folder::{Folder, NameKind, not_a_file};
use super::opened::{OpenProblem, OpenedFile};

/// The path, in the form that allows more than 260 characters on Windows.
#[derive(Debug)]
#[allow(unreachable_pub, reason = "it is the folder of other systems")]
pub struct PathFolder(PathBuf);

impl Folder for PathFolder {
    fn root(path: &Path) -> io::Result<Self> {
        let path = fs::canonicalize(path)?;
        if !fs::metadata(&path)?.is_dir() {
            return Err(io::Error::from(io::ErrorKind::NotADirectory));
        }
        Ok(Self(path))
    }

    fn folder(&self, name: &str) -> Result<Self, OpenProblem> {
        let path = self.0.join(name);
        match kind_of(&fs::symlink_metadata(&path)?) {
            NameKind::Folder => Ok(Self(path)),
            other => Err(not_a_file(other, name)),
        }
    }

    fn file(&self, name: &str) -> Result<OpenedFile, OpenProblem> {
        let path = self.0.join(name);
        let kind = kind_of(&fs::symlink_metadata(&path)?);
        if kind != NameKind::File {
            return Err(not_a_file(kind, name));
        }
        let file = open(&path)?;
        let found = file.metadata()?;
        match kind_of(&found) {
            NameKind::File => Ok(OpenedFile::new(file, found.len(), changed(&found))),
            other => Err(not_a_file(other, name)),
        }
    }

    fn each_name(&self, on_name: &mut dyn FnMut(&str, NameKind) -> ControlFlow<()>) -> io::Result<()> {
        for entry in fs::read_dir(&self.0)? {
            let entry = entry?;
            let kind = entry.metadata().map_or(NameKind::Other, |found| kind_of(&found));
            if on_name(&entry.file_name().to_string_lossy(), kind).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Opens a file; where a link came in its place a moment ago, the link itself is opened, which is no regular file.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(windows)]
    {
        const OPEN_REPARSE_POINT: u32 = 0x0020_0000;
        std::os::windows::fs::OpenOptionsExt::custom_flags(&mut options, OPEN_REPARSE_POINT);
    }
    options.open(path)
}

fn kind_of(found: &Metadata) -> NameKind {
    #[cfg(windows)]
    {
        const REPARSE_POINT: u32 = 0x400;
        if std::os::windows::fs::MetadataExt::file_attributes(found) & REPARSE_POINT != 0 {
            return NameKind::Link;
        }
    }
    let kind = found.file_type();
    if kind.is_symlink() {
        NameKind::Link
    } else if kind.is_dir() {
        NameKind::Folder
    } else if kind.is_file() {
        NameKind::File
    } else {
        NameKind::Other
    }
}

fn changed(found: &Metadata) -> Option<i128> {
    let nanoseconds = |time: io::Result<std::time::SystemTime>| {
        let since = time.ok()?.duration_since(UNIX_EPOCH).ok()?;
        i128::try_from(since.as_nanos()).ok()
    };
    nanoseconds(found.modified()).max(nanoseconds(found.created()))
}
