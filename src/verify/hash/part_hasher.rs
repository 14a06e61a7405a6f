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
    /// Adds bytes to each stream; `pieces` has one piece for each, possibly empty.
    fn update(&mut self, pieces: &[&[u8]]);

    /// The digest of a stream, which is empty after it.
    fn finish(&mut self, stream: usize) -> Md5Sum;
}
