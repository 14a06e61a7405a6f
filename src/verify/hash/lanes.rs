//! MD5 of many streams at once with the crate `md5-many`, which uses the widest registers that the processor has. The crate is fast only
//! where every lane has bytes and all have equally many, so lanes without a stream hash the bytes of another and their digest is dropped.

use md5_many::{Md5Many, Md5State};

use super::super::rules::Md5Sum;
use super::part_hasher::{LaneStreams, PartHasher};

/// The hasher with lanes.
#[derive(Clone, Copy, Debug, Default)]
pub struct LaneMd5(Md5Many);

/// Streams that keep the widest processors busy.
const MOST: usize = 32;
/// MD5 takes bytes in blocks of this many.
const MD5_BLOCK: usize = 64;
/// Lanes of which one at least must be in use. With fewer, one stream after the other is as fast.
const PER_STREAM: usize = 4;

impl PartHasher for LaneMd5 {
    fn name(&self) -> &'static str {
        "md5-many"
    }

    fn lanes(&self) -> usize {
        MOST.min(self.0.lanes() * 2)
    }

    fn streams(&self, count: usize) -> Box<dyn LaneStreams> {
        Box::new(ManyStreams { engine: self.0, states: vec![Md5State::new(); count], group: Vec::new() })
    }
}

struct ManyStreams {
    engine: Md5Many,
    states: Vec<Md5State>,
    /// The streams that are hashed at once, and unused lanes. Kept for its memory.
    group: Vec<Md5State>,
}

impl LaneStreams for ManyStreams {
    fn update(&mut self, pieces: &[&[u8]]) {
        let width = self.engine.lanes();
        let mut rest = pieces.to_vec();
        loop {
            let filled: Vec<usize> = (0..rest.len().min(self.states.len()))
                .filter(|at| rest.get(*at).is_some_and(|piece| piece.len() >= MD5_BLOCK))
                .collect();
            if filled.len() * PER_STREAM < width.max(PER_STREAM + 1) {
                break;
            }
            self.hash_in_step(&filled, &mut rest);
        }
        for (state, piece) in self.states.iter_mut().zip(rest) {
            state.update(piece);
        }
    }

    fn finish(&mut self, stream: usize, last: &[u8]) -> Md5Sum {
        let Some(state) = self.states.get_mut(stream) else { return Md5Sum::default() };
        state.update(last);
        std::mem::replace(state, Md5State::new()).finalize()
    }
}

impl ManyStreams {
    /// Hashes what all of these streams have: the whole blocks of the shortest piece.
    fn hash_in_step(&mut self, filled: &[usize], rest: &mut [&[u8]]) {
        let shortest = filled.iter().filter_map(|at| rest.get(*at)).map(|piece| piece.len()).min().unwrap_or(0);
        let step = shortest - shortest % MD5_BLOCK;
        let width = self.engine.lanes();
        let at_once = if filled.len() > width { width * 2 } else { width };
        for group in filled.chunks(at_once) {
            let mut inputs = Vec::with_capacity(at_once);
            self.group.clear();
            for at in group {
                if let (Some(piece), Some(state)) = (rest.get_mut(*at), self.states.get(*at)) {
                    let (now, later) = piece.split_at(step);
                    *piece = later;
                    inputs.push(now);
                    self.group.push(*state);
                }
            }
            let unused = inputs.first().copied().unwrap_or_default();
            inputs.resize(at_once, unused);
            self.group.resize(at_once, Md5State::new());
            self.engine.update_many(&mut self.group, &inputs);
            for (at, hashed) in group.iter().zip(self.group.drain(..)) {
                if let Some(state) = self.states.get_mut(*at) {
                    *state = hashed;
                }
            }
        }
    }
}
