//! Why a draft is open without its lock: nothing of it may be changed or saved then.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::azure::fault::Fault;

/// Why a draft is open without its lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unlocked {
    /// It was opened only to be looked at: another Blobfreight has it.
    ToLook,
    /// It could not be locked.
    Failed(Fault),
}

/// The sentence for the screen, e.g. `This draft is open read-only. Could not lock the draft: /data/d1.lock: the disk is read-only.`
impl fmt::Display for Unlocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ToLook => f.write_str("This draft is open read-only; nothing can be changed."),
            Self::Failed(fault) => write!(f, "This draft is open read-only. {fault}"),
        }
    }
}
