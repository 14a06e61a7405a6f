//! Puts blobs on drives, whole ones only, and proves how few drives could do. Large blobs one by one, small ones as sand.

use super::load::{DriveLoad, LargeBlob};
use super::{DriveSize, Overheads, Purchase};

/// Steps the search for a fuller drive may take before it settles for what it has; keeps a plan under a few milliseconds.
const SEARCH_STEPS: u32 = 4000;

/// Above this many large blobs the search adds nothing to first-fit decreasing.
const SEARCH_BLOBS: usize = 600;

/// Sizes looked at for the lower bound.
const BOUND_STEPS: usize = 1_000_000;

/// What one drive holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriveFill {
    /// The drive.
    pub drive: DriveSize,
    /// Not among the drives given: one more of the largest size.
    pub extra: bool,
    /// Bytes it can hold, see [`Overheads::usable`].
    pub usable: u64,
    /// Bytes it holds, overhead included.
    pub occupied: u64,
    /// Blobs and snapshots on it.
    pub blobs: u64,
    /// The large blobs on it, largest first.
    pub large: Vec<LargeBlob>,
}

impl DriveFill {
    fn free(&self) -> u64 {
        self.usable.saturating_sub(self.occupied)
    }

    /// How full it is, in percent of what it can hold.
    pub fn percent(&self) -> u64 {
        let share = u128::from(self.occupied) * 100 / u128::from(self.usable.max(1));
        u64::try_from(share).unwrap_or(100)
    }
}

/// A packing, and what is known about how good it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrivePlan {
    /// Drives in use, in the order they are filled.
    pub drives: Vec<DriveFill>,
    /// Given drives that stay empty.
    pub unused: usize,
    /// No packing of these blobs can do with fewer drives.
    pub at_least: usize,
    /// Blobs larger than the largest drive: they cannot be exported at all. Largest first.
    pub too_large: Vec<LargeBlob>,
    /// Such blobs that are known only as a sum.
    pub too_large_unnamed: u64,
    /// Bytes of all of them.
    pub too_large_bytes: u64,
}

impl DrivePlan {
    /// How many drives.
    pub fn count(&self) -> usize {
        self.drives.len()
    }

    /// How many blobs and snapshots are on the drives.
    pub fn blobs(&self) -> u64 {
        self.drives.iter().map(|drive| drive.blobs).fold(0, u64::saturating_add)
    }

    /// How many of them are too large for every drive.
    pub fn too_large_count(&self) -> u64 {
        (self.too_large.len() as u64).saturating_add(self.too_large_unnamed)
    }
}

/// Small blobs of one class, as they are poured onto drives. Sizes with overhead.
struct SmallBlobs {
    left: u64,
    count: u64,
    grain: u64,
}

/// Packs `load` onto `purchase`: the given drives first, then as many more as needed.
pub fn pack(load: &DriveLoad, purchase: &Purchase, overheads: &Overheads) -> DrivePlan {
    let most = overheads.usable(purchase.largest());
    let mut large: Vec<&LargeBlob> = load.large.iter().collect();
    large.sort_unstable_by(|a, b| b.cmp(a));
    let cut = large.partition_point(|blob| overheads.item(blob.size) > most);
    let fitting = large.split_off(cut);
    let (sand, too_large_unnamed, unnamed_bytes) = sand(load, overheads, most);
    let too_large_bytes = large.iter().map(|blob| blob.size).fold(unnamed_bytes, u64::saturating_add);
    let sizes: Vec<u64> = fitting.iter().map(|blob| overheads.item(blob.size)).collect();
    let at_least = lower_bound(&sizes, &sand, purchase, overheads);

    let plain = place(&fitting, &sizes, &sand, purchase, overheads, first_fit);
    let mut best = plain;
    if best.len() > at_least && fitting.len() <= SEARCH_BLOBS {
        for way in [best_fit as PackingHeuristic, fullest] {
            let other = place(&fitting, &sizes, &sand, purchase, overheads, way);
            if other.len() < best.len() {
                best = other;
            }
        }
    }
    let unused = purchase.given.len().saturating_sub(best.iter().filter(|fill| !fill.extra).count());
    let too_large = large.into_iter().cloned().collect();
    DrivePlan { unused, drives: best, at_least, too_large, too_large_unnamed, too_large_bytes }
}

/// The classes as sand, coarsest first, and how many blobs and bytes in them cannot fit on any drive.
fn sand(load: &DriveLoad, overheads: &Overheads, most: u64) -> (Vec<SmallBlobs>, u64, u64) {
    let mut sand = Vec::new();
    let (mut too_large, mut bytes) = (0_u64, 0_u64);
    for class in load.classes.iter().rev().filter(|class| class.count > 0) {
        let grain = overheads.item(class.largest);
        if grain > most {
            // Some of the class may fit, but which is not known: calling all of them too large errs on the safe side.
            too_large = too_large.saturating_add(class.count);
            bytes = bytes.saturating_add(class.bytes);
            continue;
        }
        sand.push(SmallBlobs {
            left: overheads.items(class.count, class.clusters, class.ranges),
            count: class.count,
            grain,
        });
    }
    (sand, too_large, bytes)
}

/// A way to choose a drive for each size, sizes descending: for each size the index of its drive. May open drives.
type PackingHeuristic = fn(&[u64], &mut OpenBins<'_>) -> Vec<usize>;

/// Drives as they are opened: given ones in their order, then more of the one that is bought.
struct OpenBins<'a> {
    purchase: &'a Purchase,
    overheads: &'a Overheads,
    fills: Vec<DriveFill>,
}

impl OpenBins<'_> {
    fn open(&mut self) -> usize {
        let given = self.purchase.given.get(self.fills.len());
        let drive = given.unwrap_or(&self.purchase.more).clone();
        let extra = given.is_none() && !self.purchase.given.is_empty();
        let usable = self.overheads.usable(drive.bytes);
        self.fills.push(DriveFill { drive, extra, usable, occupied: 0, blobs: 0, large: Vec::new() });
        self.fills.len() - 1
    }

    /// Opens drives until one can hold `size`; at once or never more than the given ones, since `more` holds every size.
    fn open_for(&mut self, size: u64) -> usize {
        loop {
            let at = self.open();
            if self.fills[at].usable >= size || at >= self.purchase.given.len() {
                return at;
            }
        }
    }
}

fn place(
    blobs: &[&LargeBlob],
    sizes: &[u64],
    sand: &[SmallBlobs],
    purchase: &Purchase,
    overheads: &Overheads,
    way: PackingHeuristic,
) -> Vec<DriveFill> {
    let mut shelf = OpenBins { purchase, overheads, fills: Vec::new() };
    let places = way(sizes, &mut shelf);
    for (blob, at) in blobs.iter().zip(places) {
        let fill = &mut shelf.fills[at];
        fill.blobs += 1;
        fill.large.push((*blob).clone());
    }
    for grains in sand {
        pour(grains, &mut shelf);
    }
    shelf.fills.retain(|fill| fill.blobs > 0);
    shelf.fills
}

/// Each size on the first drive that has room.
fn first_fit(sizes: &[u64], shelf: &mut OpenBins<'_>) -> Vec<usize> {
    let mut choose = |size: u64| {
        let at = shelf.fills.iter().position(|fill| fill.free() >= size).unwrap_or_else(|| shelf.open_for(size));
        shelf.fills[at].occupied = shelf.fills[at].occupied.saturating_add(size);
        at
    };
    sizes.iter().map(|size| choose(*size)).collect()
}

/// Each size on the drive that is left with least room.
fn best_fit(sizes: &[u64], shelf: &mut OpenBins<'_>) -> Vec<usize> {
    let mut choose = |size: u64| {
        let open = shelf.fills.iter().enumerate().filter(|(_, fill)| fill.free() >= size);
        let best = open.min_by_key(|(_, fill)| fill.free()).map(|(at, _)| at);
        let at = best.unwrap_or_else(|| shelf.open_for(size));
        shelf.fills[at].occupied = shelf.fills[at].occupied.saturating_add(size);
        at
    };
    sizes.iter().map(|size| choose(*size)).collect()
}

/// One drive after the other, each with the largest size left and the others that fill it best.
fn fullest(sizes: &[u64], shelf: &mut OpenBins<'_>) -> Vec<usize> {
    let mut places = vec![0; sizes.len()];
    let mut left: Vec<usize> = (0..sizes.len()).collect();
    while let Some(first) = left.first().copied() {
        let at = shelf.open_for(sizes[first]);
        let room = shelf.fills[at].usable.saturating_sub(sizes[first]);
        let rest = &left[1..];
        let mut search = SubsetSearch { sizes, rest, steps: SEARCH_STEPS, best: Vec::new(), best_sum: 0 };
        search.go(0, room, 0, &mut Vec::new());
        let mut taken = search.best;
        taken.push(first);
        for item in &taken {
            places[*item] = at;
            shelf.fills[at].occupied = shelf.fills[at].occupied.saturating_add(sizes[*item]);
        }
        left.retain(|item| !taken.contains(item));
    }
    places
}

/// Depth-first search for the sizes that fill a room best, cut off after a number of steps.
struct SubsetSearch<'a> {
    sizes: &'a [u64],
    rest: &'a [usize],
    steps: u32,
    best: Vec<usize>,
    best_sum: u64,
}

impl SubsetSearch<'_> {
    fn go(&mut self, from: usize, room: u64, sum: u64, chosen: &mut Vec<usize>) {
        if sum > self.best_sum {
            self.best_sum = sum;
            self.best.clone_from(chosen);
        }
        for at in from..self.rest.len() {
            if self.steps == 0 || self.best_sum == sum.saturating_add(room) {
                return;
            }
            self.steps -= 1;
            let size = self.sizes[self.rest[at]];
            if size <= room {
                chosen.push(self.rest[at]);
                self.go(at + 1, room - size, sum.saturating_add(size), chosen);
                chosen.pop();
            }
        }
    }
}

/// Pours one class over the drives. Blobs arrive in any order, so a drive is only counted on up to one blob below its brim.
fn pour(sand: &SmallBlobs, shelf: &mut OpenBins<'_>) {
    let (mut left, mut count) = (sand.left, sand.count);
    let mut at = 0;
    while count > 0 {
        if at == shelf.fills.len() {
            shelf.open_for(sand.grain);
        }
        let free = shelf.fills[at].free();
        let all = left <= free;
        let room = if all { left } else { free.saturating_sub(sand.grain - 1) };
        if all || room > 0 {
            let share = u128::from(count) * u128::from(room) / u128::from(left.max(1));
            let blobs = if all { count } else { u64::try_from(share).unwrap_or(count) };
            let fill = &mut shelf.fills[at];
            fill.occupied = fill.occupied.saturating_add(room);
            fill.blobs = fill.blobs.saturating_add(blobs);
            left -= room;
            count -= blobs;
        }
        at += 1;
    }
}

/// No packing uses fewer drives: by volume, by blobs over half a drive, and, for equal drives, by Martello and Toth's bound.
/// Counted in drives of the largest size, of which there can always be more.
fn lower_bound(sizes: &[u64], sand: &[SmallBlobs], purchase: &Purchase, overheads: &Overheads) -> usize {
    let loose: u64 = sand.iter().map(|grains| grains.left).fold(0, u64::saturating_add);
    let total = sizes.iter().copied().fold(loose, u64::saturating_add);
    if total == 0 {
        return 0;
    }
    let most = overheads.usable(purchase.largest()).max(1);
    let halves = sizes.iter().filter(|size| **size > most / 2).count();
    let by_volume = usize::try_from(total.div_ceil(most)).unwrap_or(usize::MAX);
    let bound = by_volume.max(halves).max(1);
    if purchase.given.is_empty() { bound.max(martello_toth(sizes, loose, most)) } else { bound }
}

/// The bound L2: blobs too large to share a drive with one of size `k`, and the volume the others need beyond their gaps.
fn martello_toth(sizes: &[u64], loose: u64, capacity: u64) -> usize {
    let bound = |k: u64| {
        let alone = sizes.iter().filter(|size| **size > capacity - k).count();
        let wide: Vec<u64> =
            sizes.iter().copied().filter(|size| *size <= capacity - k && *size > capacity / 2).collect();
        let narrow = sizes.iter().copied().filter(|size| *size <= capacity / 2 && *size >= k);
        let narrow = narrow.fold(if k == 0 { loose } else { 0 }, u64::saturating_add);
        let gaps = wide.iter().map(|size| capacity - size).fold(0, u64::saturating_add);
        let beyond = narrow.saturating_sub(gaps).div_ceil(capacity);
        alone.saturating_add(wide.len()).saturating_add(usize::try_from(beyond).unwrap_or(usize::MAX))
    };
    let mut thresholds: Vec<u64> = sizes.iter().copied().filter(|size| *size <= capacity / 2).collect();
    thresholds.dedup();
    // Any threshold gives a valid bound, and each costs a look at every size: so many of them that a plan stays quick.
    let looked_at = (BOUND_STEPS / sizes.len().max(1)).clamp(16, 256);
    let step = thresholds.len().div_ceil(looked_at).max(1);
    thresholds.into_iter().step_by(step).chain([0]).map(bound).max().unwrap_or(0)
}
