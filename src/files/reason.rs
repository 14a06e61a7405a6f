//! Why the system refused something of a file, in words: its own are for programmers ("No such file or directory (os error 2)").

use std::io::{self, ErrorKind};

/// The reason of an error, without a full stop.
pub fn reason(error: &io::Error) -> String {
    if error.get_ref().is_some() {
        // It was made with words of its own.
        return error.to_string();
    }
    let words = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder",
        ErrorKind::PermissionDenied => "permission was denied",
        ErrorKind::AlreadyExists => "something of that name is already there",
        ErrorKind::NotADirectory => "a file is in the place of a folder",
        ErrorKind::IsADirectory => "a folder is in the place of a file",
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "your share of the disk is used up",
        ErrorKind::InvalidFilename => "the name is too long, or has characters that this disk refuses",
        _ => return error.to_string(),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_refuses_is_told_in_words_and_what_has_words_keeps_them() {
        let missing = std::fs::read("no/such/file").unwrap_err();
        assert_eq!(reason(&missing), "there is no such file or folder");
        assert_eq!(reason(&io::Error::new(ErrorKind::NotFound, "the drive is away")), "the drive is away");
    }
}
