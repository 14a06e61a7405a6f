//! What the service writes into the storage account about an export: logs, copies of the manifests, the list of what is missing.

use std::collections::BTreeMap;

use super::super::blob::content::StoredBlob;
use super::super::response::{escape, uuid};
use super::super::state::SimState;
use super::job::{ExportOutcome, JobProvider, StoredJob};
use super::keys;
use super::log_text;
use super::settings::JobSettings;

/// The container of Data Box's logs.
pub(crate) const COPY_LOGS: &str = "databoxcopylog";
/// The container of Import/Export's logs without another wish.
const CLASSIC_LOGS: &str = "waimportexport";
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
    let (account, course) = (account(state, &job), state.switches.logs);
    if let (Some(outcome), Some(store)) = (&job.outcome, account.and_then(|a| state.stores.get_mut(&a))) {
        for (path, text) in files(&job, outcome) {
            let Some(text) = log_text::on_its_course(text, course) else { continue };
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
        add(DriveReport::Errors, log_text::errors(job, outcome, index, &drive));
        if settings.verbose {
            add(DriveReport::Verbose, log_text::verbose(job, outcome, index, &drive));
        }
        if settings.manifest_backup {
            let empty = || {
                format!(
                    "<DriveManifest Version=\"2014-11-01\"><Drive><DriveId>{drive}</DriveId></Drive></DriveManifest>"
                )
            };
            let written = job.manifests.get(&drive).map(|(_, text)| text.clone());
            add(DriveReport::Manifest, written.unwrap_or_else(empty));
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
