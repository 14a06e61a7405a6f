//! Subscription and storage account: two lists one above the other, the verdict on the account under the cursor below.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::Wizard;
use crate::app::protocol::Slot;
use crate::azure::model::{StorageAccount, Subscription};
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};
use crate::wizard::account::{Verdict, frozen, verdict};

/// Columns of the longest name a storage account can have.
const NAME: usize = 24;

pub fn sheet(wizard: &Wizard, pen: &Pen) -> Sheet {
    let mut sheet = Sheet::default();
    let (desk, step) = (&wizard.desk, &wizard.steps.account);
    if let Some((_, fault)) = &step.fault {
        sheet.fault(pen, fault);
        sheet.blank();
    }
    if let Some(why) = frozen(desk) {
        if desk.draft.has_job() {
            sheet.say_with(pen, &format!("{} ", pen.signs.done), &why, theme::good());
        } else {
            sheet.say_with(pen, "? ", &why, theme::caution());
        }
        sheet.blank();
    }
    sheet.line(Span::styled("Subscription", theme::dim()));
    match &desk.catalogue.subscriptions {
        None if desk.session.is_none() && desk.given().is_some() => {
            let given = desk.given().map_or("", |given| given.name.as_str());
            let words = desk.by_key().unwrap_or_default();
            let why = "Its blobs can be picked as it is; to create a job, sign in (Alt-1) and choose it here. \
                       `blobfreight select` saves the list of what is checked.";
            sheet.say(pen, &format!("{}: {words}. {why}", text::clean(given)), theme::good());
        }
        None if desk.session.is_none() => sheet.say(pen, "Signing in first.", theme::dim()),
        None => sheet.busy(pen, Slot::Subscriptions, "Reading the subscriptions"),
        Some(list) if list.is_empty() => {
            sheet.say(
                pen,
                "None: this sign-in sees no subscription. The role Reader on one shows it.",
                theme::caution(),
            );
        }
        Some(list) => {
            for (row, one) in list.iter().enumerate() {
                subscription(&mut sheet, pen, step.on_subscriptions, row == step.subscription, one);
            }
        }
    }
    sheet.blank();
    sheet.line(Span::styled("Storage account", theme::dim()));
    match step.accounts(desk) {
        None if desk.catalogue.subscriptions.is_none() => sheet.blank(),
        None => sheet.busy(pen, Slot::Accounts, "Reading the storage accounts"),
        Some([]) => sheet.say(pen, "None in this subscription.", theme::caution()),
        Some(list) => {
            let chosen = desk.account_id();
            for (row, one) in list.iter().enumerate() {
                let selected = !step.on_subscriptions && row == step.account;
                account(&mut sheet, pen, selected, chosen == Some(&one.id), one);
                if selected {
                    judgement(&mut sheet, pen, one);
                }
            }
        }
    }
    sheet
}

fn subscription(sheet: &mut Sheet, pen: &Pen, focused: bool, current: bool, one: &Subscription) {
    let chosen = if current { "(*) " } else { "( ) " };
    let state = if one.accepts_new_resources() { String::new() } else { format!("  {}", text::clean(&one.state)) };
    let room = pen.width.saturating_sub(6 + text::width(&state));
    let whole = text::clean(&one.name);
    let name = text::cut_end(&whole, room, pen.signs.cut);
    let cut = name != whole;
    let selected = focused && current;
    sheet.row(pen, selected, vec![Span::raw(chosen), Span::raw(name), Span::styled(state, theme::caution())]);
    if selected && cut {
        sheet.say_with(pen, "      ", &whole, theme::dim());
    }
}

fn account(sheet: &mut Sheet, pen: &Pen, selected: bool, chosen: bool, one: &StorageAccount) {
    let (sign, style) = match verdict(one) {
        _ if chosen => (pen.signs.done, theme::good()),
        Verdict::Fine => (" ", Style::new()),
        Verdict::Doubtful(_) => ("~", theme::caution()),
        Verdict::Blocked(_) => ("x", theme::alarm()),
    };
    let facts = text::clean(&format!("{} {} {}", one.location, pen.signs.dot, one.kind));
    // The longest name an account can have stays whole; facts that do not fit beside it stand below the row under the cursor.
    let name = text::fit(&text::clean(&one.name), NAME.min(pen.width.saturating_sub(5)), pen.signs.cut);
    let tail = text::cut_end(&facts, pen.width.saturating_sub(text::width(&name) + 6), pen.signs.cut);
    let whole = tail == facts;
    sheet.row(
        pen,
        selected,
        vec![
            Span::styled(format!("{sign} "), style),
            Span::raw(name),
            Span::raw("  "),
            Span::styled(tail, theme::dim()),
        ],
    );
    if selected && !whole {
        sheet.say_with(pen, "    ", &facts, theme::dim());
    }
}

fn judgement(sheet: &mut Sheet, pen: &Pen, one: &StorageAccount) {
    match verdict(one) {
        Verdict::Fine => {}
        Verdict::Doubtful(reasons) => {
            for why in reasons {
                sheet.say_with(pen, "    ~ ", &why, theme::caution());
            }
        }
        Verdict::Blocked(why) => sheet.say_with(pen, "    x ", &format!("Cannot be exported: {why}"), theme::alarm()),
    }
}
