//! Reads the logs of a job as streams: for the report of what was not exported, for the files of it, and as they are.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::new_file;
use crate::azure::Azure;
use crate::azure::fault::Fault;
use crate::files;
use crate::logs::{FailureReport, JobLogList, LogEntry, LogReader, LogSource, ReportBuilder, rows};

/// Takes each entry of each log.
type OnEntry<'a> = &'a mut (dyn FnMut(&LogEntry, &LogSource) -> Result<(), Fault> + Send);

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
        read_log(azure, endpoint, source, &mut builder, on_entry).await?;
    }
    Ok(builder.finish(logs))
}

async fn read_log(
    azure: &Azure,
    endpoint: &str,
    source: &LogSource,
    builder: &mut ReportBuilder,
    on_entry: OnEntry<'_>,
) -> Result<(), Fault> {
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
            let taken = take(reader.push(bytes), builder);
            stopped |= taken.is_err();
            taken
        })
        .await;
    let (last, end) = reader.finish();
    match read {
        Ok(()) => {
            take(last, builder)?;
            builder.end_log(source.clone(), &end);
            Ok(())
        }
        Err(fault) if stopped => Err(fault),
        Err(fault) => {
            builder.break_log(source.clone(), &end, fault.to_string());
            Ok(())
        }
    }
}

/// What was not exported, in new files in a folder: `JOB-not-exported.csv` and `.json`, readable by their owner only. Gives the files and the
/// report.
///
/// # Errors
/// The folder or a file cannot be written; nothing half-written is left.
pub async fn save_report(
    azure: &Azure,
    endpoint: &str,
    logs: &JobLogList,
    folder: &Path,
) -> Result<(Vec<PathBuf>, FailureReport), Fault> {
    let fault = |error: &io::Error| {
        Fault::local("save what was not exported", format!("{}: {error}", folder.display()))
            .advise("Make the directory writable, or name another one.")
    };
    let mut files = ReportFiles::create(folder, &logs.job).map_err(|error| fault(&error))?;
    let read =
        read_logs(azure, endpoint, logs, &mut |entry, source| files.row(entry, source).map_err(|error| fault(&error)))
            .await;
    let written = match &read {
        Ok(report) => files.end(report, &logs.job).map_err(|error| fault(&error)),
        Err(fault) => Err(fault.clone()),
    };
    match (written, read) {
        (Ok(()), Ok(report)) => Ok((files.paths, report)),
        (Err(fault), _) | (_, Err(fault)) => {
            files.remove();
            Err(fault)
        }
    }
}

/// Both files while they are written.
struct ReportFiles {
    paths: Vec<PathBuf>,
    csv: BufWriter<File>,
    json: BufWriter<File>,
    entries: u64,
}

impl ReportFiles {
    fn create(folder: &Path, job: &str) -> io::Result<Self> {
        files::make_private_folder(folder)?;
        let (csv_path, csv) = new_file::create(folder, &format!("{job}-not-exported.csv"))?;
        let (json_path, json) = match new_file::create(folder, &format!("{job}-not-exported.json")) {
            Ok(created) => created,
            Err(error) => {
                drop(fs::remove_file(&csv_path));
                return Err(error);
            }
        };
        let mut files =
            Self { paths: vec![csv_path, json_path], csv: BufWriter::new(csv), json: BufWriter::new(json), entries: 0 };
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

    fn end(&mut self, report: &FailureReport, job: &str) -> io::Result<()> {
        write!(self.json, "\n],\n\"report\":{}}}\n", rows::report_json(report, job))?;
        self.csv.flush()?;
        self.json.flush()?;
        self.csv.get_ref().sync_all()?;
        self.json.get_ref().sync_all()
    }

    fn remove(self) {
        for path in &self.paths {
            drop(fs::remove_file(path));
        }
    }
}

/// The logs as they are, in new files in a folder. Gives each file, or why there is none.
///
/// # Errors
/// The folder or a file cannot be written.
pub async fn save_logs(
    azure: &Azure,
    endpoint: &str,
    sources: &[LogSource],
    folder: &Path,
) -> Result<Vec<Result<PathBuf, Fault>>, Fault> {
    let fault = |error: &io::Error| {
        Fault::local("save the logs", format!("{}: {error}", folder.display()))
            .advise("Name a folder that can be written.")
    };
    files::make_private_folder(folder).map_err(|error| fault(&error))?;
    let mut saved = Vec::new();
    for source in sources {
        let (path, file) = new_file::create(folder, source.file_name()).map_err(|error| fault(&error))?;
        let mut file = BufWriter::new(file);
        let mut disk = None;
        let read = azure
            .each_log_chunk(endpoint, &source.link, &mut |bytes| {
                file.write_all(bytes).map_err(|error| {
                    let fault = fault(&error);
                    disk = Some(fault.clone());
                    fault
                })
            })
            .await;
        let read = read.and_then(|()| file.flush().map_err(|error| fault(&error)));
        if read.is_err() {
            // Half a log looks like a whole one.
            drop(fs::remove_file(&path));
        }
        if let Some(disk) = disk {
            return Err(disk);
        }
        saved.push(read.map(|()| path));
    }
    Ok(saved)
}
