//! The step Verify: whether what came back on the drives is right.
//!
//! - `state`: its data. `step`: its rules. `choosing`: the drives to check. `checking`: the check, its pause and its end.
//! - `summary`: the answer of the step on the rail.

mod checking;
mod choosing;
mod state;
mod step;
mod summary;

pub use state::{CheckStage, DriveRow, VerifyStep};
pub use summary::progress;
