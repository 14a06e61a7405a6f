//! The options step: job name, resource group, what the service logs and where.
//!
//! - `state`: the step's data. `step`: its rules.
//! - `name_check`: whether the name is free, asked while the person types.
//! - `new_group`: a resource group that does not exist yet is made.

pub mod name_check;
mod new_group;
mod state;
mod step;

pub use state::{JobStep, NewGroup, why_frozen};
pub use step::progress;
