//! Advice besides the number of drives: a spare drive, and the number with other drive sizes.

use super::{DRIVES_PER_JOB, DriveLoad, DrivePlan, DriveSize, Overheads, Purchase, pack};

/// A last drive fuller than this many percent leaves no room for blobs that are added before the copy starts.
const NEARLY_FULL: u64 = 90;

/// One sentence that advises a spare drive; `None` when the last drive has room.
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

/// How many drives of 4, 8 and 16 TB the load needs.
pub fn alternatives(load: &DriveLoad, overheads: &Overheads) -> Vec<Alternative> {
    let sizes = [("4TB", 4), ("8TB", 8), ("16TB", 16)];
    let with_drive = |(label, terabytes): (&str, u64)| {
        let drive = DriveSize { bytes: terabytes * 1_000_000_000_000, label: label.to_owned() };
        let plan = pack(load, &Purchase::of(drive.clone()), overheads);
        let too_large = plan.too_large_count();
        Alternative { drive, drives: plan.count(), jobs: plan.count().div_ceil(DRIVES_PER_JOB), too_large }
    };
    sizes.map(with_drive).to_vec()
}
