//! The outcome of a scan: the report and the drive plan, for both forms of output. Pure.

use crate::azure::model::ServiceName;
use crate::plan::{Overheads, Purchase};
use crate::scan::{CountReport, FindingKind, RuleStatus};
use crate::wizard::steps::drives::DriveEstimate;

/// A finished or stopped scan, packed.
pub(super) struct ScanOutcome {
    pub(super) report: CountReport,
    pub(super) outlook: DriveEstimate,
    /// The service that the findings are for; `None` where none is known.
    pub(super) service: Option<ServiceName>,
}

impl ScanOutcome {
    pub(super) fn new(
        report: CountReport,
        purchase: &Purchase,
        overheads: Overheads,
        service: Option<ServiceName>,
    ) -> Self {
        let outlook = DriveEstimate::of(&report, purchase.clone(), overheads);
        Self { report, outlook, service }
    }

    /// 0 complete, 3 partial, 1 when nothing could be counted at all.
    pub(super) fn status(&self) -> u8 {
        let counted: Vec<_> = self.report.rules.iter().filter(|rule| rule.standing == RuleStatus::Counted).collect();
        let failed = counted.iter().all(|rule| rule.problem.is_some()) && self.report.totals.blobs == 0;
        match (self.report.complete, failed && !counted.is_empty()) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 3,
        }
    }

    /// Not a single blob was counted, and not because there is none.
    pub(super) fn is_nothing(&self) -> bool {
        let totals = &self.report.totals;
        !self.report.complete && totals.blobs == 0 && totals.snapshots == 0
    }

    /// How many rules are the only one of their kind, repeat another, or match nothing.
    pub(super) fn entries(&self) -> (usize, usize, usize) {
        let duplicate = |standing: &RuleStatus| matches!(standing, RuleStatus::Duplicate { .. });
        let duplicates = self.report.rules.iter().filter(|rule| duplicate(&rule.standing)).count();
        let nothing = self.report.rules.iter().filter(|rule| rule.matches_nothing()).count();
        (self.report.rules.len().saturating_sub(duplicates), duplicates, nothing)
    }

    /// Blobs and snapshots that can be exported, and those that cannot.
    pub(super) fn exportable(&self) -> (u64, u64) {
        let too_large = self.outlook.plan.too_large_count();
        let can = self.report.totals.load.count().saturating_sub(too_large);
        (can, self.report.totals.blocked.saturating_add(too_large))
    }

    /// Findings with the service, in the order of the harm they do.
    pub(super) fn findings(&self) -> impl Iterator<Item = (FindingKind, &crate::scan::FindingCount)> {
        let all = self.report.totals.findings.iter().map(|(kind, found)| (*kind, found));
        all.filter(|(kind, _)| kind.concerns(self.service))
    }
}
