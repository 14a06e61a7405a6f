//! CRC-64/NVME, the sum in the logs of Data Box, of a file in segments that are summed apart and joined.

use crc_fast::{CrcAlgorithm, Digest, checksum_combine};

/// The sum of some bytes under way.
pub struct Crc64(Digest);

impl Default for Crc64 {
    fn default() -> Self {
        Self(Digest::new(CrcAlgorithm::Crc64Nvme))
    }
}

impl Crc64 {
    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The sum so far.
    pub fn sum(&self) -> u64 {
        self.0.finalize()
    }
}

/// The sum of a file from the sums of its segments in order, each with its length.
pub fn joined(segments: impl IntoIterator<Item = (u64, u64)>) -> u64 {
    // Joining takes longer than summing a small file, and most files are one segment.
    let filled = segments.into_iter().filter(|(_, length)| *length > 0);
    let join = |(whole, before), (sum, length)| {
        (checksum_combine(CrcAlgorithm::Crc64Nvme, whole, sum, length), before + length)
    };
    filled.reduce(join).map_or(0, |(whole, _)| whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum_of(bytes: &[u8]) -> u64 {
        let mut sum = Crc64::default();
        sum.update(bytes);
        sum.sum()
    }

    /// The definition, bit by bit.
    fn by_definition(bytes: &[u8]) -> u64 {
        !bytes.iter().fold(u64::MAX, |sum, byte| {
            (0..8).fold(sum ^ u64::from(*byte), |sum, _| {
                (sum >> 1) ^ if sum & 1 == 1 { 0x9A6C_9329_AC4B_C9B5 } else { 0 }
            })
        })
    }

    #[test]
    fn the_sums_that_published_logs_have() {
        assert_eq!(sum_of(&[b'1'; 4_096]), 16_033_727_819_182_370_206);
        assert_eq!(sum_of(b"Hello World"), 7_320_094_093_915_972_193);
        assert_eq!(sum_of(&[0; 1_024]), 7_573_843_669_953_104_266);
        assert_eq!(sum_of(b"123456789"), 0xAE8B_1486_0A79_9888);
        assert_eq!(sum_of(b""), 0);
    }

    proptest! {
        #[test]
        fn segments_of_any_length_join_to_the_sum_of_the_whole(bytes in prop::collection::vec(any::<u8>(), 0..900), cuts in prop::collection::vec(0usize..900, 0..6)) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).chain([0, bytes.len()]).collect();
            cuts.sort_unstable();
            let segments = cuts.windows(2).map(|cut| {
                let segment = &bytes[cut[0]..cut[1]];
                (sum_of(segment), segment.len() as u64)
            });
            prop_assert_eq!(joined(segments), by_definition(&bytes));
        }
    }
}
