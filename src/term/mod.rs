//! The terminal itself: its modes, its input, its signals, its clipboard and what it can show.
//! Not what is shown (that is `ui`), and no decisions: those are made in `app`.
//!
//! No other folder names a crossterm type. `screen` draws frames, `guard` owns the modes and gives the terminal back,
//! `input` and `signals` turn events into our own words, `caps` reads the environment.

pub mod backend;
pub mod caps;
pub mod clipboard;
pub mod guard;
pub mod input;
pub mod screen;
pub mod signals;

pub use caps::Caps;
pub use guard::{NoTerminal, check};
pub use input::Input;
pub use screen::Screen;
pub use signals::{Signal, Signals};
