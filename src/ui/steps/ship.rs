//! The parcel: the job's own address, until when, how to pack, and the form that announces it.

use ratatui::style::Style;
use ratatui::text::Span;
use strum::VariantArray;

use super::{fields, gone, moved};
use crate::app::Wizard;
use crate::draft::DriveCheck;
use crate::form::parcel;
use crate::papers::{self, Papers};
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::wizard::shared::Shared;
use crate::wizard::steps::ship::{
    ShipPage, ShipPhase, ShipStep, check_words, is_sent_once, is_shipped, is_too_early, may_be_announced, no_parcel,
    time_left, why_frozen,
};
use crate::wizard::{paperwork, poll};

pub(super) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let (shared, step) = (&wizard.shared, &wizard.steps.ship);
    if let Some(page) = gone::page(shared, ctx) {
        return page;
    }
    let mut body = Body::default();
    if step.asking {
        question(&mut body, ctx, shared);
        body.to_read();
        return body;
    }
    match &step.over {
        Some(ShipPage::Checklist(row)) => {
            checklist(&mut body, ctx, shared, *row);
            return body;
        }
        Some(ShipPage::Papers(papers)) => {
            show_papers(&mut body, ctx, shared, papers, &step.saved);
            return body;
        }
        None => {}
    }
    address(&mut body, ctx, shared, step);
    if let Some(why) = why_frozen(shared).filter(|_| is_shipped(shared)) {
        body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &why, theme::good());
    }
    // In the place of the hints, so that it is in view wherever the focus is.
    if let Some(fault) = step.fault.as_ref().or(shared.poll.fault.as_ref()) {
        body.fault(ctx, fault);
    } else if shared.requests.is_busy(Slot::Ship) {
        busy(&mut body, ctx, step.phase);
    } else if !is_shipped(shared) && no_parcel(shared).is_none() {
        hints(&mut body, ctx, shared);
    }
    fields::draw(
        &mut body,
        ctx,
        &step.form,
        &parcel::warnings(&step.form, shared.draft.address.shipping.carrier.trim(), &step.others),
        !step.on_address,
    );
    body
}

/// What a yes announces, before the address and the form: a yes is for what was read.
fn question(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    let words = format!("Announce this parcel? It cannot be corrected later. {}", ctx.yes_no());
    body.say_with(ctx, "! ", &words, theme::alarm());
    let parcel = &shared.draft.parcel;
    body.pair(ctx, "Carrier", parcel.carrier.trim(), theme::title());
    body.pair(ctx, "Tracking number", parcel.tracking_number.trim(), theme::title());
    body.blank();
    for words in [
        "The service takes carrier and tracking number once.",
        "From then on the job cannot be cancelled, and its return address stays as it is.",
        "The drives have to arrive within two weeks.",
    ] {
        body.say_with(ctx, "  ", words, Style::new());
    }
    moved::lines(body, ctx, shared);
}

fn busy(body: &mut Body, ctx: &DrawContext, phase: ShipPhase) {
    let doing = match phase {
        ShipPhase::Idle => "Looking whether the parcel was announced",
        ShipPhase::Looking => "Looking at the job before it is changed",
        ShipPhase::Announcing => "Announcing the parcel",
    };
    body.busy(ctx, Slot::Ship, doing);
}

fn address(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &ShipStep) {
    let ends = no_parcel(shared).is_some();
    let heading = if ends { "Do not ship" } else { "Ship to, as the job itself says" };
    body.row(ctx, step.on_address, vec![Span::styled(heading, theme::dim())]);
    let Some(job) = &shared.draft.job else { return };
    // An address would be shipped to.
    if let Some(why) = why_frozen(shared).filter(|_| ends) {
        body.say_with(ctx, "! ", &why, theme::alarm());
    }
    let lines = job.shipping.lines();
    let state = format!("The job is {}, {}.", job.status, poll::words(shared));
    body.say_with(ctx, "    ", &state, theme::dim());
    if ends {
        return;
    }
    if is_too_early(shared) {
        let words = "The service is still preparing the job. Ship nothing before it waits for the drives; it is asked again by itself.";
        body.say_with(ctx, "! ", words, theme::caution());
    }
    if let Some(notice) = job.shipping.notice() {
        let words = "The service names no street. Do what it says here before you ship:";
        body.say_with(ctx, "! ", words, theme::caution());
        body.say_with(ctx, "    ", &notice, Style::new());
    } else if !job.shipping.is_complete() && !is_too_early(shared) {
        let words = "The job shows no street address yet. Ship nothing before it does.";
        body.say_with(ctx, "! ", words, theme::caution());
    }
    for line in lines {
        body.say_with(ctx, "    ", &line, Style::new());
    }
    moved::lines(body, ctx, shared);
    for words in paperwork::for_parcel(shared).iter().filter(|_| !is_shipped(shared)) {
        body.say_with(ctx, "  ~ ", words, theme::caution());
    }
    if !job.shipping.additional.trim().is_empty() {
        body.say_with(ctx, "    ", job.shipping.additional.trim(), theme::dim());
    }
}

fn hints(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    if let Some(why) = may_be_announced(shared) {
        body.say_with(ctx, "? ", &why, theme::caution());
    }
    if is_sent_once(shared) {
        let words = "Carrier and tracking number are sent once; nothing corrects them.";
        body.say_with(ctx, "~ ", words, theme::caution());
    }
    if let Some(when) = time_left(shared).filter(|_| !is_too_early(shared)) {
        let words = format!("Announce the parcel {when}: two weeks after its creation the job is dropped.");
        body.say_with(ctx, "~ ", &words, theme::caution());
    }
    if let Some(clock) = shared.clock.filter(|_| shared.draft.rehearsal) {
        let words = format!(
            "The rehearsal's clock goes at its {} until the parcel is announced; then it hurries.",
            clock.words(shared.now)
        );
        body.say_with(ctx, "  ", &words, theme::dim());
    }
    let (checked, all) = (shared.draft.parcel.checked.len(), DriveCheck::VARIANTS.len());
    let words = format!(
        "Check the drives ({}): {checked} of {all} ticked. Packing slip and label: {}.",
        ctx.key(&Action::Checklist),
        ctx.key(&Action::ShowPapers)
    );
    body.say_with(ctx, "  ", &words, if checked < all { theme::caution() } else { theme::dim() });
}

/// What to check of the drives, each with how to find out while it is under the cursor.
fn checklist(body: &mut Body, ctx: &DrawContext, shared: &Shared, row: usize) {
    body.heading("Before the drives leave");
    for (index, check) in DriveCheck::VARIANTS.iter().enumerate() {
        let (asks, how) = check_words(*check);
        let sign = if shared.draft.parcel.checked.contains(check) { "[x] " } else { "[ ] " };
        let mut lines = text::wrap(asks, ctx.width.saturating_sub(6)).into_iter();
        body.row(ctx, index == row, vec![Span::raw(format!("{sign}{}", lines.next().unwrap_or_default()))]);
        for line in lines {
            body.line(Span::raw(format!("      {line}")));
        }
        if index == row {
            body.whole_below(ctx, "      ", how);
        }
    }
}

/// Packing slip and label as text, and where they were saved.
fn show_papers(body: &mut Body, ctx: &DrawContext, shared: &Shared, papers: &Papers, saved: &[String]) {
    let (save, copy) = (ctx.key(&Action::Save), ctx.key_in(Context::PapersPage, &Action::Copy));
    let words = format!("{save} saves this as text and as a page to print; {copy} copies it.");
    body.say(ctx, &words, theme::dim());
    if shared.requests.is_busy(Slot::Papers) {
        body.busy(ctx, Slot::Papers, "Saving");
    }
    for file in saved {
        body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &format!("Saved to {file}"), theme::good());
    }
    body.blank();
    for line in papers::text(papers).lines() {
        match line.split_at_checked(papers::LABEL) {
            Some((label, value)) if label.ends_with(' ') => body.say_with(ctx, label, value, Style::new()),
            _ => body.say(ctx, line, theme::dim()),
        }
    }
    body.to_read();
}
