//! Gives the terminal back in every way a program can end: return, error, panic on any thread, signal, suspend.
//!
//! - `guard`: enters the terminal and gives it back; the output of a session.
//! - `mode`: the modes as one list. `crash`: the text after a panic.
//! - `no_terminal`: checks whether there is a terminal to draw on.

mod crash;
mod guard;
mod mode;
mod no_terminal;

#[cfg(unix)]
pub(super) use guard::suspend;
pub use guard::{Output, end_on_panic, enter, leave, set_mouse, stop, take_keyboard};
pub(super) use guard::{take_taskbar, take_title, write_to_normal_screen};
pub use no_terminal::{NO_TERMINAL_STATUS, NoTerminal, check};
