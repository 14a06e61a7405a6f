//! The start screen: what needs the person, in one list of drafts and jobs.
//!
//! - `start`: its state and its keys. `rows`: the list, from the drafts on disk and the jobs that were found.
//! - `elsewhere`: what is known of the jobs of all subscriptions. `looking`: when they are looked at.

mod elsewhere;
mod looking;
mod rows;
mod start;

pub use elsewhere::{JobsLook, LookStanding};
pub use rows::{Choice, Section, StartRow};
pub use start::Start;
