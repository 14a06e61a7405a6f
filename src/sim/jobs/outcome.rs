//! The content of the drives of an export. What the service writes into the storage account about it is in `reports`.

use super::super::blob::content::{BlobStore, StoredBlob};
use super::super::blob::synthetic::CONTAINER;
use super::super::directory::SYNTHETIC_ACCOUNT;
use super::super::failures::{BlobFailureRule, FailureCause};
use super::super::state::SimState;
use super::super::switches::Acceptance;
use super::job::{DriveContents, ExportOutcome, ExportedBlob, FailedBlob, StoredJob};
use super::rules::ExportRules;
use super::settings::JobSettings;

/// Bytes that fit on one drive. A job does not tell the size of its drives, so all are 10 TB.
const DRIVE_BYTES: u64 = 10_000_000_000_000;

/// The most exported blobs of a generated account that its logs name: it may have a hundred million, and logs are kept in memory as its
/// blobs are not. The logs of every other account name all.
const NAMED: usize = 100_000;

/// The most drives of one job ("Requirements for the Azure Import/Export service").
pub(crate) const MOST_DRIVES: u64 = 10;

/// Predicts the content of the drives from the content of the account now. `read` reads the job's selection, or says which
/// copy status the drives show when it cannot be used.
pub(crate) fn foresee(
    state: &SimState,
    job: &StoredJob,
    read: impl FnOnce(&BlobStore) -> Result<ExportRules, &'static str>,
) -> ExportOutcome {
    foresee_each(state, job, read, |_, _, _| {})
}

/// The same, and calls `on_drive` with each blob or snapshot that a drive takes: the drive's number, its path, itself.
pub(crate) fn foresee_each(
    state: &SimState,
    job: &StoredJob,
    read: impl FnOnce(&BlobStore) -> Result<ExportRules, &'static str>,
    mut on_drive: impl FnMut(usize, &str, &StoredBlob),
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
    let named = if is_generated(state, name) { NAMED } else { usize::MAX };
    let mut failures = RequestedFailures::of(&state.switches.failures);
    each_selected(state, name, store, &rules, |path, item| match failures.take(path) {
        Some(cause) => {
            if !cause.is_failure()
                && let Some(drive) = place(&mut outcome, path, item, named)
            {
                on_drive(drive, path, item);
            }
            let (path, snapshot) = (path.to_owned(), item.snapshot.clone());
            outcome.failures.push(FailedBlob { path, snapshot, length: item.length, cause });
        }
        None if takes_kind(item) => {
            if let Some(drive) = place(&mut outcome, path, item, named) {
                on_drive(drive, path, item);
            }
        }
        None => outcome.refused.push(path.to_owned()),
    });
    outcome
}

/// The failures that a switch asks for, with how many each rule has left.
struct RequestedFailures<'s> {
    rules: Vec<(&'s BlobFailureRule, u64)>,
}

impl<'s> RequestedFailures<'s> {
    fn of(rules: &'s [BlobFailureRule]) -> Self {
        Self { rules: rules.iter().map(|rule| (rule, rule.most.unwrap_or(u64::MAX))).collect() }
    }

    /// Why the blob of this path fails.
    fn take(&mut self, path: &str) -> Option<FailureCause> {
        let (rule, left) = self.rules.iter_mut().find(|(rule, left)| *left > 0 && path.starts_with(&rule.path))?;
        *left -= 1;
        Some(rule.cause)
    }
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
    if let Some(bench) = state.bench.as_deref().filter(|_| is_generated(state, account)) {
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

/// Whether the blobs of this account are generated while they are read.
fn is_generated(state: &SimState, account: &str) -> bool {
    state.bench.is_some() && account == SYNTHETIC_ACCOUNT
}

fn is_archived(item: &StoredBlob) -> bool {
    item.tier.as_deref() == Some("Archive")
}

/// Puts a blob on the emptiest drive with room for it, and gives its number, or leaves it out. So many exported blobs are named.
fn place(outcome: &mut ExportOutcome, path: &str, item: &StoredBlob, named: usize) -> Option<usize> {
    let fits = |(_, drive): &(usize, &mut DriveContents)| drive.bytes.saturating_add(item.length) <= DRIVE_BYTES;
    match outcome.drives.iter_mut().enumerate().filter(fits).min_by_key(|(_, d)| d.bytes) {
        Some((number, drive)) if !is_archived(item) => {
            drive.blobs += 1;
            drive.bytes += item.length;
            if outcome.exported.len() < named {
                outcome.exported.push(ExportedBlob {
                    path: path.to_owned(),
                    snapshot: item.snapshot.clone(),
                    length: item.length,
                    kind: item.kind.clone(),
                    etag: item.etag.clone(),
                    drive: number,
                });
            }
            Some(number)
        }
        _ => {
            outcome.left_out.push(path.to_owned());
            if is_archived(item) {
                outcome.archived.push(path.to_owned());
            }
            None
        }
    }
}
