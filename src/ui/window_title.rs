//! The title of the window, e.g. `Blobfreight - export-1 - Drives`, and what the taskbar shows: how far work is that takes long.

use super::text;
use crate::app::{Model, Wizard};
use crate::protocol::message::Slot;
use crate::wizard::steps::verify::CheckStage;

/// Work that takes long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LongWork {
    /// How much is done, where that is known.
    pub percent: Option<u8>,
}

/// The title, and the work that is under way. Names in it are those of the service: control characters are taken out.
pub fn window_title(model: &Model) -> (String, Option<LongWork>) {
    let Some(wizard) = &model.wizard else { return ("Blobfreight".to_owned(), None) };
    let work = work(wizard);
    let percent = work.and_then(|work| work.percent).map(|percent| format!(" {percent} %")).unwrap_or_default();
    let rehearsal = wizard.shared.draft.rehearsal.then_some("rehearsal");
    let step = format!("{}{percent}", wizard.shared.draft.step.name());
    let parts = ["Blobfreight"].into_iter().chain(rehearsal).chain(name(wizard)).chain([step.as_str()]);
    (parts.map(text::clean).collect::<Vec<_>>().join(" - "), work)
}

/// The name of the job; before there is one, that of the account.
fn name(wizard: &Wizard) -> Option<&str> {
    let draft = &wizard.shared.draft;
    let typed = Some(draft.options.name.trim()).filter(|name| !name.is_empty());
    let job = draft.job_address().map(|job| job.name.as_str()).or(typed);
    job.or_else(|| wizard.shared.blob_account().map(|(_, name)| name))
}

fn work(wizard: &Wizard) -> Option<LongWork> {
    if let CheckStage::Checking { reading, .. } = &wizard.steps.verify.stage {
        return Some(LongWork { percent: reading.percent() });
    }
    wizard.shared.requests.is_busy(Slot::Scan).then_some(LongWork { percent: None })
}
