//! The environment variables that open a storage account (Microsoft page: az storage, environment variables).

/// The account's key, base64.
pub(super) const KEY: &str = "AZURE_STORAGE_KEY";
/// A shared access signature.
pub(super) const SAS: &str = "AZURE_STORAGE_SAS_TOKEN";
/// A connection string.
pub(super) const CONNECTION: &str = "AZURE_STORAGE_CONNECTION_STRING";
/// The account's name, where its address does not begin with it.
pub(super) const ACCOUNT: &str = "AZURE_STORAGE_ACCOUNT";
