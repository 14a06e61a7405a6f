//! Reads the logs of a job as streams: for the report of what was not exported, for the files of it, and as they are.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::new_file::NewFile;
use crate::azure::Azure;
use crate::azure::fault::Fault;
use crate::files;
use crate::logs::{FailureReport, JobLogList, LogEntry, LogReader, LogSource, ReportBuilder, rows};

/// Takes each entry of each log.
type OnEntry<'a> = &'a mut (dyn FnMut(&LogEntry, &LogSource) -> Result<(), Fault> + Send);

/// Takes the bytes of a log as they come.
type OnBytes<'a> = &'a mut (dyn FnMut(&[u8]) -> Result<(), Fault> + Send);

/// The blob endpoint of an account, by its resource id.
///
/// # Errors
/// The account cannot be read.
pub async fn account_endpoint(azure: &Azure, account: &str) -> Result<String, Fault> {
    let read = azure.storage_account(account).await?;
    Ok(azure.cloud().blob.clone().unwrap_or(read.blob_endpoint))
}

/// Reads the logs of a job, one after another, and gives each entry to `on_entry` as well. A log that cannot be read is told in the
/// report; the others are still read.
///
/// # Errors
/// As `on_entry`.
pub async fn read_logs(
    azure: &Azure,
    endpoint: &str,
    logs: &JobLogList,
    on_entry: OnEntry<'_>,
) -> Result<FailureReport, Fault> {
    let mut builder = ReportBuilder::default();
    for source in &logs.sources {
        read_log(azure, endpoint, source, &mut builder, on_entry, &mut |_| Ok(())).await?;
    }
    Ok(builder.finish(logs))
}

/// Reads a log; gives each entry to `on_entry` and the bytes as they come to `on_bytes`. Returns why the log is not whole.
async fn read_log(
    azure: &Azure,
    endpoint: &str,
    source: &LogSource,
    builder: &mut ReportBuilder,
    on_entry: OnEntry<'_>,
    on_bytes: OnBytes<'_>,
) -> Result<Option<Fault>, Fault> {
    let mut reader = LogReader::new();
    let mut stopped = false;
    let mut take = |entries: Vec<LogEntry>, builder: &mut ReportBuilder| {
        entries.iter().try_for_each(|entry| {
            builder.push(entry);
            on_entry(entry, source)
        })
    };
    let read = azure
        .each_log_chunk(endpoint, &source.link, &mut |bytes| {
            let taken = on_bytes(bytes).and_then(|()| take(reader.push(bytes), builder));
            stopped |= taken.is_err();
            taken
        })
        .await;
    let (last, end) = reader.finish();
    match read {
        Ok(()) => {
            take(last, builder)?;
            builder.end_log(source.clone(), &end);
            Ok(None)
        }
        Err(fault) if stopped => Err(fault),
        Err(fault) => {
            builder.break_log(source.clone(), &end, fault.to_string());
            Ok(Some(fault))
        }
    }
}

/// What was not exported, in new files in a folder: `JOB-not-exported.csv` and `.json`, readable by their owner only. Gives the files and the
/// report.
///
/// # Errors
/// The folder or a file cannot be written; nothing half-written is left.
pub(super) async fn save_report(
    azure: &Azure,
    endpoint: &str,
    logs: &JobLogList,
    folder: &Path,
) -> Result<(Vec<PathBuf>, FailureReport), Fault> {
    let mut files = ReportFiles::create(folder, &logs.job).map_err(|error| unwritable(folder, &error))?;
    let read = read_logs(azure, endpoint, logs, &mut |entry, source| {
        files.row(entry, source).map_err(|error| unwritable(folder, &error))
    })
    .await;
    let report = read?;
    let paths = files.end(&report, &logs.job).map_err(|error| unwritable(folder, &error))?;
    Ok((paths, report))
}

/// The folder or a file in it cannot be written.
fn unwritable(folder: &Path, error: &io::Error) -> Fault {
    Fault::local("save what was not exported", format!("{}: {}", folder.display(), files::reason(error)))
        .advise("Make the directory writable, or name another one.")
}

/// Both files while they are written. Dropped, they are gone.
struct ReportFiles {
    csv: BufWriter<NewFile>,
    json: BufWriter<NewFile>,
    entries: u64,
}

impl ReportFiles {
    fn create(folder: &Path, job: &str) -> io::Result<Self> {
        files::make_private_folder(folder)?;
        let file = |ending| {
            Ok::<_, io::Error>(BufWriter::new(NewFile::create(folder, &format!("{job}-not-exported.{ending}"))?))
        };
        let mut files = Self { csv: file("csv")?, json: file("json")?, entries: 0 };
        files.csv.write_all(rows::csv_heading().as_bytes())?;
        files.json.write_all(b"{\"entries\":[")?;
        Ok(files)
    }

    fn row(&mut self, entry: &LogEntry, source: &LogSource) -> io::Result<()> {
        if let Some(row) = rows::csv_row(entry, source) {
            self.csv.write_all(row.as_bytes())?;
        }
        if let Some(value) = rows::entry_json(entry, source) {
            let comma = if self.entries == 0 { "\n" } else { ",\n" };
            self.entries += 1;
            write!(self.json, "{comma}{value}")?;
        }
        Ok(())
    }

    /// Ends both with the report and gives them their names; returns the paths.
    fn end(mut self, report: &FailureReport, job: &str) -> io::Result<Vec<PathBuf>> {
        write!(self.json, "\n],\n\"report\":{}}}\n", rows::report_json(report, job))?;
        let keep = |file: BufWriter<NewFile>| file.into_inner().map_err(io::IntoInnerError::into_error)?.keep();
        Ok(vec![keep(self.csv)?, keep(self.json)?])
    }
}

/// What was saved of a job's logs.
pub struct SavedLogs {
    /// The files.
    pub files: Vec<PathBuf>,
    /// What is in no file, and why.
    pub unsaved: Vec<(LogSource, Fault)>,
    /// What was not exported.
    pub report: FailureReport,
}

/// Reads each log once: for the report, for the files of `save_report`, and into a new file as it is. `others` are only copied. Each entry
/// goes to `on_entry` as well.
///
/// # Errors
/// As `on_entry`, and where the folder or a file cannot be written.
pub async fn save_all(
    azure: &Azure,
    endpoint: &str,
    logs: &JobLogList,
    others: &[LogSource],
    folder: &Path,
    on_entry: OnEntry<'_>,
) -> Result<SavedLogs, Fault> {
    let (mut files, mut unsaved) = (Vec::new(), Vec::new());
    let mut report_files = ReportFiles::create(folder, &logs.job).map_err(|error| unwritable(folder, &error))?;
    let mut builder = ReportBuilder::default();
    for source in &logs.sources {
        let copy = copied(folder, source, async |on_bytes| {
            let mut each = |entry: &LogEntry, source: &LogSource| {
                report_files.row(entry, source).map_err(|error| unwritable(folder, &error))?;
                on_entry(entry, source)
            };
            read_log(azure, endpoint, source, &mut builder, &mut each, on_bytes).await
        })
        .await?;
        match copy {
            Ok(path) => files.push(path),
            Err(fault) => unsaved.push((source.clone(), fault)),
        }
    }
    let report = builder.finish(logs);
    let reports = report_files.end(&report, &logs.job).map_err(|error| unwritable(folder, &error))?;
    for source in others {
        let copy = copied(folder, source, async |on_bytes| {
            let mut stopped = false;
            let read = azure
                .each_log_chunk(endpoint, &source.link, &mut |bytes| on_bytes(bytes).inspect_err(|_| stopped = true))
                .await;
            match read {
                Err(fault) if stopped => Err(fault),
                read => Ok(read.err()),
            }
        })
        .await?;
        match copy {
            Ok(path) => files.push(path),
            Err(fault) => unsaved.push((source.clone(), fault)),
        }
    }
    Ok(SavedLogs { files: reports.into_iter().chain(files).collect(), unsaved, report })
}

/// A new file with the bytes of a log, which `read` gives; or why there is none. Half a log looks like a whole one, so it does not stay.
///
/// # Errors
/// As `read`, and where the file cannot be written.
async fn copied(
    folder: &Path,
    source: &LogSource,
    read: impl AsyncFnOnce(OnBytes<'_>) -> Result<Option<Fault>, Fault>,
) -> Result<Result<PathBuf, Fault>, Fault> {
    let create = || NewFile::create(folder, source.file_name());
    let mut file = BufWriter::new(create().map_err(|error| unwritable(folder, &error))?);
    let broken = read(&mut |bytes| file.write_all(bytes).map_err(|error| unwritable(folder, &error))).await?;
    if let Some(fault) = broken {
        return Ok(Err(fault));
    }
    let kept = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(NewFile::keep);
    kept.map(Ok).map_err(|error| unwritable(folder, &error))
}
