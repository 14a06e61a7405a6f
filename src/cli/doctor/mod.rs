//! `blobfreight doctor`: what a person looks at first when something does not work, and what a bug report begins with.
//!
//! - `command`: all checks from the arguments to the exit status; `print` writes them
//! - `check`: one check and its verdict
//! - `files`: configuration, drafts, log. `network`: proxy and clock. `tools`: the Azure CLI. `account`: sign-in, tokens, providers, rights,
//!   firewall. `terminal`: colours, background, signs, clipboard
//!
//! No line holds a token, a key or a signature.

mod account;
mod check;
mod command;
mod files;
mod network;
mod print;
mod terminal;
mod tools;

pub(super) use command::{DoctorArgs, run};
