//! The input of the terminal: crossterm's events become [`Input`]. `protocol::keymap` decides what a key does.

mod input;
#[cfg(test)]
mod tests;

pub use input::{Input, stream};
