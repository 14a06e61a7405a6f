//! The start screen: what needs the person, in one list of drafts and jobs.
//!
//! - `start`: its state and its keys. `rows`: the list, from the drafts on disk and the jobs that were found.
//! - `elsewhere`: the look at the jobs of all subscriptions.

mod elsewhere;
mod rows;
mod start;

pub use elsewhere::{JobsLook, LookStanding};
pub use rows::{Choice, Section, StartRow};
pub use start::Start;
