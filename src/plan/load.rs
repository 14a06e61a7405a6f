//! What is to be packed: large blobs one by one, the many small ones as sums per size class. Its size does not depend on
//! how many blobs there are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CLUSTER, Overheads, RANGE};
use crate::wording::binary;

/// Blobs of at least this many bytes are packed one by one; smaller ones are packed as sums.
pub const LARGE_FLOOR: u64 = 256 << 20;

/// One large blob or snapshot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LargeBlob {
    /// Length in bytes; first, so that sorting goes by size.
    pub size: u64,
    /// `container/name`.
    pub path: String,
    /// Snapshot id, verbatim; `None` for the blob itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<String>,
}

/// Blobs of similar size, in sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizeClass {
    /// The number of bits of their lengths; 0 for empty blobs.
    pub bits: u8,
    /// How many blobs and snapshots.
    pub count: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The 4 KiB clusters they fill.
    pub clusters: u64,
    /// The 4 MiB ranges they fill.
    pub ranges: u64,
    /// Length of the largest, in bytes.
    pub largest: u64,
}

impl SizeClass {
    fn add(&mut self, size: u64) {
        self.count += 1;
        self.bytes = self.bytes.saturating_add(size);
        self.clusters = self.clusters.saturating_add(size.div_ceil(CLUSTER));
        self.ranges = self.ranges.saturating_add(size.div_ceil(RANGE));
        self.largest = self.largest.max(size);
    }

    fn merge(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.clusters = self.clusters.saturating_add(other.clusters);
        self.ranges = self.ranges.saturating_add(other.ranges);
        self.largest = self.largest.max(other.largest);
    }
}

/// The blobs to pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriveLoad {
    /// Small blobs by size class, only those there are, by their bits.
    pub classes: Vec<SizeClass>,
    /// Large blobs, in no order.
    pub large: Vec<LargeBlob>,
}

impl DriveLoad {
    /// Adds a blob of `size` bytes to the sums.
    pub fn add_small(&mut self, size: u64) {
        self.class(bits(size)).add(size);
    }

    /// The class of lengths with so many bits.
    fn class(&mut self, bits: u8) -> &mut SizeClass {
        let mut at = 0;
        // There are a dozen at most. Every blob comes here, and a closure is a call in a program built for size.
        while let Some(class) = self.classes.get(at)
            && class.bits < bits
        {
            at += 1;
        }
        if !matches!(self.classes.get(at), Some(class) if class.bits == bits) {
            self.classes.insert(at, SizeClass { bits, ..SizeClass::default() });
        }
        &mut self.classes[at]
    }

    /// Adds all of `other`; large blobs stay one by one.
    pub fn merge(&mut self, other: &Self) {
        for theirs in &other.classes {
            self.class(theirs.bits).merge(theirs);
        }
        self.large.extend(other.large.iter().cloned());
    }

    /// Adds all of `other`; large blobs of at least `floor` bytes stay one by one, the others join the sums.
    pub fn merge_from(&mut self, other: &Self, floor: u64) {
        for theirs in &other.classes {
            self.class(theirs.bits).merge(theirs);
        }
        for blob in &other.large {
            if blob.size < floor {
                self.add_small(blob.size);
            } else {
                self.large.push(blob.clone());
            }
        }
    }

    /// Keeps large blobs of at least `floor` bytes one by one; the others join the sums.
    pub fn sum_below(&mut self, floor: u64) {
        let (kept, summed) = std::mem::take(&mut self.large).into_iter().partition(|blob| blob.size >= floor);
        let summed: Vec<LargeBlob> = summed;
        self.large = kept;
        self.large.shrink_to_fit();
        for blob in summed {
            self.add_small(blob.size);
        }
    }

    /// How many blobs and snapshots.
    pub fn count(&self) -> u64 {
        let small = self.classes.iter().map(|class| class.count).fold(0, u64::saturating_add);
        small.saturating_add(self.large.len() as u64)
    }

    /// Their bytes.
    pub fn bytes(&self) -> u64 {
        let small = self.classes.iter().map(|class| class.bytes);
        small.chain(self.large.iter().map(|blob| blob.size)).fold(0, u64::saturating_add)
    }

    /// Bytes that the blobs need on drives, overhead included.
    pub fn needed(&self, overheads: &Overheads) -> u64 {
        let small = self.classes.iter().map(|class| overheads.items(class.count, class.clusters, class.ranges));
        small.chain(self.large.iter().map(|blob| overheads.item(blob.size))).fold(0, u64::saturating_add)
    }

    /// Counts per power of two from the smallest class in use to the largest, large blobs included: (upper limit, count, bytes).
    pub fn histogram(&self) -> Vec<(u64, u64, u64)> {
        let mut rows: BTreeMap<u8, (u64, u64)> =
            self.classes.iter().map(|class| (class.bits, (class.count, class.bytes))).collect();
        for blob in &self.large {
            let row = rows.entry(bits(blob.size)).or_default();
            *row = (row.0 + 1, row.1.saturating_add(blob.size));
        }
        let limit = |bits: u8| 1_u64.checked_shl(u32::from(bits)).unwrap_or(u64::MAX);
        rows.into_iter().map(|(bits, (count, bytes))| (limit(bits), count, bytes)).collect()
    }

    /// The histogram in a few bands, from the smallest in use to the largest.
    pub fn bands(&self) -> Vec<SizeBand> {
        let mut bands: Vec<SizeBand> = BANDS.map(|below| SizeBand { below, count: 0, bytes: 0 }).to_vec();
        for (below, count, bytes) in self.histogram() {
            if let Some(band) = bands.iter_mut().find(|band| band.below.is_none_or(|limit| below <= limit)) {
                band.count = band.count.saturating_add(count);
                band.bytes = band.bytes.saturating_add(bytes);
            }
        }
        let used = |band: &SizeBand| band.count > 0;
        let first = bands.iter().position(used).unwrap_or(bands.len());
        let last = bands.iter().rposition(used).map_or(first, |last| last + 1);
        bands[first..last].to_vec()
    }
}

/// Upper limits of the bands: 1, 16 and 256 MiB, 4 and 64 GiB, 1 TiB.
const BANDS: [Option<u64>; 7] =
    [Some(1 << 20), Some(1 << 24), Some(1 << 28), Some(1 << 32), Some(1 << 36), Some(1 << 40), None];

/// Blobs and snapshots of similar size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeBand {
    /// Their upper limit in bytes; `None` for the largest band.
    pub below: Option<u64>,
    /// How many.
    pub count: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl SizeBand {
    /// The sizes in words: `below 16 MiB`, `1 TiB and more`.
    pub fn words(&self) -> String {
        let whole = |bytes: u64| binary(bytes).replace(".00 ", " ").replace(".0 ", " ");
        self.below.map_or_else(|| format!("{} and more", whole(1 << 40)), |below| format!("below {}", whole(below)))
    }
}

/// How many bits a length has.
fn bits(size: u64) -> u8 {
    u8::try_from(u64::BITS - size.leading_zeros()).unwrap_or(0)
}
