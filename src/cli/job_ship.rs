//! `blobfreight jobs ship`: tells the service that the parcel is on its way, and reads the job back before it says so.

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use strum::VariantArray as _;

use super::common_args::SessionArgs;
use super::confirm::confirm;
use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::headless::Headless;
use super::job_search::{self, JobSelector};
use super::{draft_notes, print};
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{DeliveryPackage, Job, JobAddress, JobChange, JobState};
use crate::draft::ParcelAnswers;
use crate::form::parcel::{ParcelField, package};
use crate::form::{FormFacts, form_of};

/// Which job, and the parcel.
#[derive(Clone, Debug, Args)]
#[command(override_usage = "blobfreight jobs ship <JOB> --carrier <NAME>\n       --tracking <NUMBER> [OPTIONS]")]
pub struct ShipArgs {
    /// Which.
    #[command(flatten)]
    job: JobSelector,
    /// Who has the parcel, e.g. DHL
    #[arg(long, value_name = "NAME")]
    carrier: String,
    /// Its tracking number; one number belongs to one job
    #[arg(long, value_name = "NUMBER")]
    tracking: String,
    /// How many drives it holds, 1 to 10; only the classic service is told
    #[arg(long, value_name = "COUNT", default_value = "")]
    drives: String,
    /// The day it leaves, as year-month-day; today where nothing is said; only the classic service is told
    #[arg(long, value_name = "DATE")]
    ship_date: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// How to ask.
    #[command(flatten)]
    ask: SessionArgs,
}

/// Announces the parcel. Nothing is sent twice: a job that has this parcel already is only read.
///
/// # Errors
/// The parcel is written wrong, the service does not wait for it, or the job does not show it afterwards.
pub(super) async fn run(setting: &EffectiveConfig, args: &ShipArgs) -> Result<(), CommandFailure> {
    let session = Headless::sign_in(setting, &args.ask).await?;
    let (address, job) = job_search::find(setting, &session, &args.ask, args.job.clone()).await?;
    let package = parcel(args, &address)?;
    if is_announced(&job) {
        return already(args, &job, &package);
    }
    refusal(&job)?;
    warn_of_other_jobs(setting, &session, &args.ask, &address, &package).await;
    confirm(&question(&address, &job, &package), args.yes)?;
    let change = JobChange { ship: true, delivery_package: Some(package.clone()), ..JobChange::default() };
    let service = session.azure.jobs(address.service);
    let sent = service.update(&address, &change).await;
    let lost = sent.as_ref().err().is_some_and(|fault| fault.unsettled);
    if let (Err(fault), false) = (&sent, lost) {
        return Err(fault.clone().into());
    }
    // What counts is what the job says when it is read once more.
    let read = service.get(&address).await.map_err(|fault| unread(&address, fault))?;
    match read.filter(|job| is_announced(job) && has_parcel(job, &package)) {
        Some(job) => {
            draft_notes::note_job(setting, &address, &job);
            tell(args, &job, "The service knows of the parcel");
            Ok(())
        }
        None => Err(not_shown(&address, lost).into()),
    }
}

/// The parcel as the service gets it.
fn parcel(args: &ShipArgs, address: &JobAddress) -> Result<DeliveryPackage, CommandFailure> {
    let today = Timestamp::now().to_zoned(TimeZone::system()).date();
    let answers = ParcelAnswers {
        carrier: args.carrier.clone(),
        tracking_number: args.tracking.clone(),
        drive_count: args.drives.clone(),
        ship_date: args.ship_date.clone().unwrap_or_else(|| today.to_string()),
        ..ParcelAnswers::default()
    };
    let facts = FormFacts { today: Some(today), service: address.service, ..FormFacts::default() };
    let mut form = form_of::<ParcelField>(&answers, 0, facts);
    if form.check_all() > 0 {
        let wrong = ParcelField::VARIANTS.iter().filter_map(|field| {
            let error = form.error(*field)?;
            Some(format!("{}: {}", option(*field), error.trim_end_matches('.')))
        });
        let wrong: Vec<String> = wrong.collect();
        return Err(CommandFailure::wrong(format!("Nothing was sent. {}.", wrong.join(". "))));
    }
    package(&answers, address.service)
        .ok_or_else(|| CommandFailure::wrong("Nothing was sent: the parcel is not complete."))
}

/// The option that a field of the form stands for.
fn option(field: ParcelField) -> &'static str {
    match field {
        ParcelField::Carrier => "--carrier",
        ParcelField::TrackingNumber => "--tracking",
        ParcelField::DriveCount => "--drives",
        ParcelField::Serials => "the serial numbers",
        ParcelField::ShipDate => "--ship-date",
    }
}

fn is_announced(job: &Job) -> bool {
    let before = matches!(
        job.status.state,
        JobState::Preparing | JobState::AwaitingShipment | JobState::Cancelled | JobState::Failed | JobState::Unknown
    );
    !before || (job.service.announces_once() && job.delivery_package.is_some())
}

/// Tracking numbers are compared without blanks and hyphens, in any case.
fn same_number(one: &str, other: &str) -> bool {
    let bare = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    bare(one) == bare(other)
}

fn has_parcel(job: &Job, package: &DeliveryPackage) -> bool {
    job.delivery_package.as_ref().is_some_and(|known| same_number(&known.tracking_number, &package.tracking_number))
}

fn already(args: &ShipArgs, job: &Job, package: &DeliveryPackage) -> Result<(), CommandFailure> {
    if has_parcel(job, package) {
        tell(args, job, "The service knew of the parcel already, nothing was sent");
        return Ok(());
    }
    let known = job.delivery_package.as_ref().map(|known| format!("{} {}", known.carrier, known.tracking_number));
    let known = known.map(|known| format!(" with the parcel {}", known.trim())).unwrap_or_default();
    let reason = format!("the job is in {}{known}", job.status);
    Err(conflict(job, &reason).advise("Nothing was sent.").into())
}

/// Why the service takes no parcel of this job now.
fn refusal(job: &Job) -> Result<(), CommandFailure> {
    if job.cancel_requested {
        return Err(conflict(job, "cancelling this job was asked for").advise("Do not send the drives.").into());
    }
    if job.allows.ship {
        return Ok(());
    }
    let reason = format!("the service does not wait for the drives: the job is in {}", job.status);
    let advice = match job.status.state {
        JobState::Preparing => "Send nothing yet; ask again in some minutes.",
        _ => "Do not send the drives.",
    };
    Err(conflict(job, &reason).advise(advice).into())
}

fn conflict(job: &Job, reason: &str) -> Fault {
    Fault { kind: FaultKind::Conflict, ..Fault::local(format!("announce the parcel of {}", job.name), reason) }
}

/// Another job with this number is a slip in most cases: the datacenter takes a parcel for one job.
async fn warn_of_other_jobs(
    setting: &EffectiveConfig,
    session: &Headless,
    ask: &SessionArgs,
    address: &JobAddress,
    package: &DeliveryPackage,
) {
    let Ok(listed) = job_search::list(setting, session, ask, None).await else { return };
    let others = listed.jobs.iter().filter(|job| has_parcel(job, package));
    for other in others.filter(|job| job.address().is_some_and(|at| !at.is_same(address))) {
        print::note(&format!("The job {} has the same tracking number; one number belongs to one job.", other.name));
    }
}

fn question(address: &JobAddress, job: &Job, package: &DeliveryPackage) -> Vec<String> {
    let mut said = vec![format!(
        "{} is told that a parcel of {} is on its way: {} {}.",
        address.service.title(),
        address.name,
        package.carrier,
        package.tracking_number
    )];
    if job.shipping.is_complete() {
        said.push(format!("It goes to: {}.", job.shipping.lines().join(", ")));
    }
    if !job.shipping.instruction.is_empty() {
        said.push(format!("The service says of the address: {}", job.shipping.instruction));
    }
    if address.service.announces_once() {
        said.push("This can be said once and not be corrected.".to_owned());
    }
    said
}

fn unread(address: &JobAddress, fault: Fault) -> CommandFailure {
    let advice = format!(
        "It was sent, and is not known to have arrived. Look with `blobfreight jobs show {}` before you send it again.",
        address.name
    );
    fault.advise(advice).into()
}

fn not_shown(address: &JobAddress, lost: bool) -> Fault {
    let why = if lost {
        "no answer came, and the job does not show it"
    } else {
        "the service took it, but the job does not show it"
    };
    let fault = Fault::local(format!("announce the parcel of {}", address.name), why);
    Fault { unsettled: lost, ..fault }
        .advise("It is not shipped for the service. Look again with `blobfreight jobs show` before you send it again.")
}

fn tell(args: &ShipArgs, job: &Job, what: &str) {
    let package = job.delivery_package.clone().unwrap_or_default();
    if args.ask.output.is_json() {
        print::json(&json!({
            "job": job.name,
            "service": job.service.word(),
            "state": job.status.word,
            "stateTitle": job.status.state.title(),
            "carrier": package.carrier,
            "trackingNumber": package.tracking_number,
            "driveCount": package.drive_count,
            "shipDate": package.ship_date,
        }));
    } else {
        let parcel = format!("{} {}", package.carrier, package.tracking_number);
        print::out(&format!(
            "{what}: {}, job {} is in {}.\n",
            crate::ui::text::clean(parcel.trim()),
            job.name,
            job.status
        ));
    }
}
