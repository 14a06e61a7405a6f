//! The follow step: the state of the job, which is read again by itself, and what may be done with the job.
//!
//! - `state`: what the step remembers, and the question that is open over the page.
//! - `step`: the keys, the answers.
//! - `cancel`, `delete`: both ask first and say what is removed with the job.
//! - `decide`: the decisions that the service waits for.
//! - `account_lock`: the lock that the service leaves on the storage account.

mod account_lock;
mod cancel;
mod decide;
mod delete;
mod rehearse;
mod state;
mod step;
mod take_along;

pub use cancel::cancel_chance;
pub use decide::meaning;
pub use delete::{WITHOUT_KEYS, unsaved_keys};
pub use rehearse::order_words;
pub use state::{AccountLock, Decision, FollowQuestion, FollowStep, LockUse};
pub use step::progress;
