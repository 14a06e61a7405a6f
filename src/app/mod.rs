//! The core of the program, without IO: the model, and `update`, which changes it for each message of [`crate::protocol`].
//!
//! - `model`: the whole state. `start`: the start screen. `messages`: the remarks of this run. `step_list`: the steps to go to. `keys_filter`: what is typed on the
//!   page of keys.
//! - `update`: takes a message. `update::moving`: from step to step.

mod keys_filter;
pub mod messages;
mod model;
pub mod start;
mod step_list;
mod update;

pub use keys_filter::KeysFilter;
pub use model::{Focus, Model, Overlay, SaveState, Settings, Wizard};
pub use step_list::StepList;
pub use update::update;
