//! A job as an answer shows it: what was stored, plus everything that follows from the time and from the api-version.

use serde_json::{Map, Value, json};

use super::super::jobs::job::StoredJob;
use super::super::jobs::keys;
use super::super::jobs::life::{self, JobPhase};
use super::super::jobs::reports::{self, DriveReport};
use super::super::jobs::settings::JobSettings;
use super::super::response::hash;
use super::super::state::SimState;
use super::states::state_name;

/// Which operation shows the job; the service is not consistent between them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum JobOperation {
    /// PUT: the location as it was sent.
    Created,
    /// GET and PATCH: the location's display name.
    Read,
    /// A list: display name, and no drive list.
    Listed,
}

/// The `JobResponse` of a job.
pub(super) fn job(state: &SimState, job: &StoredJob, version: &str, echo: JobOperation) -> Value {
    let display = state.locations.find(&job.location).and_then(|l| l["name"].as_str()).unwrap_or(&job.location);
    let mut body = json!({
        "id": job.id(), "name": job.name, "type": "Microsoft.ImportExport/jobs",
        "location": if echo == JobOperation::Created { job.location.as_str() } else { display }, "tags": job.tags,
        "properties": properties(state, job, version, echo), "identity": { "type": "None" },
    });
    if version != "2016-11-01" {
        let who = "rehearsal@northlight.example";
        body["systemData"] = json!({
            "createdBy": who, "createdByType": "User", "createdAt": job.created.to_string(),
            "lastModifiedBy": who, "lastModifiedByType": "User", "lastModifiedAt": job.modified.to_string(),
        });
    }
    body
}

fn properties(state: &SimState, job: &StoredJob, version: &str, echo: JobOperation) -> Value {
    let now = state.now();
    let phase = life::phase(job, now);
    let mut p = job.properties.clone();
    spell_list_path(&mut p, version);
    p.insert("state".into(), json!(state_name(phase)));
    p.insert("cancelRequested".into(), json!(job.cancelled.is_some()));
    p.insert("provisioningState".into(), json!("Succeeded"));
    p.insert(
        "encryptionKey".into(),
        job.properties.get("encryptionKey").cloned().unwrap_or_else(|| json!({ "kekType": "MicrosoftManaged" })),
    );
    if let Some(address) = state.locations.shipping_information(&job.location) {
        p.insert("shippingInformation".into(), address);
    }
    let arrived = !matches!(phase, JobPhase::Creating | JobPhase::Shipping);
    if job.shipped.is_some() {
        p.insert("percentComplete".into(), json!(life::percent(life::copied(job, now))));
    }
    if echo == JobOperation::Listed {
        p.remove("driveList");
    } else if job.exports() {
        p.insert("driveList".into(), if arrived { drives(state, job, phase) } else { json!([]) });
    } else {
        hide_keys(&mut p);
    }
    if let Some(back) = life::sent_back(job, now) {
        let carrier = job.properties.get("returnShipping").and_then(|r| r["carrierName"].as_str()).unwrap_or("FedEx");
        let drives = life::present(job).len();
        let tracking = format!("REHEARSAL{:012}", hash(&job.id()) % 1_000_000_000_000);
        p.insert("returnPackage".into(), json!({ "carrierName": carrier, "trackingNumber": tracking, "driveCount": drives, "shipDate": back.to_string() }));
    }
    if job.reported && job.outcome.as_ref().is_some_and(|o| !o.left_out.is_empty()) {
        let path = reports::incomplete_path(job);
        p.insert("incompleteBlobListUri".into(), json!(reports::uri(state, job, &path)));
    }
    Value::Object(p)
}

/// In 2016-11-01 the path of the list blob was spelled with a small b in the middle.
fn spell_list_path(properties: &mut Map<String, Value>, version: &str) {
    if version != "2016-11-01" {
        return;
    }
    if let Some(export) = properties.get_mut("export").and_then(Value::as_object_mut)
        && let Some(path) = export.remove("blobListBlobPath")
    {
        export.insert("blobListblobPath".into(), path);
    }
}

/// Keys that a client sent with an import job come back only through listBitLockerKeys.
fn hide_keys(properties: &mut Map<String, Value>) {
    for drive in properties.get_mut("driveList").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(drive) = drive.as_object_mut() {
            drive.remove("bitLockerKey");
            drive.entry("state").or_insert_with(|| json!("Specified"));
        }
    }
}

fn drives(state: &SimState, job: &StoredJob, phase: JobPhase) -> Value {
    let Some(outcome) = job.outcome.as_ref() else { return json!([]) };
    let copied = life::copied(job, state.now());
    let list = outcome.drives.iter().enumerate().map(|(index, load)| {
        let id = keys::drive_id(job, index);
        if !life::present(job).contains(&index) {
            return json!({ "driveId": id, "state": "NeverReceived" });
        }
        let drive_state = match phase {
            JobPhase::Received | JobPhase::Creating | JobPhase::Shipping => "Received",
            JobPhase::Transferring(_) => "Transferring",
            JobPhase::Packaging if outcome.has_errors() => "CompletedMoreInfo",
            JobPhase::Packaging => "Completed",
            JobPhase::Returning { .. } | JobPhase::Finished { .. } | JobPhase::Cancelled | JobPhase::Gone => {
                "ShippedBack"
            }
        };
        let mut drive = json!({ "driveId": id, "state": drive_state });
        if drive_state == "Received" {
            return drive;
        }
        let under_way = drive_state == "Transferring";
        drive["copyStatus"] = json!(if under_way { "InProgress" } else { outcome.copy_status() });
        drive["percentComplete"] = json!(life::percent(copied));
        drive["bytesSucceeded"] = json!(life::part_of(load.bytes, copied));
        drive["manifestFile"] = json!(format!("\\{id}.manifest"));
        drive["manifestHash"] = json!(job.manifest_hash(&id));
        if !under_way {
            let settings = JobSettings::of(job);
            let uri = |report| json!(reports::uri(state, job, &reports::path(job, &id, report)));
            drive["errorLogUri"] = uri(DriveReport::Errors);
            if settings.verbose {
                drive["verboseLogUri"] = uri(DriveReport::Verbose);
            }
            if settings.manifest_backup {
                drive["manifestUri"] = uri(DriveReport::Manifest);
            }
        }
        drive
    });
    Value::Array(list.collect())
}
