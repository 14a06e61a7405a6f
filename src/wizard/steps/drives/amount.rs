//! The amount of what is checked in a few words, for the line above the tree: blobs, bytes, what cannot be exported, drives. It never says
//! more than was counted.

use crate::draft::CountedTotals;
use crate::plan::count::CountProgress;
use crate::protocol::message::Slot;
use crate::wizard::shared::Shared;
use crate::wizard::steps::drives::estimate::{at_least, fits};
use crate::wizard::steps::drives::state::DrivesStep;
use crate::wizard::steps::drives::words::{drives, round};
use crate::wording::{count, decimal, many};

/// The amount of the present selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectionAmount {
    /// What is known, the most important first: blobs, bytes, what cannot be exported, drives.
    pub parts: Vec<String>,
    /// Everything was counted.
    pub complete: bool,
    /// Some of it cannot be exported, or the count failed.
    pub warning: bool,
}

/// The amount of what is checked now; `None` while nothing of it was counted.
pub fn amount(shared: &Shared, step: &DrivesStep) -> Option<SelectionAmount> {
    if shared.draft.selection.rules.is_empty() {
        return None;
    }
    let counting = shared.requests.is_busy(Slot::Scan);
    if let Some((_, progress)) = &shared.count.live {
        return Some(so_far(shared, step, progress, counting));
    }
    if let Some(counted) = shared.draft.drives.counted.as_ref().filter(|counted| !counting && fits(shared, counted)) {
        return Some(whole(shared, counted));
    }
    if let Some(fault) = step.fault.as_ref().filter(|_| !counting) {
        let parts = vec![format!("not counted: {}", fault.reason.trim_end_matches('.'))];
        return Some(SelectionAmount { parts, complete: false, warning: true });
    }
    counting.then(|| SelectionAmount { parts: vec!["counting".to_owned()], complete: false, warning: false })
}

fn so_far(shared: &Shared, step: &DrivesStep, progress: &CountProgress, counting: bool) -> SelectionAmount {
    let items = progress.blobs.saturating_add(progress.snapshots);
    let mut parts = vec![format!("at least {} blobs", round(items)), decimal(progress.bytes)];
    parts.push(if counting { "so far" } else { "so far, paused" }.to_owned());
    if let Some(purchase) = step.purchase() {
        let least = at_least(items, progress.bytes, &purchase, &shared.overheads);
        parts.push(format!("at least {}", drives(least, &purchase.to_string())));
    }
    SelectionAmount { parts, complete: false, warning: false }
}

fn whole(shared: &Shared, counted: &CountedTotals) -> SelectionAmount {
    let least = if counted.complete { "" } else { "at least " };
    let mut parts = vec![format!("{least}{}", many(counted.blobs, "blob"))];
    if counted.snapshots > 0 {
        parts.push(many(counted.snapshots, "snapshot"));
    }
    parts.push(decimal(counted.bytes));
    let stuck = not_exportable(shared, counted);
    parts.extend(stuck.clone());
    if let Some(plan) = &counted.plan {
        parts.push(drives(u64::try_from(plan.drives).unwrap_or(u64::MAX), &plan.sizes));
    }
    SelectionAmount { parts, complete: counted.complete, warning: stuck.is_some() || !counted.complete }
}

/// How many of the counted blobs and snapshots stay behind. The report knows; without it the findings say at most how many.
fn not_exportable(shared: &Shared, counted: &CountedTotals) -> Option<String> {
    let too_large = counted.plan.as_ref().map_or(0, |plan| plan.too_large);
    let found: Vec<u64> = counted.findings.iter().filter(|(kind, _)| kind.blocks()).map(|(_, count)| *count).collect();
    let (most, blocked) = match &shared.count.report {
        Some(report) => ("", report.totals.blocked),
        None => (if found.len() > 1 { "at most " } else { "" }, found.iter().copied().fold(0, u64::saturating_add)),
    };
    let all = blocked.saturating_add(too_large);
    (all > 0).then(|| format!("{most}{} not exportable", count(all)))
}
