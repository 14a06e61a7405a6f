//! Settings of a storage account's blobs that matter to an export. Each may be unknown, with the reason.

use serde::{Deserialize, Serialize};

/// The settings of an account's blobs. `Err` says why one is not known, a few words without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobSettings {
    /// Older versions of blobs are kept (Microsoft page: Blob Services - Get Service Properties).
    pub versioning: Result<bool, String>,
    /// Immutability is switched on for the whole account (Microsoft page: Storage Accounts - Get Properties).
    pub immutable: Result<bool, String>,
    /// Rules that archive or delete blobs by themselves (Microsoft page: Management Policies - Get).
    pub lifecycle: Result<Vec<LifecycleRule>, String>,
    /// Containers that another account is copied into: nobody else may write there (Microsoft page: Object Replication Policies - List).
    pub replicated_into: Result<Vec<String>, String>,
}

/// A lifecycle rule that is switched on and archives or deletes blobs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifecycleRule {
    /// Its name.
    pub name: String,
    /// What the paths of the blobs begin with, container first; empty for all blobs.
    pub prefixes: Vec<String>,
    /// It moves blobs to the archive tier.
    pub archives: bool,
    /// It deletes blobs.
    pub deletes: bool,
}
