//! The balance of a count: bytes checked, less those left out, are the bytes for the drives. The screen, the rail, the review and the
//! command all show this one sum.

use super::DrivePlan;
use super::count::{CountTotals, FindingKind};
use crate::wording::{adding_up, decimal, many};

/// The reason why blobs are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A finding of the scan; see [`FindingKind::blocks`].
    Found(FindingKind),
    /// Larger than the largest drive.
    TooLarge,
}

impl LeftOut {
    fn words(self) -> &'static str {
        match self {
            Self::Found(FindingKind::Archived) => "in the archive tier",
            Self::Found(FindingKind::Rehydrating) => "still leaving the archive tier",
            Self::Found(FindingKind::CustomerKey) => "under a customer-provided key",
            Self::Found(FindingKind::RefusedName) => "with names that NTFS refuses",
            Self::Found(_) => "not exported",
            Self::TooLarge => "larger than the largest drive",
        }
    }
}

/// The balance of a count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Bytes of everything checked.
    pub checked: u64,
    /// For each reason: the reason, the blobs and snapshots that are left out, and their bytes.
    pub left_out: Vec<(LeftOut, u64, u64)>,
    /// Bytes that go onto the drives.
    pub exported: u64,
}

impl Balance {
    /// The balance of a count and its packing.
    pub fn of(totals: &CountTotals, plan: &DrivePlan) -> Self {
        let blocked = totals.findings.iter().filter(|(kind, _)| kind.blocks());
        let mut left_out: Vec<_> =
            blocked.map(|(kind, found)| (LeftOut::Found(*kind), found.count, found.bytes)).collect();
        if plan.too_large_count() > 0 {
            left_out.push((LeftOut::TooLarge, plan.too_large_count(), plan.too_large_bytes));
        }
        let off = left_out.iter().map(|(_, _, bytes)| *bytes).fold(0, u64::saturating_add);
        Self { checked: totals.bytes, left_out, exported: totals.bytes.saturating_sub(off) }
    }

    /// Each reason with its blobs and bytes: `3.70 TB in the archive tier (12 blobs)`.
    pub fn reasons(&self) -> Vec<String> {
        let bytes: Vec<u64> = self.left_out.iter().map(|(_, _, bytes)| *bytes).collect();
        let sizes = adding_up(&bytes, self.exported).parts;
        let reasons = self.left_out.iter().zip(sizes);
        reasons.map(|((why, count, _), size)| format!("{size} {} ({})", why.words(), many(*count, "blob"))).collect()
    }

    /// One sentence; `None` when nothing is left out.
    pub fn sentence(&self) -> Option<String> {
        let less = self.reasons().join(", less ");
        let (all, rest) = (decimal(self.checked), decimal(self.exported));
        (!less.is_empty()).then(|| format!("{all} checked, less {less}, makes {rest} for the drives."))
    }
}
