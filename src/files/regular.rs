//! Opens and reads regular files, and makes folders, for their owner only.
//!
//! Somebody else may be able to write to the folder such a file lies in. A symbolic link there could lead to any file, and opening a
//! pipe or a device could wait for ever. Links in the folders above are followed: people move their home folders.

use std::fs::{self, DirBuilder, File, FileType, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

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
    fn new_folders_and_files_are_for_their_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("one/two");
        make_private_folder(&inner).unwrap();
        crate::files::replace(&inner.join("kept.json"), b"x").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(
            [mode(&folder.path().join("one")), mode(&inner), mode(&inner.join("kept.json"))],
            [0o700, 0o700, 0o600]
        );
    }
}
