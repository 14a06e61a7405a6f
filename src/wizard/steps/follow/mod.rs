//! The follow step: the state of the job, which is read again by itself, and what may be done with the job.
//!
//! - `state`: what the step remembers, and the question that is open over the page.
//! - `step`: the keys, the answers.
//! - `cancel`, `delete`: both are asked first and say what they take along.
//! - `decide`: what the customer can tell the service where it waits.
//! - `account_lock`: the lock that the service leaves on the storage account.

mod account_lock;
mod cancel;
mod decide;
mod delete;
mod state;
mod step;

pub use cancel::cancel_chance;
pub use decide::meaning;
pub use delete::unsaved_keys;
pub use state::{AccountLock, Decision, FollowQuestion, FollowStep, LockUse};
pub use step::progress;
