//! Export jobs: one trait over one job model, so that a second service can stand beside the classic one.

mod classic;
mod service;
mod version;

pub(crate) use classic::Classic;
pub use service::{JobService, find};
