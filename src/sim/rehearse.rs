//! What somebody who rehearses asks for: the clock to the next stage, and things that go wrong with the newest job.

use jiff::SignedDuration;

use super::drives;
use super::faults::{FaultAction, FaultRule};
use super::jobs::job::StoredJob;
use super::jobs::life;
use super::server::Sim;
use super::state::SimState;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// The parcel never arrives.
    ParcelLost,
    /// The first drive is not in the parcel.
    DriveMissing,
    /// Some blobs cannot be copied.
    BlobsFailed,
    /// Two weeks pass and no parcel was announced.
    JobDropped,
    /// The service asks to wait.
    Throttled,
    /// The keys come days after the drives were sent back.
    KeysLate,
    /// The first drive comes back with a wrong byte in one file and another file gone.
    DriveDamaged,
}

impl Sim {
    /// Moves the clock to the next stage of the newest job.
    ///
    /// # Errors
    /// There is no job, or nothing more comes for it.
    pub fn to_next_stage(&self) -> Result<(), String> {
        let wait = self.with_state(|state| {
            let now = state.now();
            let job = newest(state)?;
            let next = life::next_stage(job, now).ok_or("Nothing more happens to the job.")?;
            Ok::<_, String>(next.duration_since(now).max(SignedDuration::ZERO))
        })?;
        // A second more, so that the stage has begun at every rounding.
        self.advance(wait.saturating_add(SignedDuration::from_secs(1)));
        Ok(())
    }

    /// Lets something go wrong with the newest job.
    ///
    /// # Errors
    /// It cannot go wrong any more, or not yet; why.
    pub fn mishap(&self, mishap: Mishap) -> Result<(), String> {
        if mishap == Mishap::Throttled {
            let slow = FaultAction::Status { status: 429, code: None, retry_after: Some(20) };
            self.faults().add(FaultRule { method: Some("GET".into()), times: 2, ..FaultRule::next("/jobs/", slow) });
            return Ok(());
        }
        let dropped = self.with_state(|state| {
            let now = state.now();
            let key = newest_key(state)?;
            let job = state.jobs.get_mut(&key).ok_or("There is no job yet.")?;
            let phase = life::phase(job, now);
            let shipped = job.shipped.ok_or("Announce the parcel first.");
            let before = |hours: i64| job.shipped.is_some_and(|shipped| now < life::after(shipped, hours));
            match mishap {
                Mishap::JobDropped if job.shipped.is_some() => {
                    return Err("The parcel is announced; the job is not dropped.".into());
                }
                Mishap::JobDropped => return Ok(life::next_stage(job, now).map(|end| end.duration_since(now))),
                Mishap::ParcelLost if before(life::ARRIVE) => job.trouble.parcel_lost = true,
                Mishap::DriveMissing if before(life::ARRIVE) => job.trouble.drive_missing = true,
                Mishap::BlobsFailed if before(life::PACK) => fail_blobs(job),
                Mishap::DriveDamaged if job.outcome.is_some() && shipped.is_ok() => return damage_drive(state, &key),
                Mishap::KeysLate if !phase.is_sent_back() && shipped.is_ok() => job.trouble.keys_late = true,
                _ => {
                    shipped?;
                    return Err("The job is past the point where this can happen.".into());
                }
            }
            state.changed = true;
            Ok::<_, String>(None)
        })?;
        if let Some(wait) = dropped {
            self.advance(wait.saturating_add(SignedDuration::from_secs(1)));
        }
        Ok(())
    }
}

/// A drive that was not written yet is damaged when it is.
fn damage_drive(state: &mut SimState, key: &str) -> Result<Option<SignedDuration>, String> {
    let folder = state.drives.clone().ok_or("The rehearsal has no folder for drives.")?;
    let job = state.jobs.get_mut(key).ok_or("There is no job yet.")?;
    if job.manifests.is_empty() && job.reported {
        return Err("No drive of this job is on its way back.".into());
    }
    if job.manifests.is_empty() {
        job.trouble.drive_damaged = true;
    } else {
        drives::damage_first(&folder, job).map_err(|error| format!("The drive could not be damaged: {error}."))?;
    }
    state.changed = true;
    Ok(None)
}

fn fail_blobs(job: &mut StoredJob) {
    if let Some(outcome) = &mut job.outcome {
        outcome.left_out.extend(["films/unreadable-1.mov", "films/unreadable-2.mov"].map(str::to_owned));
    }
}

fn newest_key(state: &SimState) -> Result<String, String> {
    let newest = state.jobs.iter().max_by_key(|(_, job)| job.created).map(|(key, _)| key.clone());
    newest.ok_or_else(|| "There is no job yet.".to_owned())
}

fn newest(state: &SimState) -> Result<&StoredJob, String> {
    state.jobs.get(&newest_key(state)?).ok_or_else(|| "There is no job yet.".to_owned())
}
