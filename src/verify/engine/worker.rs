//! What every worker shares: reading with a watch on slow drives, judging a digest, handing on a finished entry.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::super::hash::{Crc64, PartHasher};
use super::super::rules::Md5Sum;
use super::collector::Collector;
use super::meter::{CheckMeter, SLOW};
use super::queue::PartQueue;
use super::recheck::recheck;
use super::task::{EntryTask, PartOutcome, PartPlace, PartTask};

/// The most bytes read at once of a file whose CRC-64 is known, so that they are summed while they are in the processor's cache.
const SUM_CHUNK: usize = 256 * 1024;

/// What the workers of a drive share.
pub(super) struct WorkerContext<'a> {
    pub(super) queue: &'a PartQueue,
    pub(super) collector: &'a Collector,
    pub(super) hasher: &'a dyn PartHasher,
    pub(super) meter: &'a CheckMeter,
    /// Held while a spinning disk is read; nobody else reads it then.
    pub(super) spindle: Option<&'a Mutex<()>>,
    /// Bytes that a worker may hold.
    pub(super) memory: usize,
}

impl WorkerContext<'_> {
    /// Waits until nobody else reads the disk.
    pub(super) fn disk(&self) -> Option<MutexGuard<'_, ()>> {
        self.spindle.map(|spindle| spindle.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Fills a buffer from a part.
    pub(super) fn fill(&self, part: &PartTask, out: &mut [u8], at: u64) -> Result<(), PartOutcome> {
        let begun = Instant::now();
        let filled = part.file.fill_at(out, at);
        if begun.elapsed() > SLOW {
            self.meter.was_slow(&part.entry.promised.path, at);
        }
        match filled {
            Ok(count) if count == out.len() => {
                self.meter.read(count as u64);
                Ok(())
            }
            Ok(_) => Err(PartOutcome::Ended),
            Err(error) => Err(PartOutcome::Unreadable(error.to_string())),
        }
    }

    /// Judges a digest. One that is wrong is made sure of first.
    pub(super) fn judge(&self, part: &PartTask, found: &Md5Sum) {
        let outcome = if part.md5.as_ref() == Some(found) {
            PartOutcome::Right
        } else {
            let _alone = self.disk();
            match recheck(part, self.meter) {
                Some(outcome) => outcome,
                None => return,
            }
        };
        self.done(part, outcome);
    }

    /// Hands on the outcome of a part. A part that a stop cut short has none, and its entry stays unfinished.
    pub(super) fn done(&self, part: &PartTask, outcome: PartOutcome) {
        let number = part.entry.promised.number;
        match (&outcome, part.extent.place) {
            (PartOutcome::Right, PartPlace::Content(index)) if part.entry.promised.parts.len() > 1 => {
                self.collector.part_is_right(number, index as u64);
            }
            (PartOutcome::Sum(sum), PartPlace::Segment(index)) if part.extent.length < part.file.length => {
                self.collector.segment_is(number, index as u64, *sum);
            }
            _ => {}
        }
        part.entry.take(part.extent, part.md5.as_ref(), outcome);
        self.release(&part.entry);
    }

    /// The planner or a part is done with an entry.
    pub(super) fn release(&self, entry: &EntryTask) {
        if let Some(finished) = entry.part_done() {
            self.meter.finished(&finished.findings);
            self.collector.take(finished);
        }
    }

    /// Sums a segment of a file whose CRC-64 is known, with a buffer of the caller. The caller holds the disk. `None` when it was stopped.
    pub(super) fn sum(&self, part: &PartTask, buffer: &mut [u8]) -> Option<PartOutcome> {
        let mut crc = Crc64::default();
        let most = buffer.len().min(SUM_CHUNK);
        let (mut at, end) = (part.extent.offset, part.extent.end());
        while at < end {
            if self.meter.is_stopped() {
                return None;
            }
            let wanted = usize::try_from(end - at).unwrap_or(most).min(most);
            let piece = buffer.get_mut(..wanted).unwrap_or_default();
            if let Err(outcome) = self.fill(part, piece, at) {
                return Some(outcome);
            }
            crc.update(piece);
            at += wanted as u64;
        }
        part.file.forget(part.extent.offset, part.extent.length);
        Some(PartOutcome::Sum(crc.sum()))
    }
}
