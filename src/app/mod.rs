//! The core of the program, free of IO: the model, the messages that change it, the effects it asks for, the key table.
//!
//! Read [`protocol`] first: it is everything that passes between the program and the world.

pub mod messages;
mod model;
pub mod start;
mod update;

pub use model::{Focus, Model, Overlay, SaveState, Settings, Wizard};
pub use update::update;
