//! The answer of listBitLockerKeys: keys only once the drives have been sent back.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::jobs::job::StoredJob;
use super::super::jobs::{keys, life};
use super::super::switches::KeyFormat;

/// The answer of listBitLockerKeys; for an import job the keys that the client supplied.
pub(super) fn list(job: &StoredJob, now: Timestamp) -> Value {
    let mut value = Vec::new();
    if !job.exports() {
        let drives = job.properties.get("driveList").and_then(Value::as_array);
        value.extend(
            drives.into_iter().flatten().map(|d| json!({ "driveId": d["driveId"], "bitLockerKey": d["bitLockerKey"] })),
        );
    } else if life::sent_back(job, now).is_some() && !life::waits_for_keys(job, now) {
        value.extend(life::present(job).map(
            |i| json!({ "driveId": keys::drive_id(job, i), "bitLockerKey": keys::key(job, i, KeyFormat::Digits) }),
        ));
    }
    json!({ "value": value })
}
