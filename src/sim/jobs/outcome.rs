//! The content of the drives of an export. What the service writes into the storage account about it is in `reports`.

use super::super::blob::content::{BlobStore, StoredBlob};
use super::super::blob::synthetic::CONTAINER;
use super::super::directory::SYNTHETIC_ACCOUNT;
use super::super::state::SimState;
use super::super::switches::Acceptance;
use super::job::{DriveContents, ExportOutcome, StoredJob};
use super::rules::ExportRules;
use super::settings::JobSettings;

/// Bytes that fit on one drive. A job does not tell the size of its drives, so all are 10 TB.
const DRIVE_BYTES: u64 = 10_000_000_000_000;

/// The most drives of one job ("Requirements for the Azure Import/Export service").
pub(crate) const MOST_DRIVES: u64 = 10;

/// Predicts the content of the drives from the content of the account now. `read` reads the job's selection, or says which
/// copy status the drives show when it cannot be used.
pub(crate) fn foresee(
    state: &SimState,
    job: &StoredJob,
    read: impl FnOnce(&BlobStore) -> Result<ExportRules, &'static str>,
) -> ExportOutcome {
    let settings = JobSettings::of(job);
    let mut outcome = ExportOutcome::default();
    let account = state.directory.account_by_id(settings.account).map(|a| a.name.as_str());
    let Some((name, store)) = account.and_then(|name| Some((name, state.stores.get(name)?))) else {
        return with_drives(outcome, settings.drives.unwrap_or(1));
    };
    let rules = match read(store) {
        Ok(rules) => rules,
        Err(problem) => {
            outcome.problem = Some(problem.to_owned());
            return with_drives(outcome, settings.drives.unwrap_or(1));
        }
    };
    let takes_kind = |item: &StoredBlob| {
        settings.takes_append_blobs || state.switches.append_blobs == Acceptance::Accepted || item.kind != "AppendBlob"
    };
    let drives = settings.drives.unwrap_or_else(|| {
        // Data Box is not told how many drives come; as many are sent as the blobs need.
        let mut bytes = 0_u64;
        each_selected(state, name, store, &rules, |_, item| {
            if takes_kind(item) && !is_archived(item) {
                bytes = bytes.saturating_add(item.length);
            }
        });
        bytes / DRIVE_BYTES + 1
    });
    outcome = with_drives(outcome, drives);
    each_selected(state, name, store, &rules, |path, item| {
        if takes_kind(item) {
            place(&mut outcome, path, item);
        } else {
            outcome.refused.push(path.to_owned());
        }
    });
    outcome
}

fn with_drives(outcome: ExportOutcome, drives: u64) -> ExportOutcome {
    let count = usize::try_from(drives.clamp(1, MOST_DRIVES)).unwrap_or(1);
    ExportOutcome { drives: vec![DriveContents::default(); count], ..outcome }
}

/// Calls `take` with each blob and snapshot that the rules take, and its container-qualified path.
fn each_selected(
    state: &SimState,
    account: &str,
    store: &BlobStore,
    rules: &ExportRules,
    mut take: impl FnMut(&str, &StoredBlob),
) {
    if let Some(bench) = state.bench.as_deref().filter(|_| account == SYNTHETIC_ACCOUNT) {
        // One at a time: the generated account may have a hundred million.
        for index in 0..bench.blobs() {
            let path = format!("{CONTAINER}/{}", bench.name(index));
            if rules.takes(&path, None) {
                take(&path, bench.item(index));
            }
        }
        return;
    }
    for (container, content) in &store.containers {
        for (name, items) in &content.blobs {
            let path = format!("{container}/{name}");
            for item in items.iter().filter(|i| i.exportable() && rules.takes(&path, i.snapshot.as_deref())) {
                take(&path, item);
            }
        }
    }
}

fn is_archived(item: &StoredBlob) -> bool {
    item.tier.as_deref() == Some("Archive")
}

/// Puts a blob on the emptiest drive with room for it, or leaves it out.
fn place(outcome: &mut ExportOutcome, path: &str, item: &StoredBlob) {
    let fits = |drive: &&mut DriveContents| drive.bytes.saturating_add(item.length) <= DRIVE_BYTES;
    match outcome.drives.iter_mut().filter(fits).min_by_key(|d| d.bytes) {
        Some(drive) if !is_archived(item) => {
            drive.blobs += 1;
            drive.bytes += item.length;
        }
        _ => outcome.left_out.push(path.to_owned()),
    }
}
