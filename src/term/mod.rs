//! The terminal: its modes, its input, its signals, its clipboard and its features. `ui` decides what is shown, `app` what a key does.
//! No other folder names a crossterm type.
//!
//! - [`screen`]: enters the terminal, draws frames and gives the terminal back. [`backend`]: writes the bytes of a frame.
//! - [`guard`]: the modes of the terminal, switched off at every way out.
//! - [`input`], [`signals`]: events of the terminal and of the operating system.
//! - [`osc`]: makes commands of the operating-system kind (OSC) safe and takes them through tmux and GNU screen. [`notification`]: those that
//!   notify somebody who does not look. [`hyperlink`]: those that make a link of a text.
//! - [`window`]: the title of the window, and progress in the taskbar; [`window_progress`] how the terminal is told of that.
//! - [`clipboard`]: the escape sequence that copies a text. [`caps`]: the features of the terminal, read from the environment. [`mod@background`]: its
//!   background colour, asked of itself. [`questions`]: what else only the terminal can tell. [`mod@probe`]: all of that at once, for
//!   `blobfreight doctor`.

pub mod backend;
pub mod background;
pub mod caps;
pub mod clipboard;
pub mod guard;
pub mod hyperlink;
pub mod input;
pub mod notification;
pub mod osc;
pub mod probe;
pub mod questions;
pub mod screen;
pub mod signals;
pub mod window;
pub mod window_progress;

pub use background::background;
pub use caps::{Caps, ColourDepth};
pub use guard::{NoTerminal, check, end_on_panic, stop};
pub use hyperlink::Hyperlink;
pub use input::Input;
pub use probe::{ProbeAnswers, ProbeOutcome, probe};
pub use questions::TerminalAnswers;
pub use screen::Screen;
pub use signals::{Signal, Signals};
pub use window::{Taskbar, WindowUse};
pub use window_progress::WindowProgress;
