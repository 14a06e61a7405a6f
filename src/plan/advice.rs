//! What to tell a person besides the count: a spare drive, and other sizes side by side. Splitting into jobs is `split`'s.

use super::{DRIVES_PER_JOB, DriveLoad, DrivePlan, DriveSize, Overheads, Purchase, pack};

/// A last drive fuller than this many percent leaves no room for what is added before the copy starts.
const NEARLY_FULL: u64 = 90;

/// Why one spare drive is worth shipping, as one sentence; `None` when there is room.
pub fn spare(plan: &DrivePlan) -> Option<String> {
    let last = plan.drives.last()?;
    let percent = last.percent();
    (percent > NEARLY_FULL).then(|| {
        format!(
            "The last drive would be {percent} % full and blobs may be added before the copy: ship one spare {} drive.",
            last.drive
        )
    })
}

/// The same blobs on drives of one other size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The size.
    pub drive: DriveSize,
    /// How many of them.
    pub drives: usize,
    /// How many jobs of ten drives that makes.
    pub jobs: usize,
    /// Blobs that are too large for this size.
    pub too_large: u64,
}

/// How many drives of 4, 8 and 16 TB it would take, side by side.
pub fn alternatives(load: &DriveLoad, overheads: &Overheads) -> Vec<Alternative> {
    let sizes = [("4TB", 4), ("8TB", 8), ("16TB", 16)];
    let look = |(label, terabytes): (&str, u64)| {
        let drive = DriveSize { bytes: terabytes * 1_000_000_000_000, label: label.to_owned() };
        let plan = pack(load, &Purchase::of(drive.clone()), overheads);
        let too_large = plan.too_large_count();
        Alternative { drive, drives: plan.count(), jobs: plan.count().div_ceil(DRIVES_PER_JOB), too_large }
    };
    sizes.map(look).to_vec()
}
