//! Packs blobs onto drives, each blob whole on one drive. Large blobs are packed one by one, small ones by the sums of their size
//! classes.

use super::bins::{DriveFill, OpenBins, PackingHeuristic, SmallBlobs, best_fit, first_fit, fullest_bin};
use super::load::{DriveLoad, LargeBlob};
use super::lower_bound::lower_bound;
use super::{Overheads, Purchase};

/// With more large blobs than this, the slower heuristics find nothing better than first fit.
const SEARCH_BLOBS: usize = 600;

/// A packing, and a lower bound to compare it with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrivePlan {
    /// Drives in use, in the order they are filled.
    pub drives: Vec<DriveFill>,
    /// Given drives that stay empty.
    pub unused: usize,
    /// No packing of these blobs uses fewer drives.
    pub at_least: usize,
    /// Blobs larger than the largest drive: they cannot be exported at all. Largest first.
    pub too_large: Vec<LargeBlob>,
    /// How many such blobs are known only as a sum.
    pub too_large_unnamed: u64,
    /// Bytes of all of them.
    pub too_large_bytes: u64,
}

impl DrivePlan {
    /// How many drives are used.
    pub fn count(&self) -> usize {
        self.drives.len()
    }

    /// How many blobs and snapshots are on the drives.
    pub fn blobs(&self) -> u64 {
        self.drives.iter().map(|drive| drive.blobs).fold(0, u64::saturating_add)
    }

    /// How many blobs are too large for every drive.
    pub fn too_large_count(&self) -> u64 {
        (self.too_large.len() as u64).saturating_add(self.too_large_unnamed)
    }
}

/// Packs `load` onto `purchase`: the given drives first, then as many more as needed.
pub fn pack(load: &DriveLoad, purchase: &Purchase, overheads: &Overheads) -> DrivePlan {
    let capacity = overheads.usable(purchase.largest());
    let mut large: Vec<&LargeBlob> = load.large.iter().collect();
    large.sort_unstable_by(|a, b| b.cmp(a));
    let too_large_count = large.partition_point(|blob| overheads.item(blob.size) > capacity);
    let fitting = large.split_off(too_large_count);
    let too_large: Vec<LargeBlob> = large.into_iter().cloned().collect();
    let SmallClasses { classes, too_large_unnamed, too_large_bytes } = small_classes(load, overheads, capacity);
    let too_large_bytes = too_large.iter().map(|blob| blob.size).fold(too_large_bytes, u64::saturating_add);
    let sizes: Vec<u64> = fitting.iter().map(|blob| overheads.item(blob.size)).collect();
    let small_bytes = classes.iter().map(|small| small.bytes).fold(0, u64::saturating_add);
    let at_least = lower_bound(&sizes, small_bytes, purchase, overheads);

    let with = |heuristic| place(&fitting, &sizes, &classes, OpenBins::new(purchase, overheads), heuristic);
    let mut best = with(first_fit);
    if best.len() > at_least && fitting.len() <= SEARCH_BLOBS {
        for heuristic in [best_fit as PackingHeuristic, fullest_bin] {
            let other = with(heuristic);
            if other.len() < best.len() {
                best = other;
            }
        }
    }
    let unused = purchase.given.len().saturating_sub(best.iter().filter(|fill| !fill.extra).count());
    DrivePlan { unused, drives: best, at_least, too_large, too_large_unnamed, too_large_bytes }
}

/// The small blobs of a load.
struct SmallClasses {
    /// The classes that fit on a drive, largest blobs first.
    classes: Vec<SmallBlobs>,
    /// Blobs of the classes that do not.
    too_large_unnamed: u64,
    /// Their bytes.
    too_large_bytes: u64,
}

fn small_classes(load: &DriveLoad, overheads: &Overheads, capacity: u64) -> SmallClasses {
    let mut small = SmallClasses { classes: Vec::new(), too_large_unnamed: 0, too_large_bytes: 0 };
    for class in load.classes.iter().rev().filter(|class| class.count > 0) {
        let largest = overheads.item(class.largest);
        if largest > capacity {
            // Some blobs of the class may fit, but it is not known which. To be safe, all of them count as too large.
            small.too_large_unnamed = small.too_large_unnamed.saturating_add(class.count);
            small.too_large_bytes = small.too_large_bytes.saturating_add(class.bytes);
            continue;
        }
        let bytes = overheads.items(class.count, class.clusters, class.ranges);
        small.classes.push(SmallBlobs { count: class.count, bytes, largest });
    }
    small
}

/// Puts the large blobs into bins by a heuristic, then the small ones. `sizes` are those of `blobs` with overhead.
fn place(
    blobs: &[&LargeBlob],
    sizes: &[u64],
    small: &[SmallBlobs],
    mut bins: OpenBins<'_>,
    heuristic: PackingHeuristic,
) -> Vec<DriveFill> {
    let bin_of = heuristic(sizes, &mut bins);
    for (blob, index) in blobs.iter().zip(bin_of) {
        let fill = &mut bins.fills[index];
        fill.blobs += 1;
        fill.large.push((*blob).clone());
    }
    for class in small {
        bins.fill_with(class);
    }
    bins.fills.retain(|fill| fill.blobs > 0);
    bins.fills
}
