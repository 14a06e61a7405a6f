//! listCredentials: the keys of the drives, and the carrier account number that no other answer shows.

use serde_json::{Value, json};

use super::super::jobs::job::StoredJob;
use super::super::jobs::keys;
use super::super::jobs::life::{self, JobPhase};
use super::super::jobs::place::JobRefusal;
use super::super::response::Response;
use super::super::state::SimState;
use super::super::switches::KeysFrom;
use super::details::SKU;
use super::vault_key;

/// Answers POST `.../listCredentials` for a job that exists.
pub(super) fn list(state: &SimState, key: &str) -> Result<Response, JobRefusal> {
    let Some(job) = state.jobs.get(key) else {
        return Err((404, "ResourceNotFound", "The job was not found.".to_owned()));
    };
    if let Some(error) = vault_key::trouble(job, state.switches.vault_access) {
        let secrets = json!({ "jobSecretsType": SKU, "dcAccessSecurityCode": {}, "diskSecrets": [], "error": error });
        return Ok(Response::json(200, &json!({ "value": [{ "jobName": job.name, "jobSecrets": secrets }] })));
    }
    let drives = if has_keys(state, job) { life::present(job) } else { 0..0 };
    let secret = |index| json!({ "diskSerialNumber": keys::drive_id(job, index), "bitLockerKey": keys::key(job, index, state.switches.key_format) });
    let disks: Vec<Value> = drives.map(secret).collect();
    let mut secrets = json!({ "jobSecretsType": SKU, "dcAccessSecurityCode": {}, "diskSecrets": disks });
    let package = job.properties.get("details").map(|details| &details["returnToCustomerPackageDetails"]);
    if let Some(number) = package.and_then(|p| p["carrierAccountNumber"].as_str()) {
        secrets["carrierAccountNumber"] = json!(number);
    }
    Ok(Response::json(200, &json!({ "value": [{ "jobName": job.name, "jobSecrets": secrets }] })))
}

fn has_keys(state: &SimState, job: &StoredJob) -> bool {
    let phase = life::phase(job, state.now());
    if life::waits_for_keys(job, state.now()) {
        return false;
    }
    match state.switches.keys_from {
        KeysFrom::SentBack => phase.is_sent_back(),
        KeysFrom::Received => matches!(phase, JobPhase::Received | JobPhase::Transferring(_)) || phase.is_copied(),
    }
}
