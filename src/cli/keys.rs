//! `blobfreight keys`: the BitLocker keys of a job. They are printed only with `--show`, and saved only to a new file.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::common_args::SessionArgs;
use super::draft_notes::{self, has_job};
use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::headless::Headless;
use super::job_search::{self, JobSelector};
use super::output::OutputFormat;
use super::print;
use crate::azure::fault::Fault;
use crate::azure::model::{BitLockerKey, Job, JobAddress};
use crate::draft::DraftId;
use crate::draft::store::DraftStore;
use crate::driver::live::{drafts_in, keys_text};
use crate::files::{self, UnfinishedFile};

/// Which job, and what to do with its keys.
#[derive(Clone, Debug, Args)]
pub struct KeysArgs {
    /// Which.
    #[command(flatten)]
    job: JobSelector,
    /// Print the keys: they stay in the scrollback of the terminal
    #[arg(long, conflicts_with = "save")]
    show: bool,
    /// Save the keys to this new file, readable by you only
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// How to ask.
    #[command(flatten)]
    ask: SessionArgs,
}

/// Says for which drives there are keys; prints or saves them where that was asked for.
///
/// # Errors
/// The service has none, or the file is there already or cannot be written.
pub(super) async fn run(setting: &EffectiveConfig, args: &KeysArgs) -> Result<(), CommandFailure> {
    let session = Headless::sign_in(setting, &args.ask).await?;
    let (address, job) = job_search::find(setting, &session, &args.ask, args.job.clone()).await?;
    let keys = session.azure.jobs(address.service).bitlocker_keys(&address).await?;
    if keys.is_empty() {
        let none = Fault::local(format!("read the keys of {}", address.name), "the service has none for it");
        return Err(none.advise("They come when the drives are shipped back, and vanish 90 days later.").into());
    }
    tell_missing(&job, &keys);
    if let Some(file) = &args.save {
        let saved = save(file, &keys)?;
        let noted = draft_notes::note_keys(setting, &address, &saved, &keys);
        tell_saved(args, &address, keys.len(), &saved, noted);
        return Ok(());
    }
    let shown = |key: &BitLockerKey| if args.show { key.key.expose_secret().to_owned() } else { "hidden".to_owned() };
    let rows = keys.iter().map(|key| [key.drive.clone(), shown(key)]).collect();
    let json = || {
        let key = |key: &BitLockerKey| args.show.then(|| key.key.expose_secret().to_owned());
        let drives = keys.iter().map(|one| json!({ "drive": one.drive, "key": key(one) }));
        json!({ "job": address.name, "service": address.service.word(), "drives": drives.collect::<Vec<_>>() })
    };
    args.ask.output.list(["DRIVE", "KEY"], rows, json);
    if !args.show && args.ask.output.format() == OutputFormat::Table {
        print::note("--save FILE saves the keys to a file that only you can read; --show prints them.");
    }
    Ok(())
}

/// The drives that came and of which the service names no key so far: keys can come late, and one by one.
pub(super) fn drives_without<'a>(job: &'a Job, keys: &[BitLockerKey]) -> Vec<&'a str> {
    let came = job.drives.iter().filter(|drive| !drive.never_came()).map(|drive| drive.id.as_str());
    came.filter(|id| !keys.iter().any(|key| key.drive.eq_ignore_ascii_case(id))).collect()
}

/// Says of which drives there is no key so far.
pub(super) fn tell_missing(job: &Job, keys: &[BitLockerKey]) {
    let without = drives_without(job, keys);
    if !without.is_empty() {
        print::note(&format!("The service names no key of {} so far. Ask again later.", without.join(", ")));
    }
}

/// Writes the keys to a new file. A file that is there is left alone.
fn save(file: &Path, keys: &[BitLockerKey]) -> Result<PathBuf, CommandFailure> {
    let failed = |error: &std::io::Error| {
        let fault = Fault::local("save the keys", format!("{}: {}", file.display(), files::reason(error)));
        CommandFailure::from(fault.advise("Name a new file in a folder that you can write to."))
    };
    UnfinishedFile::write(file, keys_text(keys).expose_secret().as_bytes()).map_err(|error| failed(&error))?;
    Ok(std::path::absolute(file).unwrap_or_else(|_| file.to_owned()))
}

fn tell_saved(args: &KeysArgs, address: &JobAddress, drives: usize, file: &Path, noted: Option<DraftId>) {
    if args.ask.output.is_json() {
        let draft = noted.map(|id| id.to_string());
        print::json(
            &json!({ "job": address.name, "service": address.service.word(), "drives": drives, "file": file, "draft": draft }),
        );
        return;
    }
    let count = if drives == 1 { "The key of 1 drive".to_owned() } else { format!("The keys of {drives} drives") };
    print::out(&format!("{count}, readable by you only: {}\n", file.display()));
}

/// The files in which Blobfreight saved keys of this job on this machine, as far as it knows.
pub(super) fn files_of(data: &Path, address: &JobAddress) -> Vec<PathBuf> {
    let store = DraftStore::open(&drafts_in(data));
    let drafts = store.as_ref().ok().and_then(|store| store.list().ok()).unwrap_or_default();
    let of_drafts = drafts.iter().filter(|entry| has_job(entry, address)).filter_map(|entry| {
        let draft = store.as_ref().ok()?.read(&entry.id).ok()?;
        draft.keys_file.map(PathBuf::from)
    });
    let saved = fs::read_dir(data.join("keys")).into_iter().flatten().flatten().map(|entry| entry.path());
    let named = saved.filter(|path| {
        path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.contains(address.name.as_str()))
    });
    of_drafts.chain(named).collect()
}
