//! The drives that a job names: from a file with the job, in any of its forms, or from the service.

use std::path::Path;

use serde_json::Value;

use crate::azure::model::JobDrive;
use crate::cli::effective_config::EffectiveConfig;
use crate::cli::failure::CommandFailure;
use crate::cli::headless::Headless;
use crate::cli::verify::args::VerifyArgs;
use crate::draft::store::DraftStore;
use crate::driver::live::drafts_in;
use crate::files;
use crate::verify::engine::ExpectedDrive;

/// The drives of `--job`; `None` without it.
pub(super) async fn expected(
    setting: &EffectiveConfig,
    args: &VerifyArgs,
) -> Result<Option<Vec<ExpectedDrive>>, CommandFailure> {
    let Some(job) = &args.job else { return Ok(None) };
    let path = Path::new(job);
    let drives = if path.exists() { of_file(path)? } else { of_service(setting, args, job).await? };
    if drives.is_empty() {
        return Err(CommandFailure::wrong(format!(
            "The job in {job} names no drive yet; drives are in it once they were received."
        )));
    }
    Ok(Some(drives))
}

fn of_file(path: &Path) -> Result<Vec<ExpectedDrive>, CommandFailure> {
    let wrong = |why: String| CommandFailure::wrong(format!("The job in {} could not be read: {why}.", path.display()));
    let bytes = files::read_named(path, true).map_err(|error| wrong(files::reason(&error)))?;
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let value: Value = serde_json::from_slice(text).map_err(|error| wrong(format!("it is no JSON ({error})")))?;
    drives(&value).ok_or_else(|| wrong("it is JSON, but not a job with a list of drives".into()))
}

/// The drives in a job of either service, of the Azure CLI, or as `jobs show --json` prints it.
fn drives(value: &Value) -> Option<Vec<ExpectedDrive>> {
    let properties = value.get("properties").unwrap_or(value);
    let details = properties.get("details").unwrap_or(properties);
    let text = |drive: &Value, names: &[&str]| {
        names.iter().find_map(|name| drive.get(*name)?.as_str()).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let drive = |id: String, drive: &Value| ExpectedDrive {
        id,
        manifest: text(drive, &["manifestFile", "manifest"]),
        manifest_hash: text(drive, &["manifestHash"]),
    };
    if let Some(by_serial) = details.get("exportDiskDetailsCollection").and_then(Value::as_object) {
        return Some(by_serial.iter().map(|(serial, found)| drive(serial.clone(), found)).collect());
    }
    let list = [properties.get("driveList"), value.get("drives")].into_iter().flatten().find_map(Value::as_array)?;
    Some(list.iter().filter_map(|found| Some(drive(text(found, &["driveId", "id"])?, found))).collect())
}

/// Asks the service for the job of a draft.
async fn of_service(
    setting: &EffectiveConfig,
    args: &VerifyArgs,
    name: &str,
) -> Result<Vec<ExpectedDrive>, CommandFailure> {
    let unknown = || {
        CommandFailure::wrong(format!(
            "{name:?} is no file and no job of a draft; `blobfreight jobs show NAME -g GROUP --json` writes a file for --job."
        ))
    };
    let store = DraftStore::open(&drafts_in(&setting.places.data)).map_err(|_| unknown())?;
    let listed = store.list().map_err(|_| unknown())?;
    let drafts = listed.into_iter().filter_map(|listed| store.read(&listed.id).ok());
    let address = drafts.filter_map(|draft| draft.job_address().cloned()).find(|at| at.name.eq_ignore_ascii_case(name));
    let address = address.ok_or_else(unknown)?;
    let session = Headless::sign_in(setting, &args.ask).await?;
    let found = session.azure.jobs(address.service).get(&address).await?;
    let gone = || CommandFailure::wrong(format!("The service no longer has the job {name}; give its file with --job."));
    let job = found.ok_or_else(gone)?;
    let expected =
        |drive: JobDrive| ExpectedDrive { id: drive.id, manifest: drive.manifest, manifest_hash: drive.manifest_hash };
    Ok(job.drives.into_iter().map(expected).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_form_of_a_job_names_its_drives() {
        let drive = json!({ "driveId": "D1", "manifestFile": "\\D1.manifest", "manifestHash": "0F" });
        let classic = json!({ "properties": { "driveList": [drive] } });
        let of_cli =
            json!({ "driveList": [{ "driveId": "D1", "manifestFile": "\\D1.manifest", "manifestHash": "0F" }] });
        let disk = json!({ "manifestFile": "\\D1.manifest", "manifestHash": "0F" });
        let data_box = json!({ "properties": { "details": { "exportDiskDetailsCollection": { "D1": disk } } } });
        let own = json!({ "drives": [{ "id": "D1", "manifest": "\\D1.manifest", "manifestHash": "0F" }] });
        for job in [classic, of_cli, data_box, own] {
            let found = drives(&job).unwrap();
            assert_eq!(found.len(), 1, "{job}");
            assert_eq!((found[0].id.as_str(), found[0].manifest.as_deref()), ("D1", Some("\\D1.manifest")), "{job}");
            assert_eq!(found[0].manifest_hash.as_deref(), Some("0F"));
        }
        assert_eq!(drives(&json!({ "name": "job" })), None);
    }
}
