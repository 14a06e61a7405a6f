//! The names of one level of a container, as a listing with a delimiter has them. Nothing is counted here.

use super::entry::{EntrySink, ListedEntry};

/// Takes the folders and blobs of one level.
#[derive(Debug, Default)]
pub(super) struct LevelNames {
    /// Prefixes of folders and names of blobs, in the order listed.
    pub(super) names: Vec<String>,
    /// How many of them are folders.
    pub(super) folders: usize,
    /// The bytes of all names.
    text: usize,
}

impl LevelNames {
    /// Adds the names of the next page.
    pub(super) fn append(&mut self, mut page: Self) {
        self.names.append(&mut page.names);
        self.folders += page.folders;
        self.text += page.text;
    }

    /// The memory they take, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.text + self.names.len() * size_of::<String>()
    }

    fn push(&mut self, name: &str) {
        self.text += name.len();
        self.names.push(name.to_owned());
    }
}

impl EntrySink for LevelNames {
    fn blob(&mut self, entry: &ListedEntry<'_>) {
        self.push(entry.name);
    }

    fn folder(&mut self, prefix: &str) {
        self.folders += 1;
        self.push(prefix);
    }
}
