//! The job names another address than before: what that means for the parcel.

use ratatui::style::Style;

use crate::draft::KnownJob;
use crate::protocol::action::Action;
use crate::ui::body::{Body, DrawContext};
use crate::ui::theme;
use crate::wizard::shared::Shared;
use crate::wizard::steps::ship::is_shipped;

/// That the address has changed, the one before it, and what to do. Nothing where it is the same as ever, once the drives arrived, and while
/// the job is being cancelled.
pub(super) fn lines(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    let matters = |known: &&KnownJob| known.status.state.before_arrival() && shared.draft.cancellation().is_none();
    let known = shared.draft.job.as_ref().filter(matters);
    let Some((known, earlier)) = known.and_then(|known| Some((known, known.earlier_address.as_ref()?))) else { return };
    let words = if is_shipped(shared) {
        "The job names another address since the parcel was prepared. Ask the carrier to redirect a parcel that is addressed to the old one, or Microsoft support whether it is taken there.".to_owned()
    } else if known.shipping.lines().is_empty() {
        "The job no longer names the address that it named before. Ship nothing there; do what it says in its place."
            .to_owned()
    } else {
        let papers = ctx.key(&Action::ShowPapers);
        format!(
            "The job names another address than before. Print slip and label anew (Ship, {papers}), and ship only to the new one."
        )
    };
    body.say_with(ctx, "! ", &words, theme::alarm());
    let (now, before) = (known.shipping.lines(), earlier.lines());
    let left: Vec<&str> = before.iter().filter(|line| !now.contains(line)).map(String::as_str).collect();
    body.say_with(ctx, "    ", &format!("Before: {}", left.join(", ")), Style::new());
}
