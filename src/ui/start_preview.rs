//! What is known of the draft under the cursor, beside the list of drafts.

use ratatui::style::Style;

use super::body::{Body, DrawContext};
use super::{text, theme};
use crate::app::start::Choice;
use crate::draft::{DraftEntry, DraftSummary};

/// The lines for what the cursor is on.
pub(super) fn body(choice: Choice<'_>, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    match choice {
        Choice::Draft(entry) => draft(&mut body, ctx, entry),
        Choice::New => {
            body.heading("New export");
            body.say(ctx, "A new draft. It is kept on this machine from its first answer on; Azure learns of it when you create the job.", Style::new());
        }
        Choice::Rehearse => {
            body.heading("Rehearse");
            body.say(ctx, "The whole way on a simulated Azure in this program: no account, no network, no drives, no costs. Its days pass in minutes.", Style::new());
        }
    }
    body
}

fn draft(body: &mut Body, ctx: &DrawContext, entry: &DraftEntry) {
    let DraftSummary::Ready { step, rehearsal, account, job, status, gone, part } = &entry.content else {
        body.heading("A draft that cannot be opened");
        body.say(ctx, entry.id.as_str(), theme::dim());
        return;
    };
    let name = job.as_deref().filter(|name| !name.is_empty());
    body.say(ctx, name.or(account.as_deref()).unwrap_or("no account yet"), theme::title());
    if *rehearsal {
        body.say(ctx, "A rehearsal: nothing of it exists.", theme::caution());
    }
    body.blank();
    let mut fact = |label: &str, words: &str, style: Style| body.say_with(ctx, &format!("{label:<9}"), words, style);
    fact("Account", account.as_deref().unwrap_or("none yet"), Style::new());
    let state = match status {
        Some(status) if *gone => format!("gone, last {status}: do not ship"),
        Some(status) => format!("{status}, as last read"),
        None => "not created yet".to_owned(),
    };
    fact("Job", &state, if *gone { theme::alarm() } else { Style::new() });
    if let Some(part) = part {
        fact("Part", &format!("job {} of {}", part.number, part.of), Style::new());
    }
    fact("Opens at", step.title(), Style::new());
    fact("Changed", &text::moment(entry.changed), Style::new());
    fact("Draft", entry.id.as_str(), theme::dim());
    body.blank();
    body.say(ctx, step.purpose(), theme::dim());
}
