//! The question over the page, with what a yes changes. The page shows nothing else, so that the person reads all of it before a yes.

use ratatui::style::Style;
use ratatui::text::Span;
use strum::VariantArray;

use crate::azure::model::ServiceName;
use crate::protocol::action::Action;
use crate::protocol::message::{RehearsalOrder, Slot};
use crate::ui::body::{Body, DrawContext};
use crate::ui::steps::fields::typed_line;
use crate::ui::{text, theme};
use crate::wizard::shared::Shared;
use crate::wizard::steps::follow::{
    Decision, FollowQuestion, FollowStep, LockUse, WITHOUT_KEYS, cancel_chance, meaning, order_words, unsaved_keys,
};

pub(super) fn page(question: &FollowQuestion, ctx: &DrawContext, shared: &Shared, step: &FollowStep) -> Body {
    let mut body = Body::default();
    match question {
        FollowQuestion::Cancel => cancel(&mut body, ctx, shared, step),
        FollowQuestion::Delete => delete(&mut body, ctx, shared, step),
        FollowQuestion::Decide(decision) => decide(&mut body, ctx, shared, decision),
        FollowQuestion::RemoveLock(used) => remove_lock(&mut body, ctx, shared, used),
        FollowQuestion::Rehearse(row) => {
            orders(&mut body, ctx, *row);
            return body;
        }
    }
    if step.typing.is_none() {
        body.to_read();
    }
    body
}

/// What can be asked of the rehearsal.
fn orders(body: &mut Body, ctx: &DrawContext, row: usize) {
    body.heading("The rehearsal");
    for (index, order) in RehearsalOrder::VARIANTS.iter().enumerate() {
        let (what, when) = order_words(*order);
        body.row(ctx, index == row, vec![Span::raw(text::cut_end(what, ctx.width.saturating_sub(2), ctx.glyphs.cut))]);
        if index == row {
            body.whole_below(ctx, "    ", when);
        }
    }
}

fn ask(body: &mut Body, ctx: &DrawContext, words: &str) {
    body.say_with(ctx, "! ", &format!("{words} {}", ctx.yes_no()), theme::alarm());
    body.blank();
}

fn tell(body: &mut Body, ctx: &DrawContext, words: &str) {
    body.say_with(ctx, "  ", words, Style::new());
}

fn cancel(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &FollowStep) {
    let chance = shared.draft.job.as_ref().and_then(cancel_chance).unwrap_or_default();
    if let Some(field) = &step.typing {
        body.line(Span::styled("Why is the job cancelled?", theme::title()));
        let column = typed_line(body, ctx, ("Reason: ", field, ctx.width.saturating_sub(8)), None);
        body.focus_at(0, column);
        body.keep_with_focus();
        body.say_with(ctx, "  ", "The service keeps the reason in the job, where others can read it.", theme::dim());
        body.say_with(ctx, "  ", "Enter keeps it, Esc leaves it as it was.", theme::dim());
        return;
    }
    ask(body, ctx, &format!("Cancel the job? {chance}"));
    if !FollowStep::asks_why(shared) {
        return;
    }
    tell(
        body,
        ctx,
        &format!(
            "The service gets this reason: {} ({} types another one)",
            step.reason(),
            ctx.key(&Action::EditReason)
        ),
    );
    tell(body, ctx, "It wipes name, telephone and e-mail addresses of the job, for good; this draft keeps them.");
    tell(
        body,
        ctx,
        "A job that was cancelled does not come back, and one whose parcel was announced cannot be cancelled.",
    );
}

fn delete(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &FollowStep) {
    let name = shared.draft.job_address().map_or("", |job| job.name.as_str());
    match &step.typing {
        Some(field) => {
            // Question and field stay in view together, also where a page has four lines.
            let words = format!("Delete the job {name} without its keys? Type \"{WITHOUT_KEYS}\":");
            body.say_with(ctx, "! ", &words, theme::alarm());
            let column = typed_line(body, ctx, ("  ", field, ctx.width.saturating_sub(4).min(40)), None);
            body.focus_at(0, column);
            body.keep_with_focus();
            body.say_with(ctx, "  ", "Enter takes it; Esc leaves the job as it is.", theme::dim());
        }
        None => ask(body, ctx, &format!("Delete the job {name}?")),
    }
    let without = shared.draft.drives_without_key();
    match &shared.draft.keys_file {
        Some(file) if !without.is_empty() => {
            let words = format!("The keys of {} go with it and are not in {file}", without.join(", "));
            body.say_with(ctx, "! ", &words, theme::alarm());
        }
        Some(file) => tell(body, ctx, &format!("Its BitLocker keys go with it. They were saved to {file}")),
        None if unsaved_keys(shared) => {
            let words =
                "Its BitLocker keys go with it, and they were not saved here. Without them nobody can read the drives.";
            body.say_with(ctx, "! ", words, theme::alarm());
        }
        None => tell(body, ctx, "Its BitLocker keys, if it has any, go with it."),
    }
    tell(body, ctx, "It can take the service ten minutes. The program may be closed meanwhile.");
    let seen = step.lock.all.is_some();
    if step.lock.of_service().is_some() {
        tell(body, ctx, "The lock on the storage account stays; it can be removed here afterwards.");
    } else if !seen && shared.draft.job_service().is_some_and(ServiceName::leaves_lock) {
        tell(body, ctx, "The service's lock on the storage account, if it is there, stays.");
    }
}

fn decide(body: &mut Body, ctx: &DrawContext, shared: &Shared, decision: &Decision) {
    let whole = "the whole job".to_owned();
    let what = decision.drive.as_ref().map_or(whole, |drive| format!("the drive {drive}"));
    ask(body, ctx, &format!("Tell the service {} for {what}?", decision.resolution));
    match meaning(&decision.resolution) {
        Some(words) => tell(body, ctx, &format!("By its name: {words}. No document says more.")),
        None => tell(body, ctx, "No document explains this word."),
    }
    let others = FollowStep::decisions(shared).len();
    if others > 1 {
        tell(body, ctx, &format!("{} shows the next of {others} choices.", ctx.key(&Action::Decide)));
    }
}

fn remove_lock(body: &mut Body, ctx: &DrawContext, shared: &Shared, used: &LockUse) {
    let account = shared.blob_account().map_or("", |(_, name)| name);
    ask(body, ctx, &format!("Remove the service's lock from the storage account {account}?"));
    match used {
        LockUse::Unneeded => tell(body, ctx, "No other export job of the account is unfinished."),
        LockUse::Needed(names) => {
            body.say_with(ctx, "! ", &format!("Unfinished jobs need it: {}", names.join(", ")), theme::alarm());
        }
        LockUse::Unclear(why) => {
            let words = format!("Whether another job needs it could not be checked: {why}");
            body.say_with(ctx, "! ", &words, theme::alarm());
        }
    }
    tell(
        body,
        ctx,
        "Only export jobs on own drives were looked at; other Data Box orders of the account are not seen here.",
    );
    if shared.requests.is_busy(Slot::RemoveLock) {
        body.busy(ctx, Slot::RemoveLock, "Removing the lock");
    }
}
