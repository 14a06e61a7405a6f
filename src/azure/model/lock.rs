//! Locks on a resource. Data Box puts one on the storage account of a job and leaves it there.

use serde::{Deserialize, Serialize};

/// A lock on a resource (Microsoft page: Management Locks).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceLock {
    /// Its own resource id. It begins with the id of what it locks, which may be the group or the subscription above the resource.
    pub id: String,
    /// Its name, e.g. `DATABOX_SERVICE`.
    pub name: String,
    /// `CanNotDelete` or `ReadOnly`, verbatim.
    pub level: String,
    /// What its maker wrote about it.
    pub notes: String,
}

impl ResourceLock {
    /// The name of the lock that Data Box makes.
    pub const DATA_BOX: &'static str = "DATABOX_SERVICE";

    /// Whether Data Box made it.
    pub fn is_of_data_box(&self) -> bool {
        self.name.eq_ignore_ascii_case(Self::DATA_BOX)
    }
}
