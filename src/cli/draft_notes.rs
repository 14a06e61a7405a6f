//! What a command learned of a job, noted in the draft on this machine that has the job: the start screen and `drafts list` then say the same.
//! Best effort. A draft that another program has open is not changed: that program reads the job by itself.

use std::path::Path;

use jiff::Timestamp;

use super::effective_config::EffectiveConfig;
use crate::azure::model::{BitLockerKey, Job, JobAddress};
use crate::draft::store::DraftStore;
use crate::draft::{Draft, DraftEntry, DraftId, Gone, Intention};
use crate::driver::live::drafts_in;

/// Notes the job as it was just read.
pub(super) fn note_job(setting: &EffectiveConfig, address: &JobAddress, job: &Job) {
    let now = Timestamp::now();
    note(setting, address, |draft| draft.learn_job(job, now, now));
}

/// Notes that the job is about to be cancelled, and gives the time of the note: the answer may be lost.
pub(super) fn note_cancelling(setting: &EffectiveConfig, address: &JobAddress) -> Timestamp {
    let now = Timestamp::now();
    note(setting, address, |draft| draft.journal.cancel = Some(now));
    now
}

/// Takes that note back: the service did not take it. A note of another time stays.
pub(super) fn take_back_cancelling(setting: &EffectiveConfig, address: &JobAddress, noted: Timestamp) {
    note(setting, address, |draft| draft.journal.cancel = draft.journal.cancel.filter(|sent| *sent != noted));
}

/// Notes that the job was deleted, and is not there any more.
pub(super) fn note_deleted(setting: &EffectiveConfig, address: &JobAddress) {
    let now = Timestamp::now();
    note(setting, address, |draft| {
        draft.journal.delete = Some(Intention { at: now, confirmed: true });
        draft.job = draft.job.take().map(|known| known.lost(Gone { seen: now, with_group: false }));
    });
}

/// Notes where the keys of the job are.
pub(super) fn note_keys(
    setting: &EffectiveConfig,
    address: &JobAddress,
    file: &Path,
    keys: &[BitLockerKey],
) -> Option<DraftId> {
    note(setting, address, |draft| {
        draft.keys_file = Some(file.display().to_string());
        draft.keys_of = keys.iter().map(|key| key.drive.clone()).collect();
    })
}

/// Whether the draft made the job, or was taken over from it.
pub(super) fn has_job(entry: &DraftEntry, address: &JobAddress) -> bool {
    entry.ready().is_some_and(|draft| {
        draft.facts.status.is_some() && draft.address.as_ref().is_some_and(|at| at.is_same(address))
    })
}

fn note(setting: &EffectiveConfig, address: &JobAddress, change: impl FnOnce(&mut Draft)) -> Option<DraftId> {
    let store = DraftStore::open(&drafts_in(&setting.places.data)).ok()?;
    let id = store.list().ok()?.into_iter().find(|entry| has_job(entry, address))?.id;
    let _lock = store.lock(&id).ok()?;
    let mut draft = store.read(&id).ok()?;
    change(&mut draft);
    store.save(&draft).ok()?;
    Some(id)
}
