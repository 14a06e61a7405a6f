//! The drives of a job: what is copied to each, their logs and manifests, and the actions the customer may choose.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::super::jobs::job::{ExportOutcome, StoredJob};
use super::super::jobs::keys;
use super::super::jobs::life::{self, JobPhase};
use super::super::jobs::reports::{self, DriveReport};
use super::super::jobs::settings::JobSettings;
use super::super::response::hash;
use super::super::state::SimState;
use super::super::switches::LogLinks;

/// Resolutions that a job offers while it waits for the customer.
pub(super) const RESOLUTIONS: [&str; 3] = ["Resume", "Restart", "MoveToCleanUpDevice"];
/// The part of the copy during which the blobs are still being counted.
const COUNTING: f64 = 0.05;

/// The resolutions a job offers now.
pub(super) fn actions(job: &StoredJob, now: Timestamp) -> Vec<&'static str> {
    if life::waits_for_customer(job, now) { RESOLUTIONS.to_vec() } else { Vec::new() }
}

/// The drives in the data centre, with the number of each.
fn arrived<'j>(state: &SimState, job: &'j StoredJob) -> Option<(&'j ExportOutcome, JobPhase)> {
    let phase = life::phase(job, state.now());
    let here = matches!(phase, JobPhase::Received | JobPhase::Transferring(_)) || phase.is_copied();
    job.outcome.as_ref().filter(|_| here).map(|outcome| (outcome, phase))
}

/// The list `copyProgress`, one entry a drive.
pub(super) fn drives(state: &SimState, job: &StoredJob) -> Vec<Value> {
    let Some((outcome, phase)) = arrived(state, job) else { return Vec::new() };
    let account = JobSettings::of(job).account;
    let name = account.rsplit('/').next().unwrap_or("");
    let copied = life::copied(job, state.now());
    let entry = |(index, load): (usize, &super::super::jobs::job::DriveContents)| {
        // While blobs are counted the total grows with what is found.
        let counting = matches!(phase, JobPhase::Transferring(_)) && copied < COUNTING;
        let known = if counting { (copied / COUNTING).max(0.2) } else { 1.0 };
        let missing = if index == 0 { outcome.not_exported() as u64 } else { 0 };
        let begun = phase != JobPhase::Received;
        if !life::present(job).contains(&index) {
            return json!({
                "serialNumber": keys::drive_id(job, index), "copyStatus": "DriveNotReceived", "storageAccountName": name,
                "transferType": "ExportFromAzure", "dataAccountType": "StorageAccount", "accountId": account,
            });
        }
        let total = |all: u64| if begun { life::part_of(all, known) } else { 0 };
        let mut drive = json!({
            "serialNumber": keys::drive_id(job, index), "copyStatus": copy_status(outcome, phase), "storageAccountName": name,
            "transferType": "ExportFromAzure", "dataAccountType": "StorageAccount", "accountId": account,
            "bytesProcessed": life::part_of(load.bytes, copied), "totalBytesToProcess": total(load.bytes),
            "filesProcessed": life::part_of(load.blobs, copied), "totalFilesToProcess": total(load.blobs + missing),
            "filesErroredOut": life::part_of(missing, copied), "directoriesErroredOut": 0, "invalidDirectoriesProcessed": 0,
            "invalidFilesProcessed": 0, "invalidFileBytesUploaded": 0, "renamedContainerCount": 0,
            "isEnumerationInProgress": counting, "actions": actions(job, state.now()),
        });
        if phase.is_copied() && outcome.problem.is_some() {
            let text = "The export blob list is not valid.";
            drive["error"] = json!({ "code": "SsemUserErrorInvalidBlobList", "message": text, "details": [] });
        }
        drive
    };
    outcome.drives.iter().enumerate().map(entry).collect()
}

fn copy_status(outcome: &ExportOutcome, phase: JobPhase) -> &str {
    match phase {
        JobPhase::Received => "NotStarted",
        JobPhase::Transferring(_) => "InProgress",
        _ => outcome.copy_status(),
    }
}

/// The list `copyLogDetails`, once the logs are written.
pub(super) fn logs(state: &SimState, job: &StoredJob) -> Vec<Value> {
    let Some((outcome, _)) = arrived(state, job).filter(|_| job.reported) else { return Vec::new() };
    let signed = match state.switches.log_links {
        LogLinks::Plain => String::new(),
        LogLinks::Signed => format!("?sv=2021-12-02&sr=b&sp=r&sig={:016X}", hash(&format!("log {}", job.id()))),
    };
    let entry = |index| {
        let serial = keys::drive_id(job, index);
        let link = |report| format!("{}{signed}", reports::uri(state, job, &reports::path(job, &serial, report)));
        let mut log = json!({
            "copyLogDetailsType": "DataBoxCustomerDisk", "serialNumber": serial, "errorLogLink": link(DriveReport::Errors),
        });
        if JobSettings::of(job).verbose {
            log["verboseLogLink"] = json!(link(DriveReport::Verbose));
        }
        log
    };
    (0..outcome.drives.len()).map(entry).collect()
}

/// The map `exportDiskDetailsCollection`, once the drives are written.
pub(super) fn manifests(state: &SimState, job: &StoredJob) -> Value {
    let mut map = Map::new();
    let Some((outcome, _)) = arrived(state, job).filter(|(_, phase)| phase.is_copied()) else { return json!(map) };
    for index in 0..outcome.drives.len() {
        let serial = keys::drive_id(job, index);
        let mut disk =
            json!({ "manifestFile": format!("\\{serial}.manifest"), "manifestHash": job.manifest_hash(&serial) });
        if JobSettings::of(job).manifest_backup {
            disk["backupManifestCloudPath"] = json!(reports::path(job, &serial, DriveReport::Manifest));
        }
        map.insert(serial, disk);
    }
    Value::Object(map)
}
