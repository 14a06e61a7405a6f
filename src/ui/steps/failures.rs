//! The page of what was not exported: reasons with their counts, what can be done, and the blobs of one reason.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::logs::{Cure, FailureReport, ReasonGroup, ReportVerdict, ReportedBlob};
use crate::protocol::action::Action;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::wizard::failures::retry_words;
use crate::wizard::shared::Shared;
use crate::wording::{count, many};

/// The page.
pub(super) fn body(shared: &Shared, ctx: &DrawContext) -> Body {
    let page = &shared.failures;
    if let Some(group) = page.group().filter(|_| page.lists_blobs) {
        return blobs(group, ctx);
    }
    let mut body = Body::default();
    body.heading("What was not exported");
    if let Some(fault) = &page.fault {
        body.fault(ctx, fault);
    }
    match &page.report {
        Some(report) => reasons(&mut body, ctx, shared, report),
        None if shared.requests.is_busy(Slot::Logs) => {
            body.busy(ctx, Slot::Logs, "Reading the logs in the account");
            let words =
                format!("A log of millions of blobs takes minutes. {} gives up.", ctx.key(&Action::CancelRequest));
            body.say(ctx, &words, theme::dim());
        }
        None if page.fault.is_none() => nothing_yet(&mut body, ctx, shared),
        None => {}
    }
    body
}

/// Why there is no report: the job was not read, or has no logs yet.
fn nothing_yet(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    let Some(known) = &shared.draft.job else { return };
    let words = if shared.catalogue.job.is_none() {
        format!("The job has to be read first; {} reads it. What failed is not known.", ctx.key(&Action::Reload))
    } else {
        format!("No logs yet: they are written when the drives are filled, and the job is {}.", known.status)
    };
    body.say(ctx, &words, Style::new());
}

fn reasons(body: &mut Body, ctx: &DrawContext, shared: &Shared, report: &FailureReport) {
    let style = match report.verdict() {
        ReportVerdict::Failed => theme::alarm(),
        ReportVerdict::NothingFailed => theme::good(),
        ReportVerdict::Unknown => theme::caution(),
    };
    body.say(ctx, &report.headline(), style);
    for log in report.logs.iter().filter(|log| log.trouble.is_some()) {
        let trouble = log.trouble.as_deref().unwrap_or_default();
        let words = format!("{} is not whole: {}", log.source.title_at_start(), text::clean(trouble));
        body.say_with(ctx, "! ", &words, theme::caution());
    }
    for remark in &report.remarks {
        body.say_with(ctx, "~ ", &text::clean(remark), theme::caution());
    }
    if !report.groups.is_empty() {
        body.blank();
    }
    for (row, group) in report.groups.iter().enumerate() {
        reason(body, ctx, group, row == shared.failures.row);
    }
    if report.ungrouped > 0 {
        let words = format!(
            "  and {} of further reasons: {} saves them all.",
            many(report.ungrouped, "blob"),
            ctx.key(&Action::Save)
        );
        body.say(ctx, &words, theme::dim());
    }
    after(body, ctx, shared, report);
}

/// A reason in a row; under the cursor also what can be done.
fn reason(body: &mut Body, ctx: &DrawContext, group: &ReasonGroup, selected: bool) {
    let number = format!("{:>7}  ", count(group.count));
    let room = ctx.width.saturating_sub(2 + number.len());
    let title = text::cut_end(&text::clean(&group.reason.title), room, ctx.glyphs.cut);
    let style = if group.reason.cure == Cure::Nothing { theme::dim() } else { Style::new() };
    body.row(ctx, selected, vec![Span::raw(number), Span::styled(title, style)]);
    if selected {
        let indent = "    ";
        let cure = match group.reason.cure {
            Cure::Retry | Cure::Nothing => theme::good(),
            Cure::AfterChange | Cure::Unknown => theme::caution(),
            Cure::Download => theme::alarm(),
        };
        let mut words = group.reason.cure.words().to_owned();
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        body.say_with(ctx, indent, &format!("{words}."), cure);
        body.say_with(ctx, indent, &group.reason.advice, Style::new());
        if !group.reason.words.is_empty() && group.reason.words != group.reason.title {
            let words = format!("The service says: {}", text::clean(&group.reason.words));
            body.say_with(ctx, indent, &words, theme::dim());
        }
    }
}

/// What was saved and made, or can be.
fn after(body: &mut Body, ctx: &DrawContext, shared: &Shared, report: &FailureReport) {
    body.blank();
    for (slot, doing) in
        [(Slot::SaveLogs, "Reading the logs once more and saving"), (Slot::RetryDraft, "Making a draft")]
    {
        if shared.requests.is_busy(slot) {
            body.busy(ctx, slot, doing);
        }
    }
    if let Some((files, complete)) = &shared.failures.saved {
        for file in files {
            body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &format!("Saved to {file}"), theme::good());
        }
        if !complete {
            body.say_with(ctx, "! ", "The files hold what could be read; a log was not whole.", theme::caution());
        }
    }
    if let Some(name) = &shared.failures.draft {
        let words = format!("The draft {name} on the start screen takes what another job can export.");
        body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &words, theme::good());
        if report.retry_left > 0 {
            let words = format!("{} more did not go into it.", many(report.retry_left, "blob"));
            body.say_with(ctx, "! ", &words, theme::caution());
        }
    } else if let Some(words) = retry_words(shared) {
        body.say(ctx, &words, theme::key());
    }
    let read = report.logs.iter().map(|log| log.bytes).sum();
    let words = format!("Read from {}, {}.", many(report.logs.len() as u64, "log"), text::bytes(read));
    body.say(ctx, &words, theme::dim());
}

/// The blobs of one reason.
fn blobs(group: &ReasonGroup, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    body.heading(&text::clean(&group.reason.title));
    body.say(ctx, &group.reason.advice, theme::dim());
    body.blank();
    for blob in &group.blobs {
        body.say_with(ctx, "  ", &line(blob, group.reason.cure), Style::new());
    }
    let more = group.count.saturating_sub(group.blobs.len() as u64);
    if more > 0 {
        body.say(
            ctx,
            &format!("and {} more: {} saves them all to files.", count(more), ctx.key(&Action::Save)),
            theme::dim(),
        );
    }
    body
}

fn line(blob: &ReportedBlob, cure: Cure) -> String {
    let snapshot = blob.snapshot.as_ref().map(|time| format!(" (snapshot {time})")).unwrap_or_default();
    let now = blob.now.as_ref().filter(|_| cure == Cure::Nothing).map(|now| format!(" is now {now}"));
    let size = blob.size.filter(|size| *size > 0).map(|size| format!(", {}", text::bytes(size))).unwrap_or_default();
    text::clean(&format!("{}{snapshot}{size}{}", blob.path, now.unwrap_or_default()))
}
