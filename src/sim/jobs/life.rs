//! The life of a job: its phase as a pure function of the stored job and the time.
//!
//! "Retrieving State Information for a Job" and "View the status of Azure Import/Export jobs" name the states; how long each
//! lasts is the simulator's choice, except the two limits that are documented: 2 weeks in Creating, 90 days after the end.

use jiff::{SignedDuration, Timestamp};

use super::job::{ExportOutcome, StoredJob};

/// Simulated hours from shipping until the drives have arrived.
pub(super) const ARRIVE: i64 = 48;
/// Simulated hours from shipping until the first byte is copied.
pub(super) const COPY: i64 = 60;
/// Simulated hours from shipping until everything is copied.
pub(super) const PACK: i64 = 132;
/// Simulated hours from shipping until the drives are on their way back.
pub(super) const FINISH: i64 = 168;
/// Simulated hours after which a job that was never shipped is deleted.
pub(super) const CREATING_LIMIT: i64 = 14 * 24;
/// Simulated hours for which a finished job is kept.
pub(super) const KEPT: i64 = 90 * 24;

/// The phase of a job.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum JobPhase {
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
    /// The drives have been sent back.
    Finished {
        /// Whether something could not be exported.
        errors: bool,
    },
    /// The service has deleted the job.
    Gone,
}

impl JobPhase {
    /// The name on the wire.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Creating => "Creating",
            Self::Shipping => "Shipping",
            Self::Received => "Received",
            Self::Transferring(_) => "Transferring",
            Self::Packaging => "Packaging",
            Self::Finished { errors: false } | Self::Gone => "Completed",
            Self::Finished { errors: true } => "Closed",
        }
    }
}

/// The phase of a job at a time.
pub(super) fn phase(job: &StoredJob, now: Timestamp) -> JobPhase {
    let Some(shipped) = job.shipped else {
        return if now < after(job.created, CREATING_LIMIT) { JobPhase::Creating } else { JobPhase::Gone };
    };
    if now < after(shipped, ARRIVE) {
        JobPhase::Shipping
    } else if now < after(shipped, COPY) {
        JobPhase::Received
    } else if now < after(shipped, PACK) {
        JobPhase::Transferring(part(shipped, now))
    } else if now < after(shipped, FINISH) {
        JobPhase::Packaging
    } else if now < after(shipped, FINISH + KEPT) {
        JobPhase::Finished {
            errors: job.outcome.as_ref().is_some_and(ExportOutcome::has_errors) && job.cancelled.is_none(),
        }
    } else {
        JobPhase::Gone
    }
}

/// When the drives will be, or were, sent back; `None` before the job is shipping.
pub(super) fn sending_back(job: &StoredJob) -> Option<Timestamp> {
    job.shipped.map(|shipped| after(shipped, FINISH))
}

/// When the drives were sent back, once they were.
pub(super) fn sent_back(job: &StoredJob, now: Timestamp) -> Option<Timestamp> {
    sending_back(job).filter(|_| matches!(phase(job, now), JobPhase::Finished { .. }))
}

/// The part of the bytes that is copied at a time, from 0 to 1. In a cancelled job it stays at its value.
pub(super) fn copied(job: &StoredJob, now: Timestamp) -> f64 {
    let Some(shipped) = job.shipped else { return 0.0 };
    part(shipped, job.cancelled.map_or(now, |c| c.min(now)))
}

fn part(shipped: Timestamp, now: Timestamp) -> f64 {
    let whole = SignedDuration::from_hours(PACK - COPY).as_secs_f64();
    (now.duration_since(after(shipped, COPY)).as_secs_f64() / whole).clamp(0.0, 1.0)
}

fn after(at: Timestamp, hours: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn job(shipped: Option<i64>) -> StoredJob {
        StoredJob {
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
            reported: false,
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
        let names: Vec<&str> =
            [0, 47, 48, 60, 96, 132, 168, 168 + 90 * 24 - 1].iter().map(|h| phase(&shipped, at(*h)).name()).collect();
        let expected =
            ["Shipping", "Shipping", "Received", "Transferring", "Transferring", "Packaging", "Completed", "Completed"];
        assert_eq!(names, expected);
        assert_eq!(phase(&shipped, at(168 + 90 * 24)), JobPhase::Gone);
        assert_eq!(phase(&shipped, at(96)), JobPhase::Transferring(0.5));
    }

    #[test]
    fn a_cancelled_job_stops_copying_and_still_ends_completed() {
        let mut cancelled = job(Some(0));
        cancelled.cancelled = Some(at(96));
        assert!((copied(&cancelled, at(120)) - 0.5).abs() < 1e-9);
        assert_eq!(phase(&cancelled, at(168)).name(), "Completed");
    }

    proptest! {
        #[test]
        fn time_never_takes_a_job_back(a in 0_i64..3000, b in 0_i64..3000) {
            let order = ["Creating", "Shipping", "Received", "Transferring", "Packaging", "Completed"];
            let rank = |h| order.iter().position(|n| *n == phase(&job(Some(0)), at(h)).name());
            prop_assert!(rank(a.min(b)) <= rank(a.max(b)));
            prop_assert!(copied(&job(Some(0)), at(a.min(b))) <= copied(&job(Some(0)), at(a.max(b))));
        }
    }
}
