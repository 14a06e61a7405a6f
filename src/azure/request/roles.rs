//! The roles that a fault advises (Microsoft page: Azure built-in roles).

/// Lets a person read resources.
pub(crate) const READER: &str = "Reader";
/// Lets a person create and change resources.
pub(crate) const CONTRIBUTOR: &str = "Contributor";
/// Lets a person list and read blobs.
pub(crate) const DATA_READER: &str = "Storage Blob Data Reader";
/// Lets a person write blobs.
pub(crate) const DATA_CONTRIBUTOR: &str = "Storage Blob Data Contributor";
/// The least role that may list an account's keys.
pub(crate) const KEY_READER: &str = "Reader and Data Access";
/// Lets a person do everything with Data Box jobs.
pub(crate) const DATA_BOX_CONTRIBUTOR: &str = "Data Box Contributor";
/// The least role that may read the BitLocker keys of a Data Box job.
pub(crate) const DATA_BOX_READER: &str = "Data Box Reader";
/// The usual roles that may remove a lock.
pub(crate) const LOCK_REMOVER: &str = "Owner or User Access Administrator";
