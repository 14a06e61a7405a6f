//! Draft files: one JSON file each in one directory, readable by their owner only, replaced as a whole or not at all.
//!
//! - `store`: listing, reading and saving; `trash`: the trash and the archive
//! - `lock`: the lock of an open draft; `holder` the program that has it
//! - `error`: what could not be done, in a sentence

mod error;
mod holder;
mod lock;
mod store;
mod trash;

pub use error::StoreError;
pub use holder::LockHolder;
pub use lock::DraftLock;
pub use store::DraftStore;
pub use trash::DiscardedDraft;
