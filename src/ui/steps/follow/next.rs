//! What usually comes next and how long it takes, as far as anybody says, and the deadline of the state.

use ratatui::style::Style;

use crate::azure::model::JobState;
use crate::draft::{KnownJob, TimeLeft};
use crate::ui::body::{Body, DrawContext};
use crate::ui::theme;
use crate::wizard::shared::Shared;

pub(super) fn lines(body: &mut Body, ctx: &DrawContext, shared: &Shared, known: &KnownJob) {
    if let Some(words) =
        usual(known.status.state).filter(|_| shared.draft.cancellation().is_none() && !known.has_no_drive())
    {
        body.say_with(ctx, "  ", words, theme::dim());
    }
    let Some(deadline) = shared.job_deadline() else { return };
    let clock = shared.deadline_clock();
    let left = match deadline.due.left(clock) {
        TimeLeft::Amount(left) => format!(", {left} left"),
        TimeLeft::Over => ", which is over".to_owned(),
        TimeLeft::Unsaid => String::new(),
    };
    let latest = if deadline.due.latest { "at the latest " } else { "" };
    let style = if deadline.due.is_near(clock) { theme::caution() } else { Style::new() };
    let words = format!("Until {latest}{}{left}: {} {}", deadline.due.day(), deadline.what, deadline.otherwise);
    body.say_with(ctx, "  ", &words, style);
}

/// What the documents say of the time a state takes, with their year. No state has a promised time.
fn usual(state: JobState) -> Option<&'static str> {
    match state {
        JobState::Preparing => Some("Next: it waits for the drives, usually within a minute."),
        JobState::Shipped => {
            Some("Next: arrived, shown one to three business days after the carrier's delivery (Microsoft, 2022).")
        }
        JobState::Received => {
            Some("Next: copying. Microsoft aims at 7 to 10 days from arrival to copied, without a promise (2022).")
        }
        JobState::Copying => Some("Next: being packed. A TB takes several hours (Microsoft, 2016)."),
        JobState::Packing => Some("Next: on the way back. No time is documented; papers for a border are made now."),
        JobState::Returning => Some("Next: finished, once the carrier has delivered them."),
        _ => None,
    }
}
