//! What was about to be sent, noted before it is: types, and how long a request that was sent can still take effect.

use jiff::{SignedDuration, Timestamp};

use crate::azure::model::{BlobList, JobAddress};

/// Intentions written down before a call that cannot be taken back, so that a crash never makes two jobs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// The job about to be created, or created.
    pub create: Option<CreateIntention>,
    /// Path of the blob list that was uploaded last, whatever became of its job.
    pub list: Option<String>,
    /// The parcel about to be announced, or announced.
    pub ship: Option<Intention>,
    /// The job about to be deleted, or deleted.
    pub delete: Option<Intention>,
    /// When a cancellation was about to be asked for of which nobody knows yet whether the service took it.
    pub cancel: Option<Timestamp>,
}

impl Journal {
    /// Updates the note of a cancellation after the job was read at `now`. `shows` is whether the job shows the cancellation. The note goes
    /// when the job shows it, and when the request can no longer arrive: the job was not cancelled then.
    pub(super) fn settle_cancellation(&mut self, shows: bool, now: Timestamp) {
        // After the clock was set back, the time it takes to arrive begins anew.
        let sent = self.cancel.map(|sent| sent.min(now));
        self.cancel = sent.filter(|sent| !shows && arrives_until(*sent).is_some_and(|until| until > now));
    }
}

/// The create call, noted before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateIntention {
    /// The job it makes.
    pub job: JobAddress,
    /// The blob list it carries.
    pub blobs: BlobList,
    /// When, and whether the service confirmed it.
    pub intention: Intention,
    /// When the request itself was sent, or sent again; `None` while only preparations were.
    pub sent: Option<Timestamp>,
}

/// How long after a request was noted it can still take effect: 5 minutes for the program's own repetitions (at most
/// three pauses of a minute), 5 for the gateway before Azure Resource Manager, which cuts a request after 4, and 5 for a clock
/// that was set meanwhile.
const LATEST_ARRIVAL: SignedDuration = SignedDuration::from_mins(15);

impl CreateIntention {
    /// Until when the request can still take effect; `None` when it was never sent.
    pub fn arrives_until(&self) -> Option<Timestamp> {
        arrives_until(self.sent?)
    }
}

/// When something was about to be sent, and whether the service confirmed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intention {
    /// Noted at.
    pub at: Timestamp,
    /// Read back from the service.
    pub confirmed: bool,
}

impl Intention {
    /// The time until which the request can still take effect, if it was sent.
    pub fn arrives_until(&self) -> Option<Timestamp> {
        arrives_until(self.at)
    }
}

fn arrives_until(sent: Timestamp) -> Option<Timestamp> {
    sent.checked_add(LATEST_ARRIVAL).ok()
}
