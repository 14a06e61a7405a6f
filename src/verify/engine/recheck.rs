//! A part that was wrong, read again from the drive and hashed with the plain hasher, before anybody is told.

use super::super::hash::{PartHasher as _, PlainMd5};
use super::meter::CheckMeter;
use super::task::{PartOutcome, PartTask};

/// Bytes read at once.
const CHUNK: usize = 1 << 20;

/// Reads a part again. `None` when it was stopped.
pub(super) fn recheck(part: &PartTask, meter: &CheckMeter) -> Option<PartOutcome> {
    let promised = part.md5?;
    part.file.forget(part.extent.offset, part.extent.length);
    let mut streams = PlainMd5.streams(1);
    let mut buffer = vec![0; CHUNK.min(usize::try_from(part.extent.length).unwrap_or(CHUNK))];
    let (mut at, end, mut is_zero) = (part.extent.offset, part.extent.end(), true);
    while at < end {
        if meter.is_stopped() {
            return None;
        }
        let wanted = usize::try_from(end - at).unwrap_or(CHUNK).min(CHUNK);
        let piece = buffer.get_mut(..wanted).unwrap_or_default();
        match part.file.fill_at(piece, at) {
            Err(error) => return Some(PartOutcome::Unreadable(error.to_string())),
            Ok(count) if count < wanted => return Some(PartOutcome::Ended),
            Ok(_) => {}
        }
        is_zero &= piece.iter().all(|byte| *byte == 0);
        streams.update(&[piece]);
        at += wanted as u64;
    }
    let found = streams.finish(0, &[]);
    let is_zero = is_zero && part.extent.length > 0;
    Some(if found == promised { PartOutcome::RightAtLast } else { PartOutcome::Wrong { found, is_zero } })
}
