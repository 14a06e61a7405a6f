//! Files that the program keeps for itself: opened only where they are regular files, and replaced as a whole or not at all. Blocking
//! IO. Drafts, locks, the configuration, the checkpoints of scans and what is saved for the person are read and written by it.
//!
//! - `regular`: opening and reading; folders for their owner only
//! - `reason`: why the system refused something, in words
//! - `owner`: keeping a file from others on Windows
//! - `unfinished`: writing a file that gets its name once it is whole
//! - `sweep`: removing what a kill left of such a write

mod owner;
mod reason;
mod regular;
mod sweep;
mod unfinished;

pub use reason::reason;
pub use regular::{
    create_private, folder_of, is_there, make_private_folder, open_regular, open_regular_with, read_named,
    read_regular, sync_folder,
};
pub use sweep::{sweep, sweep_own};
pub use unfinished::{UnfinishedFile, replace, replace_with};
