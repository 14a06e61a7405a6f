//! What a count means for one choice of drives: the packing and all advice about it. Kept, because making it is too much for every
//! frame; made anew whenever the count or the sizes change.

use crate::draft::{Counted, Planned};
use crate::plan::count::Report;
use crate::plan::{
    Alternative, DRIVES_PER_JOB, DrivePlan, JobShare, Load, Overheads, Purchase, alternatives, jobs, pack, spare,
};
use crate::wizard::desk::Desk;

/// A plan and what to say about it.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// The drives it is for.
    pub purchase: Purchase,
    /// What goes where.
    pub plan: DrivePlan,
    /// Why one more drive is worth its postage.
    pub spare: Option<String>,
    /// The same on other sizes.
    pub alternatives: Vec<Alternative>,
    /// Jobs of at most ten drives; empty when one job takes all.
    pub jobs: Vec<JobShare>,
}

impl Outlook {
    /// Packs what was counted.
    pub fn of(report: &Report, purchase: Purchase) -> Self {
        let overheads = Overheads::default();
        let plan = pack(&report.totals.load, &purchase, &overheads);
        let split = plan.count() > DRIVES_PER_JOB;
        let loads: Vec<Load> =
            if split { report.rules.iter().map(|rule| rule.totals.load.clone()).collect() } else { Vec::new() };
        Self {
            spare: spare(&plan),
            alternatives: alternatives(&report.totals.load, &overheads),
            jobs: jobs(&loads, &purchase, &overheads),
            plan,
            purchase,
        }
    }

    /// The plan in four numbers, for the draft.
    pub fn planned(&self, sizes: &str) -> Planned {
        Planned {
            sizes: sizes.to_owned(),
            drives: self.plan.count(),
            jobs: if self.jobs.is_empty() { usize::from(self.plan.count() > 0) } else { self.jobs.len() },
            too_large: self.plan.too_large_count(),
        }
    }
}

/// A count in the few numbers a draft keeps of it.
pub fn summary(desk: &Desk, report: &Report) -> Option<Counted> {
    let totals = &report.totals;
    let nothing = report.rules.iter().enumerate().filter(|(_, rule)| rule.matches_nothing());
    Some(Counted {
        account: desk.account_id()?.to_owned(),
        rules: desk.draft.selection.rules.clone(),
        at: desk.now,
        complete: report.complete,
        blobs: totals.blobs,
        snapshots: totals.snapshots,
        bytes: totals.bytes,
        findings: totals.findings.iter().map(|(kind, found)| (*kind, found.count)).collect(),
        nothing: nothing.map(|(place, _)| place).collect(),
        plan: None,
    })
}

/// How many drives of the largest size the bytes counted so far fill at the very least.
pub fn at_least(blobs: u64, bytes: u64, purchase: &Purchase) -> u64 {
    let overheads = Overheads::default();
    let needed = overheads.items(blobs, bytes / crate::plan::CLUSTER, bytes / crate::plan::RANGE);
    needed.div_ceil(overheads.usable(purchase.largest()).max(1))
}
