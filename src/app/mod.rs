//! The core of the program, without IO: the model, and `update`, which changes it for each message of [`crate::protocol`].
//!
//! - `model`: the whole state. `start`: the start screen. `messages`: the remarks of this run. `step_list`: the steps to go to.
//! - `update`: takes a message. `update::moving`: from step to step.

pub mod messages;
mod model;
pub mod start;
mod step_list;
mod update;

pub use model::{Focus, Model, Overlay, SaveState, Settings, Wizard};
pub use step_list::StepList;
pub use update::update;
