//! A folder of Unix: a descriptor. Every name is opened relative to it, so nothing that changes above it leads elsewhere.

use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, Stat, fstat, openat, statat};
use rustix::io::Errno;

use super::folder::{Folder, NameKind, not_a_file};
use super::opened::{OpenProblem, OpenedFile};

/// The descriptor.
#[derive(Debug)]
pub struct UnixFolder(OwnedFd);

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
/// Opening a pipe must not wait for its other end.
const FILE: OFlags =
    OFlags::RDONLY.union(OFlags::NOFOLLOW).union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

impl Folder for UnixFolder {
    fn root(path: &Path) -> io::Result<Self> {
        Ok(Self(openat(CWD, path, FOLDER, Mode::empty())?))
    }

    fn folder(&self, name: &str) -> Result<Self, OpenProblem> {
        match openat(&self.0, name, FOLDER | OFlags::NOFOLLOW, Mode::empty()) {
            Ok(folder) => Ok(Self(folder)),
            // Systems differ in the error for a link; what it is tells more than the error.
            Err(Errno::NOTDIR | Errno::LOOP) => Err(not_a_file(self.kind(name)?, name)),
            Err(error) => Err(problem(error)),
        }
    }

    fn file(&self, name: &str) -> Result<OpenedFile, OpenProblem> {
        // Before it is opened, because opening a device may do something; after it again, because it may be another one by then.
        let kind = self.kind(name)?;
        if kind != NameKind::File {
            return Err(not_a_file(kind, name));
        }
        let file = File::from(openat(&self.0, name, FILE, Mode::empty()).map_err(problem)?);
        let found = fstat(&file).map_err(problem)?;
        match kind_of(FileType::from_raw_mode(found.st_mode)) {
            NameKind::File => {}
            other => return Err(not_a_file(other, name)),
        }
        Ok(OpenedFile::new(file, u64::try_from(found.st_size).unwrap_or(0), changed(&found)))
    }

    fn each_name(&self, on_name: &mut dyn FnMut(&str, NameKind) -> ControlFlow<()>) -> io::Result<()> {
        for entry in Dir::read_from(&self.0)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy();
            if name == "." || name == ".." {
                continue;
            }
            let kind = match entry.file_type() {
                FileType::Unknown => {
                    let found = statat(&self.0, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW);
                    found.map_or(NameKind::Other, |found| kind_of(FileType::from_raw_mode(found.st_mode)))
                }
                known => kind_of(known),
            };
            if on_name(&name, kind).is_break() {
                break;
            }
        }
        Ok(())
    }
}

impl UnixFolder {
    fn kind(&self, name: &str) -> Result<NameKind, OpenProblem> {
        let found = statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW).map_err(problem)?;
        Ok(kind_of(FileType::from_raw_mode(found.st_mode)))
    }
}

fn kind_of(file_type: FileType) -> NameKind {
    match file_type {
        FileType::RegularFile => NameKind::File,
        FileType::Directory => NameKind::Folder,
        FileType::Symlink => NameKind::Link,
        _ => NameKind::Other,
    }
}

fn problem(error: Errno) -> OpenProblem {
    match error {
        Errno::NAMETOOLONG | Errno::ILSEQ | Errno::INVAL => OpenProblem::Unrepresentable,
        Errno::LOOP => OpenProblem::Link("the file".into()),
        other => io::Error::from(other).into(),
    }
}

/// The later of the times at which the content or the description of a file changed.
#[allow(clippy::unnecessary_fallible_conversions, reason = "the types of these fields differ between systems")]
fn changed(found: &Stat) -> Option<i128> {
    let at = |seconds: i128, nanoseconds: i128| seconds * 1_000_000_000 + nanoseconds;
    let content = at(i128::from(found.st_mtime), i128::try_from(found.st_mtime_nsec).ok()?);
    Some(content.max(at(i128::from(found.st_ctime), i128::try_from(found.st_ctime_nsec).ok()?)))
}
