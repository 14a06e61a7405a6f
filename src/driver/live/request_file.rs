//! Writes a create request to a new file of the person's, and the blob list it needs beside it. Never overwrites a file.

use std::io;
use std::path::{Path, PathBuf};

use super::new_file::NewFile;
use crate::azure::fault::Fault;
use crate::files;

/// Writes the request to `requests/NAME` in the data directory, and the list to a file of the same name that ends in `.list.xml`; a number
/// is added where a file is there already. Returns the paths. Blocks.
///
/// # Errors
/// The directory or a file cannot be made. What was written until then stays.
pub(super) fn save(data: &Path, name: &str, text: &str, list: Option<&str>) -> Result<Vec<PathBuf>, Fault> {
    let dir = data.join("requests");
    let fault = |error: &io::Error| {
        Fault::local("save the request", format!("{}: {}", dir.display(), files::reason(error)))
            .advise("Make the directory writable, or copy the request.")
    };
    files::make_private_folder(&dir).map_err(|error| fault(&error))?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let list = list.map(|xml| (format!("{stem}.list.xml"), xml));
    let texts = [(name.to_owned(), text)].into_iter().chain(list);
    texts.map(|(name, text)| NewFile::write(&dir, &name, text.as_bytes()).map_err(|error| fault(&error))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_request_and_its_list_go_to_new_files_beside_each_other() {
        let data = tempfile::tempdir().unwrap();
        let files = save(data.path(), "export-1.sh", "az rest", Some("<BlobList/>")).unwrap();
        assert!(
            files[0].ends_with("requests/export-1.sh") && files[1].ends_with("requests/export-1.list.xml"),
            "{files:?}"
        );
        assert_eq!(fs::read_to_string(&files[0]).unwrap(), "az rest");
        let again = save(data.path(), "export-1.sh", "other", None).unwrap();
        assert!(again[0].ends_with("requests/export-1-2.sh"), "{again:?}");
        assert_eq!(fs::read_to_string(&files[0]).unwrap(), "az rest", "nothing is written over");
    }
}
