//! An announcement that got no answer: why the form is frozen, and until when the request can still arrive.

use std::time::Duration;

use crate::draft::Intention;
use crate::wizard::shared::Shared;
use crate::wizard::steps::ship::standing::{closed, is_sent_once, is_shipped};
use crate::wording::minutes_until;

/// The announcement that was sent and neither confirmed nor ruled out.
pub(super) fn announcement(shared: &Shared) -> Option<Intention> {
    shared.draft.journal.ship.filter(|ship| !ship.confirmed && !is_shipped(shared))
}

/// Why the form is frozen after such an announcement: a changed one could arrive before or after it. One sentence.
pub fn may_be_announced(shared: &Shared) -> Option<String> {
    let until = announcement(shared)?.arrives_until().filter(|until| *until > shared.now);
    Some(match until.map(|until| minutes_until(shared.now, until)) {
        Some(left) => {
            let again = if is_sent_once(shared) {
                "it is not sent again before that."
            } else {
                "announcing it again sends the same."
            };
            format!(
                "The parcel may be announced: its request can arrive for {left}. Nothing of it changes until then; {again}"
            )
        }
        None => "The parcel may be announced. Nothing of it changes before the job was read once more.".to_owned(),
    })
}

/// Why nothing can be changed now.
pub fn why_frozen(shared: &Shared) -> Option<String> {
    closed(shared).or_else(|| may_be_announced(shared))
}

/// Time until the request can no longer arrive. Reading the job then settles whether the parcel is announced.
pub(super) fn settles_in(shared: &Shared) -> Option<Duration> {
    let until = announcement(shared)?.arrives_until()?;
    Some(Duration::try_from(until.duration_since(shared.now)).unwrap_or_default())
}

/// The job was read and the parcel is not announced: says so, and removes the note once the request can no longer arrive.
pub(super) fn not_arrived(shared: &mut Shared) {
    let now = shared.now;
    let again =
        if is_sent_once(shared) { "It is not sent again before that." } else { "Announcing it again does no harm." };
    let Some(ship) = &mut shared.draft.journal.ship else { return };
    // After the clock was set back, the time it takes to arrive begins anew.
    ship.at = ship.at.min(now);
    if let Some(until) = ship.arrives_until().filter(|until| *until > now) {
        let left = minutes_until(now, until);
        shared.say(format!("The service does not know of the parcel yet; it may still hear of it for {left}. {again}"));
    } else {
        shared.draft.journal.ship = None;
        shared.say("The parcel was not announced the last time; announce it when you are ready.");
    }
}
