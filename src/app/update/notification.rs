//! What is told to somebody who does not look at the window: a job that moved on, and long work that has ended. Decided here and nowhere else,
//! so that each is told once and nothing is told to somebody who looks.

use crate::app::model::Model;
use crate::draft::Draft;
use crate::protocol::message::{Effect, Msg, Slot};
use crate::protocol::window::Notifications;

/// A request whose end may be told, and whether it succeeded.
pub(super) type Ended = (Slot, bool);

/// The request that this message ends.
pub(super) fn ended(model: &Model, msg: &Msg) -> Option<Ended> {
    let Msg::Done { slot, id, outcome } = msg else { return None };
    (model.requests().id(*slot) == Some(*id)).then_some((*slot, outcome.is_ok()))
}

/// What is to be told; `None` while somebody looks or nothing happened. `before` is the draft before the message.
pub(super) fn notification(model: &Model, before: Option<&Draft>, ended: Ended) -> Option<Effect> {
    if !model.is_unattended() {
        return None;
    }
    let text = of_job(model, before).or_else(|| of_work(ended).map(str::to_owned))?;
    let rehearsal = model.draft().is_some_and(|draft| draft.rehearsal);
    let text = if rehearsal { format!("Rehearsal: {text}") } else { text };
    match model.settings.notifications {
        Notifications::Off => None,
        Notifications::Bell => Some(Effect::Ring),
        Notifications::Desktop => Some(Effect::Notify(text)),
    }
}

/// The job has another state than before, or is gone. A draft that was opened is no news.
fn of_job(model: &Model, before: Option<&Draft>) -> Option<String> {
    let (before, draft) = (before?, model.draft()?);
    if before.id != draft.id {
        return None;
    }
    let before = before.job.as_ref();
    let (now, name) = (draft.job.as_ref()?, &draft.job_address()?.name);
    if now.gone.is_some() {
        return before.is_some_and(|before| before.gone.is_none()).then(|| format!("job {name} is gone"));
    }
    let same = before.is_some_and(|before| before.status == now.status);
    (!same).then(|| format!("job {name}: {}", now.status.words()))
}

/// Work that can take long enough for the person to turn to something else.
fn of_work((slot, done): Ended) -> Option<&'static str> {
    match (slot, done) {
        (Slot::Scan, true) => Some("the count has ended"),
        (Slot::Scan, false) => Some("the count stopped; Drives says why"),
        (Slot::CheckDrives, true) => Some("the check of the drives has ended"),
        (Slot::CheckDrives, false) => Some("the check of the drives stopped; Verify says why"),
        (Slot::Create, false) => Some("the job was not created, or that is not known; Review says more"),
        _ => None,
    }
}
