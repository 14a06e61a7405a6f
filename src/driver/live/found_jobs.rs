//! The jobs found last time, kept on disk so that the start screen has them at once. A cache: one that is damaged or of another layout counts
//! as none. It holds what the list shows and nothing else, so no address of a person, no carrier account and no key.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;

use crate::azure::model::{Job, JobAddress, JobStatus, ServiceName};
use crate::draft::UsedSignIn;
use crate::files;
use crate::form::job::tags::DRAFT_TAG;
use crate::protocol::overview::{FoundJob, JobsOverview};

/// The layout of the file. A file of another one is ignored and written anew.
const LAYOUT: u32 = 1;
/// Name of the file.
const NAME: &str = "found-jobs.json";
/// Bytes of the file at most. Thousands of jobs fit.
const LONGEST: usize = 4 << 20;

/// The file.
#[derive(Debug, Serialize, Deserialize)]
struct FoundJobsFile {
    layout: u32,
    /// When the jobs were listed.
    at: Timestamp,
    jobs: Vec<FoundJobEntry>,
}

/// What the list shows of a job.
#[derive(Debug, Serialize, Deserialize)]
struct FoundJobEntry {
    address: JobAddress,
    sign_in: UsedSignIn,
    /// The service's word for the state.
    word: String,
    created: Option<String>,
    /// The name of the storage account.
    account: String,
    /// The draft that the job's tag names.
    draft: Option<String>,
}

impl FoundJobEntry {
    fn of(found: &FoundJob) -> Self {
        let account = found.job.storage_account.rsplit('/').next().unwrap_or_default();
        Self {
            address: found.address.clone(),
            sign_in: found.sign_in.clone(),
            word: found.job.status.word.clone(),
            created: found.job.created.clone(),
            account: account.to_owned(),
            draft: found.job.tag(DRAFT_TAG).map(str::to_owned),
        }
    }

    fn into_found(self, seen: Timestamp) -> FoundJob {
        let status = match self.address.service {
            ServiceName::DataBox => JobStatus::of_data_box(&self.word),
            ServiceName::ImportExport => JobStatus::of_classic(&self.word),
        };
        let job = Job {
            service: self.address.service,
            name: self.address.name.clone(),
            storage_account: self.account,
            status,
            created: self.created,
            tags: self.draft.map(|draft| (DRAFT_TAG.to_owned(), draft)).into_iter().collect(),
            ..Job::default()
        };
        FoundJob { address: self.address, job, sign_in: self.sign_in, seen_before: Some(seen) }
    }
}

/// The jobs that were found last time; none where nothing can be read.
pub(super) async fn read(data: &Path) -> Vec<FoundJob> {
    let path = path(data);
    spawn_blocking(move || read_file(&path)).await.unwrap_or_default()
}

/// Keeps what was found. Best effort: the list on screen does not depend on it.
pub(super) async fn keep(data: &Path, found: &JobsOverview, at: Timestamp) {
    let file = FoundJobsFile { layout: LAYOUT, at, jobs: found.jobs.iter().map(FoundJobEntry::of).collect() };
    let path = path(data);
    let written = spawn_blocking(move || write_file(&path, &file)).await;
    if let Ok(Err(error)) = written {
        tracing::warn!(%error, "the found jobs were not kept");
    }
}

fn path(data: &Path) -> PathBuf {
    data.join(NAME)
}

fn read_file(path: &Path) -> Vec<FoundJob> {
    let bytes = match files::read_regular(path) {
        Ok(bytes) if bytes.len() <= LONGEST => bytes,
        Ok(_) => return ignored("it is too long"),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => return ignored(&error.to_string()),
    };
    match serde_json::from_slice::<FoundJobsFile>(&bytes) {
        Ok(file) if file.layout == LAYOUT => file.jobs.into_iter().map(|job| job.into_found(file.at)).collect(),
        Ok(_) => ignored("it has another layout"),
        // The error of the parser may quote the text.
        Err(_) => ignored("it is damaged"),
    }
}

fn ignored(why: &str) -> Vec<FoundJob> {
    tracing::warn!(why, "the file of found jobs is ignored");
    Vec::new()
}

fn write_file(path: &Path, file: &FoundJobsFile) -> std::io::Result<()> {
    let bytes = serde_json::to_vec(file)?;
    if bytes.len() > LONGEST {
        return Err(std::io::Error::other("too many jobs"));
    }
    files::make_private_folder(files::folder_of(path))?;
    files::replace(path, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::azure::model::{ReturnShipping, SignInMethod};

    fn found() -> FoundJob {
        let address = JobAddress {
            service: ServiceName::DataBox,
            subscription: "s1".into(),
            resource_group: "media-rg".into(),
            name: "night-export".into(),
        };
        let job = Job {
            service: ServiceName::DataBox,
            name: "night-export".into(),
            storage_account: "/subscriptions/s1/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/media"
                .into(),
            status: JobStatus::of_data_box("AwaitingShipmentDetails"),
            created: Some("2026-11-20T09:00:00Z".into()),
            return_shipping: Some(ReturnShipping { carrier: "FedEx".into(), account_number: "123456789".into() }),
            tags: vec![(DRAFT_TAG.into(), "20261101-0800-00000001".into()), ("cost".into(), "c7".into())],
            ..Job::default()
        };
        let sign_in = UsedSignIn { cloud: "public".into(), tenant: None, method: SignInMethod::DeveloperTools };
        FoundJob { address, job, sign_in, seen_before: None }
    }

    fn at() -> Timestamp {
        "2026-11-22T09:00:00Z".parse().unwrap()
    }

    #[tokio::test]
    async fn w52_what_the_list_shows_comes_back_with_its_time_and_nothing_else_is_on_disk() {
        let home = tempfile::tempdir().unwrap();
        assert!(read(home.path()).await.is_empty());
        let found = found();
        keep(home.path(), &JobsOverview { jobs: vec![found.clone()], ..JobsOverview::default() }, at()).await;
        let back = read(home.path()).await;
        assert_eq!(back.len(), 1);
        assert_eq!(
            (&back[0].address, &back[0].sign_in, back[0].seen_before),
            (&found.address, &found.sign_in, Some(at()))
        );
        assert_eq!((&back[0].job.status, &back[0].job.created), (&found.job.status, &found.job.created));
        assert_eq!(back[0].job.storage_account, "media");
        assert_eq!(back[0].job.tag(DRAFT_TAG), found.job.tag(DRAFT_TAG));
        let text = std::fs::read_to_string(path(home.path())).unwrap();
        assert!(!text.contains("123456789") && !text.contains("c7"), "{text}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(path(home.path())).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[tokio::test]
    async fn w52_a_file_that_is_cut_or_of_another_layout_is_no_file_and_is_written_anew() {
        let home = tempfile::tempdir().unwrap();
        let all = JobsOverview { jobs: vec![found()], ..JobsOverview::default() };
        keep(home.path(), &all, at()).await;
        let whole = std::fs::read(path(home.path())).unwrap();
        for length in 0..whole.len() {
            std::fs::write(path(home.path()), &whole[..length]).unwrap();
            assert!(read(home.path()).await.is_empty(), "cut at {length}");
        }
        let later = String::from_utf8(whole).unwrap().replace("\"layout\":1", "\"layout\":2");
        std::fs::write(path(home.path()), later).unwrap();
        assert!(read(home.path()).await.is_empty());
        keep(home.path(), &all, at()).await;
        assert_eq!(read(home.path()).await.len(), 1);
    }
}
