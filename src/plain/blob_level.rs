//! One level of the tree, page by page: the container or folder that the cursor is in, and what is in it.

use crate::app::Wizard;
use crate::select::{Check, Target};
use crate::tree::{ListingStatus, NodeId, NodeKind, Row, RowItem};
use crate::ui::text;
use crate::wizard::steps::blobs::{BlobsMode, BlobsStep, largest_blob, obstacle};
use crate::wording::many;

/// Rows that are said at once.
pub(super) const PAGE: usize = 20;

/// The rows of a level that are said now.
#[derive(Debug)]
pub(super) struct BlobLevel {
    /// The container or folder.
    pub(super) node: NodeId,
    /// Its path.
    pub(super) path: String,
    /// The rows, each with its number in the level, from 1.
    pub(super) rows: Vec<(NodeId, usize, String)>,
    /// Number of rows that are loaded.
    pub(super) loaded: usize,
    /// How far the listing is.
    pub(super) status: Option<String>,
}

/// Whether the step shows the tree.
pub(super) fn shows(wizard: &Wizard) -> bool {
    let step = &wizard.steps.blobs;
    let begun = step.has_begun() && !wizard.shared.is_ordered() && step.foreign(&wizard.shared).is_none();
    begun && matches!(step.mode, BlobsMode::Rows | BlobsMode::Filter(_))
}

/// The level around the cursor.
pub(super) fn level(wizard: &Wizard) -> BlobLevel {
    let step = &wizard.steps.blobs;
    let node = around(step);
    let own = row_of(step, node).unwrap_or(0);
    let (visible, _) = step.tree.extent();
    let all = step.tree.rows_at(own, visible.saturating_sub(own));
    let depth = all.first().map_or(0, |row| row.depth);
    let inside = all.iter().skip(1).take_while(|row| row.depth > depth);
    let (mut children, mut status) = (Vec::new(), None);
    for row in inside {
        match &row.item {
            RowItem::Status(listed) if row.id == node => status = Some(status_words(listed)),
            RowItem::Node { .. } if row.depth == depth + 1 => children.push(row),
            _ => {}
        }
    }
    if node == NodeId::ACCOUNT {
        children.splice(0..0, all.first());
    }
    let here = step.tree.cursor();
    let place = children.iter().position(|row| row.id == here).unwrap_or(0);
    let first = place / PAGE * PAGE;
    let numbered = children.iter().enumerate().skip(first).take(PAGE);
    let rows = numbered.map(|(index, row)| (row.id, index + 1, row_words(wizard, row))).collect();
    BlobLevel { node, path: path_words(step, node), rows, loaded: children.len(), status }
}

/// The node whose children are said: the parent of the cursor's, or the one whose last line the cursor is on.
fn around(step: &BlobsStep) -> NodeId {
    if step.tree.on_status() {
        return step.tree.cursor();
    }
    step.tree.breadcrumb().iter().rev().nth(1).map_or(NodeId::ACCOUNT, |(id, _)| *id)
}

/// The number of a node's row among all visible rows, from 0.
pub(super) fn row_of(step: &BlobsStep, node: NodeId) -> Option<usize> {
    let (visible, _) = step.tree.extent();
    let is_it = |row: &Row<'_>| row.id == node && matches!(row.item, RowItem::Node { .. });
    step.tree.rows_at(0, visible).iter().position(is_it)
}

/// The number of the cursor's row among all visible rows, from 0.
pub(super) fn cursor_row(step: &BlobsStep) -> usize {
    let (_, top) = step.tree.extent();
    top + step.tree.rows().iter().position(|row| row.cursor).unwrap_or(0)
}

/// The row this many rows after the page on which the cursor is; `None` beyond the ends.
pub(super) fn neighbour(wizard: &Wizard, forward: bool) -> Option<NodeId> {
    let level = level(wizard);
    let first = level.rows.first().map_or(1, |(_, number, _)| *number);
    let target = if forward { first + PAGE } else { first.checked_sub(PAGE)? };
    let step = &wizard.steps.blobs;
    let own = row_of(step, level.node)?;
    let (visible, _) = step.tree.extent();
    let all = step.tree.rows_at(own, visible.saturating_sub(own));
    let depth = all.first()?.depth;
    let inside = all.iter().skip(1).take_while(|row| row.depth > depth);
    let children = inside.filter(|row| row.depth == depth + 1 && matches!(row.item, RowItem::Node { .. }));
    let shift = usize::from(level.node == NodeId::ACCOUNT);
    children.map(|row| row.id).nth((target - 1).checked_sub(shift)?)
}

/// What is checked of the row under the cursor.
pub(super) fn check_here(wizard: &Wizard) -> Option<Check> {
    let step = &wizard.steps.blobs;
    let target = match &step.mode {
        BlobsMode::Rows if !step.tree.on_status() => step.tree.key(step.tree.cursor()).target(),
        BlobsMode::Found(found) => found.search.hits.get(found.row)?.key.target(),
        _ => return None,
    };
    Some(step.selection.check(&target))
}

fn path_words(step: &BlobsStep, node: NodeId) -> String {
    if node == NodeId::ACCOUNT {
        return format!(
            "the account {}",
            text::clean(step.tree.breadcrumb().first().map_or("", |(_, name)| name.as_str()))
        );
    }
    text::clean(step.tree.key(node).path.trim_end_matches('/'))
}

fn row_words(wizard: &Wizard, row: &Row<'_>) -> String {
    let step = &wizard.steps.blobs;
    let RowItem::Node { kind, name, size, time, archived, deleted, .. } = &row.item else { return String::new() };
    let key = step.tree.key(row.id);
    let checkable = step.tree.is_checkable(row.id);
    let named = match kind {
        NodeKind::Blob if name.is_empty() => "named like its folder".to_owned(),
        _ => text::clean(name.trim_end_matches('/')),
    };
    let mut facts = vec![format!("{} {named}", kind_word(*kind))];
    let target = key.target();
    match (checkable, step.waits_for_uncheck(&target)) {
        (true, true) => facts.push("being unchecked".to_owned()),
        (true, false) => facts.push(check_word(step, &target).to_owned()),
        (false, _) => facts.push("no export takes it".to_owned()),
    }
    facts.extend(size.map(text::bytes));
    if matches!(kind, NodeKind::Blob) {
        facts.extend(time.map(text::moment));
    }
    facts.extend(obstacle(&key, *archived, *size, largest_blob(&wizard.shared)).map(|why| why.word().to_owned()));
    facts.extend(deleted.then(|| "deleted".to_owned()));
    facts.join(", ")
}

fn kind_word(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Account => "Account",
        NodeKind::Container => "Container",
        NodeKind::Folder => "Folder",
        NodeKind::Blob => "Blob",
        NodeKind::Snapshot => "Snapshot",
        NodeKind::Version => "Version",
    }
}

fn check_word(step: &BlobsStep, target: &Target) -> &'static str {
    let alone = |container: &str, name: &str| step.selection.blob_rule(container, name) == Some(false);
    match (step.selection.check(target), target) {
        (Check::On, Target::Blob { container, name }) if alone(container, name) => "checked without its snapshots",
        (Check::On, _) => "checked",
        (Check::Inherited, _) => "checked by a wider rule",
        (Check::Part, _) => "partly checked",
        (Check::Off, _) => "not checked",
    }
}

fn status_words(status: &ListingStatus<'_>) -> String {
    let rows = |count: usize| many(count as u64, "row");
    match status {
        ListingStatus::Loading { loaded: 0 } => "Loading.".to_owned(),
        ListingStatus::Loading { loaded } => format!("{} loaded, loading more.", rows(*loaded)),
        ListingStatus::Partial { loaded, sorted } => {
            let among = if *sorted { ", sorted among the loaded" } else { "" };
            format!("{} loaded, the service has more{among}.", rows(*loaded))
        }
        ListingStatus::Complete { loaded } => format!("All {} listed.", rows(*loaded)),
        ListingStatus::Hidden { loaded } => format!("The filter hides {}. Type back to clear it.", rows(*loaded)),
        ListingStatus::Empty => "Nothing is in here.".to_owned(),
        ListingStatus::Failed { loaded, fault } | ListingStatus::Forbidden { loaded, fault } => {
            let advice = fault.advice.as_deref().map(|advice| format!(" {advice}")).unwrap_or_default();
            format!("Important: {} loaded, then: {}{advice} Type retry to try again.", rows(*loaded), fault.sentence())
        }
    }
}
