//! How a message changes the model.
//!
//! - `update`: handles a message: keys, pastes, clicks, sizes, saves.
//! - `answers`: passes an answer to the step that owns its slot, or to the start screen.
//! - `moving`: moves from step to step: next, back, the rail, the focus.

mod answers;
mod moving;
mod update;

pub use update::update;
