//! `blobfreight verify`: checks returned drives against what the service promised.
//!
//! - `args`: its arguments. `command`: one check, from the arguments to the exit status. `job_file`: the drives that a job names.
//! - `progress`: the line on standard error while it runs. `report_file`: reports in files.

mod args;
mod command;
mod job_file;
mod progress;
mod report_file;

pub use args::VerifyArgs;
pub(super) use command::run;
