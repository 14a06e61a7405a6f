//! Why the system refused something of a file, in words: its own are for programmers ("No such file or directory (os error 2)").

use std::io::{self, ErrorKind};

/// The reason of an error, without a full stop. Its kind says it; an error of another kind may have words of its own.
pub fn reason(error: &io::Error) -> String {
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
    fn what_the_system_refuses_is_told_in_words_also_where_a_path_was_added_to_it() {
        let missing = std::fs::read("no/such/file").unwrap_err();
        assert_eq!(reason(&missing), "there is no such file or folder");
        let with_path = tempfile::NamedTempFile::new_in("no/such/folder").unwrap_err();
        assert!(with_path.get_ref().is_some(), "{with_path:?}");
        assert_eq!(reason(&with_path), "there is no such file or folder");
        assert_eq!(reason(&io::Error::new(ErrorKind::InvalidInput, "it is a pipe")), "it is a pipe");
    }
}
