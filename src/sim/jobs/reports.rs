//! What the service writes into the storage account about an export: logs, copies of the manifests, the list of what is missing.

use std::collections::BTreeMap;

use super::super::blob::content::StoredBlob;
use super::super::response::{escape, uuid};
use super::super::state::SimState;
use super::job::{ExportOutcome, JobProvider, StoredJob};
use super::keys;
use super::settings::JobSettings;

/// The container of Data Box's logs.
pub(crate) const COPY_LOGS: &str = "databoxcopylog";
/// The container of Import/Export's logs without another wish.
const CLASSIC_LOGS: &str = "waimportexport";
/// The most blobs a log names.
const NAMED: usize = 1_000;

/// A file that is written about a drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DriveReport {
    /// The blobs that were not copied.
    Errors,
    /// The blobs that were copied too.
    Verbose,
    /// A copy of the manifest on the drive.
    Manifest,
}

/// Where the names of blobs that were not exported are written, container first; Import/Export only.
pub(crate) fn incomplete_path(job: &StoredJob) -> String {
    format!("{}/waies/{}_{}_incomplete-blobs.xml", classic_root(job), job.name, stamp(job))
}

/// Where a report about a drive is written, container first.
pub(crate) fn path(job: &StoredJob, drive: &str, report: DriveReport) -> String {
    match job.provider {
        JobProvider::ImportExport => {
            let kind = match report {
                DriveReport::Errors => "error",
                DriveReport::Verbose => "verbose",
                DriveReport::Manifest => "manifest",
            };
            format!("{}/waies/{}_{drive}_{}_{kind}.xml", classic_root(job), job.name, stamp(job))
        }
        JobProvider::DataBox => {
            let kind = match report {
                DriveReport::Errors => "CopyLog",
                DriveReport::Verbose => "VerboseLog",
                DriveReport::Manifest => "Manifest",
            };
            format!("{COPY_LOGS}/{}_{drive}_{kind}_{}.xml", job.name, uuid(&job.id()).replace('-', ""))
        }
    }
}

/// The URL of a path in the job's account.
pub(crate) fn uri(state: &SimState, job: &StoredJob, path: &str) -> String {
    format!("{}/{}/{path}", state.base, account(state, job).unwrap_or_default())
}

fn account(state: &SimState, job: &StoredJob) -> Option<String> {
    state.directory.account_by_id(JobSettings::of(job).account).map(|a| a.name.clone())
}

fn classic_root(job: &StoredJob) -> &str {
    let path = job.text("diagnosticsPath").trim_matches('/');
    if path.is_empty() { CLASSIC_LOGS } else { path }
}

fn stamp(job: &StoredJob) -> String {
    job.shipped.map(|s| s.strftime("%Y%m%d-%H%M%S").to_string()).unwrap_or_default()
}

/// Writes logs, manifest copies and the incomplete list into the job's account, once.
pub(super) fn write(state: &mut SimState, key: &str) {
    let now = state.now();
    let Some(job) = state.jobs.get(key).cloned() else { return };
    let account = account(state, &job);
    if let (Some(outcome), Some(store)) = (&job.outcome, account.and_then(|a| state.stores.get_mut(&a))) {
        for (path, text) in files(&job, outcome) {
            let (container, name) = path.split_once('/').unwrap_or((CLASSIC_LOGS, &path));
            store.create_container(container, BTreeMap::new(), now);
            if let Some(container) = store.containers.get_mut(container) {
                container.put(name, StoredBlob::uploaded(text.into_bytes(), "application/xml", now));
            }
        }
    }
    if let Some(job) = state.jobs.get_mut(key) {
        job.reported = true;
    }
}

/// The files, with their container-qualified paths.
fn files(job: &StoredJob, outcome: &ExportOutcome) -> Vec<(String, String)> {
    let settings = JobSettings::of(job);
    let mut files = Vec::new();
    for index in 0..outcome.drives.len() {
        let drive = keys::drive_id(job, index);
        let mut add = |report, text| files.push((path(job, &drive, report), text));
        add(DriveReport::Errors, log(job, outcome, index, &drive));
        if settings.verbose {
            add(DriveReport::Verbose, log(job, outcome, index, &drive));
        }
        if settings.manifest_backup {
            add(
                DriveReport::Manifest,
                format!(
                    "<DriveManifest Version=\"2014-11-01\"><Drive><DriveId>{drive}</DriveId></Drive></DriveManifest>"
                ),
            );
        }
    }
    if job.provider == JobProvider::ImportExport && !outcome.left_out.is_empty() {
        let paths: Vec<String> =
            outcome.left_out.iter().map(|p| format!("<BlobPath>{}</BlobPath>", escape(p))).collect();
        let list = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlobList>{}</BlobList>", paths.concat());
        files.push((incomplete_path(job), list));
    }
    files
}

fn log(job: &StoredJob, outcome: &ExportOutcome, index: usize, drive: &str) -> String {
    match job.provider {
        JobProvider::ImportExport => drive_log(drive, outcome),
        JobProvider::DataBox => copy_log(drive, outcome, index),
    }
}

fn drive_log(drive: &str, outcome: &ExportOutcome) -> String {
    let blobs: Vec<String> = outcome
        .left_out
        .iter()
        .take(NAMED)
        .map(|p| format!("<Blob Status=\"CompletedWithErrors\"><BlobPath>{}</BlobPath></Blob>", escape(p)))
        .collect();
    format!(
        "<DriveLog Version=\"2018-10-01\"><DriveId>{drive}</DriveId>{}<Status>{}</Status></DriveLog>",
        blobs.concat(),
        outcome.copy_status()
    )
}

/// Data Box's log has several roots. Blobs that no drive took are in the log of the first.
fn copy_log(drive: &str, outcome: &ExportOutcome, index: usize) -> String {
    let entity = |path: &String, format: &str, code: &str, message: &str| {
        format!(
            "<ErroredEntity CloudFormat=\"{format}\" Path=\"{}\"><Category>ExportCloudHttp</Category><ErrorCode>{code}</ErrorCode><ErrorMessage>{message}</ErrorMessage><Type>File</Type></ErroredEntity>",
            escape(path)
        )
    };
    let mut text = String::new();
    let errored = if index == 0 { outcome.not_exported() } else { 0 };
    if index == 0 {
        let refused = outcome.refused.iter().map(|p| entity(p, "AppendBlob", "409", "The blob type is not supported."));
        let left_out = outcome.left_out.iter().map(|p| entity(p, "BlockBlob", "409", "The blob could not be read."));
        text.extend(refused.chain(left_out).take(NAMED));
    }
    let blobs = outcome.drives.get(index).map_or(0, |d| d.blobs) + errored as u64;
    text + &format!(
        "<CopyLog Summary=\"Summary\"><DriveLogVersion>2021-08-01</DriveLogVersion><DriveId>{drive}</DriveId><Status>{}</Status><TotalFiles_Blobs>{blobs}</TotalFiles_Blobs><FilesErrored>{errored}</FilesErrored></CopyLog>",
        outcome.copy_status()
    )
}
