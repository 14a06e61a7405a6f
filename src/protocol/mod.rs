//! The language that the parts of the program speak: keys, actions, messages, calls, effects, request slots, names of the steps. Plain data.
//!
//! Read [`message`] first: it is everything that passes between the model and the world.

pub mod action;
pub mod inflight;
pub mod key;
pub mod keymap;
pub mod message;
pub mod slot;
pub mod step;
pub mod viewport;
