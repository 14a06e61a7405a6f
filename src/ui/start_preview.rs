//! What is known of the row under the cursor, beside the list.

use ratatui::style::Style;

use super::body::{Body, DrawContext};
use super::{text, theme};
use crate::app::start::{Choice, StartRow};
use crate::draft::{DraftEntry, NextTask};
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::overview::FoundJob;

/// The lines for what the cursor is on.
pub(super) fn body(row: Option<StartRow<'_>>, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let Some(StartRow { choice, next, .. }) = row else { return body };
    match choice {
        Choice::Draft(entry, job) => draft(&mut body, ctx, entry, job, next.as_ref()),
        Choice::Job(found) => job(&mut body, ctx, found, next.as_ref()),
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

fn fact(body: &mut Body, ctx: &DrawContext, label: &str, words: &str, style: Style) {
    body.say_with(ctx, &format!("{label:<9}"), words, style);
}

fn next_lines(body: &mut Body, ctx: &DrawContext, next: Option<&NextTask>, rehearsal: bool) {
    if let Some(next) = next {
        fact(body, ctx, "Next", &next.words((!rehearsal).then_some(ctx.now)), Style::new());
    }
}

fn draft(body: &mut Body, ctx: &DrawContext, entry: &DraftEntry, job: Option<&FoundJob>, next: Option<&NextTask>) {
    let Some(draft) = entry.ready() else {
        body.heading("A draft that cannot be opened");
        body.say(ctx, entry.id.as_str(), theme::dim());
        let discard = ctx.key_in(Context::DraftRow, &Action::Remove);
        let words = format!("It is left as it is and keeps no other from opening. {discard} moves it to the trash.");
        body.say(ctx, &words, theme::dim());
        return;
    };
    let name = draft.job.as_deref().filter(|name| !name.is_empty());
    body.say(ctx, name.or(draft.account.as_deref()).unwrap_or("no account yet"), theme::title());
    if draft.rehearsal {
        body.say(ctx, "A rehearsal: nothing of it exists.", theme::caution());
    }
    body.blank();
    next_lines(body, ctx, next, draft.rehearsal);
    fact(body, ctx, "Account", draft.account.as_deref().unwrap_or("none yet"), Style::new());
    let gone = draft.facts.gone;
    let state = match (job, &draft.facts.status) {
        (Some(found), _) => format!("{}, just listed", found.job.status),
        (None, Some(status)) if gone => format!("gone, last {status}: do not ship"),
        (None, Some(status)) => format!("{status}, as last read"),
        (None, None) => "not created yet".to_owned(),
    };
    fact(body, ctx, "Job", &state, if gone { theme::alarm() } else { Style::new() });
    if let Some(part) = draft.part {
        fact(body, ctx, "Part", &format!("job {} of {}", part.number, part.of), Style::new());
    }
    fact(body, ctx, "Opens at", draft.step.title(), Style::new());
    fact(body, ctx, "Changed", &text::moment(entry.changed), Style::new());
    fact(body, ctx, "Draft", entry.id.as_str(), theme::dim());
    body.blank();
    body.say(ctx, draft.step.purpose(), theme::dim());
}

fn job(body: &mut Body, ctx: &DrawContext, found: &FoundJob, next: Option<&NextTask>) {
    let job = &found.job;
    body.say(ctx, &found.address.name, theme::title());
    body.say(
        ctx,
        "A job without a draft on this machine. Enter opens a draft for it; nothing is created.",
        theme::dim(),
    );
    body.blank();
    next_lines(body, ctx, next, false);
    let seen = found.seen_before.map_or_else(String::new, |at| format!(", seen {}", text::ago(ctx.now, at)));
    fact(body, ctx, "State", &format!("{}{seen}", job.status), Style::new());
    fact(body, ctx, "Service", found.address.service.title(), Style::new());
    fact(body, ctx, "Group", &found.address.resource_group, Style::new());
    fact(body, ctx, "Created", job.created.as_deref().unwrap_or("not said"), Style::new());
    let account = job.storage_account.rsplit('/').next().filter(|name| !name.is_empty());
    fact(body, ctx, "Account", account.unwrap_or("not said in the list"), Style::new());
}
