//! After an interrupted announcement, when the job does not know of the parcel: whether it can still hear of it.

use crate::wizard::desk::Desk;
use crate::wizard::review::minutes;

/// Says so, and drops the note once nothing can come of it any more.
pub(super) fn unheard(desk: &mut Desk) {
    let until = desk.draft.journal.ship.and_then(|ship| ship.arrives_until()).filter(|until| *until > desk.now);
    if let Some(until) = until {
        let left = minutes(desk.now, until);
        desk.say(format!(
            "The service does not know of the parcel yet; it may still hear of it for {left}. Announcing it again does no harm."
        ));
    } else {
        desk.draft.journal.ship = None;
        desk.say("The parcel was not announced the last time; announce it when you are ready.");
    }
}
