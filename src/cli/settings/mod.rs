//! `blobfreight config`: where the files are, what counts and where it comes from, and an editor that does not leave a broken file unsaid.
//!
//! - `command`: the subcommands
//! - `listing`: every key with its value and its origin
//! - `edit`: opens the file in an editor and checks it after

mod command;
mod edit;
mod listing;

pub(super) use command::{ConfigCommand, run};
