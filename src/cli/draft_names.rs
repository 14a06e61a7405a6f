//! The names of drafts, for the completion of command lines.

use clap_complete::engine::CompletionCandidate;

use super::config::places;
use crate::draft::DraftSummary;
use crate::draft::store::DraftStore;
use crate::driver::live::drafts_in;

fn store() -> Option<DraftStore> {
    let folder = drafts_in(&places().data);
    // Completing a line makes no folder.
    folder.exists().then(|| DraftStore::open(&folder).ok()).flatten()
}

/// The names of the drafts, the newest first, each with its job or account.
pub(super) fn draft_names() -> Vec<CompletionCandidate> {
    let listed = store().and_then(|store| store.list().ok()).unwrap_or_default();
    listed.iter().map(|entry| candidate(entry.id.as_str(), &entry.content)).collect()
}

/// The names of the drafts in the trash.
pub(super) fn discarded_names() -> Vec<CompletionCandidate> {
    let discarded = store().and_then(|store| store.discarded().ok()).unwrap_or_default();
    discarded.iter().map(|one| candidate(one.id.as_str(), &one.content)).collect()
}

fn candidate(id: &str, content: &DraftSummary) -> CompletionCandidate {
    let help = content.ready().and_then(|draft| draft.job.clone().or_else(|| draft.account.clone()));
    CompletionCandidate::new(id).help(help.map(Into::into))
}
