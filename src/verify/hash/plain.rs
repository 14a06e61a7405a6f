//! MD5 with the crate `md-5`: one stream after the other. It is the reference for every other hasher.

use md5::{Digest as _, Md5};

use super::super::rules::Md5Sum;
use super::part_hasher::{LaneStreams, PartHasher};

/// The plain hasher.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainMd5;

impl PartHasher for PlainMd5 {
    fn name(&self) -> &'static str {
        "md-5"
    }

    fn lanes(&self) -> usize {
        1
    }

    fn streams(&self, count: usize) -> Box<dyn LaneStreams> {
        Box::new(PlainStreams(vec![Md5::new(); count]))
    }
}

struct PlainStreams(Vec<Md5>);

impl LaneStreams for PlainStreams {
    fn update(&mut self, pieces: &[&[u8]]) {
        for (stream, piece) in self.0.iter_mut().zip(pieces) {
            stream.update(piece);
        }
    }

    fn finish(&mut self, stream: usize, last: &[u8]) -> Md5Sum {
        let Some(stream) = self.0.get_mut(stream) else { return Md5Sum::default() };
        stream.update(last);
        stream.finalize_reset().into()
    }
}
