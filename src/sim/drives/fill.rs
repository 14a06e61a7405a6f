//! Which blobs go onto which drive of a job, and when they are written.

use std::fs;
use std::io;
use std::path::Path;

use super::super::blob::content::{BlobStore, StoredBlob};
use super::super::jobs::job::{JobProvider, StoredJob};
use super::super::jobs::{keys, life, outcome};
use super::super::state::SimState;
use super::super::{data_box, import_export};
use super::image;
use super::rough_way::damage_first;

/// The most bytes that are written of one job: a rehearsal is no copy of an account. Blobs beyond it are on no drive.
const MOST_BYTES: u64 = 64 << 20;

/// What was written about the drives of a job, by drive: the manifest, and the entries of the logs.
pub(crate) struct FilledDrive {
    pub(crate) drive: String,
    pub(crate) manifest: String,
    pub(crate) manifest_md5: String,
    pub(crate) verbose_log: String,
}

/// Writes the drives of a job below the folder for drives, where there is one. The job then names the hashes of their manifests.
pub(crate) fn fill(state: &mut SimState, key: &str) {
    let (Some(folder), Some(job)) = (state.drives.clone(), state.jobs.get(key).cloned()) else { return };
    if job.outcome.as_ref().is_none_or(|outcome| outcome.problem.is_some()) {
        return;
    }
    let blobs = placed(state, &job);
    let done = write(&folder.join(&job.name), &job, &blobs).and_then(|filled| {
        let Some(job) = state.jobs.get_mut(key) else { return Ok(()) };
        if job.provider == JobProvider::DataBox {
            job.verbose_logs = filled.iter().map(|drive| (drive.drive.clone(), drive.verbose_log.clone())).collect();
        }
        job.manifests = filled.into_iter().map(|drive| (drive.drive, (drive.manifest_md5, drive.manifest))).collect();
        if job.trouble.drive_damaged { damage_first(&folder, job) } else { Ok(()) }
    });
    if let Err(error) = done {
        tracing::warn!(folder = %folder.display(), %error, "the drives of a rehearsal could not be written");
    }
}

/// The blobs of each drive.
fn placed(state: &SimState, job: &StoredJob) -> Vec<Vec<(String, StoredBlob)>> {
    let rules = |store: &BlobStore| match job.provider {
        JobProvider::ImportExport => import_export::rules(job, store),
        JobProvider::DataBox => data_box::rules(job, store, &state.switches),
    };
    let mut drives: Vec<Vec<(String, StoredBlob)>> = Vec::new();
    let mut left = MOST_BYTES;
    outcome::foresee_each(state, job, rules, |drive, path, item| {
        if drives.len() <= drive {
            drives.resize_with(drive + 1, Vec::new);
        }
        if let (Some(drive), true) = (drives.get_mut(drive), item.length <= left) {
            left -= item.length;
            drive.push((path.to_owned(), item.clone()));
        }
    });
    drives
}

fn write(folder: &Path, job: &StoredJob, drives: &[Vec<(String, StoredBlob)>]) -> io::Result<Vec<FilledDrive>> {
    let logs = folder.join("logs");
    let mut filled = Vec::new();
    let here = life::present(job);
    for (index, blobs) in drives.iter().enumerate().filter(|(index, _)| here.contains(index)) {
        let drive = keys::drive_id(job, index);
        let image = image::write(&folder.join(&drive), &drive, blobs)?;
        if job.provider == JobProvider::DataBox {
            fs::create_dir_all(&logs)?;
            fs::write(logs.join(format!("{}_{drive}_VerboseLog.xml", job.name)), &image.verbose_log)?;
            let end = "<CopyLog Summary=\"Summary\"><DriveLogVersion>2021-08-01</DriveLogVersion><Status>Succeeded</Status></CopyLog>";
            fs::write(logs.join(format!("{}_{drive}_CopyLog.xml", job.name)), format!("{}{end}", image.renamings))?;
        }
        let (manifest, manifest_md5, verbose_log) = (image.manifest, image.manifest_md5, image.verbose_log);
        filled.push(FilledDrive { drive, manifest, manifest_md5, verbose_log });
    }
    Ok(filled)
}
