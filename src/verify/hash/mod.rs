//! Digests at the speed of the drives. Blocks have digests of their own, so many are hashed at once, one in each lane of the processor.
//!
//! - `part_hasher`: what a hasher does. `plain`: one lane after the other, with `md-5`. `lanes`: many at once, with `md5-many`.
//! - `choose`: the fast one where it proves itself at the start, otherwise the plain one. `crc64`: the sum of Data Box's logs.

mod choose;
mod crc64;
mod lanes;
mod part_hasher;
mod plain;

pub use choose::{ChosenHasher, choose, md5_of, self_test};
pub use crc64::{Crc64, joined};
pub use lanes::LaneMd5;
pub use part_hasher::{LaneStreams, PartHasher};
pub use plain::PlainMd5;
