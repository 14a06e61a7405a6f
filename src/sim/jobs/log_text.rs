//! The texts of the logs, in the form of each service.

use std::collections::HashSet;

use super::super::response::escape;
use super::super::switches::LogCourse;
use super::job::{ExportOutcome, ExportedBlob, FailedBlob, JobProvider, StoredJob};

/// What failed. Blobs that no drive took are in the log of the first.
pub(super) fn errors(job: &StoredJob, outcome: &ExportOutcome, index: usize, drive: &str) -> String {
    match job.provider {
        JobProvider::ImportExport => drive_log(drive, outcome, index, false),
        JobProvider::DataBox => copy_log(drive, outcome, index),
    }
}

/// Every blob of a drive.
pub(super) fn verbose(job: &StoredJob, outcome: &ExportOutcome, index: usize, drive: &str) -> String {
    match job.provider {
        JobProvider::ImportExport => drive_log(drive, outcome, index, true),
        JobProvider::DataBox => {
            let written = job.verbose_logs.get(drive).cloned();
            written.unwrap_or_else(|| on_drive(outcome, index).map(file).collect::<Vec<_>>().concat())
        }
    }
}

/// The log as it comes: whole, cut in its middle, or not at all.
pub(super) fn on_its_course(text: String, course: LogCourse) -> Option<String> {
    match course {
        LogCourse::Whole => Some(text),
        LogCourse::Absent => None,
        LogCourse::Cut => {
            let middle = (text.len() / 2..text.len()).find(|at| text.is_char_boundary(*at))?;
            text.get(..middle).map(str::to_owned)
        }
    }
}

fn on_drive(outcome: &ExportOutcome, index: usize) -> impl Iterator<Item = &ExportedBlob> {
    outcome.exported.iter().filter(move |blob| blob.drive == index)
}

/// A file of Data Box's verbose log. The sum is left away where the drive was not written: most blobs have no content to sum up then.
fn file(blob: &ExportedBlob) -> String {
    format!(
        "<File CloudFormat=\"{}\" ETag=\"{}\" Path=\"{}\" Size=\"{}\">\n</File>",
        blob.kind,
        blob.etag,
        escape(&blob.path),
        blob.length
    )
}

/// A blob of Import/Export's logs.
fn blob(status: &str, part: &str, path: &str, snapshot: Option<&str>, length: u64) -> String {
    let snapshot = snapshot.map(|time| format!("<Snapshot>{time}</Snapshot>")).unwrap_or_default();
    let (path, file) = (escape(path), escape(&path.replace('/', "\\")));
    format!(
        "<Blob Status=\"{status}\"><BlobPath>{path}</BlobPath><FilePath>\\{file}</FilePath>{snapshot}<Length>{length}</Length><BlockList><Block Offset=\"0\" Length=\"{length}\" Id=\"AAAAAA==\" Status=\"{part}\"/></BlockList></Blob>\n"
    )
}

fn drive_log(drive: &str, outcome: &ExportOutcome, index: usize, verbose: bool) -> String {
    let done = on_drive(outcome, index).filter(|_| verbose);
    let done = done.map(|b| blob("Completed", "Completed", &b.path, b.snapshot.as_deref(), b.length));
    let failed = |b: &FailedBlob| {
        let (status, part) = b.cause.classic();
        blob(status, part, &b.path, b.snapshot.as_deref(), b.length)
    };
    let failures = outcome.failures.iter().filter(|_| index == 0).map(failed);
    let archived = outcome.archived.iter().filter(|_| index == 0);
    let archived = archived.map(|path| blob("BlobRequestFailed", "BlobRequestFailed", path, None, 0));
    let blobs: Vec<String> = done.chain(failures).chain(archived).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<DriveLog Version=\"2018-10-01\">\n<DriveId>{drive}</DriveId>\n{}<Status>{}</Status>\n</DriveLog>\n",
        blobs.concat(),
        outcome.copy_status()
    )
}

/// Data Box's log has several roots.
fn copy_log(drive: &str, outcome: &ExportOutcome, index: usize) -> String {
    let entity = |path: &str, format: &str, (category, code, message): (&str, &str, &str)| {
        format!(
            "<ErroredEntity CloudFormat=\"{format}\" Path=\"{}\">\n  <Category>{category}</Category>\n  <ErrorCode>{code}</ErrorCode>\n  <ErrorMessage>{}</ErrorMessage>\n  <Type>File</Type>\n</ErroredEntity>",
            escape(path),
            escape(message)
        )
    };
    let mut text = String::new();
    let errored = if index == 0 { outcome.not_exported() } else { 0 };
    if index == 0 {
        let refused = outcome.refused.iter();
        let refused = refused.map(|p| entity(p, "AppendBlob", ("UploadErrorCloudHttp", "400", "UnsupportBlobType")));
        let archived: HashSet<&String> = outcome.archived.iter().collect();
        let left_out = outcome.left_out.iter().map(|path| {
            let words = if archived.contains(path) {
                ("ExportCloudHttp", "409", "This operation is not permitted on an archived blob.")
            } else {
                ("UploadErrorWin32", "112", "There is not enough space on the disk.")
            };
            entity(path, "BlockBlob", words)
        });
        let failures = outcome.failures.iter().map(|b| {
            let words = b.cause.data_box();
            let renamed = format!(
                "The blob has been renamed to: DataBox-{drive} :from: {} :because the name has invalid characters",
                b.path
            );
            let message = if b.cause.is_failure() { words.message } else { &renamed };
            entity(&b.path, "BlockBlob", (words.category, words.code, message))
        });
        text.extend(refused.chain(left_out).chain(failures));
    }
    let blobs = outcome.drives.get(index).map_or(0, |d| d.blobs) + errored as u64;
    text + &format!(
        "<CopyLog Summary=\"Summary\">\n  <DriveLogVersion>2021-08-01</DriveLogVersion>\n  <DriveId>{drive}</DriveId>\n  <Status>{}</Status>\n  <TotalFiles_Blobs>{blobs}</TotalFiles_Blobs>\n  <FilesErrored>{errored}</FilesErrored>\n</CopyLog>\n",
        outcome.copy_status()
    )
}
