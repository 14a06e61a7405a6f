//! Review: what to know, each answer with its step, what is missing, the word that creates the job.

use ratatui::text::{Line, Span};

use super::gone;
use crate::app::Wizard;
use crate::app::protocol::Slot;
use crate::form::address;
use crate::form::window;
use crate::select::Rule;
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};
use crate::wizard::Step;
use crate::wizard::desk::Desk;
use crate::wizard::rail;
use crate::wizard::review::{LISTED, Phase, Review, WORD, minutes, missing, warnings};
use crate::wording::{count, many};

/// How many rules of the selection are listed.
const RULES: usize = 50;

pub fn sheet(wizard: &Wizard, pen: &Pen) -> Sheet {
    let mut sheet = Sheet::default();
    let (desk, step) = (&wizard.desk, &wizard.steps.review);
    open_create(&mut sheet, pen, desk, step);
    let exists = over(&mut sheet, pen, desk);
    if !exists {
        for warning in warnings(desk) {
            sheet.say_with(pen, "~ ", &warning, theme::caution());
            sheet.mark();
        }
        provider(&mut sheet, pen, desk);
    }
    sheet.blank();
    for listed in LISTED {
        answer(&mut sheet, pen, desk, step.step_under_cursor() == Some(listed), listed);
    }
    if !exists {
        sheet.blank();
        word(&mut sheet, pen, desk, step);
    }
    if let Some(fault) = &step.fault {
        sheet.fault(pen, fault);
    }
    sheet
}

/// What is known of a job that was created; `false`, and nothing said, before.
fn over(sheet: &mut Sheet, pen: &Pen, desk: &Desk) -> bool {
    if gone::lines(sheet, pen, desk) {
        sheet.say_with(pen, "  ", "c makes a new draft from these answers.", theme::key());
        return true;
    }
    if desk.draft.has_job() {
        let name = desk.draft.job_address().map_or("", |job| job.name.as_str());
        let words = format!("The job {name} exists. Its selection cannot be changed any more.");
        sheet.say_with(pen, &format!("{} ", pen.signs.done), &words, theme::good());
    }
    desk.draft.has_job()
}

/// A create request without an answer, for as long as it may still take effect.
fn open_create(sheet: &mut Sheet, pen: &Pen, desk: &Desk, step: &Review) {
    let Some(open) = desk.draft.open_create().filter(|_| step.phase != Phase::Creating) else { return };
    let name = &open.job.name;
    let words = match open.arrives_until().filter(|until| *until > desk.now) {
        Some(until) => format!(
            "The job {name} may exist: its request can arrive until {} ({} left). Create looks first, and creates it only if it is not there. Until then its answers stay as they are.",
            text::clock(until),
            minutes(desk.now, until)
        ),
        None => format!("The job {name} may exist. Its answers stay as they are until it was looked for."),
    };
    sheet.say_with(pen, "? ", &words, theme::caution());
    if step.fault.is_none() && !desk.requests.is_busy(Slot::Create) {
        sheet.line(Line::from(vec![Span::raw("  "), Span::styled("Ctrl-T", theme::key()), Span::raw(" looks now")]));
    }
    sheet.blank();
}

fn answer(sheet: &mut Sheet, pen: &Pen, desk: &Desk, selected: bool, step: Step) {
    let mark = rail::mark(desk, step);
    let head = vec![
        Span::styled(format!("{} ", pen.signs.mark(mark)), theme::mark(mark)),
        Span::styled(text::fit(step.name(), 15, pen.signs.cut), theme::dim()),
    ];
    let mut details = details(desk, step);
    let progress = rail::progress(desk, step);
    if let Some(why) = progress.needs.or(progress.stale) {
        details.insert(0, why);
    }
    let room = pen.width.saturating_sub(20);
    let mut lines = details.iter().flat_map(|line| text::wrap(&text::clean(line), room));
    let mut spans = head;
    spans.push(Span::raw(lines.next().unwrap_or_default()));
    sheet.row(pen, selected, spans);
    for line in lines {
        sheet.line(Line::from(vec![Span::raw(" ".repeat(19)), Span::raw(line)]));
    }
}

/// The whole answer, not only its summary (W30, W39).
fn details(desk: &Desk, step: Step) -> Vec<String> {
    let draft = &desk.draft;
    match step {
        Step::Account => {
            let chosen = draft.account.as_ref().map(|chosen| &chosen.account);
            chosen.map(|account| format!("{} ({})", account.name, account.location)).into_iter().collect()
        }
        Step::Blobs => rules(&draft.selection.rules),
        Step::Address => {
            let a = address::sent(&draft.address.address);
            let parts = [&a.recipient, &a.street1, &a.street2, &a.city, &a.state, &a.postal_code, &a.country];
            let place = parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
            let contact =
                [("phone", &a.phone), ("e-mail", &a.email)].into_iter().filter(|(_, value)| !value.is_empty());
            let contact = contact.map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ");
            let carrier = &draft.address.shipping;
            let carrier = if carrier.carrier.trim().is_empty() {
                String::new()
            } else {
                format!("{}, account {}", carrier.carrier, carrier.account_number)
            };
            vec![place, contact, carrier]
        }
        Step::Options => {
            let o = &draft.options;
            if o.name.trim().is_empty() {
                return Vec::new();
            }
            let manifests = if o.backup_manifest { "manifests copied" } else { "manifests not copied" };
            let tags = Some(o.tags.trim()).filter(|tags| !tags.is_empty()).map(|tags| format!("tags {tags}"));
            let said = [
                format!("{} in {}", o.name, o.resource_group),
                format!("logs {} in {}, {manifests}", o.log_level.as_str(), o.diagnostics_path),
            ];
            said.into_iter().chain(tags).collect()
        }
        _ => vec![rail::progress(desk, step).summary],
    }
}

/// The first rules, and how many more there are: a list can have thousands.
fn rules(all: &[Rule]) -> Vec<String> {
    let more = all.len().saturating_sub(RULES);
    let rest = (more > 0).then(|| format!("and {} more; p on the Blobs step lists all", count(more as u64)));
    all.iter().take(RULES).map(rule).chain(rest).collect()
}

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Prefix(text) if text == "/" => "everything in the account".to_owned(),
        Rule::Prefix(text) => format!("everything under {text}"),
        Rule::Blob { path, snapshots: true } => format!("{path} with its snapshots"),
        Rule::Blob { path, snapshots: false } => format!("{path} without snapshots"),
        Rule::Snapshot { path, time } => format!("{path}, snapshot {time}"),
    }
}

fn provider(sheet: &mut Sheet, pen: &Pen, desk: &Desk) {
    match &desk.catalogue.provider {
        None => sheet.busy(pen, Slot::Provider, "Asking whether the service takes jobs"),
        Some((_, provider)) if provider.api_versions.is_empty() => {
            let words = "This subscription lists no API version for Import/Export jobs: the service may refuse them. Ask Microsoft before you buy drives.";
            sheet.say_with(pen, "! ", words, theme::alarm());
        }
        Some((_, provider)) if !provider.is_registered() => {
            let words = format!(
                "Microsoft.ImportExport is {} in this subscription. Ctrl-G registers it.",
                provider.registration
            );
            sheet.say_with(pen, "! ", &words, theme::alarm());
        }
        Some(_) => {}
    }
}

fn word(sheet: &mut Sheet, pen: &Pen, desk: &Desk, step: &Review) {
    let waits = missing(desk).len();
    if waits > 0 {
        let words = format!(
            "{waits} {} you before the job can be created.",
            if waits == 1 { "answer needs" } else { "answers need" }
        );
        sheet.say_with(pen, "! ", &words, theme::caution());
    }
    field(sheet, pen, desk, step);
    let doing = match step.phase {
        Phase::Idle if !desk.requests.is_busy(Slot::Create) => return,
        Phase::Idle => "Looking whether the job exists",
        Phase::Looking => "Looking for a job of this draft",
        Phase::Uploading => "Uploading the blob list",
        Phase::Creating => "Creating the job",
    };
    sheet.busy(pen, Slot::Create, doing);
}

/// The field for the word, or what is to be read before there is one.
fn field(sheet: &mut Sheet, pen: &Pen, desk: &Desk, step: &Review) {
    let unread = step.unread(desk);
    if unread > 0 {
        let words = format!("{} to read before the job can be created.", many(unread as u64, "more warning"));
        return sheet.say_with(pen, "! ", &words, theme::caution());
    }
    let sign = if step.is_on_word() { pen.signs.cursor } else { " " };
    let label = format!("{sign} Type {WORD} to create the job: ");
    let focused = pen.focused && step.is_on_word();
    let style = if focused { theme::focused() } else { theme::key() };
    let value = text::clean(step.word.value());
    let before = step.word.value().get(..step.word.cursor()).map_or(0, |before| text::clean(before).len());
    let columns = pen.width.saturating_sub(text::width(&label)).clamp(1, WORD.len() + 6);
    let view = window(&value, before, columns);
    sheet.line(Line::from(vec![Span::raw(label.clone()), Span::styled(text::fit(&view.text, columns, ""), style)]));
    sheet.stop();
    if step.is_on_word() {
        sheet.focus_here(text::width(&label) + view.cursor);
    }
}
