//! What usually comes next and how long it takes, as far as anybody says, and the deadline of the state.

use ratatui::style::Style;

use crate::azure::model::JobState;
use crate::draft::KnownJob;
use crate::ui::body::{Body, DrawContext};
use crate::ui::theme;
use crate::wizard::deadlines::deadlines;
use crate::wizard::shared::Shared;
use crate::wording::many;

pub(super) fn lines(body: &mut Body, ctx: &DrawContext, shared: &Shared, known: &KnownJob) {
    if let Some(words) = usual(known.status.state) {
        body.say_with(ctx, "  ", words, theme::dim());
    }
    for deadline in deadlines(&shared.draft) {
        let day = deadline.at.strftime("%Y-%m-%d");
        // Before its first reading the clock of a rehearsal is not known.
        let known_time = !shared.draft.rehearsal || shared.clock.is_some();
        let hours = deadline.at.duration_since(shared.service_time()).as_hours();
        let left = match hours {
            _ if !known_time => String::new(),
            ..0 => ", which is over".to_owned(),
            0..48 => format!(", {} left", many(hours.unsigned_abs(), "hour")),
            _ => format!(", {} left", many((hours / 24).unsigned_abs(), "day")),
        };
        let latest = if deadline.at_the_latest { "at the latest " } else { "" };
        let style = if hours < 72 && known_time { theme::caution() } else { Style::new() };
        let words = format!("Until {latest}{day}{left}: {} {}", deadline.what, deadline.otherwise);
        body.say_with(ctx, "  ", &words, style);
    }
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
