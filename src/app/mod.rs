//! The core of the program, free of IO: the model, and how a message changes it. The messages are in [`crate::protocol`].

pub mod messages;
mod model;
pub mod start;
mod update;

pub use model::{Focus, Model, Overlay, SaveState, Settings, Wizard};
pub use update::update;
