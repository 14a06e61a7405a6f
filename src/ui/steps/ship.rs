//! The parcel: the job's own address, until when, how to pack, and the form that announces it.

use ratatui::style::Style;
use ratatui::text::Span;

use super::{fields, gone};
use crate::app::Wizard;
use crate::app::protocol::Slot;
use crate::form::parcel;
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::theme;
use crate::wizard::desk::Desk;
use crate::wizard::poll;
use crate::wizard::ship::{Phase, Ship, frozen, is_shipped, may_be_announced, time_left};

pub fn sheet(wizard: &Wizard, pen: &Pen) -> Sheet {
    let (desk, step) = (&wizard.desk, &wizard.steps.ship);
    if let Some(page) = gone::page(desk, pen) {
        return page;
    }
    let mut sheet = Sheet::default();
    address(&mut sheet, pen, desk, step);
    if let Some(why) = frozen(desk).filter(|_| is_shipped(desk)) {
        sheet.say_with(pen, &format!("{} ", pen.signs.done), &why, theme::good());
    }
    // In the place of the hints, so that it is in view wherever the focus is.
    if let Some(fault) = step.fault.as_ref().or(desk.poll.fault.as_ref()) {
        sheet.fault(pen, fault);
    } else if desk.requests.is_busy(Slot::Ship) {
        busy(&mut sheet, pen, step.phase);
    } else if !is_shipped(desk) {
        hints(&mut sheet, pen, desk);
    }
    fields::draw(
        &mut sheet,
        pen,
        &step.form,
        &parcel::warnings(&step.form, desk.draft.address.shipping.carrier.trim()),
        !step.on_address,
    );
    sheet
}

fn busy(sheet: &mut Sheet, pen: &Pen, phase: Phase) {
    let doing = match phase {
        Phase::Idle => "Looking whether the parcel was announced",
        Phase::Looking => "Looking at the job before it is changed",
        Phase::Announcing => "Announcing the parcel",
    };
    sheet.busy(pen, Slot::Ship, doing);
}

fn address(sheet: &mut Sheet, pen: &Pen, desk: &Desk, step: &Ship) {
    let heading = vec![Span::styled("Send the drives to, as the job itself says", theme::dim())];
    sheet.row(pen, step.on_address, heading);
    let Some(job) = &desk.draft.job else { return };
    let lines = job.shipping.lines();
    let state = format!("The job is {}, {}.", job.state, poll::words(desk));
    sheet.say_with(pen, "    ", &state, theme::dim());
    if !job.shipping.is_complete() {
        let words = "The job shows no street address yet. Ask the operations desk named here before you ship.";
        sheet.say_with(pen, "! ", words, theme::caution());
    }
    for line in lines {
        sheet.say_with(pen, "    ", &line, Style::new());
    }
    if !job.shipping.additional.trim().is_empty() {
        sheet.say_with(pen, "    ", job.shipping.additional.trim(), theme::dim());
    }
}

fn hints(sheet: &mut Sheet, pen: &Pen, desk: &Desk) {
    if let Some(why) = may_be_announced(desk) {
        sheet.say_with(pen, "? ", &why, theme::caution());
    }
    if let Some(when) = time_left(desk) {
        let words = format!("Announce the parcel {when}: two weeks after its creation the job is dropped.");
        sheet.say_with(pen, "~ ", &words, theme::caution());
    }
    if let Some(clock) = desk.clock.filter(|_| desk.draft.rehearsal) {
        let words = format!(
            "The rehearsal's clock goes at its {} until the parcel is announced; then it hurries.",
            clock.words(desk.now)
        );
        sheet.say_with(pen, "  ", &words, theme::dim());
    }
    sheet.say_with(pen, "  ", "Bare drives, no cables, the job's name on each.", theme::dim());
    sheet.say_with(pen, "  ", "Antistatic bags, padding, one tracking number.", theme::dim());
}
