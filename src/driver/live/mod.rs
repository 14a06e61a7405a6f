//! The real world behind [`Backend`](crate::driver::backend::Backend): `drafts` and `keys_file` on disk, `azure`, `scan` and `direct` over
//! HTTP, `rehearsal` with the simulated Azure in this process, `uncheck` for long computations. [`LiveBackend`] hands each call to
//! one of them.

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
