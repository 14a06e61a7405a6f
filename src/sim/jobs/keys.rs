//! `BitLocker` keys of the drives: made up, of valid form, and listed only once the drives have been sent back.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::response::hash;
use super::job::StoredJob;
use super::life;

/// The answer of listBitLockerKeys; for an import job the keys that the client supplied.
pub(super) fn list(job: &StoredJob, now: Timestamp) -> Value {
    let mut value = Vec::new();
    if !job.exports() {
        let drives = job.properties.get("driveList").and_then(Value::as_array);
        value.extend(
            drives.into_iter().flatten().map(|d| json!({ "driveId": d["driveId"], "bitLockerKey": d["bitLockerKey"] })),
        );
    } else if life::sent_back(job, now).is_some() {
        let drives = job.outcome.as_ref().map_or(0, |o| o.drives.len());
        value.extend((0..drives).map(|i| json!({ "driveId": drive_id(job, i), "bitLockerKey": key(job, i) })));
    }
    json!({ "value": value })
}

/// The serial number of a job's drive: eight characters, the same at every reading.
pub(super) fn drive_id(job: &StoredJob, index: usize) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKLMNPQRSTUVWX";
    let h = hash(&format!("drive {index} of {} {}", job.id(), job.created));
    // The first character differs within a job, so two of its drives never share a serial number.
    let mut id = String::from(char::from(LETTERS[index % 32]));
    id.extend((1..8).map(|i| char::from(LETTERS[usize::try_from((h >> (5 * i)) & 31).unwrap_or(0)])));
    id
}

/// A key as `BitLocker` makes them: eight groups of six digits, each eleven times a number below 65,536.
fn key(job: &StoredJob, index: usize) -> String {
    let groups: Vec<String> =
        (0..8).map(|g| format!("{:06}", (hash(&format!("key {g} {} {}", index, job.id())) & 0xffff) * 11)).collect();
    groups.join("-")
}
