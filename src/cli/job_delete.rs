//! `blobfreight jobs delete`: deletes a job, and with it its keys. Refused while the keys are not known to be in a file.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::common_args::SessionArgs;
use super::confirm::confirm;
use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::headless::Headless;
use super::job_search::{self, JobSelector};
use super::{draft_notes, keys, print};
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{BitLockerKey, Job, JobAddress, JobState};
use crate::files;
use crate::wording::many;

/// The largest file of keys that is read.
const MOST_BYTES: u64 = 4 << 20;

/// Which job, and what may be lost.
#[derive(Clone, Debug, Args)]
pub struct DeleteArgs {
    /// Which.
    #[command(flatten)]
    job: JobSelector,
    /// The file that has its keys, where it is not one that Blobfreight saved here
    #[arg(long, value_name = "FILE")]
    keys_in: Option<PathBuf>,
    /// Delete the job although its keys are in no file: nobody can read its drives then
    #[arg(long)]
    lose_unsaved_keys: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// How to ask.
    #[command(flatten)]
    ask: SessionArgs,
}

/// What is known of the keys of a job.
enum KeySafety {
    /// The service has none.
    None,
    /// Each of them is in this file.
    In(PathBuf),
    /// So many are in no file that was looked at.
    Unsaved(usize),
    /// The service names no key of these drives so far: they can come late.
    Late(Vec<String>),
    /// They cannot be read.
    Unknown(Fault),
}

/// Deletes the job.
///
/// # Errors
/// The service does not let it be deleted, its keys are in no file, or the service fails.
pub(super) async fn run(setting: &EffectiveConfig, args: &DeleteArgs) -> Result<(), CommandFailure> {
    let session = Headless::sign_in(setting, &args.ask).await?;
    let (address, job) = job_search::find(setting, &session, &args.ask, args.job.clone()).await?;
    if !job.allows.delete {
        let reason = format!("the service does not delete a job in {}", job.status);
        return Err(Fault { kind: FaultKind::Conflict, ..Fault::local(tried(&address), reason) }.into());
    }
    let safety = safety(setting, args, &session, &address, &job).await;
    let told = keys_words(&safety);
    if !args.lose_unsaved_keys && !matches!(safety, KeySafety::None | KeySafety::In(_)) {
        let refused = Fault { kind: FaultKind::Conflict, ..Fault::local(tried(&address), told.trim_end_matches('.')) };
        let save = if matches!(safety, KeySafety::Late(_)) { "Ask for it later" } else { "Save them" };
        let keys = format!("{save} with `blobfreight keys {} -g {} --save FILE`", address.name, address.resource_group);
        return Err(refused.advise(format!("{keys}, or say --lose-unsaved-keys.")).into());
    }
    let what = format!("The job {} of {} is to be deleted, for good.", address.name, address.service.title());
    confirm(&[what, told], args.yes)?;
    let service = session.azure.jobs(address.service);
    if let Err(fault) = service.delete(&address).await {
        let advice = "It may be deleted, or the service is still at it: look with `blobfreight jobs show`.";
        return Err(fault.advise_if_unsettled(advice).into());
    }
    // What counts is that it is not there any more.
    let there = service.get(&address).await?;
    match &there {
        None => draft_notes::note_deleted(setting, &address),
        Some(job) => draft_notes::note_job(setting, &address, job),
    }
    tell(args, &address, there.as_ref());
    Ok(())
}

fn tried(address: &JobAddress) -> String {
    format!("delete the job {}", address.name)
}

async fn safety(
    setting: &EffectiveConfig,
    args: &DeleteArgs,
    session: &Headless,
    address: &JobAddress,
    job: &Job,
) -> KeySafety {
    // Keys come when the drives are sent back; a word that nobody explains may be later still.
    let early = job.status.state.before_arrival() || job.status.state == JobState::Received;
    if early {
        return KeySafety::None;
    }
    let keys = match session.azure.jobs(address.service).bitlocker_keys(address).await {
        Ok(keys) => keys,
        Err(fault) => return KeySafety::Unknown(fault),
    };
    let late = keys::drives_without(job, &keys);
    if job.status.state.sent_back() && !late.is_empty() {
        return KeySafety::Late(late.into_iter().map(str::to_owned).collect());
    }
    if keys.is_empty() {
        return KeySafety::None;
    }
    let files = args.keys_in.clone().into_iter().chain(keys::files_of(&setting.places.data, address));
    for file in files {
        if holds(&file, &keys) {
            return KeySafety::In(file);
        }
    }
    KeySafety::Unsaved(keys.len())
}

/// Whether each of the keys is in the file.
fn holds(file: &Path, keys: &[BitLockerKey]) -> bool {
    let small = fs::metadata(file).is_ok_and(|found| found.len() <= MOST_BYTES);
    let text = files::read_named(file, false).ok().filter(|_| small).and_then(|bytes| String::from_utf8(bytes).ok());
    text.is_some_and(|text| keys.iter().all(|key| text.contains(key.key.expose_secret().trim())))
}

fn keys_words(safety: &KeySafety) -> String {
    match safety {
        KeySafety::None => "The service has no BitLocker keys for it.".to_owned(),
        KeySafety::In(file) => format!("Its BitLocker keys go with it. They are in {}.", file.display()),
        KeySafety::Unsaved(count) => format!(
            "Its BitLocker keys ({}) go with it, and no file that was looked at holds them all: nobody can read the drives without them.",
            many(*count as u64, "drive")
        ),
        KeySafety::Late(drives) => format!(
            "The service names no BitLocker key of {} so far: a key that comes later goes with the job, and nobody can read the drive without it.",
            drives.join(", ")
        ),
        KeySafety::Unknown(fault) => {
            format!("Its BitLocker keys go with it, and whether they are saved is unknown: {}", fault.sentence())
        }
    }
}

fn tell(args: &DeleteArgs, address: &JobAddress, there: Option<&Job>) {
    if args.ask.output.is_json() {
        print::json(&json!({
            "job": address.name,
            "service": address.service.word(),
            "deleted": there.is_none(),
            "state": there.map(|job| job.status.word.clone()),
        }));
        return;
    }
    match there {
        None => print::out(&format!("The job {} is deleted.\n", address.name)),
        Some(job) => print::out(&format!(
            "The service took it, and still shows the job {} in {}; look again with `blobfreight jobs show`.\n",
            address.name, job.status
        )),
    }
}
