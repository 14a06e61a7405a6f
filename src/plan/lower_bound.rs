//! How few drives could do: a lower bound that no packing can be below.

use super::{Overheads, Purchase};

/// Sizes that are read for the bound, in all.
const BOUND_STEPS: usize = 1_000_000;

/// A number of drives that every packing needs: by bytes, by blobs over half a drive, and, for equal drives, by Martello and Toth's
/// bound. It counts drives of the largest size, which are never short. `sizes` are those of the large blobs in
/// descending order.
pub(super) fn lower_bound(sizes: &[u64], small_bytes: u64, purchase: &Purchase, overheads: &Overheads) -> usize {
    let total = sizes.iter().copied().fold(small_bytes, u64::saturating_add);
    if total == 0 {
        return 0;
    }
    let capacity = overheads.usable(purchase.largest()).max(1);
    let over_half = sizes.iter().filter(|size| **size > capacity / 2).count();
    let by_bytes = usize::try_from(total.div_ceil(capacity)).unwrap_or(usize::MAX);
    let bound = by_bytes.max(over_half).max(1);
    if purchase.given.is_empty() { bound.max(martello_toth(sizes, small_bytes, capacity)) } else { bound }
}

/// The bound L2. For a threshold `k`: the blobs too large to share a drive with a blob of size `k`, the other blobs over half a
/// drive, and the drives for the bytes of the smaller blobs that do not fit into the gaps beside those.
fn martello_toth(sizes: &[u64], small_bytes: u64, capacity: u64) -> usize {
    let bound = |k: u64| {
        let alone = sizes.iter().filter(|size| **size > capacity - k).count();
        let over_half: Vec<u64> =
            sizes.iter().copied().filter(|size| *size <= capacity - k && *size > capacity / 2).collect();
        let others = sizes.iter().copied().filter(|size| *size <= capacity / 2 && *size >= k);
        let others = others.fold(if k == 0 { small_bytes } else { 0 }, u64::saturating_add);
        let gaps = over_half.iter().map(|size| capacity - size).fold(0, u64::saturating_add);
        let beyond_gaps = others.saturating_sub(gaps).div_ceil(capacity);
        alone.saturating_add(over_half.len()).saturating_add(usize::try_from(beyond_gaps).unwrap_or(usize::MAX))
    };
    let mut thresholds: Vec<u64> = sizes.iter().copied().filter(|size| *size <= capacity / 2).collect();
    thresholds.dedup();
    // Any threshold gives a valid bound and reads every size once. So only some are tried, to keep a plan quick.
    let tried = (BOUND_STEPS / sizes.len().max(1)).clamp(16, 256);
    let step = thresholds.len().div_ceil(tried).max(1);
    thresholds.into_iter().step_by(step).chain([0]).map(bound).max().unwrap_or(0)
}
