//! MD5 of many streams at once with the crate `md5-many`, which uses the widest registers that the processor has.

use md5_many::{Md5Many, Md5State};

use super::super::rules::Md5Sum;
use super::part_hasher::{LaneStreams, PartHasher};

/// The hasher with lanes.
#[derive(Clone, Copy, Debug, Default)]
pub struct LaneMd5(Md5Many);

/// Streams that keep the widest processors busy.
const LANES: usize = 32;

impl PartHasher for LaneMd5 {
    fn name(&self) -> &'static str {
        "md5-many"
    }

    fn lanes(&self) -> usize {
        LANES.min(self.0.lanes() * 2)
    }

    fn streams(&self, count: usize) -> Box<dyn LaneStreams> {
        Box::new(ManyStreams { engine: self.0, states: vec![Md5State::new(); count] })
    }
}

struct ManyStreams {
    engine: Md5Many,
    states: Vec<Md5State>,
}

impl LaneStreams for ManyStreams {
    fn update(&mut self, pieces: &[&[u8]]) {
        let filled = pieces.iter().filter(|piece| !piece.is_empty()).count();
        if filled > 1 && pieces.len() == self.states.len() {
            self.engine.update_many(&mut self.states, pieces);
            return;
        }
        for (state, piece) in self.states.iter_mut().zip(pieces) {
            state.update(piece);
        }
    }

    fn finish(&mut self, stream: usize) -> Md5Sum {
        let Some(state) = self.states.get_mut(stream) else { return Md5Sum::default() };
        std::mem::replace(state, Md5State::new()).finalize()
    }
}
