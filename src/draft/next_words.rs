//! What comes next with an export, in words, e.g. `ship within 9 days or the job is dropped`.

use jiff::Timestamp;

use super::job_deadline::TimeLeft;
use super::next::{Consequence, Deadline, NextTask, TaskGroup, TaskKind};

impl NextTask {
    /// What comes next, in one line. `now` is the time of the clock that the deadline goes by; `None` where it is not known, as that of a
    /// rehearsal that does not run.
    pub fn words(&self, now: Option<Timestamp>) -> String {
        match &self.kind {
            TaskKind::LookForJob => "look whether the job was created".to_owned(),
            TaskKind::Decide => "decide: the service waits for you".to_owned(),
            TaskKind::Ship => self.ship(now),
            TaskKind::SaveKeys => self.save_keys(now),
            TaskKind::LookAtFailure => "look why the job failed".to_owned(),
            TaskKind::ExportAgain => "do not ship: the job is gone".to_owned(),
            TaskKind::Answer(step) => format!("go on at {}", step.name()),
            TaskKind::AwaitPreparation => self.later("being prepared, ship later", now),
            TaskKind::AwaitArrival => self.later("on the way", now),
            TaskKind::AwaitCopy => "wait for the copy, nothing to do".to_owned(),
            TaskKind::AwaitReturn => "being packed, nothing to do".to_owned(),
            TaskKind::AwaitDrives => "coming back, keys saved".to_owned(),
            TaskKind::LookForCancellation => "look whether it is being cancelled, send no drives".to_owned(),
            TaskKind::AwaitCancellation => "being cancelled, send no drives".to_owned(),
            TaskKind::AwaitDeletion => "being deleted".to_owned(),
            TaskKind::AwaitWord(word) => format!("the service says {word}"),
            TaskKind::Nothing => "nothing to do".to_owned(),
        }
    }

    fn ship(&self, now: Option<Timestamp>) -> String {
        match &self.deadline {
            Deadline::By(due) => match due.left(now) {
                TimeLeft::Amount(left) => format!("ship within {left} or the job is dropped"),
                TimeLeft::Over => format!("ship now: the two weeks ended on {}", due.day()),
                TimeLeft::Unsaid => format!("ship by {} or the job is dropped", due.day()),
            },
            Deadline::None | Deadline::Unknown(_) => {
                "ship within two weeks of the creation, whose day is unknown".to_owned()
            }
        }
    }

    fn save_keys(&self, now: Option<Timestamp>) -> String {
        match &self.deadline {
            Deadline::By(due) => {
                let latest = if due.latest { " at the latest" } else { "" };
                match due.left(now) {
                    TimeLeft::Amount(left) => format!("save the keys: the job goes in {left}{latest}"),
                    TimeLeft::Over => format!("save the keys now: the job was to go on {}", due.day()),
                    TimeLeft::Unsaid => format!("save the keys: the job goes on {}{latest}", due.day()),
                }
            }
            Deadline::Unknown(_) => {
                "save the keys: the job goes 90 days after its end, whose day is unknown".to_owned()
            }
            Deadline::None => "save the keys: the drives come back".to_owned(),
        }
    }

    /// Something to wait for, with the deadline where it is known.
    fn later(&self, what: &str, now: Option<Timestamp>) -> String {
        let Deadline::By(due) = &self.deadline else { return what.to_owned() };
        match (due.then, due.left(now)) {
            (Consequence::DrivesMissing, TimeLeft::Over) => {
                format!("{what}: should have arrived by {}, ask the carrier", due.day())
            }
            (Consequence::DrivesMissing, _) => format!("{what}, to arrive by {}", due.day()),
            _ => format!("{what}, by {}", due.day()),
        }
    }
}

impl TaskGroup {
    /// Its heading in a list.
    pub fn title(self) -> &'static str {
        match self {
            Self::NeedsYou => "Needs you",
            Self::Answers => "Drafts",
            Self::UnderWay => "Under way",
            Self::Finished => "Finished",
        }
    }
}

impl TaskKind {
    /// The word for programs, e.g. `save-keys`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::LookForJob => "look-for-job",
            Self::Decide => "decide",
            Self::Ship => "ship",
            Self::SaveKeys => "save-keys",
            Self::LookAtFailure => "look-at-failure",
            Self::ExportAgain => "export-again",
            Self::Answer(_) => "answer",
            Self::AwaitPreparation => "await-preparation",
            Self::AwaitArrival => "await-arrival",
            Self::AwaitCopy => "await-copy",
            Self::AwaitReturn => "await-return",
            Self::AwaitDrives => "await-drives",
            Self::LookForCancellation => "look-for-cancellation",
            Self::AwaitCancellation => "await-cancellation",
            Self::AwaitDeletion => "await-deletion",
            Self::AwaitWord(_) => "await-unknown",
            Self::Nothing => "none",
        }
    }
}

impl Consequence {
    /// The word for programs, e.g. `job-dropped`.
    pub fn word(self) -> &'static str {
        match self {
            Self::JobDropped => "job-dropped",
            Self::DrivesMissing => "drives-missing",
            Self::JobRemoved => "job-removed",
        }
    }
}
