//! A worker for disks without moving parts: it reads as many parts at once as the hasher has lanes, a piece of each in turn, so that what
//! was read is hashed while it is still in the processor's cache. All lanes are hashed in step, so that none is idle: as far as the lane
//! with the fewest bytes goes. A lane that is free takes the next part.

use std::ops::Range;

use super::super::hash::LaneStreams;
use super::task::PartTask;
use super::worker::WorkerContext;

/// The most bytes of a part read at once.
const CHUNK: usize = 128 * 1024;
/// Bytes of a part that the system is asked to read before they are wanted: those of a part that waits, and those behind a piece.
pub(super) const AHEAD: u64 = 4 * CHUNK as u64;
/// Lanes go on in whole blocks of MD5.
const MD5_BLOCK: usize = 64;

/// A part that is being read.
struct Lane {
    part: PartTask,
    /// Where the next piece begins.
    next: u64,
    /// The bytes in its buffer that are not hashed yet.
    held: Range<usize>,
}

impl Lane {
    fn new(part: PartTask) -> Self {
        let next = part.extent.offset;
        Self { part, next, held: 0..0 }
    }

    /// Asks the system for what comes behind the bytes that it was asked for before.
    fn expect_more(&self) {
        let extent = self.part.extent;
        let ahead = self.next + AHEAD;
        if (self.next - extent.offset).is_multiple_of(AHEAD) && ahead < extent.end() {
            self.part.file.expect(ahead, AHEAD.min(extent.end() - ahead));
        }
    }

    /// Whether only its last bytes are left.
    fn is_at_its_end(&self) -> bool {
        self.held.len() < MD5_BLOCK && self.next == self.part.extent.end()
    }
}

/// Reads and hashes parts until none is left.
pub(super) fn run(context: &WorkerContext<'_>) {
    let count = context.hasher.lanes().max(1);
    // A power of two, so that chunks end where what is read ahead ends.
    let chunk = 1 << CHUNK.min(context.memory / count).max(4_096).ilog2();
    let mut reader = LaneReader {
        context,
        streams: context.hasher.streams(count),
        lanes: (0..count).map(|_| None).collect(),
        buffer: vec![0; count * chunk],
        chunk,
        open: 0,
    };
    while reader.refill() && !context.meter.is_stopped() {
        reader.read();
        reader.finish();
        reader.hash();
        reader.finish();
    }
}

struct LaneReader<'a> {
    context: &'a WorkerContext<'a>,
    streams: Box<dyn LaneStreams>,
    lanes: Vec<Option<Lane>>,
    /// A chunk for each lane.
    buffer: Vec<u8>,
    chunk: usize,
    /// Lanes that were given a part before. One more in each round: lanes that begin together end together, and then the disk has nothing
    /// to read while they are hashed.
    open: usize,
}

impl LaneReader<'_> {
    /// Gives each free lane a part. Waits for one only when all lanes are free; `false` when none is left.
    fn refill(&mut self) -> bool {
        self.open = self.lanes.len().min(self.open + 1);
        let mut live = self.lanes.iter().flatten().count();
        for (slot, free) in self.lanes.iter_mut().take(self.open).zip(self.buffer.chunks_exact_mut(self.chunk)) {
            while slot.is_none() {
                let queue = self.context.queue;
                let next = if live == 0 { queue.take() } else { queue.take_if(|_| true) };
                let Some(part) = next else { return live > 0 };
                if part.md5.is_some() {
                    *slot = Some(Lane::new(part));
                    live += 1;
                } else if let Some(outcome) = self.context.sum(&part, free) {
                    self.context.done(&part, outcome);
                }
            }
        }
        true
    }

    /// Reads a piece for each lane that has none.
    fn read(&mut self) {
        let chunk = self.chunk;
        for ((stream, slot), out) in self.lanes.iter_mut().enumerate().zip(self.buffer.chunks_exact_mut(chunk)) {
            let Some(lane) = slot.as_mut().filter(|lane| lane.held.is_empty()) else { continue };
            lane.expect_more();
            let length = usize::try_from(lane.part.extent.end() - lane.next).unwrap_or(chunk).min(chunk);
            let read = self.context.fill(&lane.part, out.get_mut(..length).unwrap_or_default(), lane.next);
            lane.next += length as u64;
            lane.held = 0..length;
            if let Err(outcome) = read {
                let _discarded = self.streams.finish(stream, &[]);
                if let Some(lane) = slot.take() {
                    self.context.done(&lane.part, outcome);
                }
            }
        }
    }

    /// Hashes as much of each lane as the lane with the fewest bytes has.
    fn hash(&mut self) {
        let Some(fewest) = self.lanes.iter().flatten().map(|lane| lane.held.len()).min() else { return };
        let step = fewest - fewest % MD5_BLOCK;
        let mut pieces: Vec<&[u8]> = Vec::with_capacity(self.lanes.len());
        for (slot, bytes) in self.lanes.iter_mut().zip(self.buffer.chunks_exact(self.chunk)) {
            let piece = slot.as_mut().and_then(|lane| {
                let from = lane.held.start;
                lane.held.start += step;
                bytes.get(from..from + step)
            });
            pieces.push(piece.unwrap_or_default());
        }
        self.streams.update(&pieces);
    }

    /// Judges the parts that are at their end.
    fn finish(&mut self) {
        for ((stream, slot), bytes) in self.lanes.iter_mut().enumerate().zip(self.buffer.chunks_exact(self.chunk)) {
            if let Some(lane) = slot.take_if(|lane| lane.is_at_its_end()) {
                let found = self.streams.finish(stream, bytes.get(lane.held).unwrap_or_default());
                self.context.judge(&lane.part, &found);
                forget(&lane.part);
            }
        }
    }
}

/// What was read of a large file leaves the cache at once; of a small one when it is closed.
fn forget(part: &PartTask) {
    if part.extent.length < part.file.length {
        part.file.forget(part.extent.offset, part.extent.length);
    }
}
