//! How a message changes the model.
//!
//! - `update`: takes a message and passes it to the start screen or to the step it belongs to.
//! - `moving`: moves from step to step: next, back, the rail, the focus.

mod moving;
#[allow(clippy::module_inception, reason = "the folder is named after its function")]
mod update;

pub use update::update;
