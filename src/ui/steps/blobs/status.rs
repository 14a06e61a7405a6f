//! The last line of an open level in words: how much is there, what it waits for, why it stopped.

use ratatui::style::Style;

use crate::app::Wizard;
use crate::protocol::action::Action;
use crate::protocol::message::Slot;
use crate::tree::{ListingStatus, NodeId, NodeKind};
use crate::ui::body::DrawContext;
use crate::ui::{text, theme};
use crate::wizard::steps::blobs::summary::many;

/// The words of a status line of `ctx.width` columns, not cut yet.
pub(super) fn words(wizard: &Wizard, ctx: &DrawContext, node: NodeId, status: &ListingStatus<'_>) -> (String, Style) {
    match status {
        ListingStatus::Loading { loaded } => on_its_way(ctx, node, *loaded),
        ListingStatus::Partial { loaded, sorted } => {
            let among = if *sorted { ", sorted among the loaded" } else { "" };
            (format!("{} loaded, more on server{among}", text::count(*loaded as u64)), theme::dim())
        }
        ListingStatus::Hidden { loaded } => {
            let verb = if *loaded == 1 { "is" } else { "are" };
            let words = format!("{} {verb} hidden by the filter; Esc shows all rows", many(*loaded, "row"));
            let short = format!("{} hidden; Esc shows all", text::count(*loaded as u64));
            (if text::width(&words) > ctx.width { short } else { words }, theme::dim())
        }
        ListingStatus::Complete { .. } if is_blob(wizard, node) => (history(wizard, node), theme::dim()),
        ListingStatus::Empty if is_blob(wizard, node) => ("no snapshots, no older versions".into(), theme::dim()),
        ListingStatus::Complete { loaded } => (complete(wizard, ctx, node, *loaded), theme::dim()),
        ListingStatus::Empty if !wizard.steps.blobs.tree.is_checkable(node) => {
            ("deleted with all that was in it".into(), theme::dim())
        }
        ListingStatus::Empty => ("empty".into(), theme::dim()),
        ListingStatus::Failed { loaded, fault } => {
            let reason = text::clean(fault.reason.trim_end_matches('.'));
            (format!("! {}failed: {reason}. Enter tries again", so_far(*loaded)), theme::alarm())
        }
        ListingStatus::Forbidden { loaded, fault } => {
            let why = fault.advice.as_deref().unwrap_or(&fault.reason).trim_end_matches('.');
            (format!("x {}forbidden: {}. Enter tries again", so_far(*loaded), text::clean(why)), theme::alarm())
        }
    }
}

fn is_blob(wizard: &Wizard, node: NodeId) -> bool {
    wizard.steps.blobs.tree.kind(node) == NodeKind::Blob
}

/// All there is of a blob besides itself.
fn history(wizard: &Wizard, node: NodeId) -> String {
    let (snapshots, versions) = wizard.steps.blobs.tree.history_counts(node);
    let parts = [(snapshots, "snapshot"), (versions, "older version")];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| many(count, word));
    format!("{}, complete", parts.collect::<Vec<_>>().join(", "))
}

fn so_far(loaded: usize) -> String {
    if loaded == 0 { String::new() } else { format!("{} loaded, then ", text::count(loaded as u64)) }
}

fn on_its_way(ctx: &DrawContext, node: NodeId, loaded: usize) -> (String, Style) {
    let slot = Slot::Listing(node.number());
    let loaded = text::count(loaded as u64);
    if let Some(pause) = ctx.requests.get(slot).and_then(|request| request.waiting.as_ref()) {
        return (format!("~ {}", text::clean(&pause.words(ctx.now))), theme::caution());
    }
    let words = match (ctx.requests.spinner(slot, ctx.now), loaded.as_str()) {
        (Some(since), "0") => format!("{} loading{}", ctx.turn(since), ctx.glyphs.cut),
        (Some(since), _) => format!("{} {loaded} loaded, loading more{}", ctx.turn(since), ctx.glyphs.cut),
        (None, "0") => String::new(),
        (None, _) => format!("{loaded} loaded, more on server"),
    };
    (words, theme::dim())
}

/// A complete level; if its rows are all checked one by one, that the folder itself would be another thing.
fn complete(wizard: &Wizard, ctx: &DrawContext, node: NodeId, loaded: usize) -> String {
    let step = &wizard.steps.blobs;
    let words = format!("{}, complete", many(loaded, "row"));
    let offered = step.level() == node && step.offer().is_some();
    if offered {
        format!("{words}; all checked one by one, {} takes the whole folder", ctx.key(&Action::Gather))
    } else {
        words
    }
}
