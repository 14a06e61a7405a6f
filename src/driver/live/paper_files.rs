//! Writes texts for the person, e.g. a packing slip, to new files of their own. Never overwrites a file.

use std::io;
use std::path::{Path, PathBuf};

use super::new_file::NewFile;
use crate::azure::fault::Fault;
use crate::files;
use crate::protocol::message::NamedText;

/// Writes each text to `papers/NAME` in the data directory, or to `papers/NAME-2` and so on if that exists. Returns the paths. Blocks.
///
/// # Errors
/// The directory or a file cannot be made. What was written until then stays.
pub(super) fn save(data: &Path, texts: &[NamedText]) -> Result<Vec<PathBuf>, Fault> {
    let dir = data.join("papers");
    let fault = |error: &io::Error| {
        Fault::local("save the files", format!("{}: {}", dir.display(), files::reason(error)))
            .advise("Make the directory writable, or copy the text.")
    };
    files::make_private_folder(&dir).map_err(|error| fault(&error))?;
    let write = |NamedText { name, text }: &NamedText| NewFile::write(&dir, name, text.as_bytes());
    texts.iter().map(|text| write(text).map_err(|error| fault(&error))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn texts_go_to_new_files_and_nothing_is_written_over() {
        let data = tempfile::tempdir().unwrap();
        let texts = [NamedText { name: "slip.txt".into(), text: "one".into() }];
        let first = save(data.path(), &texts).unwrap();
        let second = save(data.path(), &[NamedText { text: "two".into(), ..texts[0].clone() }]).unwrap();
        assert!(first[0].ends_with("papers/slip.txt") && second[0].ends_with("papers/slip-2.txt"), "{second:?}");
        assert_eq!(fs::read_to_string(&first[0]).unwrap(), "one");
    }

    #[test]
    fn a_directory_that_cannot_be_made_is_a_fault() {
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join("papers"), "").unwrap();
        let fault = save(data.path(), &[]).unwrap_err().to_string();
        assert!(fault.starts_with("Could not save the files: "), "{fault}");
    }
}
