//! The input of the terminal: crossterm's events become [`Input`]. `protocol::keymap` decides what a key does.

mod input;
mod late_answer;
#[cfg(test)]
mod tests;

pub use input::{Input, stream};
