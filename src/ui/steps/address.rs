//! Return address and carrier: the form, the address of an earlier draft on offer, or the question about pasted lines.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::fields;
use crate::app::Wizard;
use crate::form::paste::Proposal;
use crate::form::{Form, address};
use crate::protocol::action::Action;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::wizard::shared::Shared;
use crate::wizard::steps::address::{in_short, why_frozen};

pub(super) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let (shared, step) = (&wizard.shared, &wizard.steps.address);
    if let Some(proposal) = &step.proposal {
        question(&mut body, ctx, &step.form, proposal);
        return body;
    }
    if let Some(why) = why_frozen(shared) {
        body.say(ctx, &why, theme::caution());
    }
    if let Some(earlier) = step.offer(shared) {
        let words = " fills in the address of your last export:";
        body.key_line(ctx, "", &Action::UseEarlier, words);
        body.say_with(ctx, "       ", &in_short(earlier), Style::new());
    }
    fields::draw(&mut body, ctx, &step.form, &address::warnings(&step.form), true);
    if !step.form.is_blank() {
        sent(&mut body, ctx, shared);
    }
    body
}

/// The address as the service gets it, member by member.
fn sent(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    const NAME: usize = 24;
    let service = shared.draft.service();
    body.blank();
    body.heading(&format!("What {} gets", service.title()));
    for (name, value) in address::members(&shared.draft.address, service) {
        let lead = label_above(body, ctx, name, NAME);
        body.say_with(ctx, &lead, &value, Style::new());
    }
}

/// What would go where, and what it would replace.
fn question(body: &mut Body, ctx: &DrawContext, form: &Form, proposal: &Proposal) {
    // The longest label stands beside its value, and above it on a narrow screen.
    const LABEL: usize = 22;
    body.heading("Fill the fields from the pasted lines?");
    body.blank();
    let lost = proposal.replaces(form);
    for (index, value) in &proposal.values {
        let lead = label_above(body, ctx, form.spec(*index).map_or("", |spec| spec.label), LABEL);
        body.say_with(ctx, &lead, value, Style::new());
        if lost.contains(index) {
            let words = format!("replaces {}", form.trimmed(*index));
            let lead = format!("{}~ ", " ".repeat(text::width(&lead).saturating_sub(2)));
            body.say_with(ctx, &lead, &words, theme::caution());
        }
    }
    for line in &proposal.left {
        let lead = label_above(body, ctx, "Has no field", LABEL);
        body.say_with(ctx, &lead, line, theme::dim());
    }
    body.blank();
    body.line(Line::from(vec![
        Span::styled(format!("  {}", ctx.key(&Action::Yes)), theme::key()),
        Span::raw(" fills them in   "),
        Span::styled(ctx.key(&Action::No), theme::key()),
        Span::raw(" drops the paste"),
    ]));
}

/// What stands before a value: its label, or where that leaves too little room, blanks, with the label on a line above.
fn label_above(body: &mut Body, ctx: &DrawContext, label: &str, columns: usize) -> String {
    if ctx.width >= columns * 2 {
        return format!("  {label:<columns$} ");
    }
    body.line(Span::styled(format!("  {label}"), theme::dim()));
    "      ".to_owned()
}
