//! The drives in a job that somebody saved in a file: as a service answers, as the Azure CLI prints it, or as `blobfreight jobs show --json` does.

use super::json::{self, JsonView};
use super::{data_box, job};
use crate::azure::model::JobDrive;

/// The drives that the job names; `None` where it has no list of drives.
///
/// # Errors
/// It is no JSON.
pub(crate) fn drives(file: &[u8]) -> Result<Option<Vec<JobDrive>>, String> {
    let value = json::parse_as("it", file)?;
    let whole = JsonView::new(&value);
    // The Azure CLI leaves `properties` out.
    let properties = Some(whole.at("properties")).filter(|view| view.is_object()).unwrap_or(whole);
    let details = Some(properties.at("details")).filter(|view| view.is_object()).unwrap_or(properties);
    if details.at("exportDiskDetailsCollection").is_object() {
        return Ok(Some(data_box::drives::drives(details)));
    }
    let of_service = properties.at("driveList");
    if of_service.is_list() {
        return Ok(Some(of_service.items().map(job::drive).collect()));
    }
    let own = whole.at("drives");
    Ok(own.is_list().then(|| own.items().map(as_shown).collect()))
}

/// A drive as `jobs show --json` has it.
fn as_shown(view: JsonView<'_>) -> JobDrive {
    JobDrive {
        id: view.at("id").text(),
        manifest: view.at("manifest").word(),
        manifest_hash: view.at("manifestHash").word(),
        ..JobDrive::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(job: &Value) -> Option<Vec<JobDrive>> {
        drives(job.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn every_form_of_a_job_names_its_drives() {
        let drive = json!({ "driveId": "D1", "manifestFile": "\\D1.manifest", "manifestHash": "0F" });
        let classic = json!({ "properties": { "driveList": [drive] } });
        let of_cli = json!({ "driveList": [drive] });
        let disk = json!({ "manifestFile": "\\D1.manifest", "manifestHash": "0F" });
        let data_box = json!({ "properties": { "details": { "exportDiskDetailsCollection": { "D1": disk } } } });
        let of_cli_too = json!({ "details": { "exportDiskDetailsCollection": { "D1": disk } } });
        let own = json!({ "drives": [{ "id": "D1", "manifest": "\\D1.manifest", "manifestHash": "0F" }] });
        for job in [classic, of_cli, data_box, of_cli_too, own] {
            let found = read(&job).unwrap();
            assert_eq!(found.len(), 1, "{job}");
            assert_eq!((found[0].id.as_str(), found[0].manifest.as_deref()), ("D1", Some("\\D1.manifest")), "{job}");
            assert_eq!(found[0].manifest_hash.as_deref(), Some("0F"), "{job}");
        }
        assert_eq!(read(&json!({ "name": "job" })), None);
        assert!(drives(b"\xEF\xBB\xBF{\"driveList\": []}").unwrap().unwrap().is_empty(), "saved by PowerShell");
        assert!(drives(b"no").unwrap_err().starts_with("it is not valid JSON"));
    }
}
