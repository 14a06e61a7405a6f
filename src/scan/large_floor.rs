//! Which blobs of a scan are kept one by one, for the packing of drives: those of at least so many bytes. The length begins at
//! [`LARGE_FLOOR`] and is raised when the blobs kept take too much memory, so that the largest stay. What is below joins the sums by size,
//! which still say how many blobs of which greatest length there are. Pure.

use crate::plan::{DriveLoad, LARGE_FLOOR, LargeBlob};

/// Memory that the blobs kept may take, in bytes. Those of usual names are about 12,000.
const MEMORY: usize = 2 << 20;

/// The length from which blobs are kept one by one.
#[derive(Debug)]
pub(super) struct LargeFloor {
    floor: u64,
    /// Memory that the blobs kept take.
    taken: usize,
}

impl LargeFloor {
    /// The length at which a scan begins that has kept these blobs already.
    pub(super) fn new<'l>(kept: impl Iterator<Item = &'l DriveLoad>) -> Self {
        Self { floor: LARGE_FLOOR, taken: kept.map(|load| taken(&load.large)).sum() }
    }

    /// The length in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.floor
    }

    /// Notes that more blobs were kept. Returns whether they take too much memory now.
    pub(super) fn add(&mut self, more: &DriveLoad) -> bool {
        self.taken += taken(&more.large);
        self.taken > MEMORY
    }

    /// Raises the length until the larger half of the blobs is left; these are the loads with all that are kept.
    pub(super) fn raise<'l>(&mut self, loads: impl Iterator<Item = &'l DriveLoad>) {
        let mut kept: Vec<(u64, usize)> =
            loads.flat_map(|load| &load.large).map(|blob| (blob.size, taken(std::slice::from_ref(blob)))).collect();
        kept.sort_unstable_by(|one, other| other.cmp(one));
        self.taken = 0;
        for (size, bytes) in kept {
            if self.taken + bytes > MEMORY / 2 {
                self.floor = size + 1;
                break;
            }
            self.taken += bytes;
        }
    }
}

fn taken(blobs: &[LargeBlob]) -> usize {
    blobs
        .iter()
        .map(|blob| size_of::<LargeBlob>() + blob.path.len() + blob.snapshot.as_ref().map_or(0, String::len))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(sizes: impl Iterator<Item = u64>) -> DriveLoad {
        let large = sizes.map(|size| LargeBlob { size, path: format!("c/{size:0100}"), snapshot: None }).collect();
        DriveLoad { large, ..DriveLoad::default() }
    }

    #[test]
    fn the_largest_blobs_stay_one_by_one_and_the_others_are_summed() {
        let mut all = DriveLoad::default();
        let mut floor = LargeFloor::new(std::iter::empty());
        for page in 0..40 {
            let page = load((0..1_000).map(|at| LARGE_FLOOR + at * 1_000 + page));
            all.merge_from(&page, floor.bytes());
            if floor.add(&page) {
                floor.raise(std::iter::once(&all));
                all.sum_below(floor.bytes());
            }
            assert!(taken(&all.large) <= MEMORY);
        }
        assert_eq!(all.count(), 40_000);
        assert!(all.large.len() > 1_000 && all.large.iter().all(|blob| blob.size >= floor.bytes()));
        assert!(all.large.iter().any(|blob| blob.size == LARGE_FLOOR + 999_039), "the largest is gone");
    }

    #[test]
    fn blobs_of_one_length_are_summed_together() {
        let all = load(std::iter::repeat_n(LARGE_FLOOR * 4, 20_000));
        let mut floor = LargeFloor::new(std::iter::empty());
        assert!(floor.add(&all));
        floor.raise(std::iter::once(&all));
        assert_eq!(floor.bytes(), LARGE_FLOOR * 4 + 1);
    }
}
