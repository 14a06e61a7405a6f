//! A worker for disks without moving parts: it reads as many parts at once as the hasher has lanes, a piece of each in turn, so that what
//! was read is hashed while it is still in the processor's cache. A lane that is free takes the next part.

use super::task::PartTask;
use super::worker::WorkerContext;

/// The most bytes of a part read at once.
const CHUNK: usize = 128 * 1024;

/// A part that is being read.
struct Lane {
    part: PartTask,
    at: u64,
    /// Bytes of it in this round's buffer.
    piece: usize,
}

/// Reads and hashes parts until none is left.
pub(super) fn run(context: &WorkerContext<'_>) {
    let count = context.hasher.lanes().max(1);
    let chunk = CHUNK.min(context.memory / count).max(4_096);
    let mut streams = context.hasher.streams(count);
    let mut buffer = vec![0; count * chunk];
    let mut lanes: Vec<Option<Lane>> = (0..count).map(|_| None).collect();
    while refill(context, &mut lanes) && !context.meter.is_stopped() {
        for ((stream, slot), out) in lanes.iter_mut().enumerate().zip(buffer.chunks_exact_mut(chunk)) {
            let Some(lane) = slot else { continue };
            lane.piece = usize::try_from(lane.part.extent.end() - lane.at).unwrap_or(chunk).min(chunk);
            let read = context.fill(&lane.part, out.get_mut(..lane.piece).unwrap_or_default(), lane.at);
            if let Err(outcome) = read {
                let _discarded = streams.finish(stream);
                if let Some(lane) = slot.take() {
                    context.done(&lane.part, outcome);
                }
            }
        }
        let pieces: Vec<&[u8]> = lanes
            .iter()
            .zip(buffer.chunks_exact(chunk))
            .map(|(lane, bytes)| bytes.get(..lane.as_ref().map_or(0, |lane| lane.piece)).unwrap_or_default())
            .collect();
        streams.update(&pieces);
        for (stream, slot) in lanes.iter_mut().enumerate() {
            let Some(lane) = slot else { continue };
            lane.at += lane.piece as u64;
            if lane.at == lane.part.extent.end() {
                let found = streams.finish(stream);
                if let Some(lane) = slot.take() {
                    context.judge(&lane.part, &found);
                    forget(&lane.part);
                }
            }
        }
    }
}

/// Gives each free lane a part. Waits for one only when all lanes are free; `false` when none is left.
fn refill(context: &WorkerContext<'_>, lanes: &mut [Option<Lane>]) -> bool {
    let mut live = lanes.iter().filter(|lane| lane.is_some()).count();
    for slot in lanes.iter_mut().filter(|lane| lane.is_none()) {
        while slot.is_none() {
            let next = if live == 0 { context.queue.take() } else { context.queue.take_if(|_| true) };
            let Some(part) = next else { return live > 0 };
            if part.md5.is_none() {
                if let Some(outcome) = context.sum(&part) {
                    context.done(&part, outcome);
                }
                continue;
            }
            if part.extent.length == 0 {
                let nothing = context.hasher.streams(1).finish(0);
                context.judge(&part, &nothing);
                continue;
            }
            let at = part.extent.offset;
            *slot = Some(Lane { part, at, piece: 0 });
            live += 1;
        }
    }
    true
}

/// What was read of a large file leaves the cache at once; of a small one when it is closed.
fn forget(part: &PartTask) {
    if part.extent.length < part.file.length {
        part.file.forget(part.extent.offset, part.extent.length);
    }
}
