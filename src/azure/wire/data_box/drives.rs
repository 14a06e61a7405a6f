//! The drives of a job. The service tells of them in three places by their serial numbers: how far the copy is, the manifest, the logs.

use super::{
    super::json::JsonView,
    members::{error, resolutions},
};
use crate::azure::model::JobDrive;

/// The drives that any of the places names, in the order of the first one.
pub(in crate::azure::wire) fn drives(details: JsonView<'_>) -> Vec<JobDrive> {
    let mut drives: Vec<JobDrive> = Vec::new();
    for view in details.at("copyProgress").items() {
        if let Some(drive) = of_serial(&mut drives, &view.at("serialNumber").text()) {
            copy_progress(drive, view);
        }
    }
    for (serial, view) in details.at("exportDiskDetailsCollection").members() {
        if let Some(drive) = of_serial(&mut drives, serial) {
            drive.manifest = view.at("manifestFile").word();
            drive.manifest_hash = view.at("manifestHash").word();
            drive.manifest_backup = view.at("backupManifestCloudPath").word();
        }
    }
    for view in details.at("copyLogDetails").items() {
        if let Some(drive) = of_serial(&mut drives, &view.at("serialNumber").text()) {
            drive.error_log = link(view.at("errorLogLink"));
            drive.verbose_log = link(view.at("verboseLogLink"));
        }
    }
    drives
}

/// The address of a log in the customer's account. Its query may be a shared access signature, which nobody needs: the log is read with
/// the account's own credential.
fn link(view: JsonView<'_>) -> Option<String> {
    let link = view.word()?;
    Some(link.split_once('?').map_or(link.as_str(), |(address, _)| address).to_owned())
}

/// The drive of this serial number, which the places may write in another case.
fn of_serial<'a>(drives: &'a mut Vec<JobDrive>, serial: &str) -> Option<&'a mut JobDrive> {
    let serial = serial.trim();
    if serial.is_empty() {
        return None;
    }
    let at = drives.iter().position(|drive| drive.id.eq_ignore_ascii_case(serial)).unwrap_or(drives.len());
    if at == drives.len() {
        drives.push(JobDrive { id: serial.to_owned(), ..JobDrive::default() });
    }
    drives.get_mut(at)
}

fn copy_progress(drive: &mut JobDrive, view: JsonView<'_>) {
    // While the service still counts, the totals grow: they are no totals then.
    let counting = view.at("isEnumerationInProgress").flag(false);
    let total = |name: &str| view.at(name).number().filter(|total| *total > 0 && !counting);
    drive.copy_status = view.at("copyStatus").word();
    drive.bytes = view.at("bytesProcessed").number();
    drive.total_bytes = total("totalBytesToProcess");
    drive.files = view.at("filesProcessed").number();
    drive.total_files = total("totalFilesToProcess");
    drive.failed_files = view.at("filesErroredOut").number();
    drive.percent = drive.bytes.zip(drive.total_bytes).map(|(done, total)| percent(done, total));
    drive.error = error(view.at("error"));
    drive.resolutions = resolutions(view.at("actions"));
}

/// The percentage of the job, which the service does not give: over all drives, once the total of each is known.
pub(super) fn job_percent(drives: &[JobDrive]) -> Option<u8> {
    let totals: Option<Vec<u64>> = drives.iter().map(|drive| drive.total_bytes).collect();
    let total = totals.filter(|totals| !totals.is_empty())?.into_iter().fold(0, u64::saturating_add);
    let done = drives.iter().filter_map(|drive| drive.bytes).fold(0, u64::saturating_add);
    Some(percent(done, total))
}

/// Rounded down, at most 100: `99` until the last byte.
fn percent(done: u64, total: u64) -> u8 {
    let percent = u128::from(done) * 100 / u128::from(total.max(1));
    u8::try_from(percent.min(100)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_drive_is_one_however_many_places_name_it() {
        let value = json!({
            "copyProgress": [
                { "serialNumber": "WD-A", "copyStatus": "InProgress", "bytesProcessed": 999, "totalBytesToProcess": 1000,
                  "filesProcessed": 3, "totalFilesToProcess": 8, "filesErroredOut": 1, "isEnumerationInProgress": false,
                  "error": { "code": "Success", "target": "KeyEncryptionKey", "details": [] }, "actions": ["None"] },
                { "copyStatus": "NotStarted" }
            ],
            "exportDiskDetailsCollection": { "wd-a": { "manifestFile": "m.xml", "manifestHash": "AB" }, "WD-B": { "backupManifestCloudPath": "c/m.xml" } },
            "copyLogDetails": [{ "copyLogDetailsType": "DataBoxCustomerDisk", "serialNumber": "WD-C", "errorLogLink": "https://a/e?sig=1", "verboseLogLink": "" }]
        });
        let drives = drives(JsonView::new(&value));
        assert_eq!(drives.iter().map(|drive| drive.id.as_str()).collect::<Vec<_>>(), ["WD-A", "WD-B", "WD-C"]);
        let first = &drives[0];
        assert_eq!(
            (first.percent, first.files, first.total_files, first.failed_files),
            (Some(99), Some(3), Some(8), Some(1))
        );
        assert_eq!((first.manifest.as_deref(), first.manifest_hash.as_deref()), (Some("m.xml"), Some("AB")));
        assert_eq!((&first.error, first.resolutions.as_slice()), (&None, [].as_slice()));
        assert_eq!((drives[1].manifest_backup.as_deref(), drives[2].verbose_log.as_deref()), (Some("c/m.xml"), None));
        assert_eq!(drives[2].error_log.as_deref(), Some("https://a/e"), "a signature goes no further");
    }

    #[test]
    fn nothing_is_a_percentage_of_a_total_that_is_not_known() {
        let drive = |total: u64, counting: bool| {
            let view = json!({ "copyProgress": [{ "serialNumber": "x", "bytesProcessed": 50, "totalBytesToProcess": total, "isEnumerationInProgress": counting }] });
            drives(JsonView::new(&view)).remove(0)
        };
        assert_eq!((drive(0, false).percent, drive(100, true).percent), (None, None));
        assert_eq!((drive(100, false).percent, drive(25, false).percent), (Some(50), Some(100)));
        assert_eq!(job_percent(&[drive(100, false), drive(300, false)]), Some(25));
        assert_eq!(job_percent(&[drive(100, false), drive(100, true)]), None);
        assert_eq!(job_percent(&[]), None);
    }

    #[test]
    fn an_error_and_the_decisions_of_a_drive_are_kept() {
        let view = json!({ "copyProgress": [{ "serialNumber": "x", "copyStatus": "OtherUserError", "error": { "code": "", "details": [null, { "message": "The list is not valid." }] }, "actions": ["Resume", "None"] }] });
        let drive = drives(JsonView::new(&view)).remove(0);
        assert_eq!(drive.error.unwrap().message, "The list is not valid.");
        assert_eq!(drive.resolutions, ["Resume"]);
    }
}
