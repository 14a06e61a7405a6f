//! One row of the tree, exact to the column: indent, sign, check mark, name cut in its middle, tier and size.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::status;
use crate::app::Wizard;
use crate::azure::model::ServiceName;
use crate::select::{Check, Target};
use crate::tree::{NodeId, NodeKind, Row, RowItem};
use crate::ui::body::DrawContext;
use crate::ui::{text, theme};
use crate::wizard::steps::blobs::layout::{self, SIZE};
use crate::wizard::steps::blobs::{BlobsStep, largest_blob, obstacle};

/// Columns of a date.
const TIME: usize = 16;

/// The row as one line of at most `ctx.width` columns; the one under the cursor is reversed over all of them.
/// `more` is the sign that there are rows beyond this one; it stands in the indent, which no row beyond the first lacks.
pub(super) fn line(wizard: &Wizard, ctx: &DrawContext, row: &Row<'_>, more: &str) -> Line<'static> {
    let step = &wizard.steps.blobs;
    let lead = if row.cursor { ctx.glyphs.cursor } else { " " };
    let indent = layout::indented(ctx.width, row.depth);
    let mut spans = vec![Span::raw(lead.to_owned()), Span::styled(text::fit(more, indent, ""), theme::dim())];
    match &row.item {
        RowItem::Status(status) => {
            let room = ctx.width.saturating_sub(indent + 1);
            let (words, style) = status::words(wizard, &ctx.sized(room, ctx.height), row.id, status);
            spans.push(Span::styled(text::cut_end(&words, room, ctx.glyphs.cut), style));
        }
        RowItem::Node { .. } => {
            let (service, largest) = (wizard.shared.draft.service(), largest_blob(&wizard.shared));
            spans.extend(node(step, (service, largest), ctx, row, indent + 1));
        }
    }
    let mut line = Line::from(spans);
    if row.cursor && ctx.focused {
        let used = line.width();
        line.push_span(Span::raw(" ".repeat(ctx.width.saturating_sub(used))));
        line = theme::in_focus(line);
    }
    line
}

/// With the service that takes the job, and what the largest drive holds.
fn node(
    step: &BlobsStep,
    (service, largest): (ServiceName, Option<u64>),
    ctx: &DrawContext,
    row: &Row<'_>,
    used: usize,
) -> Vec<Span<'static>> {
    let RowItem::Node { kind, name, open, size, time, archived, deleted, .. } = &row.item else { return Vec::new() };
    let opened = match (kind, open) {
        (NodeKind::Snapshot | NodeKind::Version, _) => " ",
        (NodeKind::Blob, false) => ctx.glyphs.dot,
        (_, true) => ctx.glyphs.opened,
        (_, false) => ctx.glyphs.closed,
    };
    let key = step.tree.key(row.id);
    let target = key.target();
    let stuck = obstacle(&key, *archived, *size, largest).map_or_else(String::new, |why| format!(" ! {}", why.word()));
    // What no export takes has no box: older versions and deleted blobs.
    let checks = step.tree.is_checkable(row.id);
    let (mark, mark_style) = if checks { mark(step, &target) } else { ("   ", theme::dim()) };
    let gone = *deleted || step.tree.holds_only_deleted(row.id);
    let on = checks && step.selection.check(&target) == Check::On;
    let single = on && *kind == NodeKind::Snapshot;
    let alone = on && mark == "[o]";
    // The list of the service cannot say this check. The details name the rule that it gets instead.
    let unsaid = (single || alone) && !service.selects_snapshots();
    let remark = match (checks && step.waits_for_uncheck(&target), gone) {
        (true, _) => " unchecking",
        _ if unsaid && single => " ! as whole blob",
        _ if unsaid => " ! snapshots?",
        // An inline list cannot say it.
        _ if single => " list file",
        (_, true) if !deleted => " all deleted",
        (_, true) => " deleted",
        _ => stuck.as_str(),
    };
    let size = size.map_or_else(String::new, text::bytes);
    let dated = ctx.width >= 70;
    let tail = if dated { SIZE + TIME + 3 } else { SIZE + 1 };
    let room = ctx.width.saturating_sub(used + 6 + text::width(remark) + tail);
    let name = match kind {
        NodeKind::Snapshot => older("snapshot ", name, room, ctx),
        NodeKind::Version => older("version ", name, room, ctx),
        _ => text::cut_middle(&shown(step, row.id, *kind, name), room, ctx.glyphs.cut),
    };
    let gap = room.saturating_sub(text::width(&name));
    let mut spans = vec![
        Span::raw(format!("{opened} ")),
        Span::styled(format!("{mark} "), mark_style),
        Span::styled(name, if gone { theme::dim() } else { name_style(*kind) }),
        Span::styled(remark.to_owned(), theme::caution()),
        Span::raw(format!("{} {size:>SIZE$}", " ".repeat(gap))),
    ];
    if dated {
        let time = time.map_or_else(String::new, text::moment);
        spans.push(Span::styled(format!("  {time:>TIME$}"), theme::dim()));
    }
    spans
}

fn name_style(kind: NodeKind) -> Style {
    match kind {
        NodeKind::Account | NodeKind::Container => theme::title(),
        NodeKind::Folder | NodeKind::Blob => Style::new(),
        NodeKind::Snapshot | NodeKind::Version => theme::dim(),
    }
}

/// The name as shown: made harmless, and said in words where there is none.
fn shown(step: &BlobsStep, id: NodeId, kind: NodeKind, name: &str) -> String {
    match kind {
        NodeKind::Blob if name.is_empty() => {
            let key = step.tree.key(id);
            let path = key.path.trim_end_matches('/');
            format!("{}/ (a blob named like its folder)", text::clean(path.rsplit('/').next().unwrap_or_default()))
        }
        _ => text::clean(name),
    }
}

/// The time of a snapshot or version, as exact as there is room; the details have it verbatim.
fn older(word: &str, time: &str, room: usize, ctx: &DrawContext) -> String {
    let time = text::clean(time).replace('T', " ");
    let exact = time.trim_end_matches('Z').trim_end_matches('0').trim_end_matches('.').to_owned();
    // `trim_end_matches('0')` may take zeros of the seconds, which stand before the 19th column.
    let whole = time.get(..19).unwrap_or(&time).to_owned();
    let exact = if exact.len() < whole.len() { whole.clone() } else { exact };
    let minute = whole.get(..16).unwrap_or(&whole).to_owned();
    let short = minute.get(2..).unwrap_or(&minute).to_owned();
    let with_word = [&exact, &whole, &minute].map(|time| format!("{word}{time}"));
    let fits = with_word.into_iter().chain([whole, minute]).find(|way| text::width(way) <= room);
    fits.unwrap_or_else(|| text::cut_end(&short, room, ctx.glyphs.cut))
}

/// The check mark of a row.
pub(super) fn mark(step: &BlobsStep, target: &Target) -> (&'static str, Style) {
    let without = |container: &str, name: &str| step.selection.blob_rule(container, name) == Some(false);
    match (step.selection.check(target), target) {
        (Check::On, Target::Blob { container, name }) if without(container, name) => ("[o]", theme::good()),
        (Check::On, _) => ("[x]", theme::good()),
        (Check::Inherited, _) => ("[+]", theme::good()),
        (Check::Part, _) => ("[-]", theme::caution()),
        (Check::Off, _) => ("[ ]", theme::dim()),
    }
}
