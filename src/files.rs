//! Files that the program keeps for itself: opened only where they are regular files, and replaced as a whole or not at all. Blocking
//! IO. Drafts, locks, the configuration, the checkpoints of scans and what is saved for the person are read and written by it.
//!
//! Somebody else may be able to write to the folder such a file lies in. A symbolic link there could lead to any file, and opening a
//! pipe or a device could wait for ever. Links in the folders above are followed: people move their home folders.

use std::fs::{self, DirBuilder, File, FileType, OpenOptions};
use std::io::{self, BufWriter, Read as _, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// How the name of a file that is not whole yet ends. It begins with the prefix given to [`replace`].
pub const UNFINISHED: &str = ".tmp";

/// Opens a regular file for reading.
///
/// # Errors
/// It is not there, cannot be read, or is not a regular file: a link, a folder, a pipe, a device. The error then says which.
pub fn open_regular(path: &Path) -> io::Result<File> {
    open_regular_with(OpenOptions::new().read(true), path)
}

/// Opens a regular file as `options` say; one that `options` create is a regular file, too.
///
/// # Errors
/// As [`open_regular`].
pub fn open_regular_with(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    // Before the file is opened, since opening a device may do something. After it again, since it may be another one by then.
    match fs::symlink_metadata(path) {
        Ok(found) => regular(found.file_type())?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    }
    let file = options.open(path)?;
    regular(file.metadata()?.file_type())?;
    Ok(file)
}

/// The bytes of a regular file.
///
/// # Errors
/// As [`open_regular`].
pub fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The bytes of a file that a person names or keeps elsewhere behind a link: links are followed. A pipe is read to its end where
/// `pipes` says so, as `--list <(…)` gives one; a folder or a device is never read.
///
/// # Errors
/// It is not there, cannot be read, or is no such file. The error then says which.
pub fn read_named(path: &Path, pipes: bool) -> io::Result<Vec<u8>> {
    let found = fs::metadata(path)?.file_type();
    #[cfg(unix)]
    let fifo = pipes && std::os::unix::fs::FileTypeExt::is_fifo(&found);
    #[cfg(not(unix))]
    let fifo = {
        // No file has the type of a pipe here.
        let _ = pipes;
        false
    };
    if !fifo {
        regular(found)?;
    }
    fs::read(path)
}

/// Writes a file, readable by its owner only, so that whatever interrupts it leaves either the old or the new one: beside it first
/// (`prefix` begins that file's name), synced, then in its place. A link at `path` is replaced, not followed.
///
/// # Errors
/// The disk is full or read-only, the folder is not there, …; the old file is then still in place.
pub fn replace(path: &Path, prefix: &str, bytes: &[u8]) -> io::Result<()> {
    replace_with(path, prefix, |file| file.write_all(bytes))
}

/// The same for bytes that `write` writes, which need not be in memory at once.
///
/// # Errors
/// As [`replace`], or what `write` says.
pub fn replace_with(path: &Path, prefix: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = folder_of(path);
    let file = tempfile::Builder::new().prefix(prefix).suffix(UNFINISHED).tempfile_in(folder)?;
    let mut buffered = BufWriter::new(file);
    write(&mut buffered)?;
    let file = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(())
}

/// How the name begins until the file is whole. What a kill leaves is hidden, and only its owner can read it.
const NEW_PREFIX: &str = ".blobfreight-";

/// A new file that is being written, readable by its owner only. It gets its name only once it is whole: whatever interrupts the writer, a
/// kill or a full disk, no half of it is taken for the whole, and no file of the person is written over. Dropped, it is gone.
#[derive(Debug)]
pub struct UnfinishedFile(NamedTempFile);

impl UnfinishedFile {
    /// Begins a file in this folder.
    ///
    /// # Errors
    /// The folder is not there or cannot be written.
    pub fn create_in(folder: &Path) -> io::Result<Self> {
        tempfile::Builder::new().prefix(NEW_PREFIX).suffix(UNFINISHED).tempfile_in(folder).map(Self)
    }

    /// Syncs the file and gives it this name, in the same folder. One that is there already, a link included, is left alone.
    ///
    /// # Errors
    /// Why it could not, with the file, for which another name can be tried after `io::ErrorKind::AlreadyExists`.
    pub fn keep(self, path: &Path) -> Result<(), (io::Error, Self)> {
        if let Err(error) = self.0.as_file().sync_all() {
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

/// Opens a new file for writing, readable by its owner only. One that is there already, a link included, is left alone.
///
/// # Errors
/// Something has that name already, or the file cannot be made.
pub fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a rename in a folder outlive a power cut. The file is in place already, so a file system that cannot sync a folder is no
/// reason to say that it could not be written.
pub fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = File::open(folder) {
        drop(folder.sync_all());
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// Makes a folder and those above it, for their owner only. One that is there keeps its permissions.
///
/// # Errors
/// It cannot be made, or something else has its name.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Whether something has this name, also a link that leads nowhere. What cannot be looked at is taken to be there.
pub fn is_there(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound)
}

/// The folder a file lies in: `.` for a name alone.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn regular(found: FileType) -> io::Result<()> {
    if found.is_file() {
        return Ok(());
    }
    let what = if found.is_symlink() {
        "a symbolic link, which is not followed here"
    } else if found.is_dir() {
        "a folder"
    } else {
        "a pipe, socket or device"
    };
    Err(io::Error::new(io::ErrorKind::InvalidInput, format!("it is {what}, not a regular file")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept.json");
        for bytes in [&b"one"[..], b"another"] {
            replace(&path, ".kept-", bytes).unwrap();
            assert_eq!(read_regular(&path).unwrap(), bytes);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let taken = folder.path().join("folder");
        fs::create_dir_all(taken.join("inner")).unwrap();
        replace(&taken, ".kept-", b"x").unwrap_err();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_file_that_is_not_there_is_told_from_what_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read_regular(&folder.path().join("none")).unwrap_err().kind(), io::ErrorKind::NotFound);
        assert!(read_regular(folder.path()).unwrap_err().to_string().contains("it is a folder"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_pipes_and_devices_not_waited_for() {
        use std::os::unix::{fs::symlink, net::UnixListener};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("theirs"), "secret").unwrap();
        symlink(at("theirs"), at("link")).unwrap();
        symlink(at("nowhere"), at("dangling")).unwrap();
        let _socket = UnixListener::bind(at("socket")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        for (name, word) in [("link", "link"), ("dangling", "link"), ("socket", "socket"), ("pipe", "pipe")] {
            let said = read_regular(&at(name)).unwrap_err().to_string();
            assert!(said.contains(word) && said.ends_with("not a regular file"), "{name}: {said}");
        }
        assert!(read_regular(Path::new("/dev/zero")).unwrap_err().to_string().contains("device"));
        open_regular_with(OpenOptions::new().write(true).create(true), &at("dangling")).unwrap_err();
        assert!(!at("nowhere").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_a_person_names_may_be_behind_a_link_and_a_device_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("real"), "words").unwrap();
        std::os::unix::fs::symlink(at("real"), at("link")).unwrap();
        assert_eq!(read_named(&at("link"), false).unwrap(), b"words");
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        assert!(read_named(&at("pipe"), false).unwrap_err().to_string().contains("it is a pipe"));
        let writer = std::thread::spawn({
            let pipe = at("pipe");
            move || fs::write(pipe, "piped")
        });
        assert_eq!(read_named(&at("pipe"), true).unwrap(), b"piped");
        writer.join().unwrap().unwrap();
        for wrong in [folder.path(), Path::new("/dev/zero")] {
            assert!(read_named(wrong, true).unwrap_err().to_string().ends_with("not a regular file"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_file_is_replaced_and_its_target_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("theirs"), "theirs").unwrap();
        std::os::unix::fs::symlink(at("theirs"), at("kept.json")).unwrap();
        replace(&at("kept.json"), ".kept-", b"ours").unwrap();
        assert_eq!(fs::read(at("theirs")).unwrap(), b"theirs");
        assert_eq!(read_regular(&at("kept.json")).unwrap(), b"ours");
    }

    #[cfg(unix)]
    #[test]
    fn new_folders_and_files_are_for_their_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("one/two");
        make_private_folder(&inner).unwrap();
        replace(&inner.join("kept.json"), ".kept-", b"x").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(
            [mode(&folder.path().join("one")), mode(&inner), mode(&inner.join("kept.json"))],
            [0o700, 0o700, 0o600]
        );
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
