//! The drives that a job names: from a file with the job, in any of its forms, or from the service.

use std::path::Path;

use crate::azure::fault::Fault;
use crate::azure::model::JobDrive;
use crate::azure::wire;
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
    let refused = |reason: String| {
        let fault = Fault::local(format!("read the job in {}", path.display()), reason);
        CommandFailure::of_input(fault.advise("`blobfreight jobs show NAME -g GROUP --json` writes such a file."))
    };
    let bytes = files::read_named(path, true).map_err(|error| refused(files::reason(&error)))?;
    let drives = wire::job_file::drives(&bytes).map_err(refused)?;
    let drives = drives.ok_or_else(|| refused("it is JSON, but not a job with a list of drives".into()))?;
    Ok(drives.into_iter().map(expected_drive).collect())
}

fn expected_drive(drive: JobDrive) -> ExpectedDrive {
    ExpectedDrive { id: drive.id, manifest: drive.manifest, manifest_hash: drive.manifest_hash }
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
    Ok(job.drives.into_iter().map(expected_drive).collect())
}
