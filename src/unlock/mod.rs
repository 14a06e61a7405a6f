//! Unlocking a returned drive: what its BitLocker key is, whether its digits can be right, and the commands that each system takes.
//!
//! - `reading`: the forms of a key, and the check of a recovery password.
//! - `command_line`: a command with a key in it, shown masked or in full.
//! - `instructions`: the commands of each system, with the key in the form that the tool takes.

mod command_line;
mod instructions;
mod reading;

pub use command_line::CommandLine;
pub use instructions::{Instructions, UnlockTool, instructions};
pub use reading::KeyReading;
