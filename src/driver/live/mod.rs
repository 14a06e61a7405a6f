//! The real [`Backend`](crate::driver::backend::Backend). [`LiveBackend`] passes each call to one of these files:
//! - `drafts`, `keys_file`, `paper_files`, `request_file`: files on disk. `new_file`: a name that no file has yet.
//!   `left_files`: what killed programs left.
//! - `azure`: requests to Azure. `scan`: counts of a selection. `direct`: accounts opened without a sign-in.
//! - `overview`: the jobs of all subscriptions; `found_jobs` keeps them on disk. `take_job`: a draft for one of them.
//! - `logs`: the logs of a job, as a report and as files.
//! - `attached`: drives of this machine. `check`: checks of drives, `check_reports` their reports.
//! - `rehearsal`: the simulated Azure in this process.
//! - `uncheck`: rules without a row, a long computation.

mod attached;
mod azure;
mod check;
mod check_reports;
mod direct;
mod drafts;
mod found_jobs;
mod keys_file;
mod left_files;
mod live;
mod logs;
mod new_file;
pub(crate) mod overview;
mod paper_files;
mod rehearsal;
mod request_file;
mod scan;
mod take_job;
mod uncheck;

pub use check_reports::write_form;
pub use drafts::{drafts_in, new_draft_id, store_fault};
pub use keys_file::{save as save_keys, text as keys_text};
pub use left_files::sweep;
pub use live::LiveBackend;
pub use logs::{SavedLogs, account_endpoint, read_logs, save_all};
pub use rehearsal::{CLOCK_RATE, Rehearsal};
