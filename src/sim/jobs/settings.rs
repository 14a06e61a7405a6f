//! What a job asks for, read from the properties of either service.

use serde_json::Value;

use super::job::{JobProvider, StoredJob};

/// What a job asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct JobSettings<'j> {
    /// Azure Resource Manager id of the storage account.
    pub account: &'j str,
    /// Whether every copied blob is logged.
    pub verbose: bool,
    /// Whether the drives' manifests are also written into the account.
    pub manifest_backup: bool,
    /// How many drives come; `None` when the service is not told.
    pub drives: Option<u64>,
    /// Whether the service is known to export append blobs.
    pub takes_append_blobs: bool,
}

impl<'j> JobSettings<'j> {
    /// Reads them from a job.
    pub(crate) fn of(job: &'j StoredJob) -> Self {
        match job.provider {
            JobProvider::ImportExport => Self {
                account: job.text("storageAccountId"),
                verbose: job.text("logLevel") == "Verbose",
                manifest_backup: job.properties.get("backupDriveManifest") == Some(&Value::Bool(true)),
                drives: Some(job.properties.get("deliveryPackage").and_then(|d| d["driveCount"].as_u64()).unwrap_or(1)),
                takes_append_blobs: true,
            },
            JobProvider::DataBox => {
                let details = job.properties.get("details").unwrap_or(&Value::Null);
                let export = &details["dataExportDetails"][0];
                Self {
                    account: export["accountDetails"]["storageAccountId"].as_str().unwrap_or(""),
                    verbose: export["logCollectionLevel"] == "Verbose",
                    manifest_backup: details["enableManifestBackup"] == Value::Bool(true),
                    drives: None,
                    takes_append_blobs: false,
                }
            }
        }
    }
}
