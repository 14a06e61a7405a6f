//! The program that has a draft open, as its lock file names it.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The running program that has a draft open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockHolder {
    /// Its process id.
    pub pid: u32,
    /// The machine it runs on.
    pub host: String,
    /// Since when.
    pub since: Timestamp,
}

impl fmt::Display for LockHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {} on {} since {}", self.pid, self.host, self.since.strftime("%Y-%m-%d %H:%M UTC"))
    }
}
