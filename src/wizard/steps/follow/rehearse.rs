//! What can be asked of a rehearsal: its clock, and things that go wrong, so that a person can practise each.

use strum::VariantArray;

use super::state::{FollowQuestion, FollowStep};
use crate::azure::fault::Fault;
use crate::protocol::action::{Action, Motion};
use crate::protocol::message::{Call, Effect, RehearsalOrder, Reply, Slot};
use crate::wizard::shared::Shared;
use crate::wizard::{list, poll};

/// What an order does, in a few words, and when it can be asked for.
pub fn order_words(order: RehearsalOrder) -> (&'static str, &'static str) {
    match order {
        RehearsalOrder::Day => ("A day passes", "The clock goes 24 hours forward."),
        RehearsalOrder::NextStage => ("To the next stage", "The clock goes to where the job changes next."),
        RehearsalOrder::LoseParcel => {
            ("The parcel gets lost", "After the announcement, before it arrives. Closed six weeks later.")
        }
        RehearsalOrder::LoseDrive => ("A drive is not in the parcel", "After the announcement, before it arrives."),
        RehearsalOrder::FailBlobs => {
            ("Some blobs cannot be copied", "After the announcement, before the drives are packed.")
        }
        RehearsalOrder::DropJob => ("The job is dropped", "Before the announcement: two weeks pass."),
        RehearsalOrder::CloseLocation => {
            ("The location closes", "Before the drives arrive: another one takes the drives of this and other jobs.")
        }
        RehearsalOrder::Throttle => (
            "The service asks to wait",
            "The next reads of this job, and the next count of another draft, are slowed down.",
        ),
        RehearsalOrder::DelayKeys => {
            ("The keys come late", "After the announcement: five days after the drives were sent back.")
        }
        RehearsalOrder::DamageDrive => (
            "A drive comes back damaged",
            "After the announcement: Verify finds a wrong byte, and a file that is gone.",
        ),
    }
}

impl FollowStep {
    pub(super) fn order(shared: &mut Shared, order: RehearsalOrder) -> Vec<Effect> {
        let job = shared.draft.job_address().filter(|_| shared.draft.rehearsal).cloned();
        let job = job.filter(|_| !shared.requests.is_busy(Slot::Rehearsal));
        job.map(|job| shared.start(Slot::Rehearsal, Call::Rehearse { order, job })).into_iter().collect()
    }

    /// Acts on a key while the list is open.
    pub(super) fn act_on_orders(&mut self, shared: &mut Shared, row: usize, action: &Action) -> Vec<Effect> {
        match action {
            Action::Move(motion @ (Motion::Up | Motion::Down | Motion::First | Motion::Last)) => {
                self.question =
                    Some(FollowQuestion::Rehearse(list::moved(row, RehearsalOrder::VARIANTS.len(), *motion, 5)));
                Vec::new()
            }
            Action::Activate => {
                self.question = None;
                let order = RehearsalOrder::VARIANTS.get(row).copied();
                order.map(|order| Self::order(shared, order)).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn rehearsed(shared: &mut Shared, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        match outcome {
            Ok(Reply::Rehearsed) => shared.say("Done. The job is read anew."),
            Ok(other) => shared.warn_of(&other.unexpected()),
            Err(fault) => shared.warn_of(&fault),
        }
        poll::read(shared)
    }
}
