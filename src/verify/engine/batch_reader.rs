//! A worker for spinning disks: it alone reads the disk while it reads, each part whole and in order; while it hashes, the next worker
//! reads. A part too large for memory is read and hashed piece by piece.

use super::super::rules::Md5Sum;
use super::task::{PartOutcome, PartTask};
use super::worker::WorkerContext;

/// Reads and hashes parts until none is left.
pub(super) fn run(context: &WorkerContext<'_>) {
    let mut buffer = vec![0; context.memory];
    while !context.meter.is_stopped() {
        let disk = context.disk();
        let Some(first) = context.queue.take() else { return };
        if first.md5.is_none() {
            let outcome = context.sum(&first, &mut buffer);
            drop(disk);
            if let Some(outcome) = outcome {
                context.done(&first, outcome);
            }
        } else if first.extent.length > buffer.len() as u64 {
            let outcome = alone(context, &first, &mut buffer);
            drop(disk);
            match outcome {
                Ok(Some(found)) => context.judge(&first, &found),
                Ok(None) => return,
                Err(outcome) => context.done(&first, outcome),
            }
        } else {
            let read = read_batch(context, first, &mut buffer);
            drop(disk);
            hash_batch(context, read, &buffer);
        }
    }
}

/// A part of a batch and where its bytes are.
struct ReadPart {
    part: PartTask,
    from: usize,
    to: usize,
    failed: Option<PartOutcome>,
}

/// Reads parts, as many as fit into the buffer and the lanes.
fn read_batch(context: &WorkerContext<'_>, first: PartTask, buffer: &mut [u8]) -> Vec<ReadPart> {
    let mut batch: Vec<ReadPart> = Vec::new();
    let mut next = Some(first);
    let mut from = 0;
    while let Some(part) = next {
        let to = from + usize::try_from(part.extent.length).unwrap_or(0);
        let failed = context.fill(&part, buffer.get_mut(from..to).unwrap_or_default(), part.extent.offset).err();
        if part.extent.length < part.file.length {
            part.file.forget(part.extent.offset, part.extent.length);
        }
        batch.push(ReadPart { part, from, to, failed });
        from = to;
        let room = (buffer.len() - from) as u64;
        next = if batch.len() < context.hasher.lanes().max(1) {
            context.queue.take_if(|part| part.md5.is_some() && part.extent.length <= room)
        } else {
            None
        };
    }
    batch
}

fn hash_batch(context: &WorkerContext<'_>, batch: Vec<ReadPart>, buffer: &[u8]) {
    let mut streams = context.hasher.streams(batch.len());
    let bytes = |read: &ReadPart| if read.failed.is_some() { read.from..read.from } else { read.from..read.to };
    let pieces: Vec<&[u8]> = batch.iter().map(|read| buffer.get(bytes(read)).unwrap_or_default()).collect();
    streams.update(&pieces);
    for (stream, read) in batch.into_iter().enumerate() {
        match read.failed {
            Some(outcome) => context.done(&read.part, outcome),
            None => context.judge(&read.part, &streams.finish(stream, &[])),
        }
    }
}

/// Reads a part that is larger than the buffer. The system reads ahead while a piece is hashed. `None` when it was stopped.
fn alone(context: &WorkerContext<'_>, part: &PartTask, buffer: &mut [u8]) -> Result<Option<Md5Sum>, PartOutcome> {
    let mut streams = context.hasher.streams(1);
    let (mut at, end) = (part.extent.offset, part.extent.end());
    while at < end {
        if context.meter.is_stopped() {
            return Ok(None);
        }
        let wanted = usize::try_from(end - at).unwrap_or(buffer.len()).min(buffer.len());
        let piece = buffer.get_mut(..wanted).unwrap_or_default();
        context.fill(part, piece, at)?;
        let next = at + wanted as u64;
        part.file.expect(next, (end - next).min(wanted as u64));
        streams.update(&[piece]);
        part.file.forget(at, wanted as u64);
        at = next;
    }
    Ok(Some(streams.finish(0, &[])))
}
