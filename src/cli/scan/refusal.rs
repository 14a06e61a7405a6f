//! Why a scan does not begin.

use crate::azure::fault::Fault;

/// A sentence, and whether the command line is to blame.
pub(super) enum ScanRefusal {
    /// The arguments, or what they name, are wrong.
    Usage(String),
    /// A request or a file failed.
    Failed(String),
}

impl From<Fault> for ScanRefusal {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault.to_string())
    }
}
