//! What somebody who rehearses asks for: the clock to the next stage, and things that go wrong with a job.

use jiff::{SignedDuration, Timestamp};

use super::drives;
use super::faults::{FaultAction, FaultRule, Faults};
use super::jobs::job::StoredJob;
use super::jobs::life::{self, JobPhase};
use super::server::Sim;
use super::state::SimState;

/// `Retry-After` of a service that asks to wait, in seconds.
const WAIT: u64 = 6;
/// How many reads of a job are asked to wait.
const READS: u32 = 2;
/// How many pages of a count are asked to wait.
const PAGES: u32 = 3;

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
    /// The location that takes its drives is closed.
    LocationClosed,
    /// The service asks to wait: the next reads of the job, and the next pages of a count.
    Throttled,
    /// The keys come days after the drives were sent back.
    KeysLate,
    /// The first drive comes back with a wrong byte in one file and another file gone.
    DriveDamaged,
}

impl Sim {
    /// Moves the clock to the next stage of a job, which is named by its Azure Resource Manager id.
    ///
    /// # Errors
    /// There is no such job, or nothing more comes for it.
    pub fn to_next_stage(&self, id: &str) -> Result<(), String> {
        let wait = self.with_state(|state| {
            let now = state.now();
            let next = life::next_stage(job(state, id)?, now).ok_or("Nothing more happens to the job.")?;
            Ok::<_, String>(next.duration_since(now).max(SignedDuration::ZERO))
        })?;
        self.pass(wait);
        Ok(())
    }

    /// Lets something go wrong with a job, which is named by its Azure Resource Manager id.
    ///
    /// # Errors
    /// There is no such job, or it cannot go wrong any more, or not yet; why.
    pub fn mishap(&self, id: &str, mishap: Mishap) -> Result<(), String> {
        let dropped = self.with_state(|state| {
            let now = state.now();
            let done = go_wrong(job(state, id)?, now, mishap)?;
            match mishap {
                Mishap::LocationClosed => {
                    let region = job(state, id)?.location.clone();
                    state.locations.close(&region);
                }
                Mishap::DriveDamaged => damage_drive(state, id)?,
                Mishap::Throttled => throttle(self.faults(), id),
                _ => {}
            }
            state.changed = true;
            Ok::<_, String>(done)
        })?;
        if let Some(wait) = dropped {
            self.pass(wait);
        }
        Ok(())
    }

    /// Moves the clock, and a second more, so that what was waited for has begun at every rounding.
    fn pass(&self, wait: SignedDuration) {
        self.advance(wait.saturating_add(SignedDuration::from_secs(1)));
    }
}

/// Notes in the job what goes wrong with it; returns how long it takes until it shows, where the clock has to move for that.
fn go_wrong(job: &mut StoredJob, now: Timestamp, mishap: Mishap) -> Result<Option<SignedDuration>, String> {
    let phase = life::phase(job, now);
    let shipped = job.shipped.ok_or("Announce the parcel first.");
    let before = |hours: i64| job.shipped.is_some_and(|shipped| now < life::after(shipped, hours));
    match mishap {
        Mishap::Throttled => {}
        Mishap::LocationClosed if matches!(phase, JobPhase::Creating | JobPhase::Shipping) => {}
        Mishap::LocationClosed => {
            return Err("The drives have arrived, or none are expected: the location no longer matters.".into());
        }
        Mishap::JobDropped if job.shipped.is_some() => {
            return Err("The parcel is announced; the job is not dropped.".into());
        }
        Mishap::JobDropped => return Ok(life::next_stage(job, now).map(|end| end.duration_since(now))),
        Mishap::ParcelLost if before(life::ARRIVE) => job.trouble.parcel_lost = true,
        Mishap::DriveMissing if before(life::ARRIVE) => job.trouble.drive_missing = true,
        Mishap::BlobsFailed if before(life::PACK) => fail_blobs(job),
        Mishap::DriveDamaged if job.outcome.is_some() && shipped.is_ok() => {}
        Mishap::KeysLate if !phase.is_sent_back() && shipped.is_ok() => job.trouble.keys_late = true,
        _ => {
            shipped?;
            return Err("The job is past the point where this can happen.".into());
        }
    }
    Ok(None)
}

/// The next reads of the job, and the next pages of a count, are answered as a service does that is asked too much.
fn throttle(faults: &Faults, id: &str) {
    let name = id.rsplit('/').next().unwrap_or_default();
    // Only a count asks for snapshots beside blobs.
    for (status, path, times) in [(429, format!("/jobs/{name}?"), READS), (503, "include=snapshots".to_owned(), PAGES)]
    {
        let slow = FaultAction::Status { status, code: None, retry_after: Some(WAIT) };
        faults.add(FaultRule { method: Some("GET".into()), times, ..FaultRule::next(&path, slow) });
    }
}

fn job<'s>(state: &'s mut SimState, id: &str) -> Result<&'s mut StoredJob, String> {
    state.jobs.get_mut(&id.to_lowercase()).ok_or_else(|| "The rehearsal has no such job.".to_owned())
}

/// A drive that was not written yet is damaged when it is.
fn damage_drive(state: &mut SimState, id: &str) -> Result<(), String> {
    let folder = state.drives.clone().ok_or("The rehearsal has no folder for drives.")?;
    let job = job(state, id)?;
    if !job.manifests.is_empty() {
        return drives::damage_first(&folder, job).map_err(|error| format!("The drive could not be damaged: {error}."));
    }
    if job.reported {
        return Err("No drive of this job is on its way back.".into());
    }
    job.trouble.drive_damaged = true;
    Ok(())
}

fn fail_blobs(job: &mut StoredJob) {
    if let Some(outcome) = &mut job.outcome {
        outcome.left_out.extend(["films/unreadable-1.mov", "films/unreadable-2.mov"].map(str::to_owned));
    }
}
