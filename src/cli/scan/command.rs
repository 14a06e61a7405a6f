//! One scan: from the arguments to the exit status.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tokio::sync::watch;

use super::args::ScanArgs;
use super::outcome::ScanOutcome;
use super::selection::{draft, rules};
use super::{access, json, progress, text};
use crate::cli::common_args::GlobalArgs;
use crate::cli::config::{Config, places};
use crate::cli::failure::CommandFailure;
use crate::cli::notifier::Notifier;
use crate::cli::output::OutputFormat;
use crate::cli::print;
use crate::scan::{BlobSource, ScanControl, ScanOptions, compact_time, previous, run as count};
use crate::select::Rule;
use crate::term::{Taskbar, WindowProgress};

/// Counts, packs and prints.
///
/// # Errors
/// The arguments or what they name are wrong, the sign-in fails, or the account cannot be listed at all.
pub(crate) async fn run(args: &ScanArgs, global: &GlobalArgs) -> Result<u8, CommandFailure> {
    let draft = args.selection.draft.as_deref().map(draft).transpose()?;
    let mut rules = rules(&args.selection, draft.as_ref())?;
    let config = Config::load(global.config.as_deref())?;
    let (source, container) = access::open(args, draft.as_ref(), global, &config).await?;
    if let (true, Some(container)) = (args.selection.all, container) {
        rules = vec![Rule::Prefix(format!("/{container}/"))];
    }
    let (send, control) = watch::channel(ScanControl::Run);
    let stop = control.clone();
    let ctrl_c = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            send.send_replace(ScanControl::Stop);
        }
        // The scan reads the channel until it ends.
        send.closed().await;
    });
    let on_terminal = std::io::stderr().is_terminal();
    let mut taskbar = Taskbar::open(on_terminal && config.window_title);
    taskbar.show(WindowProgress::Busy);
    let notifier = Notifier::begin(config.notifications);
    let counted = count(&source, &rules, &options(args, &source, control), |counted| {
        if on_terminal {
            progress::show(counted);
        }
    })
    .await;
    drop(taskbar);
    ctrl_c.abort();
    if on_terminal {
        drop(write!(std::io::stderr(), "\r\x1b[K"));
    }
    // Whoever stopped it looks.
    if *stop.borrow() != ScanControl::Stop {
        notifier.tell(if counted.is_ok() { "the count has ended" } else { "the count stopped" });
    }
    let report = counted?;
    let outcome = {
        let named = global.service;
        let service = named.or(draft.and_then(|draft| draft.service)).or(config.service);
        ScanOutcome::new(report, &args.drives, config.plan, service)
    };
    print(&outcome, source.endpoint(), args.output.format());
    Ok(outcome.status())
}

fn options(args: &ScanArgs, source: &BlobSource, control: watch::Receiver<ScanControl>) -> ScanOptions {
    let checkpoint = checkpoint(source.endpoint());
    ScanOptions {
        concurrency: usize::from(args.concurrency),
        // A resumed scan goes on comparing with the time of its checkpoint.
        since: if args.resume { None } else { args.since.or_else(|| previous(&checkpoint, source.endpoint())) },
        began: Some(compact_time::from_timestamp(Timestamp::now())),
        checkpoint: Some(checkpoint),
        resume: args.resume,
        control: Some(control),
        ..ScanOptions::default()
    }
}

/// Prints the outcome, and on standard error why it is not complete.
fn print(outcome: &ScanOutcome, endpoint: &str, form: OutputFormat) {
    match form {
        OutputFormat::Json => print::out(&format!("{}\n", json::print(outcome, endpoint))),
        // Figures of nothing would read as an answer; a program that reads the JSON looks at `complete`.
        _ if outcome.is_nothing() => {}
        OutputFormat::Table => print::out(&format!("{}\n", text::print(outcome))),
        OutputFormat::Tsv => print::tsv(json::rule_rows(outcome)),
    }
    let problem = outcome.report.rules.iter().find_map(|rule| rule.problem.as_ref()).map(ToString::to_string);
    let nothing = || outcome.is_nothing().then(|| "stopped before anything was counted".to_owned());
    for sentence in outcome.report.began_anew.clone().into_iter().chain(problem.or_else(nothing)) {
        print::note(&sentence);
    }
}

/// The checkpoint file of an endpoint, named after it.
fn checkpoint(endpoint: &str) -> PathBuf {
    let plain: String = endpoint.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let file = format!("{}.json", plain.trim_matches('-'));
    places().state.join(Path::new("scans").join(file))
}
