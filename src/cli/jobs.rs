//! `blobfreight jobs`: export jobs as the service has them, without a screen. What changes a job is in the file of its name.

use std::fmt::Write as _;

use clap::Subcommand;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::common_args::SessionArgs;
use super::draft_list::next_json;
use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::headless::Headless;
use super::job_search::{self, JobSelector, UnaskedService};
use super::output::OutputFormat;
use super::print;
use super::{job_cancel, job_delete, job_exec, job_ship, job_watch};
use crate::azure::fault::Fault;
use crate::azure::model::{EncryptionKey, Job, JobDrive, JobStage, KeyIdentity, ServiceError, VaultKey};
use crate::draft::{ExportFacts, NextTask};
use crate::driver::live;
use crate::ui::text;

/// The columns of a list of jobs.
const COLUMNS: [&str; 7] = ["JOB", "SERVICE", "RESOURCE GROUP", "STATE", "LOCATION", "DONE", "NEXT"];

/// What to do with jobs.
#[derive(Debug, Subcommand)]
pub enum JobsCommand {
    /// List the export jobs of all subscriptions, or of one
    List {
        /// How to ask.
        #[command(flatten)]
        ask: SessionArgs,
        /// Only those of this resource group
        #[arg(long, short = 'g', value_name = "GROUP")]
        resource_group: Option<String>,
    },
    /// Show one job with its drives
    Show {
        /// Which.
        #[command(flatten)]
        job: JobSelector,
        /// How to ask.
        #[command(flatten)]
        ask: SessionArgs,
    },
    /// Follow a job: one line for each change, until nothing more happens
    #[command(after_help = job_exec::HELP)]
    Watch(job_watch::WatchArgs),
    /// Tell the service that the parcel is on its way, and read the job back
    Ship(job_ship::ShipArgs),
    /// Ask the service to cancel a job
    Cancel(job_cancel::CancelArgs),
    /// Delete a job, whose keys have to be in a file
    Delete(job_delete::DeleteArgs),
    /// Save the BitLocker keys of a job to a new file that only you can read
    Keys {
        /// Which.
        #[command(flatten)]
        job: JobSelector,
        /// How to ask.
        #[command(flatten)]
        ask: SessionArgs,
    },
}

/// Runs one of the commands and gives its exit status.
///
/// # Errors
/// As the service answers; no such job.
pub(super) async fn run(setting: &EffectiveConfig, command: JobsCommand) -> Result<u8, CommandFailure> {
    match command {
        JobsCommand::List { ask, resource_group } => list(setting, &ask, resource_group).await?,
        JobsCommand::Show { job, ask } => show(setting, &ask, job).await?,
        JobsCommand::Watch(args) => return job_watch::run(setting, &args).await,
        JobsCommand::Ship(args) => job_ship::run(setting, &args).await?,
        JobsCommand::Cancel(args) => job_cancel::run(setting, &args).await?,
        JobsCommand::Delete(args) => job_delete::run(setting, &args).await?,
        JobsCommand::Keys { job, ask } => keys(setting, &ask, job).await?,
    }
    Ok(0)
}

async fn list(setting: &EffectiveConfig, ask: &SessionArgs, group: Option<String>) -> Result<(), CommandFailure> {
    let session = Headless::sign_in(setting, ask).await?;
    let listed = job_search::list(setting, &session, ask, group.as_deref()).await?;
    let json = || {
        let unavailable = listed.unavailable.iter().map(unavailable);
        json!({
            "jobs": listed.jobs.iter().map(as_json).collect::<Vec<_>>(),
            "unavailable": unavailable.collect::<Vec<_>>(),
            "leftOut": listed.left_out,
        })
    };
    if listed.of_several {
        let [job, service, group, state, location, done, next] = COLUMNS;
        let columns = [job, service, group, state, location, done, next, "SUBSCRIPTION"];
        ask.output.list(columns, listed.jobs.iter().map(row_of_several).collect(), json);
    } else {
        ask.output.list(COLUMNS, listed.jobs.iter().map(row).collect(), json);
    }
    Ok(())
}

async fn show(setting: &EffectiveConfig, ask: &SessionArgs, which: JobSelector) -> Result<(), CommandFailure> {
    let session = Headless::sign_in(setting, ask).await?;
    let (_, job) = job_search::find(setting, &session, ask, which).await?;
    if ask.output.format() == OutputFormat::Table {
        print::out(&page(&job));
        if !job.drives.is_empty() {
            print::out("\n");
            print::table(
                ["DRIVE", "STATE", "COPY", "DONE", "WRITTEN", "FILES"],
                job.drives.iter().map(drive_row).collect(),
            );
        }
    } else {
        ask.output.list(COLUMNS, vec![row(&job)], || as_json(&job));
    }
    Ok(())
}

/// Writes the keys to a file and never to the terminal, because its scrollback would keep them.
async fn keys(setting: &EffectiveConfig, ask: &SessionArgs, which: JobSelector) -> Result<(), CommandFailure> {
    let session = Headless::sign_in(setting, ask).await?;
    let (address, job) = job_search::find(setting, &session, ask, which).await?;
    let keys = session.azure.jobs(address.service).bitlocker_keys(&address).await?;
    if keys.is_empty() {
        let none = Fault::local(format!("save the keys of {}", address.name), "the service has none for it");
        return Err(none.advise("They come when the drives are shipped back, and vanish 90 days later.").into());
    }
    super::keys::tell_missing(&job, &keys);
    let path = live::save_keys(&setting.places.data, &format!("bitlocker-keys-{}.txt", address.name), &keys)?;
    let _best_effort = super::draft_notes::note_keys(setting, &address, &path, &keys);
    if ask.output.is_json() {
        print::json(&json!({ "service": address.service.word(), "drives": keys.len(), "file": path }));
    } else {
        let count =
            if keys.len() == 1 { "The key of 1 drive".into() } else { format!("The keys of {} drives", keys.len()) };
        print::out(&format!("{count}, readable by you only: {}\n", path.display()));
    }
    Ok(())
}

fn row(job: &Job) -> [String; 7] {
    let cancelling = if job.cancel_requested { ", cancelling" } else { "" };
    let state = format!("{}{cancelling}", state(job));
    let (service, next) = (job.service.word().to_owned(), next(job).1);
    [job.name.clone(), service, group(job), state, job.location.to_string(), percent(job.percent), next]
}

/// The same with the subscription, where several were asked.
fn row_of_several(job: &Job) -> [String; 8] {
    let [name, service, group, state, location, done, next] = row(job);
    [name, service, group, state, location, done, next, subscription(job)]
}

/// What comes next with a job, and in words.
fn next(job: &Job) -> (NextTask, String) {
    let next = NextTask::of(&ExportFacts::of_job(job));
    let words = next.words(Some(Timestamp::now()));
    (next, words)
}

/// e.g. `ship now (AwaitingShipmentDetails)`.
fn state(job: &Job) -> String {
    format!("{} ({})", job.status.state.title(), job.status)
}

fn drive_row(drive: &JobDrive) -> [String; 6] {
    let copy = drive.copy_status.clone().unwrap_or_default();
    let written = drive.bytes.map(text::bytes).unwrap_or_default();
    [drive.id.clone(), drive.state.clone(), copy, percent(drive.percent), written, files(drive)]
}

/// e.g. `120 of 200, 3 failed`.
fn files(drive: &JobDrive) -> String {
    let written = drive.files.map(|files| files.to_string()).unwrap_or_default();
    let total = drive.total_files.map(|total| format!(" of {total}")).unwrap_or_default();
    let failed = drive.failed_files.filter(|failed| *failed > 0).map(|failed| format!(", {failed} failed"));
    format!("{written}{total}{}", failed.unwrap_or_default()).trim_start_matches(", ").trim_start().to_owned()
}

fn percent(percent: Option<u8>) -> String {
    percent.map(|percent| format!("{percent} %")).unwrap_or_default()
}

/// From the resource id, `/subscriptions/S/resourceGroups/GROUP/…`.
fn group(job: &Job) -> String {
    job.address().map(|address| address.resource_group).unwrap_or_default()
}

fn subscription(job: &Job) -> String {
    job.address().map(|address| address.subscription).unwrap_or_default()
}

fn page(job: &Job) -> String {
    let mut page = String::new();
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _infallible = writeln!(page, "{name:16}{}", text::clean(value));
        }
    };
    line("Job", &job.name);
    line("Service", job.service.title());
    line("Resource group", &group(job));
    line("State", &state(job));
    line("Done", &percent(job.percent));
    line("Next", &next(job).1);
    line("Cancelling", if job.cancel_requested { "asked for" } else { "" });
    line("Cancelled for", job.cancellation_reason.as_deref().unwrap_or_default());
    line("Error", &job.error.as_ref().map(error_text).unwrap_or_default());
    line("May be late", job.delayed_stage.as_deref().unwrap_or_default());
    line("Allowed now", &allowed(job).join(", "));
    line("Location", job.location.as_str());
    line("Storage account", &job.storage_account);
    if let EncryptionKey::CustomerManaged(key) = &job.encryption {
        line("Encryption key", if key.url.is_empty() { "yours; the service does not say which" } else { &key.url });
        line("Key vault", &key.vault);
        line("Key identity", identity(key));
    }
    line("Created", job.created.as_deref().unwrap_or_default());
    if job.status.state.before_arrival() {
        line("Instruction", &job.shipping.notice().unwrap_or_default());
    }
    if job.status.state.before_arrival() && job.shipping.is_complete() {
        for (row, part) in job.shipping.lines().iter().enumerate() {
            line(if row == 0 { "Ship drives to" } else { "" }, part);
        }
    }
    for (name, parcel) in [
        ("Parcel there", job.delivery_package.as_ref().map(|parcel| (&parcel.carrier, &parcel.tracking_number))),
        ("Parcel back", job.return_package.as_ref().map(|parcel| (&parcel.carrier, &parcel.tracking_number))),
    ] {
        if let Some((carrier, number)) = parcel {
            line(name, format!("{carrier} {number}").trim());
        }
    }
    for (row, stage) in job.stages.iter().enumerate() {
        line(if row == 0 { "Stages" } else { "" }, &stage_line(stage));
    }
    page
}

/// The identity with which the service opens the vault, as far as it says.
fn identity(key: &VaultKey) -> &str {
    match &key.identity {
        KeyIdentity::UserAssigned(id) => id,
        KeyIdentity::SystemAssigned => "the job's own (SystemAssigned)",
        KeyIdentity::Unstated => "",
    }
}

fn stage_line(stage: &JobStage) -> String {
    let time = stage.time.as_deref().map(|time| format!(", {time}")).unwrap_or_default();
    format!("{}: {}{time}", stage.title, stage.status)
}

fn error_text(error: &ServiceError) -> String {
    format!("{} ({})", error.message, error.code)
}

/// What may be done with the job now, as the command line and the JSON name it.
fn allowed(job: &Job) -> Vec<&'static str> {
    let rights = [
        (job.allows.ship, "ship"),
        (job.allows.cancel, "cancel"),
        (job.allows.delete, "delete"),
        (job.allows.change_address, "change address"),
    ];
    rights.into_iter().filter_map(|(is_allowed, right)| is_allowed.then_some(right)).collect()
}

fn as_json(job: &Job) -> Value {
    let (next, words) = next(job);
    let parcel = |carrier: &str, number: &str| json!({ "carrier": carrier, "trackingNumber": number });
    json!({
        "name": job.name,
        "service": job.service.word(),
        "id": job.id,
        "subscription": subscription(job),
        "resourceGroup": group(job),
        "location": job.location.as_str(),
        "storageAccount": job.storage_account,
        "jobType": job.job_type,
        "state": job.status.to_string(),
        "stateTitle": job.status.state.title(),
        "allows": allowed(job),
        "stages": job.stages.iter().map(stage_json).collect::<Vec<_>>(),
        "cancellationReason": job.cancellation_reason,
        "next": next_json(&next, &words),
        "encryptionKey": vault_key_json(&job.encryption),
        "error": job.error.as_ref().map(error_json),
        "shippingInstruction": job.shipping.notice().unwrap_or_default(),
        "percentComplete": job.percent,
        "cancelRequested": job.cancel_requested,
        "shippingAddressComplete": job.shipping.is_complete(),
        "shippingAddress": job.shipping.lines(),
        "deliveryPackage": job.delivery_package.as_ref().map(|p| parcel(&p.carrier, &p.tracking_number)),
        "returnPackage": job.return_package.as_ref().map(|p| parcel(&p.carrier, &p.tracking_number)),
        "drives": job.drives.iter().map(drive_json).collect::<Vec<_>>(),
    })
}

/// A service whose jobs are not in the list.
fn unavailable(one: &UnaskedService) -> Value {
    let fault = &one.fault;
    json!({
        "service": one.service.word(),
        "subscription": one.subscription,
        "reason": fault.reason,
        "code": fault.code,
        "status": fault.status,
        "requestId": fault.request_id,
    })
}

fn drive_json(drive: &JobDrive) -> Value {
    json!({
        "id": drive.id,
        "state": drive.state,
        "copyStatus": drive.copy_status,
        "percentComplete": drive.percent,
        "bytes": drive.bytes,
        "files": drive.files,
        "totalFiles": drive.total_files,
        "failedFiles": drive.failed_files,
        "manifest": drive.manifest,
        "manifestHash": drive.manifest_hash,
        "error": drive.error.as_ref().map(error_json),
    })
}

/// A key of the customer; `null` for one that Microsoft holds.
fn vault_key_json(key: &EncryptionKey) -> Value {
    match key {
        EncryptionKey::MicrosoftManaged => Value::Null,
        EncryptionKey::CustomerManaged(key) => {
            json!({ "url": key.url, "vault": key.vault, "identity": identity(key) })
        }
    }
}

fn stage_json(stage: &JobStage) -> Value {
    json!({ "name": stage.word, "title": stage.title, "status": stage.status, "time": stage.time })
}

fn error_json(error: &ServiceError) -> Value {
    json!({ "code": error.code, "message": error.message })
}
