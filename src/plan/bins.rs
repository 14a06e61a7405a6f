//! The drives as bins: they are opened one by one and filled. The heuristics choose the bin of each large blob; small blobs fill
//! what room is left.

use super::load::LargeBlob;
use super::{DriveSize, Overheads, Purchase};

/// Steps after which the search for a fuller drive takes the best it has found. It keeps a plan under a few milliseconds.
const SEARCH_STEPS: u32 = 4000;

/// The content of one drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriveFill {
    /// The drive.
    pub drive: DriveSize,
    /// It is not among the given drives, but one more of the largest size.
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

    fn occupy(&mut self, bytes: u64) {
        self.occupied = self.occupied.saturating_add(bytes);
    }

    /// How full it is, in percent of the bytes it can hold.
    pub fn percent(&self) -> u64 {
        let share = u128::from(self.occupied) * 100 / u128::from(self.usable.max(1));
        u64::try_from(share).unwrap_or(100)
    }
}

/// Small blobs of one size class. Bytes with overhead.
pub(super) struct SmallBlobs {
    pub(super) count: u64,
    /// Bytes of all of them.
    pub(super) bytes: u64,
    /// Bytes of the largest.
    pub(super) largest: u64,
}

/// A heuristic of bin packing. For each size, in descending order, it returns the index of its bin. It may open bins.
pub(super) type PackingHeuristic = fn(&[u64], &mut OpenBins<'_>) -> Vec<usize>;

/// The bins opened so far: the given drives in their order, then as many more as needed.
pub(super) struct OpenBins<'a> {
    purchase: &'a Purchase,
    overheads: &'a Overheads,
    pub(super) fills: Vec<DriveFill>,
}

impl<'a> OpenBins<'a> {
    /// No bin is open.
    pub(super) fn new(purchase: &'a Purchase, overheads: &'a Overheads) -> Self {
        Self { purchase, overheads, fills: Vec::new() }
    }

    fn open(&mut self) -> usize {
        let given = self.purchase.given.get(self.fills.len());
        let drive = given.unwrap_or(&self.purchase.more).clone();
        let extra = given.is_none() && !self.purchase.given.is_empty();
        let usable = self.overheads.usable(drive.bytes);
        self.fills.push(DriveFill { drive, extra, usable, occupied: 0, blobs: 0, large: Vec::new() });
        self.fills.len() - 1
    }

    /// Opens the given drives in order until one holds `size`; after those, opens one `more`, which holds any size.
    fn open_for(&mut self, size: u64) -> usize {
        loop {
            let index = self.open();
            if self.fills[index].usable >= size || index >= self.purchase.given.len() {
                return index;
            }
        }
    }

    /// Puts each size into the open bin that `choose` returns, else into a new one.
    fn put_each(&mut self, sizes: &[u64], choose: fn(&[DriveFill], u64) -> Option<usize>) -> Vec<usize> {
        let mut bin_of = |size: u64| {
            let index = choose(&self.fills, size).unwrap_or_else(|| self.open_for(size));
            self.fills[index].occupy(size);
            index
        };
        sizes.iter().map(|size| bin_of(*size)).collect()
    }

    /// Fills the bins with the small blobs of one class. The order of the blobs is not known, so a bin is only sure to be full up
    /// to one blob below its size.
    pub(super) fn fill_with(&mut self, small: &SmallBlobs) {
        let (mut bytes, mut count) = (small.bytes, small.count);
        let mut index = 0;
        while count > 0 {
            if index == self.fills.len() {
                self.open_for(small.largest);
            }
            let fill = &mut self.fills[index];
            let free = fill.free();
            if bytes <= free {
                fill.occupy(bytes);
                fill.blobs = fill.blobs.saturating_add(count);
                return;
            }
            let room = free.saturating_sub(small.largest - 1);
            let share = u128::from(count) * u128::from(room) / u128::from(bytes.max(1));
            let blobs = u64::try_from(share).unwrap_or(count);
            fill.occupy(room);
            fill.blobs = fill.blobs.saturating_add(blobs);
            bytes -= room;
            count -= blobs;
            index += 1;
        }
    }
}

/// First fit: each size goes into the first bin with room.
pub(super) fn first_fit(sizes: &[u64], bins: &mut OpenBins<'_>) -> Vec<usize> {
    bins.put_each(sizes, |fills, size| fills.iter().position(|fill| fill.free() >= size))
}

/// Best fit: each size goes into the bin that has least room left.
pub(super) fn best_fit(sizes: &[u64], bins: &mut OpenBins<'_>) -> Vec<usize> {
    bins.put_each(sizes, |fills, size| {
        let with_room = fills.iter().enumerate().filter(|(_, fill)| fill.free() >= size);
        with_room.min_by_key(|(_, fill)| fill.free()).map(|(index, _)| index)
    })
}

/// Fills one bin after the other: with the largest size left, and with those of the others that leave least room.
pub(super) fn fullest_bin(sizes: &[u64], bins: &mut OpenBins<'_>) -> Vec<usize> {
    let mut bin_of = vec![0; sizes.len()];
    let mut left: Vec<usize> = (0..sizes.len()).collect();
    while let Some(first) = left.first().copied() {
        let index = bins.open_for(sizes[first]);
        let room = bins.fills[index].usable.saturating_sub(sizes[first]);
        let rest = &left[1..];
        let mut search = SubsetSearch { sizes, rest, steps: SEARCH_STEPS, best: Vec::new(), best_sum: 0 };
        search.extend(0, room, 0, &mut Vec::new());
        let mut chosen = search.best;
        chosen.push(first);
        for item in &chosen {
            bin_of[*item] = index;
            bins.fills[index].occupy(sizes[*item]);
        }
        left.retain(|item| !chosen.contains(item));
    }
    bin_of
}

/// Depth-first search for the subset of sizes that fills a room best. It ends after a number of steps.
struct SubsetSearch<'a> {
    sizes: &'a [u64],
    rest: &'a [usize],
    steps: u32,
    best: Vec<usize>,
    best_sum: u64,
}

impl SubsetSearch<'_> {
    /// Tries to extend the `chosen` items, of size `sum`, by items of `rest` from an index on.
    fn extend(&mut self, from: usize, room: u64, sum: u64, chosen: &mut Vec<usize>) {
        if sum > self.best_sum {
            self.best_sum = sum;
            self.best.clone_from(chosen);
        }
        for index in from..self.rest.len() {
            if self.steps == 0 || self.best_sum == sum.saturating_add(room) {
                return;
            }
            self.steps -= 1;
            let size = self.sizes[self.rest[index]];
            if size <= room {
                chosen.push(self.rest[index]);
                self.extend(index + 1, room - size, sum.saturating_add(size), chosen);
                chosen.pop();
            }
        }
    }
}
