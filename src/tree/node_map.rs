//! Maps and sets of nodes. Their hash is one multiplication, because a tree with a million rows looks up each row.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::NodeId;

pub(super) type NodeMap<V> = HashMap<NodeId, V, BuildHasherDefault<NodeIdHasher>>;
pub(super) type NodeSet = HashSet<NodeId, BuildHasherDefault<NodeIdHasher>>;

/// 2^64 divided by the golden ratio. Multiplied with it, consecutive numbers spread over all bits (Fibonacci hashing).
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// Hashes the number of a node. The arena counts the numbers up, so that no input from outside can make them collide.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NodeIdHasher(u64);

impl Hasher for NodeIdHasher {
    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(MULTIPLIER);
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
