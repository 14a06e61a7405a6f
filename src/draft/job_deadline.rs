//! The deadline of a job in sentences: what to do until when, and what happens otherwise. Pages and calendar files show it; when it is says
//! `next`, as for every list.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::facts::ExportFacts;
use super::next::{Consequence, Deadline, DueTime};
use crate::wording::many;

/// How far a clock may be off before the time left is no longer said.
const CLOCK_ERROR: SignedDuration = SignedDuration::from_hours(24);

/// Something to do until a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobDeadline {
    /// Until when.
    pub due: DueTime,
    /// What to do, one sentence without the time.
    pub what: &'static str,
    /// What happens afterwards.
    pub otherwise: &'static str,
}

/// The time that is left until a deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeLeft {
    /// e.g. `9 days`.
    Amount(String),
    /// It is over by this machine's clock.
    Over,
    /// Nobody can say: there is no clock to compare with, or it is wrong.
    Unsaid,
}

impl JobDeadline {
    /// The deadline of the job that these facts are of; `None` where there is no job, or no day is known.
    pub fn of(facts: &ExportFacts) -> Option<Self> {
        let Deadline::By(due) = Deadline::of(facts) else { return None };
        let (what, otherwise) = match due.then {
            Consequence::JobDropped if facts.create_open => {
                ("Look whether the job was created; if it was, ship the drives.", "The service drops the job.")
            }
            Consequence::JobDropped => ("Ship the drives and announce the parcel.", "The service drops the job."),
            Consequence::DrivesMissing => (
                "The drives have to arrive at the datacenter; ask the carrier if they are late.",
                "Microsoft asks where they are, and closes the job after 30 days without an answer.",
            ),
            Consequence::JobRemoved if facts.no_drive_came => (
                "Ask the carrier and Microsoft where the drives are, while the job is still there.",
                "The service deletes the job.",
            ),
            Consequence::JobRemoved if facts.keys_saved => (
                "Check the drives, and ask Microsoft while the job is still there.",
                "The service deletes the job, and its keys with it.",
            ),
            Consequence::JobRemoved => {
                ("Save the BitLocker keys, and check the drives.", "The service deletes the job, and its keys with it.")
            }
        };
        Some(Self { due, what, otherwise })
    }
}

impl DueTime {
    /// The day by UTC, e.g. `2026-12-10`.
    pub fn day(&self) -> String {
        self.at.to_zoned(TimeZone::UTC).date().to_string()
    }

    /// The time that is left. `now` is the time of the clock that the deadline goes by; `None` where it is not known.
    pub fn left(&self, now: Option<Timestamp>) -> TimeLeft {
        let Some(left) = now.map(|now| self.at.duration_since(now)) else { return TimeLeft::Unsaid };
        // More than the whole period is left: this machine's clock is behind the service's.
        if left > self.then.period() + CLOCK_ERROR {
            return TimeLeft::Unsaid;
        }
        let hours = left.as_hours();
        match hours {
            _ if left.is_negative() => TimeLeft::Over,
            0 => TimeLeft::Amount("less than an hour".to_owned()),
            1..48 => TimeLeft::Amount(many(hours.unsigned_abs(), "hour")),
            _ => TimeLeft::Amount(many((hours / 24).unsigned_abs(), "day")),
        }
    }

    /// Whether less than three days are left, by a clock that is known.
    pub fn is_near(&self, now: Option<Timestamp>) -> bool {
        now.is_some_and(|now| self.at.duration_since(now) < SignedDuration::from_hours(72))
    }
}
