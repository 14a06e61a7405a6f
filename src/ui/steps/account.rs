//! Subscription and storage account: two lists one above the other, the verdict on the account under the cursor below.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::Wizard;
use crate::azure::model::{StorageAccount, Subscription, SubscriptionUse};
use crate::protocol::action::Action;
use crate::protocol::message::Slot;
use crate::protocol::step::Step;
use crate::ui::body::{Body, DrawContext};
use crate::ui::steps::account_rights;
use crate::ui::steps::fields::typed_line;
use crate::ui::{text, theme};
use crate::wizard::service;
use crate::wizard::shared::Shared;
use crate::wizard::steps::account::{AccountFilter, Verdict, in_short, reading, verdict, why_frozen};
use crate::wording::many;

/// Columns of the longest name a storage account can have.
const NAME: usize = 24;

pub(super) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let (shared, step) = (&wizard.shared, &wizard.steps.account);
    if let Some((_, fault)) = &step.fault {
        body.fault(ctx, fault);
        body.blank();
    }
    if let Some(why) = why_frozen(shared) {
        if shared.draft.has_job() {
            body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &why, theme::good());
        } else {
            body.say_with(ctx, "? ", &why, theme::caution());
        }
        body.blank();
    }
    if let Some(filter) = &step.filter {
        filtered(&mut body, wizard, ctx, filter);
        return body;
    }
    body.line(Span::styled("Subscription", theme::dim()));
    match &shared.catalogue.subscriptions {
        None if shared.session.is_none() && shared.direct_account().is_some() => {
            let given = shared.direct_account().map_or("", |given| given.name.as_str());
            let words = shared.direct_access_words().unwrap_or_default();
            let why = format!(
                "Its blobs can be picked as it is; to create a job, sign in ({}) and choose it here. \
                 `blobfreight select` saves the list of what is checked.",
                ctx.key(&Action::Goto(Step::SignIn))
            );
            body.say(ctx, &format!("{}: {words}. {why}", text::clean(given)), theme::good());
        }
        None if shared.session.is_none() => body.say(ctx, "Signing in first.", theme::dim()),
        None => body.busy(ctx, Slot::Subscriptions, "Reading the subscriptions"),
        Some(list) if list.is_empty() => {
            body.say(
                ctx,
                "None: this sign-in sees no subscription. The role Reader on one shows it.",
                theme::caution(),
            );
        }
        Some(list) => {
            for (row, one) in list.iter().enumerate() {
                subscription(&mut body, ctx, step.on_subscriptions, row == step.subscription, one);
                body.current_row(row == step.subscription);
            }
        }
    }
    body.blank();
    body.line(Span::styled("Storage account", theme::dim()));
    body.next_list();
    match step.current(shared).zip(step.accounts(shared)) {
        None if shared.catalogue.subscriptions.is_none() => body.blank(),
        None => body.busy(ctx, Slot::Accounts, "Reading the storage accounts"),
        Some((_, [])) => body.say(ctx, "None in this subscription.", theme::caution()),
        Some((within, list)) => {
            let chosen = shared.account_id();
            for (row, one) in list.iter().enumerate() {
                let selected = !step.on_subscriptions && row == step.account;
                account(&mut body, ctx, selected, chosen == Some(&one.id), (within, one), "");
                body.current_row(row == step.account);
                if selected {
                    judgement(&mut body, ctx, within, one);
                    account_rights::lines(&mut body, ctx, shared, one, false);
                }
                if chosen == Some(&one.id) {
                    taker(&mut body, ctx, shared);
                }
            }
        }
    }
    body
}

/// The accounts of all subscriptions that fit what is typed.
fn filtered(body: &mut Body, wizard: &Wizard, ctx: &DrawContext, filter: &AccountFilter) {
    let shared = &wizard.shared;
    let column = typed_line(body, ctx, ("Filter: ", &filter.field, ctx.width.saturating_sub(8)), None);
    body.focus_here(column);
    let hits = filter.hits(shared);
    let (read, all, failed) = reading(shared);
    let far = if read == all {
        format!("all {}", many(all as u64, "subscription"))
    } else {
        format!("{read} of {} so far", many(all as u64, "subscription"))
    };
    let failed = if failed == 0 { String::new() } else { format!(", {failed} could not be read") };
    let found =
        if hits.is_empty() && read == all { "no account fits".to_owned() } else { many(hits.len() as u64, "account") };
    body.say(ctx, &format!("{found} in {far}{failed}"), theme::dim());
    let height = ctx.height.saturating_sub(body.len()).max(2);
    // The account under the cursor has lines below it.
    let top = (filter.row + 1).saturating_sub((height / 2).max(1));
    for (index, hit) in hits.iter().enumerate().skip(top).take(height) {
        let selected = index == filter.row;
        let chosen = shared.account_id() == Some(&hit.account.id);
        account(body, ctx, false, chosen, (hit.subscription, hit.account), &hit.subscription.name);
        if selected {
            body.cursor_on_last(ctx);
            let place = format!("{} in {}", hit.account.location, hit.subscription.name);
            body.say_with(ctx, "    ", &place, theme::dim());
            judgement(body, ctx, hit.subscription, hit.account);
            account_rights::lines(body, ctx, shared, hit.account, true);
        }
    }
}

fn subscription(body: &mut Body, ctx: &DrawContext, focused: bool, current: bool, one: &Subscription) {
    let chosen = if current { "(*) " } else { "( ) " };
    let open = one.allows() == SubscriptionUse::Open;
    let state = if open { String::new() } else { format!("  {}", text::clean(&one.state)) };
    let room = ctx.width.saturating_sub(6 + text::width(&state));
    let whole = text::clean(&one.name);
    let name = text::cut_end(&whole, room, ctx.glyphs.cut);
    let cut = name != whole;
    let selected = focused && current;
    body.row(ctx, selected, vec![Span::raw(chosen), Span::raw(name), Span::styled(state, theme::caution())]);
    if selected && cut {
        body.whole_below(ctx, "      ", &whole);
    }
}

fn account(
    body: &mut Body,
    ctx: &DrawContext,
    selected: bool,
    chosen: bool,
    (subscription, one): (&Subscription, &StorageAccount),
    within: &str,
) {
    let (sign, style) = match verdict(subscription, one) {
        _ if chosen => (ctx.glyphs.done, theme::good()),
        Verdict::Fine => (" ", Style::new()),
        Verdict::Doubtful(_) => ("~", theme::caution()),
        Verdict::Blocked(_) => ("x", theme::alarm()),
    };
    let facts = [one.location.as_str(), &one.kind, &in_short(subscription, one), within];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>();
    let facts = text::clean(&facts.join(&format!(" {} ", ctx.glyphs.dot)));
    // The longest name an account can have stays whole; facts that do not fit beside it stand below the row under the cursor.
    let name = text::fit(&text::clean(&one.name), NAME.min(ctx.width.saturating_sub(5)), ctx.glyphs.cut);
    let tail = text::cut_end(&facts, ctx.width.saturating_sub(text::width(&name) + 6), ctx.glyphs.cut);
    let whole = tail == facts;
    body.row(
        ctx,
        selected,
        vec![
            Span::styled(format!("{sign} "), style),
            Span::raw(name),
            Span::raw("  "),
            Span::styled(tail, theme::dim()),
        ],
    );
    if selected && !whole {
        body.whole_below(ctx, "    ", &facts);
    }
}

/// Which service takes the job of the chosen account.
fn taker(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    if shared.requests.is_busy(Slot::Services) {
        body.busy(ctx, Slot::Services, "Finding out which service takes the job");
    } else if let Some(sentence) = service::sentence(shared) {
        let style = if service::obstacle(shared).is_some() { theme::alarm() } else { theme::dim() };
        body.say_with(ctx, "    ", &sentence, style);
    }
}

fn judgement(body: &mut Body, ctx: &DrawContext, subscription: &Subscription, one: &StorageAccount) {
    match verdict(subscription, one) {
        Verdict::Fine => {}
        Verdict::Doubtful(reasons) => {
            for why in reasons {
                body.say_with(ctx, "    ~ ", &why, theme::caution());
            }
        }
        Verdict::Blocked(why) => body.say_with(ctx, "    x ", &format!("Cannot be exported: {why}"), theme::alarm()),
    }
}
