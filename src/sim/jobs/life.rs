//! The life of a job: its phase as a pure function of the stored job and the time.
//!
//! "Retrieving State Information for a Job" and "View the status of Azure Import/Export jobs" name the states; how long each
//! lasts is the simulator's choice, except the two limits that are documented: 2 weeks in Creating, 90 days after the end.
//! The services differ in two points: Data Box tells that the drives are on their way back, and cancels at once.

use jiff::{SignedDuration, Timestamp};

use super::job::{ExportOutcome, JobProvider, StoredJob};

/// Simulated hours from shipping until the drives have arrived.
pub(crate) const ARRIVE: i64 = 48;
/// Simulated hours from shipping until the first byte is copied.
pub(crate) const COPY: i64 = 60;
/// Simulated hours from shipping until everything is copied.
pub(crate) const PACK: i64 = 132;
/// Simulated hours from shipping until the drives are on their way back.
pub(crate) const FINISH: i64 = 168;
/// Simulated hours from shipping until a copy that needs the customer stops.
const INTERVENTION: i64 = 96;
/// Simulated hours that the drives take back to the customer; only Data Box tells.
const RETURN: i64 = 72;
/// Simulated hours after which a job that was never shipped is deleted.
pub(crate) const CREATING_LIMIT: i64 = 14 * 24;
/// Simulated hours from shipping until a job whose parcel never came is closed: two weeks, and 30 days without an answer.
const GIVEN_UP: i64 = (14 + 30) * 24;
/// Simulated hours after the drives were sent back until keys that are late come.
const KEYS_LATE: i64 = 5 * 24;
/// Simulated hours for which a finished job is kept.
pub(crate) const KEPT: i64 = 90 * 24;

/// The phase of a job.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum JobPhase {
    /// The job exists, the drives have not been sent.
    Creating,
    /// The client said that the drives are on their way.
    Shipping,
    /// The drives have arrived.
    Received,
    /// The drives are being written; the number is the part done, from 0 to 1.
    Transferring(f64),
    /// The drives are being packed.
    Packaging,
    /// The drives have been sent back and have not arrived; Data Box only.
    Returning {
        /// Whether something could not be exported.
        errors: bool,
    },
    /// The drives have been sent back.
    Finished {
        /// Whether something could not be exported.
        errors: bool,
    },
    /// The job ended before anything was exported; Data Box only.
    Cancelled,
    /// The service has deleted the job.
    Gone,
}

impl JobPhase {
    /// Whether the drives have been sent back.
    pub(crate) fn is_sent_back(self) -> bool {
        matches!(self, Self::Returning { .. } | Self::Finished { .. })
    }

    /// Whether the drives are written, so that their logs are there.
    pub(crate) fn is_copied(self) -> bool {
        self == Self::Packaging || self.is_sent_back()
    }
}

/// The phase of a job at a time.
pub(crate) fn phase(job: &StoredJob, now: Timestamp) -> JobPhase {
    if let Some((ended, kept)) = ended_early(job).filter(|(ended, _)| *ended <= now) {
        return if kept && now < after(ended, KEPT) { JobPhase::Cancelled } else { JobPhase::Gone };
    }
    let Some(shipped) = job.shipped else {
        return if now < after(job.created, CREATING_LIMIT) { JobPhase::Creating } else { JobPhase::Gone };
    };
    if job.trouble.parcel_lost && job.cancelled.is_none() {
        return match now {
            now if now < after(shipped, GIVEN_UP) => JobPhase::Shipping,
            now if now < after(shipped, GIVEN_UP + KEPT) => JobPhase::Finished { errors: true },
            _ => JobPhase::Gone,
        };
    }
    let (now, back) = (without_wait(job, shipped, now), sending_back_at(job.provider));
    let failed = job.trouble.drive_missing || job.outcome.as_ref().is_some_and(ExportOutcome::has_errors);
    let errors = failed && job.cancelled.is_none();
    if now < after(shipped, ARRIVE) {
        JobPhase::Shipping
    } else if now < after(shipped, COPY) {
        JobPhase::Received
    } else if now < after(shipped, PACK) {
        JobPhase::Transferring(part(shipped, now))
    } else if now < after(shipped, FINISH) {
        JobPhase::Packaging
    } else if now < after(shipped, back) {
        JobPhase::Returning { errors }
    } else if now < after(shipped, back + KEPT) {
        JobPhase::Finished { errors }
    } else {
        JobPhase::Gone
    }
}

/// Simulated hours from shipping until the job is finished.
fn sending_back_at(provider: JobProvider) -> i64 {
    match provider {
        JobProvider::ImportExport => FINISH,
        JobProvider::DataBox => FINISH + RETURN,
    }
}

/// When a Data Box job ends before it is shipped, and whether it stays in the list after that.
pub(crate) fn ended_early(job: &StoredJob) -> Option<(Timestamp, bool)> {
    if job.provider == JobProvider::ImportExport {
        return None;
    }
    if let Some(failure) = &job.failure {
        return Some((failure.at, failure.keeps_job));
    }
    let expires = job.shipped.is_none().then(|| after(job.created, CREATING_LIMIT));
    job.cancelled.or(expires).map(|ended| (ended, true))
}

/// The time without the wait for the customer in the middle of the copy.
fn without_wait(job: &StoredJob, shipped: Timestamp, now: Timestamp) -> Timestamp {
    let stop = after(shipped, INTERVENTION);
    match &job.intervention {
        Some(wait) if now > stop => match &wait.answer {
            None => stop,
            Some((answered, _)) => {
                let waited = answered.duration_since(stop).max(SignedDuration::ZERO);
                now.checked_sub(waited).unwrap_or(now)
            }
        },
        _ => now,
    }
}

/// Whether the copy waits for the customer.
pub(crate) fn waits_for_customer(job: &StoredJob, now: Timestamp) -> bool {
    let (Some(shipped), Some(wait)) = (job.shipped, &job.intervention) else { return false };
    wait.answer.is_none() && now >= after(shipped, INTERVENTION) && matches!(phase(job, now), JobPhase::Transferring(_))
}

/// When a stage that begins so many simulated hours after shipping begins.
pub(crate) fn begins(job: &StoredJob, hours: i64) -> Option<Timestamp> {
    let shipped = job.shipped?;
    let answered = job.intervention.as_ref().and_then(|wait| wait.answer.as_ref());
    let waited = answered.map_or(SignedDuration::ZERO, |(at, _)| at.duration_since(after(shipped, INTERVENTION)));
    let begin = after(shipped, hours);
    if hours <= INTERVENTION { Some(begin) } else { begin.checked_add(waited.max(SignedDuration::ZERO)).ok() }
}

/// When the job will be, or was, finished; `None` before it is shipping.
pub(crate) fn finishing(job: &StoredJob) -> Option<Timestamp> {
    begins(job, sending_back_at(job.provider))
}

/// The drives of the parcel that arrived, by their numbers; none where it never does.
pub(crate) fn present(job: &StoredJob) -> std::ops::Range<usize> {
    let drives = job.outcome.as_ref().map_or(0, |outcome| outcome.drives.len());
    if job.trouble.parcel_lost { 0..0 } else { usize::from(job.trouble.drive_missing).min(drives)..drives }
}

/// Whether keys that are late are still missing.
pub(crate) fn waits_for_keys(job: &StoredJob, now: Timestamp) -> bool {
    job.trouble.keys_late && begins(job, FINISH + KEYS_LATE).is_none_or(|come| now < come)
}

/// When the next stage of the job begins; `None` where nothing more comes.
pub(crate) fn next_stage(job: &StoredJob, now: Timestamp) -> Option<Timestamp> {
    let Some(shipped) = job.shipped else { return Some(after(job.created, CREATING_LIMIT)) };
    let back = sending_back_at(job.provider);
    let hours = if job.trouble.parcel_lost {
        vec![GIVEN_UP, GIVEN_UP + KEPT]
    } else {
        vec![ARRIVE, COPY, INTERVENTION, PACK, FINISH, back, back + KEYS_LATE, back + KEPT]
    };
    let waits = job.intervention.is_some();
    let begin = |hours: i64| if job.trouble.parcel_lost { Some(after(shipped, hours)) } else { begins(job, hours) };
    let stages = hours
        .into_iter()
        .filter(|hours| (*hours != INTERVENTION || waits) && (*hours != back + KEYS_LATE || job.trouble.keys_late));
    stages.filter_map(begin).find(|at| *at > now)
}

/// When the drives were sent back, once they were.
pub(crate) fn sent_back(job: &StoredJob, now: Timestamp) -> Option<Timestamp> {
    begins(job, FINISH).filter(|_| phase(job, now).is_sent_back() && !job.trouble.parcel_lost)
}

/// The part of the bytes that is copied at a time, from 0 to 1. In a cancelled job it stays at its value.
pub(crate) fn copied(job: &StoredJob, now: Timestamp) -> f64 {
    let Some(shipped) = job.shipped.filter(|_| !job.trouble.parcel_lost) else { return 0.0 };
    part(shipped, without_wait(job, shipped, job.cancelled.map_or(now, |c| c.min(now))))
}

/// Whole percent, 100 only when everything is done.
pub(crate) fn percent(part: f64) -> u64 {
    part_of(100, part)
}

/// That part of a whole number, rounded down.
pub(crate) fn part_of(whole: u64, part: f64) -> u64 {
    // Parts per million are exact enough for a rehearsal; a Duration carries them from floating point to whole numbers.
    let millionths = std::time::Duration::try_from_secs_f64(part.clamp(0.0, 1.0)).map_or(0, |d| d.as_micros());
    u64::try_from(u128::from(whole) * millionths / 1_000_000).unwrap_or(u64::MAX)
}

fn part(shipped: Timestamp, now: Timestamp) -> f64 {
    let whole = SignedDuration::from_hours(PACK - COPY).as_secs_f64();
    (now.duration_since(after(shipped, COPY)).as_secs_f64() / whole).clamp(0.0, 1.0)
}

/// So many hours after a time.
pub(crate) fn after(at: Timestamp, hours: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::job::{CopyIntervention, JobTrouble};
    use super::*;
    use proptest::prelude::*;

    fn job(shipped: Option<i64>) -> StoredJob {
        StoredJob {
            provider: JobProvider::ImportExport,
            subscription: "s".into(),
            group: "g".into(),
            name: "n".into(),
            location: "westus".into(),
            tags: serde_json::Map::new(),
            properties: serde_json::Map::new(),
            created: Timestamp::UNIX_EPOCH,
            modified: Timestamp::UNIX_EPOCH,
            shipped: shipped.map(|h| after(Timestamp::UNIX_EPOCH, h)),
            cancelled: None,
            outcome: None,
            manifests: std::collections::BTreeMap::new(),
            verbose_logs: std::collections::BTreeMap::new(),
            reported: false,
            cancellation_reason: None,
            failure: None,
            intervention: None,
            trouble: JobTrouble::default(),
        }
    }

    /// The place of a phase in the life of a job.
    fn rank(phase: JobPhase) -> usize {
        match phase {
            JobPhase::Creating => 0,
            JobPhase::Shipping => 1,
            JobPhase::Received => 2,
            JobPhase::Transferring(_) => 3,
            JobPhase::Packaging => 4,
            JobPhase::Returning { .. } => 5,
            JobPhase::Finished { .. } | JobPhase::Cancelled => 6,
            JobPhase::Gone => 7,
        }
    }

    fn at(hours: i64) -> Timestamp {
        after(Timestamp::UNIX_EPOCH, hours)
    }

    #[test]
    fn a_job_never_shipped_is_deleted_after_two_weeks() {
        assert_eq!(phase(&job(None), at(14 * 24 - 1)), JobPhase::Creating);
        assert_eq!(phase(&job(None), at(14 * 24)), JobPhase::Gone);
    }

    #[test]
    fn a_shipped_job_goes_through_every_state_and_is_gone_ninety_days_after_the_end() {
        let shipped = job(Some(0));
        let ranks =
            |job: &StoredJob| [0, 47, 48, 60, 96, 132, 168, 240].map(|hours| rank(phase(job, at(hours)))).to_vec();
        assert_eq!(ranks(&shipped), [1, 1, 2, 3, 3, 4, 6, 6]);
        let disks = StoredJob { provider: JobProvider::DataBox, ..job(Some(0)) };
        assert_eq!(ranks(&disks), [1, 1, 2, 3, 3, 4, 5, 6], "Data Box tells that they are on their way back");
        assert_eq!(phase(&disks, at(168 + 72 + 90 * 24)), JobPhase::Gone);
        assert_eq!(phase(&shipped, at(168 + 90 * 24)), JobPhase::Gone);
        assert_eq!(phase(&shipped, at(96)), JobPhase::Transferring(0.5));
    }

    #[test]
    fn a_cancelled_job_stops_copying_and_still_ends_completed() {
        let mut cancelled = job(Some(0));
        cancelled.cancelled = Some(at(96));
        assert!((copied(&cancelled, at(120)) - 0.5).abs() < 1e-9);
        assert_eq!(phase(&cancelled, at(168)), JobPhase::Finished { errors: false });
    }

    #[test]
    fn a_copy_that_waits_for_the_customer_goes_on_where_it_stopped() {
        let mut waiting = StoredJob { intervention: Some(CopyIntervention { answer: None }), ..job(Some(0)) };
        assert!(!waits_for_customer(&waiting, at(95)) && waits_for_customer(&waiting, at(500)));
        assert_eq!(phase(&waiting, at(500)), JobPhase::Transferring(0.5));
        waiting.intervention = Some(CopyIntervention { answer: Some((at(500), "Resume".into())) });
        assert_eq!(
            (phase(&waiting, at(500)), begins(&waiting, PACK)),
            (JobPhase::Transferring(0.5), Some(at(500 + 36)))
        );
        assert_eq!(phase(&waiting, at(500 + 36)), JobPhase::Packaging);
    }

    #[test]
    fn a_disk_job_never_shipped_is_cancelled_and_one_cancelled_is_kept_for_ninety_days() {
        let mut disks = StoredJob { provider: JobProvider::DataBox, ..job(None) };
        assert_eq!(phase(&disks, at(14 * 24)), JobPhase::Cancelled);
        assert_eq!(phase(&disks, at((14 + 90) * 24)), JobPhase::Gone);
        disks.cancelled = Some(at(1));
        assert_eq!((phase(&disks, at(0)), phase(&disks, at(1))), (JobPhase::Creating, JobPhase::Cancelled));
        assert_eq!(phase(&disks, at(1 + 90 * 24)), JobPhase::Gone);
    }

    proptest! {
        #[test]
        fn time_never_takes_a_job_back(a in 0_i64..3000, b in 0_i64..3000) {
            let ranked = |h| rank(phase(&job(Some(0)), at(h)));
            prop_assert!(ranked(a.min(b)) <= ranked(a.max(b)));
            prop_assert!(copied(&job(Some(0)), at(a.min(b))) <= copied(&job(Some(0)), at(a.max(b))));
        }
    }
}
