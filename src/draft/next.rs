//! What comes next with an export, and until when: derived here and nowhere else, for the start screen, the listings and the calendar.

use std::cmp::Ordering;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::facts::{ExportFacts, KEPT, TWO_WEEKS};
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
        let Some(state) = facts.state() else { return Self::before_the_job(facts) };
        if facts.gone {
            return Self::after_the_job(facts, state);
        }
        if facts.deleted {
            return Self::open(TaskKind::AwaitDeletion);
        }
        if facts.asks {
            return Self::open(TaskKind::Decide);
        }
        let (created, shipped) = (facts.created, facts.shipped);
        match state {
            JobState::Preparing => Self::until(TaskKind::AwaitPreparation, created, Consequence::JobDropped),
            JobState::AwaitingShipment => Self::until(TaskKind::Ship, created, Consequence::JobDropped),
            JobState::Shipped => Self::until(TaskKind::AwaitArrival, shipped, Consequence::DrivesMissing),
            JobState::Received | JobState::Copying => Self::open(TaskKind::AwaitCopy),
            JobState::Packing => Self::open(TaskKind::AwaitReturn),
            JobState::Returning if facts.keys_saved => Self::open(TaskKind::AwaitDrives),
            // The 90 days begin when the job ends, which it has not yet.
            JobState::Returning => Self::open(TaskKind::SaveKeys),
            JobState::Completed | JobState::CompletedWithErrors if facts.keys_saved => {
                Self::removed(facts, TaskKind::Nothing)
            }
            JobState::Completed | JobState::CompletedWithErrors => Self::removed(facts, TaskKind::SaveKeys),
            JobState::Cancelled => Self::open(TaskKind::Nothing),
            JobState::Failed => Self::open(TaskKind::LookAtFailure),
            JobState::Unknown => {
                let word = facts.status.as_ref().map(|status| status.word.clone()).unwrap_or_default();
                Self::open(TaskKind::AwaitWord(word))
            }
        }
    }

    /// The part of the list it belongs to.
    pub fn group(&self) -> TaskGroup {
        match self.kind {
            TaskKind::LookForJob
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

    fn before_the_job(facts: &ExportFacts) -> Self {
        if facts.create_open {
            return Self::until(TaskKind::LookForJob, facts.created, Consequence::JobDropped);
        }
        Self::open(TaskKind::Answer(facts.step.unwrap_or(Step::SignIn)))
    }

    /// A job that is gone: deleted, removed after its end, or lost.
    fn after_the_job(facts: &ExportFacts, state: JobState) -> Self {
        Self::open(if facts.deleted || state.is_over() { TaskKind::Nothing } else { TaskKind::ExportAgain })
    }

    fn removed(facts: &ExportFacts, kind: TaskKind) -> Self {
        let task = Self::until(kind, facts.finished.map(|finished| finished.at), Consequence::JobRemoved);
        let latest = facts.finished.is_some_and(|finished| !finished.exact);
        match task.deadline {
            Deadline::By(due) => Self { deadline: Deadline::By(DueTime { latest, ..due }), ..task },
            Deadline::None | Deadline::Unknown(_) => task,
        }
    }

    fn until(kind: TaskKind, since: Option<Timestamp>, then: Consequence) -> Self {
        let at = since.and_then(|since| since.checked_add(then.period()).ok());
        let deadline = at.map_or(Deadline::Unknown(then), |at| Deadline::By(DueTime { at, latest: false, then }));
        Self { kind, deadline }
    }

    fn open(kind: TaskKind) -> Self {
        Self { kind, deadline: Deadline::None }
    }
}
