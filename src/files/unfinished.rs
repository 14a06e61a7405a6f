//! Writes a file beside its place, under a name of its own, and gives it its name once it is whole. While it is written the operating
//! system holds a lock on it, which ends with the program: `sweep` tells by it what a kill left.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::regular::{folder_of, sync_folder};
use super::sweep::{PREFIX, RANDOM, SUFFIX, sweep};

/// Writes a file, readable by its owner only, so that whatever interrupts it leaves either the old or the new one: beside it first,
/// synced, then in its place. A link at `path` is replaced, not followed.
///
/// # Errors
/// The disk is full or read-only, the folder is not there, …; the old file is then still in place.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(path, |file| file.write_all(bytes))
}

/// The same for bytes that `write` writes, which need not be in memory at once.
///
/// # Errors
/// As [`replace`], or what `write` says.
pub fn replace_with(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = folder_of(path);
    let mut buffered = BufWriter::new(locked_file(folder)?);
    write(&mut buffered)?;
    let file = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    whole(&file)?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(())
}

/// A new file that is being written, readable by its owner only, also on Windows. It gets its name only once it is whole: whatever interrupts the writer, a
/// kill or a full disk, no half of it is taken for the whole, and no file of the person is written over. Dropped, it is gone.
#[derive(Debug)]
pub struct UnfinishedFile(NamedTempFile);

impl UnfinishedFile {
    /// Begins a file in this folder. What a killed program left of another one there is removed.
    ///
    /// # Errors
    /// The folder is not there or cannot be written, or on Windows the file cannot be kept from others.
    pub fn create_in(folder: &Path) -> io::Result<Self> {
        sweep(folder);
        let file = locked_file(folder)?;
        #[cfg(windows)]
        super::owner::limit_to_owner(file.path())?;
        Ok(Self(file))
    }

    /// Syncs the file and gives it this name, in the same folder. One that is there already, a link included, is left alone.
    ///
    /// # Errors
    /// Why it could not, with the file, for which another name can be tried after `io::ErrorKind::AlreadyExists`.
    pub fn keep(self, path: &Path) -> Result<(), (io::Error, Self)> {
        if let Err(error) = whole(&self.0) {
            return Err((error, self));
        }
        match self.0.persist_noclobber(path) {
            Ok(_file) => {
                sync_folder(folder_of(path));
                Ok(())
            }
            Err(refused) => Err((refused.error, Self(refused.file))),
        }
    }

    /// Writes a whole new file of this name.
    ///
    /// # Errors
    /// Something has that name already, or it cannot be written; then nothing of it is left.
    pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = Self::create_in(folder_of(path))?;
        file.write_all(bytes)?;
        file.keep(path).map_err(|(error, _)| error)
    }
}

impl Write for UnfinishedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Write::write(&mut self.0, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A new hidden file, locked until it is closed. Where the file system has no locks, its age alone keeps it from being swept.
fn locked_file(folder: &Path) -> io::Result<NamedTempFile> {
    let file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM).tempfile_in(folder)?;
    drop(file.as_file().try_lock());
    Ok(file)
}

/// Brings a file to the disk and lets its lock go: on Windows nobody could read the file while its writer has it.
fn whole(file: &NamedTempFile) -> io::Result<()> {
    file.as_file().sync_all()?;
    drop(file.as_file().unlock());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::files::read_regular;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept.json");
        for bytes in [&b"one"[..], b"another"] {
            replace(&path, bytes).unwrap();
            assert_eq!(read_regular(&path).unwrap(), bytes);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let taken = folder.path().join("folder");
        fs::create_dir_all(taken.join("inner")).unwrap();
        replace(&taken, b"x").unwrap_err();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_file_is_replaced_and_its_target_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("theirs"), "theirs").unwrap();
        std::os::unix::fs::symlink(at("theirs"), at("kept.json")).unwrap();
        replace(&at("kept.json"), b"ours").unwrap();
        assert_eq!(fs::read(at("theirs")).unwrap(), b"theirs");
        assert_eq!(read_regular(&at("kept.json")).unwrap(), b"ours");
    }

    #[test]
    fn a_file_has_its_name_once_it_is_whole_and_none_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.txt");
        let mut file = UnfinishedFile::create_in(folder.path()).unwrap();
        file.write_all(b"half").unwrap();
        assert!(!path.exists());
        file.write_all(b" and half").unwrap();
        file.keep(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"half and half");
        let refused = UnfinishedFile::write(&path, b"other").unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"half and half");
        drop(UnfinishedFile::create_in(folder.path()).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        #[cfg(unix)]
        {
            use std::os::unix::fs::{PermissionsExt as _, symlink};
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0);
            let link = folder.path().join("link");
            symlink("nowhere", &link).unwrap();
            UnfinishedFile::write(&link, b"x").unwrap_err();
        }
    }
}
