//! Why a configuration file is refused.

use std::path::PathBuf;

/// A file that cannot be used: the place, what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("Could not read the configuration file {}: {reason}. Check the path, or leave --config out.", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Something in the file is wrong.
    #[error("{}:{line}:{column}: {what}; {advice}", file.display())]
    Wrong {
        /// The file.
        file: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// Column in characters, counted from 1.
        column: usize,
        /// What is wrong.
        what: String,
        /// What to do.
        advice: String,
    },
}
