//! `blobfreight new`: an export job without a screen, from a file with the answers.
//!
//! - `args`: the arguments. `command`: from the arguments to the exit status.
//! - `answers`: the file, as types; its JSON Schema is made of them. `parse`: its text, as TOML or JSON.
//! - `look_up`: signs in and finds the account.
//! - `fill`: the answers as a draft. The wizard's own steps then check the draft, and create the job.
//! - `outcome`: what is missing, what is doubtful, and the job. `print_outcome`: the outcome as text and as JSON.
//! - `from_job`: the answers of a job that exists.

mod answers;
mod args;
mod command;
mod fill;
mod from_job;
mod look_up;
mod outcome;
mod parse;
mod print_outcome;

pub use args::NewArgs;
pub(super) use command::run;
