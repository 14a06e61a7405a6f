//! One check: from the arguments to the exit status.

use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::args::VerifyArgs;
use super::report_file::{self, ReportForm};
use super::{job_file, progress};
use crate::azure::fault::Fault;
use crate::cli::effective_config::EffectiveConfig;
use crate::cli::failure::CommandFailure;
use crate::cli::notifier::Notifier;
use crate::cli::output::OutputFormat;
use crate::cli::print;
use crate::driver::live::write_form;
use crate::files;
use crate::term::{Taskbar, WindowProgress};
use crate::verify::engine::{CheckMeter, CheckReport, CheckRequest, CheckedDrive, JobLogs, NamedDrive, check};

/// How often the line of progress is written.
const PAUSE: Duration = Duration::from_millis(200);

/// Checks drives and gives the exit status: 0 when everything promised is there and right, 1 damaged or missing, 2 not checked, 3 stopped.
///
/// # Errors
/// The arguments are wrong, or the job cannot be read.
pub(crate) async fn run(setting: &EffectiveConfig, args: VerifyArgs) -> Result<u8, CommandFailure> {
    let forms = args.report.iter().map(|path| ReportForm::of(path)).collect::<Result<Vec<_>, _>>()?;
    let taskbar = Taskbar::open(setting.config.window_title && std::io::stderr().is_terminal());
    let mut request = request(setting, &args).await?;
    // For the percent in the taskbar; the manifests are read once more for it.
    request.totals = taskbar.is_there();
    let notifier = Notifier::begin(setting.config.notifications);
    let checked = watched(request, taskbar).await;
    // Whoever stopped it looks.
    if !checked.as_ref().is_ok_and(CheckReport::is_interrupted) {
        notifier.tell("the check of the drives has ended");
    }
    let report = checked?;
    print_report(&report, args.ask.output.format())?;
    for (path, form) in args.report.iter().zip(forms) {
        report_file::write(path, form, &report)?;
    }
    Ok(report.status())
}

fn print_report(report: &CheckReport, output: OutputFormat) -> Result<(), CommandFailure> {
    let form = match output {
        OutputFormat::Json => ReportForm::Json,
        OutputFormat::Table => ReportForm::Text,
        OutputFormat::Tsv => {
            print::tsv(report.drives.iter().map(row).collect());
            return Ok(());
        }
    };
    print::stream(|mut out| write_form(report, form.word(), &mut out))
        .map_err(|error| CommandFailure::wrong(format!("The report could not be made: {error}.")))
}

/// Folder, serial number, blobs promised, blobs checked, and findings of a drive.
fn row(drive: &CheckedDrive) -> [String; 5] {
    let findings: u64 = drive.counts().into_values().sum();
    let [entries, checked, findings] = [drive.entries, drive.done.count(), findings].map(|figure| figure.to_string());
    [drive.folder.display().to_string(), drive.drive_id.clone().unwrap_or_default(), entries, checked, findings]
}

async fn request(setting: &EffectiveConfig, args: &VerifyArgs) -> Result<CheckRequest, CommandFailure> {
    if !args.drive_id.is_empty() && args.drive_id.len() != args.drives.len() {
        return Err(CommandFailure::wrong(format!(
            "--drive-id stands once for each DRIVE, in the same order: there are {} drives and {} numbers.",
            args.drives.len(),
            args.drive_id.len()
        )));
    }
    let named = |(at, folder): (usize, &std::path::PathBuf)| NamedDrive {
        folder: folder.clone(),
        drive_id: args.drive_id.get(at).cloned(),
    };
    let expected = job_file::expected(setting, args).await?;
    let logs = args.logs.as_deref().map(logs).transpose()?.unwrap_or_default();
    Ok(CheckRequest {
        drives: args.drives.iter().enumerate().map(named).collect(),
        expected,
        logs,
        state: Some(setting.places.state.join("verify")),
        resume: args.resume,
        totals: false,
        readers: args.readers.map(usize::from),
    })
}

fn logs(folder: &Path) -> Result<JobLogs, CommandFailure> {
    JobLogs::read(folder).map_err(|error| {
        let fault = Fault::local(format!("read the logs in {}", folder.display()), files::reason(&error));
        CommandFailure::of_input(fault.advise("Name the folder that they were downloaded into."))
    })
}

/// Runs the check beside the event loop, with a line of progress on a terminal, until it ends or a signal stops it.
async fn watched(request: CheckRequest, mut taskbar: Taskbar) -> Result<CheckReport, CommandFailure> {
    let meter = Arc::new(CheckMeter::default());
    let begun = Instant::now();
    let mut running = tokio::task::spawn_blocking({
        let meter = Arc::clone(&meter);
        move || check(&request, &meter)
    });
    let stopping = tokio::spawn({
        let meter = Arc::clone(&meter);
        async move {
            stopped().await;
            meter.stop();
        }
    });
    let on_terminal = std::io::stderr().is_terminal();
    let mut ticks = tokio::time::interval(PAUSE);
    let report = loop {
        tokio::select! {
            done = &mut running => break done,
            _ = ticks.tick() => if on_terminal {
                let reading = meter.reading();
                progress::show(&reading, begun.elapsed());
                taskbar.show(reading.percent().map_or(WindowProgress::Busy, WindowProgress::Percent));
            },
        }
    };
    stopping.abort();
    drop(taskbar);
    if on_terminal {
        progress::clear();
    }
    report.map_err(|error| {
        CommandFailure::wrong(format!("The check ended in a fault of Blobfreight ({error}); please report it, with what `blobfreight doctor` prints."))
    })
}

/// Waits for Ctrl-C or SIGTERM.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { _ = tokio::signal::ctrl_c() => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    drop(tokio::signal::ctrl_c().await);
}
