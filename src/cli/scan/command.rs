//! `blobfreight scan`: what an export would take and how many drives it needs, without a terminal. Counting is `scan`'s,
//! packing `plan`'s; here are the arguments, the credentials and the exit status.
//!
//! Exit status: 0 complete, 3 partial ("at least"), 1 failed, 2 usage.

mod access;
mod json;
mod outcome;
mod text;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use tokio::sync::watch;

use super::common_args::GlobalArgs;
use super::config::{Config, places};
use super::list;
use crate::azure::fault::Fault;
use crate::draft::store::DraftStore;
use crate::draft::{Draft, DraftId};
use crate::driver::live::drafts_in;
use crate::plan::Purchase;
use crate::scan::{CountProgress, ScanControl, ScanOptions, compact_time, previous, run as count};
use crate::select::{Rule, RuleForm, TypedError, read_rule};
use crate::term::screen::measure;
use crate::ui::text::{bytes, clean, count as number, cut_end};
use crate::wording::many;

/// Arguments of `blobfreight scan`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = json::FIELDS)]
pub struct ScanArgs {
    #[command(flatten)]
    selection: ScanSelection,
    /// Drives: a size for as many as needed (4TB, 3.64TiB), or the ones there are (2x8TB + 1x4TB)
    #[arg(long, value_name = "SIZES", value_parser = purchase)]
    drives: Purchase,
    /// Blob endpoint of the account; emulators carry the account in its path
    #[arg(long, value_name = "URL")]
    blob_endpoint: Option<String>,
    /// Most requests at a time
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u8).range(1..=64))]
    concurrency: u8,
    /// Go on where an earlier scan of this endpoint stopped, and take over the rules it has counted
    #[arg(long)]
    resume: bool,
    /// Tell blobs changed after this moment, e.g. 2026-11-22 or 2026-11-22T08:30:00Z; if left out, after the previous scan
    /// of this endpoint began. Not with --resume: what is taken over was compared with the moment given then
    #[arg(long, value_name = "WHEN", value_parser = since, conflicts_with = "resume")]
    since: Option<u64>,
    /// Print the result as JSON; --help lists its fields
    #[arg(long)]
    json: bool,
}

/// What is counted; one kind of it, prefixes and paths mixed.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
struct ScanSelection {
    /// The selection of a draft
    #[arg(long, value_name = "ID", conflicts_with_all = ["list", "prefix", "path", "all"])]
    draft: Option<String>,
    /// A blob list file (XML)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["prefix", "path", "all"])]
    list: Option<PathBuf>,
    /// All blobs with their snapshots whose /container/name begins so; may be repeated
    #[arg(long, value_name = "/CONTAINER/TEXT")]
    prefix: Vec<String>,
    /// One blob with its snapshots; may be repeated
    #[arg(long, value_name = "CONTAINER/BLOB")]
    path: Vec<String>,
    /// The whole account
    #[arg(long, conflicts_with_all = ["prefix", "path"])]
    all: bool,
}

fn purchase(text: &str) -> Result<Purchase, String> {
    Purchase::parse(text).map_err(|error| error.to_string())
}

/// A date or a moment as `yyyymmddhhmmss`, UTC.
fn since(text: &str) -> Result<u64, String> {
    let wrong = |_| "write a date such as 2026-11-22, or a moment such as 2026-11-22T08:30:00Z".to_owned();
    let civil =
        |text: &str| text.parse::<DateTime>().and_then(|at| at.to_zoned(TimeZone::UTC)).map(|at| at.timestamp());
    text.parse::<Timestamp>().or_else(|_| civil(text)).map_err(wrong).map(compact_time::from_timestamp)
}

/// Why there is nothing to count with: a sentence, and whether the command line is to blame.
enum ScanRefusal {
    Usage(String),
    Failed(String),
}

impl From<Fault> for ScanRefusal {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault.to_string())
    }
}

/// Counts, packs and prints; see the head of this file for the exit status.
pub async fn run(args: ScanArgs, global: &GlobalArgs) -> ExitCode {
    match scan(&args, global).await {
        Ok(code) => code,
        Err(refusal) => {
            let (code, sentence) = match refusal {
                ScanRefusal::Usage(sentence) => (2, sentence),
                ScanRefusal::Failed(sentence) => (1, sentence),
            };
            drop(writeln!(std::io::stderr(), "blobfreight scan: {}", clean(&sentence)));
            ExitCode::from(code)
        }
    }
}

async fn scan(args: &ScanArgs, global: &GlobalArgs) -> Result<ExitCode, ScanRefusal> {
    let draft = args.selection.draft.as_deref().map(draft).transpose()?;
    let mut rules = rules(&args.selection, draft.as_ref())?;
    let config = Config::load(global.config.as_deref()).map_err(|error| ScanRefusal::Usage(error.to_string()))?;
    let (source, container) = access::open(args, draft.as_ref(), global, &config).await?;
    if let (true, Some(container)) = (args.selection.all, container) {
        rules = vec![Rule::Prefix(format!("/{container}/"))];
    }
    let checkpoint = checkpoint(source.endpoint());
    let (send, control) = watch::channel(ScanControl::Run);
    let stop = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            send.send_replace(ScanControl::Stop);
        }
        // The scan looks at the wish until it ends.
        send.closed().await;
    });
    let options = ScanOptions {
        concurrency: usize::from(args.concurrency),
        // What is taken over brings the moment it was compared with.
        since: if args.resume { None } else { args.since.or_else(|| previous(&checkpoint, source.endpoint())) },
        began: Some(compact_time::from_timestamp(Timestamp::now())),
        checkpoint: Some(checkpoint),
        resume: args.resume,
        control: Some(control),
        ..ScanOptions::default()
    };
    let tell = std::io::stderr().is_terminal();
    let report = count(&source, &rules, &options, |progress| {
        if tell {
            show(progress);
        }
    })
    .await?;
    stop.abort();
    if tell {
        drop(write!(std::io::stderr(), "\r\x1b[K"));
    }
    let outcome = outcome::ScanOutcome::new(report, &args.drives, config.plan);
    // Figures of nothing would read as an answer; a program that reads the JSON looks at `complete`.
    if args.json || !outcome.is_nothing() {
        let printed = if args.json { json::print(&outcome, source.endpoint()) } else { text::print(&outcome) };
        drop(writeln!(std::io::stdout(), "{printed}"));
    }
    if let Some(why) = &outcome.report.began_anew {
        drop(writeln!(std::io::stderr(), "blobfreight scan: {}", clean(why)));
    }
    if let Some(problem) = outcome.report.rules.iter().find_map(|rule| rule.problem.as_ref()) {
        drop(writeln!(std::io::stderr(), "blobfreight scan: {}", clean(&problem.to_string())));
    } else if outcome.is_nothing() {
        drop(writeln!(std::io::stderr(), "blobfreight scan: stopped before anything was counted"));
    }
    Ok(ExitCode::from(outcome.status()))
}

/// One line that is written over and over.
fn show(progress: &CountProgress) {
    let (columns, _) = measure();
    drop(write!(std::io::stderr(), "\r\x1b[K{}", line(progress, usize::from(columns))));
}

/// How far a count is, in a terminal's width less one: a line that wraps cannot be written over.
fn line(progress: &CountProgress, columns: usize) -> String {
    let rate = progress.blobs.saturating_mul(1000) / progress.millis.max(1);
    let blobs = many(progress.blobs.saturating_add(progress.snapshots), "blob");
    let sum = format!("at least {blobs}, {}", bytes(progress.bytes));
    let words = match (&progress.waiting, &progress.one_by_one) {
        (Some(reason), _) => format!("{sum}, waiting: {reason}"),
        (None, Some(place)) => format!("{sum}, {}/s, {place} comes page after page", number(rate)),
        (None, None) => {
            format!("{sum}, {}/s, {} under way", number(rate), many(progress.in_flight as u64, "request"))
        }
    };
    cut_end(&clean(&words), columns.saturating_sub(1), "...")
}

fn draft(id: &str) -> Result<Draft, ScanRefusal> {
    let unknown = || ScanRefusal::Usage(format!("`{id}` is no draft; `blobfreight drafts` lists those there are"));
    let id = DraftId::parse(id).ok_or_else(unknown)?;
    let store = DraftStore::open(&drafts_in(&places().data)).map_err(|error| ScanRefusal::Failed(error.to_string()))?;
    store.read(&id).map_err(|error| ScanRefusal::Usage(error.to_string()))
}

fn rules(selection: &ScanSelection, draft: Option<&Draft>) -> Result<Vec<Rule>, ScanRefusal> {
    let some = |rules: Vec<Rule>, place: String| {
        let nothing = || ScanRefusal::Usage(format!("{place} names no blob to export, so there is nothing to count"));
        if rules.is_empty() { Err(nothing()) } else { Ok(rules) }
    };
    if let Some(draft) = draft {
        return some(draft.selection.rules.to_vec(), format!("draft {}", draft.id));
    }
    if let Some(file) = &selection.list {
        let refuse =
            |reason: String| ScanRefusal::Usage(format!("could not read the list {}: {reason}", file.display()));
        let list = list::from_file(file).map_err(refuse)?;
        return some(list.rules, format!("the list {}", file.display()));
    }
    if selection.all {
        return Ok(vec![Rule::Prefix("/".to_owned())]);
    }
    let prefixes = selection.prefix.iter().map(|text| ("--prefix", text, RuleForm::Prefix));
    let paths = selection.path.iter().map(|text| ("--path", text, RuleForm::Path));
    prefixes.chain(paths).map(|(option, text, form)| named(option, text, form)).collect()
}

/// Reads a rule from the command line. Warns on standard error about what looks like a slip.
fn named(option: &str, text: &str, form: RuleForm) -> Result<Rule, ScanRefusal> {
    let read = read_rule(text, form).map_err(|why| {
        // The query of an address may be a SAS.
        let shown = if let TypedError::Address(_) = why { String::new() } else { format!(" `{text}`") };
        ScanRefusal::Usage(format!("{option}{shown}: {why}"))
    })?;
    for slip in read.warnings {
        list::tell(&format!("blobfreight scan: {option} `{text}`: {slip}."));
    }
    Ok(read.rule)
}

/// One file per endpoint, named after it.
fn checkpoint(endpoint: &str) -> PathBuf {
    let plain: String = endpoint.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let file = format!("{}.json", plain.trim_matches('-'));
    places().state.join(Path::new("scans").join(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_one_line_on_any_terminal() {
        let progress = CountProgress {
            blobs: 1,
            millis: 1000,
            in_flight: 1,
            waiting: Some("nothing listens at 127.0.0.1:10000 (connection refused)".into()),
            ..CountProgress::default()
        };
        assert_eq!(line(&progress, 40), "at least 1 blob, 0 B, waiting: nothi...");
        let told = line(&CountProgress { waiting: None, ..progress }, 80);
        assert_eq!(told, "at least 1 blob, 0 B, 1/s, 1 request under way");
    }
}
