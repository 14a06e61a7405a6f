//! The screen of a session. `screen` enters the terminal and gives it back; `canvas` draws frames. `ui` decides what a frame shows.

mod canvas;
mod screen;
#[cfg(test)]
mod tests;

pub use screen::{Screen, measure};
