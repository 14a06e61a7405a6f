//! The content of the drives of an export, and the logs and lists the service writes into the storage account.

use serde_json::Value;

use super::super::blob::content::{BlobStore, StoredBlob};
use super::super::blob::synthetic::{CONTAINER, SyntheticAccount};
use super::super::directory::SYNTHETIC_ACCOUNT;
use super::super::response::escape;
use super::super::state::SimState;
use super::job::{DriveContents, ExportOutcome, StoredJob};
use super::keys;
use super::selection::ExportRules;

/// Bytes that fit on one drive. A job does not tell the size of its drives, so all are 10 TB.
pub(super) const DRIVE_BYTES: u64 = 10_000_000_000_000;

/// Predicts the content of the drives from the content of the account now.
pub(super) fn foresee(state: &SimState, job: &StoredJob) -> ExportOutcome {
    let count = job.properties.get("deliveryPackage").and_then(|d| d["driveCount"].as_u64()).unwrap_or(1).clamp(1, 10);
    let mut outcome = ExportOutcome {
        drives: vec![DriveContents::default(); usize::try_from(count).unwrap_or(1)],
        ..ExportOutcome::default()
    };
    let Some(name) = account(state, job) else { return outcome };
    let Some(store) = state.stores.get(name) else { return outcome };
    match ExportRules::of(job, store) {
        Ok(selection) => match state.bench.as_deref().filter(|_| name == SYNTHETIC_ACCOUNT) {
            Some(bench) => fill_generated(&mut outcome, bench, &selection),
            None => fill(&mut outcome, store, &selection),
        },
        Err(problem) => outcome.problem = Some(problem.to_owned()),
    }
    outcome
}

fn fill(outcome: &mut ExportOutcome, store: &BlobStore, selection: &ExportRules) {
    for (container, content) in &store.containers {
        for (name, items) in &content.blobs {
            let path = format!("{container}/{name}");
            for item in items.iter().filter(|i| i.exportable() && selection.takes(&path, i.snapshot.as_deref())) {
                place(outcome, &path, item);
            }
        }
    }
}

/// Places the blobs of the generated account, one at a time.
fn fill_generated(outcome: &mut ExportOutcome, bench: &SyntheticAccount, selection: &ExportRules) {
    for index in 0..bench.blobs() {
        let path = format!("{CONTAINER}/{}", bench.name(index));
        if selection.takes(&path, None) {
            place(outcome, &path, bench.item(index));
        }
    }
}

/// Puts a blob on the emptiest drive with room for it, or leaves it out.
fn place(outcome: &mut ExportOutcome, path: &str, item: &StoredBlob) {
    let fits = |drive: &&mut DriveContents| drive.bytes.saturating_add(item.length) <= DRIVE_BYTES;
    match outcome.drives.iter_mut().filter(fits).min_by_key(|d| d.bytes) {
        Some(drive) if item.tier.as_deref() != Some("Archive") => {
            drive.blobs += 1;
            drive.bytes += item.length;
        }
        _ => outcome.left_out.push(path.to_owned()),
    }
}

fn account<'w>(state: &'w SimState, job: &StoredJob) -> Option<&'w str> {
    state.directory.account_by_id(job.text("storageAccountId")).map(|a| a.name.as_str())
}

/// Where the names of blobs that were not exported are written, container first.
pub(super) fn incomplete_path(job: &StoredJob) -> String {
    format!("{}/waies/{}_{}_incomplete-blobs.xml", root(job), job.name, stamp(job))
}

/// Where a drive's log or manifest copy is written, container first.
pub(super) fn log_path(job: &StoredJob, drive: &str, kind: &str) -> String {
    format!("{}/waies/{}_{drive}_{}_{kind}.xml", root(job), job.name, stamp(job))
}

/// The URL of a path in the job's account.
pub(super) fn uri(state: &SimState, job: &StoredJob, path: &str) -> String {
    format!("{}/{}/{path}", state.base, account(state, job).unwrap_or(""))
}

fn root(job: &StoredJob) -> &str {
    let path = job.text("diagnosticsPath").trim_matches('/');
    if path.is_empty() { "waimportexport" } else { path }
}

fn stamp(job: &StoredJob) -> String {
    job.shipped.map(|s| s.strftime("%Y%m%d-%H%M%S").to_string()).unwrap_or_default()
}

/// Writes logs, manifest copies and the incomplete list into the job's account, once.
pub(super) fn report(state: &mut SimState, key: &str) {
    let now = state.now();
    let Some(job) = state.jobs.get(key).cloned() else { return };
    let account = account(state, &job).map(str::to_owned);
    if let (Some(outcome), Some(store)) = (&job.outcome, account.and_then(|a| state.stores.get_mut(&a))) {
        let mut write = |path: &str, text: String| {
            let (container, name) = path.split_once('/').unwrap_or(("waimportexport", path));
            store.create_container(container, std::collections::BTreeMap::new(), now);
            if let Some(container) = store.containers.get_mut(container) {
                container.put(name, StoredBlob::uploaded(text.into_bytes(), "application/xml", now));
            }
        };
        for index in 0..outcome.drives.len() {
            let drive = keys::drive_id(&job, index);
            write(&log_path(&job, &drive, "error"), drive_log(&drive, outcome));
            if job.text("logLevel") == "Verbose" {
                write(&log_path(&job, &drive, "verbose"), drive_log(&drive, outcome));
            }
            if job.properties.get("backupDriveManifest") == Some(&Value::Bool(true)) {
                write(
                    &log_path(&job, &drive, "manifest"),
                    format!(
                        "<DriveManifest Version=\"2014-11-01\"><Drive><DriveId>{drive}</DriveId></Drive></DriveManifest>"
                    ),
                );
            }
        }
        if !outcome.left_out.is_empty() {
            let paths: Vec<String> =
                outcome.left_out.iter().map(|p| format!("<BlobPath>{}</BlobPath>", escape(p))).collect();
            let paths = paths.concat();
            write(
                &incomplete_path(&job),
                format!("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlobList>{paths}</BlobList>"),
            );
        }
    }
    if let Some(job) = state.jobs.get_mut(key) {
        job.reported = true;
    }
}

fn drive_log(drive: &str, outcome: &ExportOutcome) -> String {
    let blobs: Vec<String> = outcome
        .left_out
        .iter()
        .take(1_000)
        .map(|p| format!("<Blob Status=\"CompletedWithErrors\"><BlobPath>{}</BlobPath></Blob>", escape(p)))
        .collect();
    format!(
        "<DriveLog Version=\"2018-10-01\"><DriveId>{drive}</DriveId>{}<Status>{}</Status></DriveLog>",
        blobs.concat(),
        outcome.copy_status()
    )
}
