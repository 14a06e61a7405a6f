//! The plan of a count for one choice of drives, with all advice about it. It is kept in the step, because packing takes too long for
//! every frame, and made again when the count or the sizes change.

use crate::draft::{CountedTotals, PlannedDrives};
use crate::plan::count::{CountReport, CountTotals, RuleReport};
use crate::plan::{
    Alternative, Balance, DRIVES_PER_JOB, DrivePlan, LARGE_FLOOR, Overheads, Purchase, Split, alternatives, pack,
    spare, split,
};
use crate::wizard::shared::Shared;

/// A plan and the advice about it.
#[derive(Clone, Debug)]
pub struct DriveEstimate {
    /// The drives it is for.
    pub purchase: Purchase,
    /// What each drive holds.
    pub plan: DrivePlan,
    /// How many of the checked bytes go onto the drives, and why the others do not.
    pub balance: Balance,
    /// Why one more drive is worth its postage.
    pub spare: Option<String>,
    /// Plans for other sizes of drives.
    pub alternatives: Vec<Alternative>,
    /// The export as jobs of at most ten drives; nothing is split when one job takes all.
    pub split: Split,
    /// What a blob costs beyond its bytes, as configured.
    pub overheads: Overheads,
}

impl DriveEstimate {
    /// Packs the counted blobs.
    pub fn of(report: &CountReport, purchase: Purchase, overheads: Overheads) -> Self {
        let plan = pack(&report.totals.load, &purchase, &overheads);
        let many = plan.count() > DRIVES_PER_JOB;
        Self {
            balance: Balance::of(&report.totals, &plan),
            spare: spare(&plan),
            alternatives: alternatives(&report.totals.load, &overheads),
            split: if many { split(&report.rules, &purchase, &overheads) } else { Split::default() },
            plan,
            purchase,
            overheads,
        }
    }

    /// The plan in four numbers, for the draft.
    pub fn planned(&self, sizes: &str) -> PlannedDrives {
        PlannedDrives {
            sizes: sizes.to_owned(),
            drives: self.plan.count(),
            jobs: self.split.jobs.len().max(usize::from(self.plan.count() > 0)),
            too_large: self.plan.too_large_count(),
            bytes: Some(self.balance.exported),
        }
    }
}

/// Whether a count is for the present account and rules.
pub fn fits(shared: &Shared, counted: &CountedTotals) -> bool {
    let account = shared.blob_account().map(|(id, _)| id);
    account == Some(counted.account.as_str()) && counted.rules == shared.draft.selection.rules
}

/// The totals of a count that the draft keeps.
pub(super) fn summary(shared: &Shared, report: &CountReport) -> Option<CountedTotals> {
    let totals = &report.totals;
    let nothing = report.rules.iter().enumerate().filter(|(_, rule)| rule.matches_nothing());
    Some(CountedTotals {
        account: shared.blob_account()?.0.to_owned(),
        rules: shared.draft.selection.rules.clone(),
        at: shared.now,
        complete: report.complete,
        blobs: totals.blobs,
        snapshots: totals.snapshots,
        bytes: totals.bytes,
        tiers: Some(totals.tiers),
        findings: totals.findings.iter().map(|(kind, found)| (*kind, found.count)).collect(),
        nothing: nothing.map(|(place, _)| place).collect(),
        plan: None,
    })
}

/// A report for some of the rules of another report.
pub(super) fn of_rules(rules: Vec<RuleReport>, all: &CountReport) -> CountReport {
    let mut totals = CountTotals::default();
    for rule in &rules {
        totals.merge(&rule.totals, LARGE_FLOOR);
    }
    let complete = rules.iter().all(|rule| rule.complete);
    CountReport { totals, rules, complete, ..all.clone() }
}

/// The least number of drives of the largest size that the bytes counted so far fill.
pub fn at_least(blobs: u64, bytes: u64, purchase: &Purchase, overheads: &Overheads) -> u64 {
    let needed = overheads.items(blobs, bytes / crate::plan::CLUSTER, bytes / crate::plan::RANGE);
    needed.div_ceil(overheads.usable(purchase.largest()).max(1))
}
