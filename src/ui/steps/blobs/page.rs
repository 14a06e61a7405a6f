//! The blobs step: summary and path, then the rows of the tree or the page over them, with details beside or below.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Wizard;
use crate::azure::model::Access;
use crate::form::Field;
use crate::protocol::action::Action;
use crate::protocol::hit::{HitTarget, TreePart};
use crate::protocol::keymap::Context;
use crate::protocol::message::Slot;
use crate::protocol::step::Step;
use crate::tree::{Row, RowItem};
use crate::ui::body::{Body, DrawContext};
use crate::ui::steps::blobs::{details, foreign, over, row, side};
use crate::ui::steps::fields::typed_line;
use crate::ui::{text, theme};
use crate::wizard::rail;
use crate::wizard::steps::blobs::layout::{self, BodyAreas};
use crate::wizard::steps::blobs::{BlobsMode, BlobsStep, summary};
use crate::wizard::steps::drives::{self, SelectionAmount};

pub(crate) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let step = &wizard.steps.blobs;
    if wizard.shared.is_ordered() {
        return over::fixed(wizard, ctx);
    }
    if let Some(foreign) = step.foreign(&wizard.shared) {
        return foreign::page(wizard, ctx, &foreign);
    }
    if !step.has_begun() {
        return waiting(wizard, ctx);
    }
    let room = layout::divide(ctx.width, ctx.height, step.shows_details());
    let mut body = Body::default();
    if matches!(step.mode, BlobsMode::Details) {
        details::page(&mut body, wizard, ctx);
        return body;
    }
    if room.head > 1 {
        body.line(selection(wizard, ctx));
    }
    match &step.mode {
        BlobsMode::Rows | BlobsMode::Details | BlobsMode::Filter(_) => tree(&mut body, wizard, ctx, room),
        BlobsMode::Rules { row, marks } => {
            over::rules(&mut body, ctx, (step, wizard.shared.draft.service()), *row, marks);
        }
        BlobsMode::Found(found) => over::found(&mut body, ctx, step, found),
        BlobsMode::Typing(input) => over::input(&mut body, ctx, input),
    }
    body
}

/// What the signs before a row mean, for the help page.
pub(crate) const SIGNS: [(&str, &str); 7] = [
    ("[x]", "Checked, with all that is below it"),
    ("[+]", "Checked by a rule further up"),
    ("[-]", "Some of what is below it is checked"),
    ("[o]", "The blob is checked without its snapshots; Azure Data Box cannot be told so"),
    ("[ ]", "Not checked"),
    ("!", "Not exported as it is; the details say why"),
    ("no box", "No export takes it: an older version, a deleted blob"),
];

/// The tree cannot begin before the account was read.
fn waiting(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let shared = &wizard.shared;
    let rules = &shared.draft.selection.rules;
    if !rules.is_empty() {
        body.say(ctx, &summary::long(shared, ctx.glyphs.dot, usize::MAX), theme::dim());
    }
    if let Some(given) = shared.direct_account() {
        body.busy(ctx, Slot::Given, &format!("Opening the account {}", text::clean(&given.name)));
        if let Some(fault) = &wizard.steps.blobs.unopened {
            body.fault(ctx, fault);
        }
    } else if shared.session.is_none() {
        body.busy(ctx, Slot::SignIn, "Signing in");
        if !shared.requests.is_busy(Slot::SignIn) {
            let words = format!(
                "Not signed in. {} leads to the sign-in; what is checked is kept.",
                ctx.key(&Action::Goto(Step::SignIn))
            );
            body.say_with(ctx, "! ", &words, theme::caution());
        }
    } else if shared.requests.is_busy(Slot::Account) {
        body.busy(ctx, Slot::Account, "Reading the storage account");
    } else if let Some((_, fault)) = &wizard.steps.account.fault {
        body.fault(ctx, fault);
    } else {
        let words = format!("The storage account has not been read yet. {} reads it.", ctx.key(&Action::Retry));
        body.say(ctx, &words, theme::caution());
    }
    body
}

/// One line: what is selected, or what happens to it.
fn selection(wizard: &Wizard, ctx: &DrawContext) -> Line<'static> {
    let shared = &wizard.shared;
    let (words, style) = if let Some(words) = unchecking(wizard, ctx) {
        (words, theme::caution())
    } else if let Some(why) = rail::progress(shared, Step::Blobs).stale {
        (format!("~ {why}: {}", summary::long(shared, ctx.glyphs.dot, ctx.width)), theme::caution())
    } else if let Some(amount) = drives::amount(shared, &wizard.steps.drives) {
        (amount_words(&amount, ctx), if amount.warning { theme::caution() } else { Style::new() })
    } else {
        (summary::long(shared, ctx.glyphs.dot, ctx.width), Style::new())
    };
    let words = text::cut_end(&text::clean(&words), ctx.width, ctx.glyphs.cut);
    // What is selected comes first; which credential reads it is in the account's details as well.
    let right = shared.access().map(|access| access_words(access, ctx.width)).unwrap_or_default();
    let fits = text::width(&words) + 2 + text::width(right) <= ctx.width;
    let right = if fits { right } else { "" };
    let gap = " ".repeat(ctx.width.saturating_sub(text::width(&words) + text::width(right)));
    Line::from(vec![Span::styled(words, style), Span::raw(gap), Span::styled(right, theme::dim())])
}

/// As many parts of an amount as fit, the first ones first.
fn amount_words(amount: &SelectionAmount, ctx: &DrawContext) -> String {
    let dot = format!(" {} ", ctx.glyphs.dot);
    let all = |parts: usize| amount.parts.iter().take(parts).map(String::as_str).collect::<Vec<_>>().join(&dot);
    let fitting = (1..=amount.parts.len()).rev().map(all).find(|words| text::width(words) <= ctx.width);
    fitting.unwrap_or_else(|| all(1))
}

/// What happens to the row that is being unchecked, once that takes long enough to be said.
fn unchecking(wizard: &Wizard, ctx: &DrawContext) -> Option<String> {
    let step = &wizard.steps.blobs;
    let target = &step.pending_uncheck()?.target;
    let doing = if let Some(count) = step.siblings_so_far() {
        format!("{} siblings listed", text::count(count as u64))
    } else {
        ctx.requests.spinner(Slot::Uncheck, ctx.now)?;
        "finding the rules for the rest".to_owned()
    };
    let tail = format!(": {doing}{}", ctx.glyphs.cut);
    let room = ctx.width.saturating_sub(text::width(&tail) + 11);
    Some(format!("Unchecking {}{tail}", text::cut_middle(&text::clean(&target.text()), room, ctx.glyphs.cut)))
}

/// The credential that reads the blobs, in as many words as fit. The details of the account say more.
fn access_words(access: Access, width: usize) -> &'static str {
    match (access, width >= 60) {
        (Access::EntraToken, true) => "read with your sign-in",
        (Access::EntraToken, false) => "signed in",
        (Access::AccountKey, true) => "read with the account key",
        (Access::AccountKey, false) => "account key",
        (Access::Sas, true) => "read with the SAS given",
        (Access::Sas, false) => "SAS",
        (Access::KeyGiven, true) => "read with the key given",
        (Access::KeyGiven, false) => "given key",
    }
}

fn tree(body: &mut Body, wizard: &Wizard, ctx: &DrawContext, room: BodyAreas) {
    let step = &wizard.steps.blobs;
    let mut field_cursor = None;
    if room.head > 0 {
        if let BlobsMode::Filter(field) = &step.mode {
            let column = filter(body, step, field, ctx);
            field_cursor = Some(column);
            body.focus_here(column);
        } else {
            let line = path(step, ctx);
            if let Some(key) = ctx.keys.key_in(Context::Tree, &Action::Filter).filter(|_| step.tree.filter().is_some())
            {
                // The kept filter, at the right edge: a click goes on typing it.
                let from = line.spans.last().map_or(0, |kept| ctx.width.saturating_sub(kept.width()));
                body.hit(from..ctx.width, HitTarget::Press(key));
            }
            body.line(line);
        }
    }
    let (top, height) = (step.tree.extent().1, room.rows);
    let cursor = step.tree.rows().iter().position(|row| row.cursor).unwrap_or(0);
    // The rules keep the window as high as the screen has it; should they differ, the cursor is still in view.
    let top = top + (cursor + 1).saturating_sub(height.max(1));
    let left = ctx.sized(layout::tree_columns(room), room.rows);
    let beside = if room.beside > 0 { side::lines(wizard, &ctx.sized(room.beside - 2, room.rows)) } else { Vec::new() };
    let rows = step.tree.rows_at(top, height);
    for index in 0..height {
        let row = rows.get(index);
        let mut line = row.map_or_else(Line::default, |row| {
            row::line(wizard, &left, row, more(ctx, index, top, height, step.tree.extent().0))
        });
        if room.beside > 0 {
            line.push_span(Span::raw(" ".repeat(room.columns.saturating_sub(line.width()))));
            line.push_span(Span::styled(format!("{} ", ctx.glyphs.wall), theme::dim()));
            line.spans.extend(beside.get(index).cloned().unwrap_or_default().spans);
        }
        if let Some(row) = row.filter(|_| matches!(step.mode, BlobsMode::Rows)) {
            hit(body, &left, index, row);
        }
        body.line(line);
        if field_cursor.is_none() && row.is_some_and(|row| row.cursor) {
            body.focus_here(0);
        }
    }
    for line in details::fitting(wizard, &ctx.sized(ctx.width, room.below)) {
        body.line(line);
    }
}

/// What a click on a row of the tree is for: its sign, its check box, the rest of it.
fn hit(body: &mut Body, ctx: &DrawContext, row: usize, drawn: &Row<'_>) {
    body.hit(0..ctx.width, HitTarget::Tree { row, part: TreePart::Name });
    if matches!(drawn.item, RowItem::Node { .. }) {
        let sign = layout::indented(ctx.width, drawn.depth) + 1;
        body.hit(sign..sign + 2, HitTarget::Tree { row, part: TreePart::Sign });
        body.hit(sign + 2..sign + 5, HitTarget::Tree { row, part: TreePart::Box });
    }
}

/// The sign on a line of the window that there are rows above the first or below the last one.
fn more(ctx: &DrawContext, index: usize, top: usize, height: usize, rows: usize) -> &'static str {
    if index == 0 && top > 0 {
        ctx.glyphs.above
    } else if index + 1 == height && top + height < rows {
        ctx.glyphs.below
    } else {
        ""
    }
}

/// The path from the account down to the cursor, cut in its middle.
fn path(step: &BlobsStep, ctx: &DrawContext) -> Line<'static> {
    let mut right = String::new();
    if let Some(filter) = step.tree.filter() {
        right = filtered(&text::clean(filter.text), &counted(filter.matches, filter.among), ctx);
    } else if step.tree.sort() != crate::tree::Sort::default() {
        right = format!("  by {}", sort_word(step));
    }
    if step.typed_count() > 0 {
        right = format!("  {}", step.typed_count());
    }
    let right = text::cut_end(&right, ctx.width * 2 / 3, ctx.glyphs.cut);
    let crumbs = step.tree.breadcrumb();
    let parts: Vec<String> = crumbs.iter().map(|(_, name)| text::clean(name.trim_end_matches('/'))).collect();
    let room = ctx.width.saturating_sub(text::width(&right));
    let words = text::cut_middle(&parts.join(&format!(" {} ", ctx.glyphs.cursor)), room, ctx.glyphs.cut);
    let gap = " ".repeat(room.saturating_sub(text::width(&words)));
    Line::from(vec![Span::styled(words, theme::dim()), Span::raw(gap), Span::styled(right, theme::caution())])
}

/// The kept filter beside the path: what it finds is never cut, its text is.
fn filtered(text: &str, found: &str, ctx: &DrawContext) -> String {
    /// Fewer letters of it say nothing.
    const LEAST: usize = 4;
    let room = (ctx.width * 2 / 3).saturating_sub(text::width("  filter : ") + text::width(found));
    if room >= LEAST.min(text::width(text)) {
        format!("  filter {}: {found}", text::cut_end(text, room, ctx.glyphs.cut))
    } else {
        format!("  {found}")
    }
}

fn sort_word(step: &BlobsStep) -> &'static str {
    match step.tree.sort().by {
        crate::tree::SortBy::Name => "name",
        crate::tree::SortBy::Size => "size",
        crate::tree::SortBy::Time => "date",
    }
}

/// `12 in 2,000 loaded rows`.
fn counted(matches: usize, among: usize) -> String {
    format!("{} in {} loaded rows", text::count(matches as u64), text::count(among as u64))
}

/// The filter's field, and what it finds; the column of the cursor.
fn filter(body: &mut Body, step: &BlobsStep, field: &Field, ctx: &DrawContext) -> usize {
    let found = step.tree.filter().map_or_else(String::new, |filter| counted(filter.matches, filter.among));
    // The key stands in the hint line as well.
    let tail = format!("  {found} {} {} asks the server", ctx.glyphs.dot, ctx.key(&Action::FilterOnServer));
    let tail = if text::width(&tail) + 8 + ctx.width / 3 <= ctx.width { tail } else { format!("  {found}") };
    let room = ctx.width.saturating_sub(8 + text::width(&tail)).max(ctx.width / 3);
    let left = ctx.width.saturating_sub(8 + room);
    let found = Span::styled(text::cut_end(&tail, left, ctx.glyphs.cut), theme::dim());
    typed_line(body, ctx, ("Filter: ", field, room), Some(found))
}
