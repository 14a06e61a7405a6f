//! `blobfreight logs`: what of an export was not exported, by reason, from the logs of the job.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::common_args::SessionArgs;
use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::headless::Headless;
use super::job_search::{self, JobSelector};
use super::notifier::Notifier;
use super::output::OutputFormat;
use super::print;
use crate::azure::fault::Fault;
use crate::azure::model::{Job, JobAddress};
use crate::draft::store::DraftStore;
use crate::draft::{ChosenAccount, Draft, DraftId, SignedIn};
use crate::driver::backend::Backend as _;
use crate::driver::live::{self, CLOCK_RATE, LiveBackend, Rehearsal};
use crate::form::job::numbered;
use crate::logs::{FailureReason, FailureReport, JobLogList, LogEntry, LogSource, ReasonGroup, ReportVerdict, rows};
use crate::protocol::message::{Call, Reply};
use crate::select::Rule;
use crate::ui::text;
use crate::wording::{count, many};

/// Something was not exported.
const FAILED: u8 = 1;
/// It could not be found out.
const UNKNOWN: u8 = 2;
/// Blobs of one reason that the table names.
const NAMED: usize = 20;

/// Exit status of `logs`, for its help.
const EXIT_STATUS: &str = "\
Exit status:
  0  nothing failed, as far as logs say that were all read to their end
  1  something was not exported
  2  it could not be found out: no log, a log that was not read whole and names
     nothing, a wrong argument, or a request that failed
  4  sign in first";

/// Which job, and what is done with its logs.
#[derive(Debug, Args)]
#[command(after_help = EXIT_STATUS)]
pub struct LogsArgs {
    /// Which.
    #[command(flatten)]
    job: JobSelector,
    /// Save the logs as they are, the verbose ones and the copies of the manifests too, and every blob that failed as CSV and JSON, to new
    /// files in this folder; `blobfreight verify --logs` takes it
    #[arg(long, value_name = "DIR")]
    save: Option<PathBuf>,
    /// Make a new draft of what another job can export
    #[arg(long)]
    draft: bool,
    /// How to ask.
    #[command(flatten)]
    ask: SessionArgs,
}

/// Runs the command and gives its exit status.
///
/// # Errors
/// There is no such job, or the sign-in, a request or a file fails.
pub(super) async fn run(setting: &EffectiveConfig, args: LogsArgs) -> Result<u8, CommandFailure> {
    Box::pin(carry_out(setting, args)).await.map_err(|failure| failure.with_status(UNKNOWN))
}

async fn carry_out(setting: &EffectiveConfig, args: LogsArgs) -> Result<u8, CommandFailure> {
    let form = args.ask.output.format();
    let session = Headless::sign_in(setting, &args.ask).await?;
    let (address, job) = job_search::find(setting, &session, &args.ask, args.job).await?;
    let logs = JobLogList::of(&job);
    let notifier = Notifier::begin(setting.config.notifications);
    let endpoint = live::account_endpoint(&session.azure, &job.storage_account).await?;
    let mut print_line = |entry: &LogEntry, source: &LogSource| {
        if form == OutputFormat::Tsv
            && let Some(line) = tsv(entry, source)
        {
            print::out(&line);
        }
        Ok(())
    };
    let (report, files) = match &args.save {
        Some(folder) => {
            let others = logs.others(&job);
            let saved = live::save_all(&session.azure, &endpoint, &logs, &others, folder, &mut print_line).await?;
            for (source, fault) in &saved.unsaved {
                print::note(&format!("{} was not saved: {fault}", source.title_at_start()));
            }
            (saved.report, saved.files)
        }
        None => (live::read_logs(&session.azure, &endpoint, &logs, &mut print_line).await?, Vec::new()),
    };
    let draft =
        if args.draft { make_draft(setting, &session, &args.ask, &address, &job, &report).await? } else { None };
    match form {
        OutputFormat::Table => print::out(&page(&job, &report)),
        OutputFormat::Tsv => {}
        OutputFormat::Json => {
            let mut value = rows::report_json(&report, &job.name);
            value["service"] = json!(job.service.word());
            value["files"] = json!(files);
            value["draftJob"] = json!(draft);
            print::json(&value);
        }
    }
    tell(form, &report, &files, args.draft, draft.as_deref());
    notifier.tell("the logs are read");
    Ok(status(&report))
}

/// What a table does not hold, on standard error where the output is for programs.
fn tell(form: OutputFormat, report: &FailureReport, files: &[PathBuf], wanted: bool, draft: Option<&str>) {
    let mut sentences: Vec<String> = files.iter().map(|file| format!("Saved: {}", file.display())).collect();
    sentences.extend(match (wanted, draft) {
        (false, _) => None,
        (true, None) => Some("No draft was made: no blob here can be exported by another job.".to_owned()),
        (true, Some(job)) => Some(format!(
            "A new draft for the job {job} takes {}. `blobfreight` shows it on the start screen.",
            many(report.retry.len() as u64, "rule")
        )),
    });
    if report.retry_left > 0 && wanted {
        sentences.push(format!(
            "{} more could be exported again and are not in the draft, which takes {} at most.",
            many(report.retry_left, "blob"),
            count(crate::logs::RULES as u64)
        ));
    }
    if form == OutputFormat::Tsv {
        // No line does not mean that nothing failed.
        sentences.extend((report.verdict() == ReportVerdict::Unknown).then(|| report.headline()));
        sentences.extend(incomplete(report));
    }
    for sentence in sentences {
        if form == OutputFormat::Table {
            print::out(&format!("{}\n", text::clean(&sentence)));
        } else {
            print::note(&sentence);
        }
    }
}

fn status(report: &FailureReport) -> u8 {
    match report.verdict() {
        ReportVerdict::NothingFailed => 0,
        ReportVerdict::Failed => FAILED,
        ReportVerdict::Unknown => UNKNOWN,
    }
}

/// Why the report may not be everything, and numbers that do not tally.
fn incomplete(report: &FailureReport) -> Vec<String> {
    let unread = report.logs.iter().filter_map(|log| {
        let trouble = log.trouble.as_ref()?;
        Some(format!("{} is not whole: {}", log.source.title_at_start(), trouble))
    });
    unread.chain(report.remarks.iter().cloned()).collect()
}

/// One blob as a line: path, snapshot, result, reason, service words, retry, drive.
fn tsv(entry: &LogEntry, source: &LogSource) -> Option<String> {
    let reason = FailureReason::of(entry)?;
    let snapshot = entry.snapshot.clone().unwrap_or_default();
    let cells = [&entry.path, &snapshot, &reason.title, &reason.words, reason.cure.word(), &source.drive];
    let cells: Vec<String> = cells.iter().map(|cell| text::clean(cell)).collect();
    Some(format!("{}\n", cells.join("\t")))
}

/// The report for people.
fn page(job: &Job, report: &FailureReport) -> String {
    let mut page = format!("{} ({})\n{}\n", text::clean(&job.name), job.service.title(), report.headline());
    for sentence in incomplete(report) {
        let _infallible = writeln!(page, "! {}", text::clean(&sentence));
    }
    if !report.groups.is_empty() {
        page.push('\n');
        let row = |group: &ReasonGroup| {
            [
                count(group.count),
                group.reason.title.clone(),
                group.reason.cure.words().to_owned(),
                group.reason.words.clone(),
            ]
        };
        page += &print::aligned(["BLOBS", "REASON", "RETRY", "SERVICE"], report.groups.iter().map(row).collect());
    }
    for group in &report.groups {
        page += &list(group);
    }
    if report.ungrouped > 0 {
        let _infallible =
            writeln!(page, "\n{} of further reasons: --save writes them all.", many(report.ungrouped, "blob"));
    }
    page
}

fn list(group: &ReasonGroup) -> String {
    let mut list = format!("\n{}\n  {}\n", text::clean(&group.reason.title), group.reason.advice);
    for blob in group.blobs.iter().take(NAMED) {
        let snapshot = blob.snapshot.as_ref().map(|time| format!(" (snapshot {time})")).unwrap_or_default();
        let now = blob.now.as_ref().filter(|_| group.reason.cure == crate::logs::Cure::Nothing);
        let now = now.map(|now| format!(" is now {now}")).unwrap_or_default();
        let _infallible = writeln!(list, "  {}", text::clean(&format!("{}{snapshot}{now}", blob.path)));
    }
    let more = group.count.saturating_sub(group.blobs.len().min(NAMED) as u64);
    if more > 0 {
        let _infallible = writeln!(list, "  and {} more: -o tsv names them, --save writes them to files", count(more));
    }
    list
}

/// Makes a draft of what another job can export: from the draft that made the job, where it is on this machine. Returns the name of the
/// draft's job; `None` where there is nothing to export.
async fn make_draft(
    setting: &EffectiveConfig,
    session: &Headless,
    ask: &SessionArgs,
    address: &JobAddress,
    job: &Job,
    report: &FailureReport,
) -> Result<Option<String>, CommandFailure> {
    if report.retry.is_empty() {
        return Ok(None);
    }
    let base = match own_draft(setting, address) {
        Some(draft) => draft,
        None => new_draft(setting, session, ask, address, job).await?,
    };
    let draft = retry_draft(&base, &report.retry);
    let backend = LiveBackend::new(setting.places.data.clone(), CLOCK_RATE);
    match backend.call(Call::AddDrafts(vec![draft]), Arc::new(|_| {})).await? {
        Reply::Added(names) => Ok(names.into_iter().next()),
        other => Err(other.unexpected().into()),
    }
}

fn retry_draft(base: &Draft, rules: &[Rule]) -> Draft {
    base.for_blobs(rules.to_vec(), Timestamp::now())
}

/// The draft on this machine that made the job.
fn own_draft(setting: &EffectiveConfig, address: &JobAddress) -> Option<Draft> {
    let store = DraftStore::open(&live::drafts_in(&setting.places.data)).ok()?;
    let listed = store.list().ok()?;
    let mut drafts = listed.into_iter().filter_map(|entry| store.read(&entry.id).ok());
    drafts.find(|draft| draft.job_address().is_some_and(|own| own.is_same(address)))
}

/// A draft with the account and the address of a job that another program made.
async fn new_draft(
    setting: &EffectiveConfig,
    session: &Headless,
    ask: &SessionArgs,
    address: &JobAddress,
    job: &Job,
) -> Result<Draft, CommandFailure> {
    let now = Timestamp::now();
    let mut draft = Draft::new(DraftId::new(now, 0), setting.is_rehearsal(), now);
    let subscriptions = session.azure.subscriptions().await?;
    let subscription = subscriptions.into_iter().find(|known| known.id.eq_ignore_ascii_case(&address.subscription));
    let subscription = subscription.ok_or_else(|| {
        Fault::local("make a draft", format!("the sign-in does not see the subscription {}", address.subscription))
    })?;
    let account = session.azure.storage_account(&job.storage_account).await?;
    let cloud = if setting.is_rehearsal() { None } else { setting.clouds()?.into_iter().next() };
    let cloud = cloud.map_or_else(|| Rehearsal::NAME.to_owned(), |cloud| cloud.name);
    draft.sign_in = Some(SignedIn { cloud, tenant: ask.tenant.clone(), identity: session.identity.clone() });
    draft.account = Some(ChosenAccount { subscription, account });
    draft.service = Some(job.service);
    draft.options.name = numbered(&job.name, 2);
    draft.options.resource_group.clone_from(&address.resource_group);
    Ok(draft)
}
