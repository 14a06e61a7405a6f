//! How a message changes the model.
//!
//! - `update`: handles a message: keys, pastes, clicks, sizes, saves.
//! - `answers`: passes an answer to the step that owns its slot, or to the start screen.
//! - `notification`: what is told to somebody who does not look.
//! - `moving`: moves from step to step: next, back, the rail, the focus. `pointing`: the mouse.

mod answers;
mod moving;
mod notification;
mod pointing;
mod update;

pub use update::update;
