//! Serial numbers and `BitLocker` keys of the drives: made up, and of valid form.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::super::response::hash;
use super::super::switches::KeyFormat;
use super::job::StoredJob;

/// The serial number of a job's drive: eight characters, the same at every reading.
pub(crate) fn drive_id(job: &StoredJob, index: usize) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKLMNPQRSTUVWX";
    let h = hash(&format!("drive {index} of {} {}", job.id(), job.created));
    // The first character differs within a job, so two of its drives never share a serial number.
    let mut id = String::from(char::from(LETTERS[index % 32]));
    id.extend((1..8).map(|i| char::from(LETTERS[usize::try_from((h >> (5 * i)) & 31).unwrap_or(0)])));
    id
}

/// The key of a job's drive. Digits are as `BitLocker` makes them: eight groups of six, each eleven times a number below 65,536.
pub(crate) fn key(job: &StoredJob, index: usize, format: KeyFormat) -> String {
    let parts = (0..8).map(|group| hash(&format!("key {group} {index} {}", job.id())));
    match format {
        KeyFormat::Digits => parts.map(|part| format!("{:06}", (part & 0xffff) * 11)).collect::<Vec<_>>().join("-"),
        KeyFormat::Base64 => BASE64_STANDARD.encode(parts.take(4).flat_map(u64::to_be_bytes).collect::<Vec<u8>>()),
    }
}
