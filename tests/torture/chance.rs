//! Random choices that can be made again: a generator with a seed that is printed.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A generator of the kind called splitmix64: good enough to choose moments, and the same on every machine.
pub(crate) struct Chance {
    state: u64,
}

impl Chance {
    /// With the seed of `BLOBFREIGHT_SEED`, otherwise a new one. Printed with the name of the run.
    pub(crate) fn new(run: &str) -> Self {
        let given = std::env::var("BLOBFREIGHT_SEED").ok().and_then(|text| text.parse().ok());
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.subsec_nanos().into());
        let seed: u64 = given.unwrap_or(now);
        println!("{run}: BLOBFREIGHT_SEED={seed}");
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// A pause of less than so many milliseconds, in microseconds.
    pub(crate) fn pause(&mut self, below_ms: u64) -> Duration {
        Duration::from_micros(self.below(below_ms * 1_000))
    }
}
