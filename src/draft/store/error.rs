//! Why a draft could not be read or written, in a sentence with a way on. Plain data, so that it can travel in a message.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::holder::LockHolder;
use crate::draft::draft::VERSION;
use crate::draft::id::DraftId;
use crate::files;

/// A failure of the store: the attempt, the file, the reason, the advice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The file system said no.
    #[error("{tried}: {path}: {reason}. {advice}", path = path.display())]
    Io {
        /// What was tried, as the start of a sentence.
        tried: &'static str,
        /// Where.
        path: PathBuf,
        /// Why.
        reason: String,
        /// What to do.
        advice: &'static str,
    },
    /// A running program has it open, or one on another machine left it open; who, where it could be read.
    #[error("This draft is open in another blobfreight{who}. {advice}", who = who(held_by.as_ref()), advice = self.advice_of_held())]
    Held {
        /// The program that has it.
        held_by: Option<LockHolder>,
    },
    /// A newer program wrote it.
    #[error(
        "The draft {path} was written by a newer blobfreight (version {version} of the format, this one reads up to {VERSION}). \
         It was left untouched; open it with the newer program.",
        path = path.display()
    )]
    Newer {
        /// Its file.
        path: PathBuf,
        /// Its layout version.
        version: u32,
    },
    /// It is damaged.
    #[error("The draft {path} cannot be read: {reason}. It was left untouched; repair it, discard it, or begin a new export.", path = path.display())]
    Broken {
        /// Its file.
        path: PathBuf,
        /// What is wrong, with line and column where known.
        reason: String,
    },
    /// There is no such draft.
    #[error("There is no draft named {0}. `blobfreight drafts` lists those there are.")]
    Missing(DraftId),
    /// It is to come back from the trash, and a draft of that name is there.
    #[error(
        "There is a draft {0} already, so the one in the trash stays there. `blobfreight drafts show {0}` shows the one that counts."
    )]
    Taken(DraftId),
}

impl StoreError {
    /// What to do about a draft that is open elsewhere.
    pub fn advice_of_held(&self) -> &'static str {
        match self {
            Self::Held { held_by: Some(holder) } if holder.is_elsewhere() => {
                "Close it there; if nothing runs there any more, take it over (t, or `blobfreight drafts unlock`)."
            }
            _ => "Go on there, or work on a copy here.",
        }
    }

    /// From what the file system said.
    pub(super) fn io(tried: &'static str, path: &Path, error: &io::Error) -> Self {
        let advice = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "Free some space; the next change saves again.",
            ErrorKind::ReadOnlyFilesystem => "Make the place writable, or start with another data directory.",
            ErrorKind::PermissionDenied => "Check who owns the directory, or start with another data directory.",
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists | ErrorKind::InvalidInput => {
                "Something else has that name; move it away, or start with another data directory."
            }
            ErrorKind::NotFound => "The directory is gone; start the program again to make it anew.",
            _ => "Check the disk, or start with another data directory.",
        };
        Self::Io { tried, path: path.to_owned(), reason: files::reason(error), advice }
    }
}

fn who(holder: Option<&LockHolder>) -> String {
    holder.map(|holder| format!(" ({holder})")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w20_a_full_or_read_only_disk_is_told_in_words_with_the_place() {
        for (kind, words) in [
            (ErrorKind::StorageFull, "the disk is full. Free some space"),
            (ErrorKind::ReadOnlyFilesystem, "the disk is read-only. Make the place writable"),
            (ErrorKind::PermissionDenied, "permission was denied. Check who owns"),
        ] {
            let sentence =
                StoreError::io("The draft could not be saved", Path::new("/data/d1.json"), &kind.into()).to_string();
            assert!(sentence.starts_with("The draft could not be saved: /data/d1.json: "), "{sentence}");
            assert!(sentence.contains(words), "{sentence}");
        }
    }
}
