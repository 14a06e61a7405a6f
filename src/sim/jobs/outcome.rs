//! The content of the drives of an export. What the service writes into the storage account about it is in `reports`.

use super::super::blob::content::{BlobStore, StoredBlob};
use super::super::blob::synthetic::{CONTAINER, SyntheticAccount};
use super::super::directory::SYNTHETIC_ACCOUNT;
use super::super::state::SimState;
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
    let found = account.and_then(|name| Some((name, state.stores.get(name)?)));
    let (mut blobs, mut count) = (Vec::new(), settings.drives);
    if let Some((name, store)) = found {
        match read(store) {
            Ok(rules) => blobs = selected(state, name, store, &rules),
            Err(problem) => outcome.problem = Some(problem.to_owned()),
        }
    }
    if count.is_none() {
        // Data Box is not told how many drives come; as many are sent as the blobs need.
        let bytes: u64 = blobs.iter().map(|(_, item)| item.length).sum();
        count = Some(bytes / DRIVE_BYTES + 1);
    }
    let count = usize::try_from(count.unwrap_or(1).clamp(1, MOST_DRIVES)).unwrap_or(1);
    outcome.drives = vec![DriveContents::default(); count];
    for (path, item) in blobs {
        if settings.takes_kind(&item.kind) {
            place(&mut outcome, &path, item);
        } else {
            outcome.refused.push(path);
        }
    }
    outcome
}

/// The blobs and snapshots that the rules take, with their container-qualified paths.
fn selected<'s>(
    state: &'s SimState,
    account: &str,
    store: &'s BlobStore,
    rules: &ExportRules,
) -> Vec<(String, &'s StoredBlob)> {
    if let Some(bench) = state.bench.as_deref().filter(|_| account == SYNTHETIC_ACCOUNT) {
        return generated(bench, rules);
    }
    let mut blobs = Vec::new();
    for (container, content) in &store.containers {
        for (name, items) in &content.blobs {
            let path = format!("{container}/{name}");
            for item in items.iter().filter(|i| i.exportable() && rules.takes(&path, i.snapshot.as_deref())) {
                blobs.push((path.clone(), item));
            }
        }
    }
    blobs
}

fn generated<'s>(bench: &'s SyntheticAccount, rules: &ExportRules) -> Vec<(String, &'s StoredBlob)> {
    let all = (0..bench.blobs()).map(|index| (format!("{CONTAINER}/{}", bench.name(index)), bench.item(index)));
    all.filter(|(path, _)| rules.takes(path, None)).collect()
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
