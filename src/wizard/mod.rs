//! The journey of an export: its steps, in order, and what each shows on the rail. Each step's state and rules are in a file of its own.

pub mod clock;
pub mod form_keys;
mod form_step;
pub mod gone;
pub mod list;
pub mod poll;
pub mod progress;
pub mod rail;
pub mod registry;
pub mod shared;
pub mod step;
pub mod steps;
