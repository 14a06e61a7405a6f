//! Review: what to know, each answer with its step, what is missing, the word that creates the job.

use ratatui::text::{Line, Span};

use super::{gone, request, review_estimate};
use crate::app::Wizard;
use crate::azure::model::{EncryptionKey, Offer, ServiceName};
use crate::draft::JobAnswers;
use crate::form::address;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::Slot;
use crate::protocol::step::Step;
use crate::select::Rule;
use crate::ui::body::{Body, DrawContext};
use crate::ui::steps::{labelled, typed_line};
use crate::ui::{text, theme};
use crate::wizard::rail::{self, missing};
use crate::wizard::service;
use crate::wizard::shared::Shared;
use crate::wizard::steps::review::{CreatePhase, ReviewStep, WORD, warnings};
use crate::wording::{count, many, minutes_until};

/// How many rules of the selection are listed.
const RULES: usize = 50;
/// Columns before an answer: cursor, number, mark and name of its step.
const INDENT: usize = 21;

pub(super) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let (shared, step) = (&wizard.shared, &wizard.steps.review);
    if let Some(page) = &step.request {
        return request::body(page, ctx);
    }
    open_create(&mut body, ctx, shared, step);
    let exists = over(&mut body, ctx, shared);
    if !exists {
        for warning in warnings(shared) {
            body.say_with(ctx, "~ ", &warning, theme::caution());
            body.mark();
        }
        takes(&mut body, ctx, wizard);
    }
    body.blank();
    for &listed in Step::ANSWERS {
        answer(&mut body, ctx, shared, step.step_under_cursor() == Some(listed), listed);
    }
    if !exists {
        review_estimate::lines(&mut body, ctx, shared);
        body.blank();
        word(&mut body, ctx, shared, step);
    }
    if let Some(fault) = &step.fault {
        body.fault(ctx, fault);
    }
    body
}

/// What is known of a job that was created; `false`, and nothing said, before.
fn over(body: &mut Body, ctx: &DrawContext, shared: &Shared) -> bool {
    if gone::lines(body, ctx, shared) {
        let copy = ctx.key_in(Context::Gone, &Action::CopyDraft);
        body.say_with(ctx, "  ", &format!("{copy} makes a new draft from these answers."), theme::key());
        return true;
    }
    if shared.draft.has_job() {
        let name = shared.draft.job_address().map_or("", |job| job.name.as_str());
        let words = format!("The job {name} exists. Its selection cannot be changed any more.");
        body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &words, theme::good());
    }
    shared.draft.has_job()
}

/// A create request without an answer, for as long as it may still take effect.
fn open_create(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &ReviewStep) {
    let Some(open) = shared.draft.open_create().filter(|_| step.phase != CreatePhase::Creating) else { return };
    let name = &open.job.name;
    let words = match open.arrives_until().filter(|until| *until > shared.now) {
        Some(until) => format!(
            "The job {name} may exist: its request can arrive until {} ({} left). Create looks first, and creates it only if it is not there. Until then its answers stay as they are.",
            text::clock(until),
            minutes_until(shared.now, until)
        ),
        None => format!("The job {name} may exist. Its answers stay as they are until it was looked for."),
    };
    body.say_with(ctx, "? ", &words, theme::caution());
    if step.fault.is_none() && !shared.requests.is_busy(Slot::Create) {
        body.key_line(ctx, "  ", &Action::Retry, " looks now");
    }
    body.blank();
}

fn answer(body: &mut Body, ctx: &DrawContext, shared: &Shared, selected: bool, step: Step) {
    let progress = rail::progress(shared, step);
    let mark = rail::mark_with(shared, step, &progress);
    let head = vec![
        Span::styled(format!("{} ", step.index() + 1), theme::key()),
        Span::styled(format!("{} ", ctx.glyphs.mark(mark)), theme::mark(mark)),
        Span::styled(text::fit(step.name(), if ctx.glyphs.read_out { 17 } else { 15 }, ctx.glyphs.cut), theme::dim()),
    ];
    let mut details = details(shared, step);
    if let Some(why) = progress.needs.or(progress.stale) {
        details.insert(0, why);
    }
    let room = ctx.width.saturating_sub(INDENT + 1);
    let mut lines = details.iter().flat_map(|line| text::wrap(&text::clean(line), room));
    let mut spans = head;
    spans.push(Span::raw(lines.next().unwrap_or_default()));
    body.row(ctx, selected, spans);
    for line in lines {
        body.line(Line::from(vec![Span::raw(" ".repeat(INDENT)), Span::raw(line)]));
    }
}

/// The whole answer, not only its summary (W30, W39).
fn details(shared: &Shared, step: Step) -> Vec<String> {
    let draft = &shared.draft;
    match step {
        Step::Account => {
            let chosen = draft.account.as_ref().map(|chosen| &chosen.account);
            chosen.map(|account| format!("{} ({})", account.name, account.location)).into_iter().collect()
        }
        Step::Blobs => rules(shared),
        Step::Address => {
            let a = address::sent(&draft.address.address, draft.service());
            let recipient = a.recipient();
            let street = [&a.street1, &a.street2, &a.street3];
            let parts = [&recipient].into_iter().chain(street).chain([&a.city, &a.state, &a.postal_code, &a.country]);
            let place = parts.filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
            let emails = a.emails.join(", ");
            let lines = [("phone", &a.phone), ("e-mail", &emails), ("tax number", &a.tax_number)];
            let contact = lines.into_iter().filter(|(_, value)| !value.is_empty());
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
                format!("logs {} in {}, {manifests}", o.log_level.as_str(), service::log_container(shared)),
            ];
            said.into_iter().chain(vault_key(o, draft.service())).chain(tags).collect()
        }
        _ => vec![rail::progress(shared, step).summary],
    }
}

/// A key of the customer with its vault and its identity, where the service gets one.
fn vault_key(options: &JobAnswers, service: ServiceName) -> Vec<String> {
    match options.encryption.chosen() {
        EncryptionKey::CustomerManaged(key) if service.takes_vault_key() => vec![
            format!("BitLocker keys under the key {}", key.url),
            format!("key vault {}", key.vault),
            format!("key identity {}", key.user_assigned()),
        ],
        EncryptionKey::CustomerManaged(_) | EncryptionKey::MicrosoftManaged => Vec::new(),
    }
}

/// The first rules, and how many more there are: a list can have thousands.
fn rules(shared: &Shared) -> Vec<String> {
    let (all, service) = (&shared.draft.selection.rules, shared.draft.service());
    let more = all.len().saturating_sub(RULES);
    let rest = (more > 0).then(|| {
        let panel = shared.keys.name_in(Context::Tree, &Action::Panel);
        format!("and {} more, listed on the Blobs step ({panel})", count(more as u64))
    });
    all.iter().take(RULES).map(|one| rule(one, service)).chain(rest).collect()
}

fn rule(rule: &Rule, service: ServiceName) -> String {
    match rule {
        Rule::Blob { path, snapshots: true } if !service.selects_snapshots() => path.clone(),
        Rule::Blob { path, snapshots: false } if !service.selects_snapshots() => {
            format!("{path} (that it goes without snapshots cannot be said)")
        }
        Rule::Snapshot { path, time } if !service.selects_snapshots() => {
            format!("{path}, the whole blob (snapshot {time} alone cannot be said)")
        }
        Rule::Prefix(text) if text == "/" => "everything in the account".to_owned(),
        Rule::Prefix(text) => format!("everything under {text}"),
        Rule::Blob { path, snapshots: true } => format!("{path} with its snapshots"),
        Rule::Blob { path, snapshots: false } => format!("{path} without snapshots"),
        Rule::Snapshot { path, time } => format!("{path}, snapshot {time}"),
    }
}

/// Whether the service takes the job, as far as that is a reason not to create it.
fn takes(body: &mut Body, ctx: &DrawContext, wizard: &Wizard) {
    let shared = &wizard.shared;
    let title = shared.draft.service().title();
    if shared.requests.is_busy(Slot::Provider) {
        return body.busy(ctx, Slot::Provider, "Registering the subscription");
    }
    if shared.requests.is_busy(Slot::Services) {
        return body.busy(ctx, Slot::Services, "Asking whether the service takes jobs");
    }
    if service::is_unasked(shared) {
        let why = wizard.steps.account.fault.as_ref().map(|(_, fault)| fault.sentence()).unwrap_or_default();
        let words = format!("Whether {title} takes the job is not known. {why}");
        body.say_with(ctx, "? ", words.trim(), theme::caution());
        body.key_line(ctx, "  ", &Action::Retry, " asks again");
        return;
    }
    match service::offer(shared, shared.draft.service()).map(|offer| &offer.offer) {
        Some(Offer::NotRegistered) => {
            let words =
                format!("The subscription is not registered for {title}. {} registers it.", ctx.key(&Action::Register));
            body.say_with(ctx, "! ", &words, theme::alarm());
        }
        Some(Offer::NotOffered(why)) => {
            let words = format!("{title} does not take this job: {why}. Ask Microsoft before you buy drives.");
            body.say_with(ctx, "! ", &words, theme::alarm());
        }
        Some(Offer::Unknown(why)) => {
            let words = format!("Whether {title} takes the job is not known: {why}.");
            body.say_with(ctx, "~ ", &words, theme::caution());
        }
        Some(Offer::Offered) | None => {}
    }
}

fn word(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &ReviewStep) {
    let waits = missing(shared).len();
    if waits > 0 {
        let words = format!(
            "{waits} {} you before the job can be created.",
            if waits == 1 { "answer needs" } else { "answers need" }
        );
        body.say_with(ctx, "! ", &words, theme::caution());
    }
    field(body, ctx, shared, step);
    let doing = match step.phase {
        CreatePhase::Idle if !shared.requests.is_busy(Slot::Create) => return,
        CreatePhase::Idle => "Looking whether the job exists",
        CreatePhase::Looking => "Looking for a job of this draft",
        CreatePhase::Uploading => "Uploading the blob list",
        CreatePhase::Checking => "Having the service check the job",
        CreatePhase::Creating => "Creating the job",
    };
    body.busy(ctx, Slot::Create, doing);
}

/// The field for the word, or what is to be read before there is one.
fn field(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &ReviewStep) {
    let unread = step.unread(shared);
    if unread > 0 {
        let words = format!("{} to read before the job can be created.", many(unread as u64, "more warning"));
        return body.say_with(ctx, "! ", &words, theme::caution());
    }
    let sign = if step.is_on_word() { ctx.glyphs.cursor } else { " " };
    let label = format!("{sign} Type {WORD} to create the job: ");
    let focused = ctx.focused && step.is_on_word();
    let ctx = &DrawContext { focused, ..*ctx };
    let columns = ctx.width.saturating_sub(text::width(&label)).clamp(1, WORD.len() + 6);
    body.field_row(step.is_on_word());
    if step.is_on_word() {
        let column = typed_line(body, ctx, (&label, &step.word, columns), None);
        body.focus_here(column);
    } else {
        body.line(Line::from(labelled(&label, &step.word, columns, ctx).0));
    }
    body.stop();
}
