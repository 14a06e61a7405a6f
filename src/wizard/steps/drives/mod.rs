//! The drives step: it counts the selection and says how many drives to buy and what an export leaves out.
//!
//! - `state`: the step's state. `step`: its part in the wizard.
//! - `counting`: when a count starts, pauses and starts over. The driver counts; `scan` holds the engine.
//! - `estimate`: the plan of one count for one choice of drives. `plan` packs.
//! - `splitting`: makes drafts of a plan of several jobs.
//! - `amount`: the same for the line above the tree. `words`: the count in short, for the rail and the review.

mod amount;
mod counting;
mod estimate;
mod splitting;
mod state;
mod step;
mod words;

pub use amount::{SelectionAmount, amount};
pub use counting::REST;
pub use estimate::{DriveEstimate, at_least, fits};
pub use state::{CountCommand, DrivesStep, PendingSplit};
pub use step::progress;
pub use words::{about_snapshots, drives, round, warnings};
