//! What comes next with an export, and until when: derived here and nowhere else, for the start screen, the listings and the calendar.

use std::cmp::Ordering;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::facts::{EventTime, ExportFacts, KEPT, TWO_WEEKS};
use crate::azure::model::JobState;
use crate::protocol::step::Step;

/// What comes next with an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextTask {
    /// What it is.
    pub kind: TaskKind,
    /// Until when.
    pub deadline: Deadline,
}

/// The things that can come next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskKind {
    /// Look whether the create request that was sent made the job.
    LookForJob,
    /// Tell the service what it waits for.
    Decide,
    /// Ship the drives and announce the parcel.
    Ship,
    /// Save the BitLocker keys.
    SaveKeys,
    /// Look why the service gave the job up.
    LookAtFailure,
    /// The job is gone before its time: export again, or leave it.
    ExportAgain,
    /// Go on answering, at this step.
    Answer(Step),
    /// Wait until the service takes drives for the job.
    AwaitPreparation,
    /// Wait for the drives to arrive at the datacenter.
    AwaitArrival,
    /// Wait for the copy.
    AwaitCopy,
    /// Wait until the drives are sent back.
    AwaitReturn,
    /// Wait for the drives, whose keys are saved.
    AwaitDrives,
    /// Look whether the cancellation that was sent reached the job, and send no drives before.
    LookForCancellation,
    /// Wait until the job is cancelled, and send no drives.
    AwaitCancellation,
    /// Wait until the job is deleted.
    AwaitDeletion,
    /// The service says a word that no document lists.
    AwaitWord(String),
    /// Nothing: it is finished.
    Nothing,
}

/// Until when something has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deadline {
    /// There is none.
    None,
    /// There is one, and its day is not known.
    Unknown(Consequence),
    /// A time.
    By(DueTime),
}

/// A time until which something has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueTime {
    /// The time.
    pub at: Timestamp,
    /// It may be earlier: it is counted from when something was first seen.
    pub latest: bool,
    /// What happens then.
    pub then: Consequence,
}

/// What happens at a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Consequence {
    /// The service deletes the job that got no drives.
    JobDropped,
    /// The service takes the drives for lost.
    DrivesMissing,
    /// The service deletes the finished job, and the keys with it.
    JobRemoved,
}

impl Consequence {
    /// How long after the event that it is counted from: the creation, the shipment, the end of the job.
    pub fn period(self) -> SignedDuration {
        match self {
            Self::JobDropped | Self::DrivesMissing => TWO_WEEKS,
            Self::JobRemoved => KEPT,
        }
    }
}

/// The parts of a list of exports, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TaskGroup {
    /// A job needs the person.
    NeedsYou,
    /// Answers are being given; nothing is at Azure yet.
    Answers,
    /// The carrier or the service is at work.
    UnderWay,
    /// Nothing more has to be done.
    Finished,
}

impl NextTask {
    /// What comes next, by what is known.
    pub fn of(facts: &ExportFacts) -> Self {
        Self { kind: TaskKind::of(facts), deadline: Deadline::of(facts) }
    }

    /// The part of the list it belongs to.
    pub fn group(&self) -> TaskGroup {
        match self.kind {
            TaskKind::LookForJob
            | TaskKind::LookForCancellation
            | TaskKind::Decide
            | TaskKind::Ship
            | TaskKind::SaveKeys
            | TaskKind::LookAtFailure
            | TaskKind::ExportAgain => TaskGroup::NeedsYou,
            TaskKind::Answer(_) => TaskGroup::Answers,
            TaskKind::Nothing => TaskGroup::Finished,
            _ => TaskGroup::UnderWay,
        }
    }

    /// The order of a list: by part, then by deadline, the first one first. No clock is asked, so that a clock which is set anew changes
    /// no order.
    pub fn order(&self, other: &Self) -> Ordering {
        self.group().cmp(&other.group()).then_with(|| self.due_rank().cmp(&other.due_rank()))
    }

    /// A deadline that is not known may be near, so it comes before none.
    fn due_rank(&self) -> (u8, Timestamp) {
        match self.deadline {
            Deadline::By(due) => (0, due.at),
            Deadline::Unknown(_) => (1, Timestamp::MAX),
            Deadline::None => (2, Timestamp::MAX),
        }
    }
}

impl TaskKind {
    fn of(facts: &ExportFacts) -> Self {
        let Some(state) = facts.state() else { return Self::before_the_job(facts) };
        if facts.gone {
            // Deleted, removed after its end, or lost.
            return if facts.deleted || state.is_over() { Self::Nothing } else { Self::ExportAgain };
        }
        if facts.deleted {
            return Self::AwaitDeletion;
        }
        if facts.cancelling {
            return Self::AwaitCancellation;
        }
        if facts.cancel_open {
            return Self::LookForCancellation;
        }
        if facts.asks {
            return Self::Decide;
        }
        match state {
            state if state.sent_back() && facts.no_drive_came => Self::LookAtFailure,
            JobState::Preparing => Self::AwaitPreparation,
            JobState::AwaitingShipment => Self::Ship,
            JobState::Shipped => Self::AwaitArrival,
            JobState::Received | JobState::Copying => Self::AwaitCopy,
            JobState::Packing => Self::AwaitReturn,
            JobState::Returning if facts.keys_saved => Self::AwaitDrives,
            JobState::Completed | JobState::CompletedWithErrors if facts.keys_saved => Self::Nothing,
            JobState::Returning | JobState::Completed | JobState::CompletedWithErrors => Self::SaveKeys,
            JobState::Cancelled => Self::Nothing,
            JobState::Failed => Self::LookAtFailure,
            JobState::Unknown => {
                Self::AwaitWord(facts.status.as_ref().map(|status| status.word.clone()).unwrap_or_default())
            }
        }
    }

    fn before_the_job(facts: &ExportFacts) -> Self {
        if facts.create_open { Self::LookForJob } else { Self::Answer(facts.step.unwrap_or(Step::SignIn)) }
    }
}

impl Deadline {
    /// The deadline that an export has in its present state. The start screen, the pages, the calendar file and the listings take it from here.
    pub fn of(facts: &ExportFacts) -> Self {
        let created = facts.created.map(|at| EventTime { at, exact: true });
        match facts.state() {
            None if facts.create_open => Self::after(created, Consequence::JobDropped),
            _ if facts.gone || facts.deleted || facts.cancelling || facts.cancel_open => Self::None,
            Some(JobState::Preparing | JobState::AwaitingShipment) => Self::after(created, Consequence::JobDropped),
            Some(JobState::Shipped) => Self::after(facts.shipped, Consequence::DrivesMissing),
            // The 90 days begin when the job ends, which it has not while the drives come back.
            Some(JobState::Completed | JobState::CompletedWithErrors) => {
                Self::after(facts.finished, Consequence::JobRemoved)
            }
            _ => Self::None,
        }
    }

    fn after(event: Option<EventTime>, then: Consequence) -> Self {
        let due = event.and_then(|event| {
            let at = event.at.checked_add(then.period()).ok()?;
            Some(DueTime { at, latest: !event.exact, then })
        });
        due.map_or(Self::Unknown(then), Self::By)
    }
}
