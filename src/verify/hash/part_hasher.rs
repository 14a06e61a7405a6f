//! What a hasher of parts does: several streams of bytes at once, each with a digest of its own.

use super::super::rules::Md5Sum;

/// A way to hash parts.
pub trait PartHasher: Send + Sync {
    /// Its name, for reports, e.g. `md-5`.
    fn name(&self) -> &'static str;

    /// How many parts it likes to have at once.
    fn lanes(&self) -> usize;

    /// New streams, all empty.
    fn streams(&self, count: usize) -> Box<dyn LaneStreams>;
}

/// Several digests under way.
pub trait LaneStreams: Send {
    /// Adds bytes to each stream; `pieces` has one piece for each, possibly empty. It is fastest with pieces of one length, a multiple of 64,
    /// in all streams.
    fn update(&mut self, pieces: &[&[u8]]);

    /// Adds a stream's last bytes, fewer than 64 in most cases, and gives its digest. The stream is empty after it.
    fn finish(&mut self, stream: usize, last: &[u8]) -> Md5Sum;
}
