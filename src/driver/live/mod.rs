//! The real [`Backend`](crate::driver::backend::Backend). [`LiveBackend`] passes each call to one of these files:
//! - `drafts`, `keys_file`: files on disk.
//! - `azure`: requests to Azure. `scan`: counts of a selection. `direct`: accounts opened without a sign-in.
//! - `rehearsal`: the simulated Azure in this process.
//! - `uncheck`: rules without a row, a long computation.

mod azure;
mod direct;
mod drafts;
mod keys_file;
mod live;
mod rehearsal;
mod scan;
mod uncheck;

pub use drafts::drafts_in;
pub use keys_file::save as save_keys;
pub use live::LiveBackend;
pub use rehearsal::{CLOCK_RATE, Rehearsal};
