//! `blobfreight scan`: what an export would take and how many drives it needs, without a terminal. `scan` counts and `plan` packs.
//!
//! - `args`: the arguments; `selection` the rules and the draft they name
//! - `command`: one scan from the arguments to the exit status
//! - `access`: the account and its credential
//! - `progress`: the line on standard error while the scan runs
//! - `outcome`: what is printed; `text` prints it for people, `json` for programs
//!
//! Exit status: 0 complete, 3 partial ("at least"), 1 failed, 2 usage, 4 sign in first.

mod access;
mod args;
mod command;
mod json;
mod outcome;
mod progress;
mod selection;
mod text;

pub use args::ScanArgs;
pub(super) use command::run;
pub(super) use progress::columns;
