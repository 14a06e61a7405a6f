//! The report: reasons with advice, counts, numbers that do not tally, and what a new job can export.
use super::{COPY_LOG, DRIVE_LOG, VERBOSE_LOG, read};
use crate::logs::{
    Cure, DriveNumbers, FailureReason, FailureReport, JobLogList, LogEntry, LogRole, LogSource, ReportBuilder,
    ReportVerdict, rows,
};
use crate::select::Rule;

fn source(role: LogRole, drive: &str) -> LogSource {
    LogSource { role, drive: drive.into(), link: format!("waimportexport/waies/job_{drive}_error.xml") }
}

/// The report of these logs of one job.
fn report(job: &JobLogList, logs: &[(LogSource, &str)]) -> FailureReport {
    let mut builder = ReportBuilder::default();
    for (source, log) in logs {
        let (entries, end) = read(log);
        for entry in &entries {
            builder.push(entry);
        }
        builder.end_log(source.clone(), &end);
    }
    builder.finish(job)
}

fn data_box(category: &str, code: &str, message: &str) -> LogEntry {
    LogEntry {
        path: "c/a".into(),
        category: Some(category.into()),
        code: Some(code.into()),
        message: Some(message.into()),
        ..LogEntry::default()
    }
}

#[test]
fn w81_every_reason_that_is_known_says_what_can_be_done_and_an_unknown_one_stays_as_it_is() {
    let classic = |status: &str| LogEntry { path: "c/a".into(), status: Some(status.into()), ..LogEntry::default() };
    for (entry, cure, title) in [
        (classic("BlobRequestForbidden"), Cure::AfterChange, "not let in"),
        (classic("LeasePresent"), Cure::AfterChange, "lease"),
        (classic("BlobUnexpectedChange"), Cure::Retry, "changed while"),
        (classic("IOFailed"), Cure::Retry, "drive could not"),
        (classic("FileNameTooLong"), Cure::Download, "refuses the name"),
        (data_box("UploadErrorWin32", "123", "File Create failed"), Cure::Download, "refuses the name"),
        (data_box("UploadErrorWin32", "267", "File Create failed"), Cure::Download, "refuses the name"),
        (data_box("UploadErrorWin32", "112", "File Write failed"), Cure::Retry, "full"),
        (data_box("FileNameTrailsWithSlash", "1", ""), Cure::Download, "refuses the name"),
        (data_box("UploadErrorCloudHttp", "400", "UnsupportBlobType"), Cure::Download, "not exported"),
        (data_box("UploadErrorCloudHttp", "403", "Forbidden"), Cure::AfterChange, "not let in"),
        (
            data_box("UploadErrorCloudHttp", "412", "There is currently a lease on the blob."),
            Cure::AfterChange,
            "lease",
        ),
        (
            data_box("ExportCloudHttp", "409", "This operation is not permitted on an archived blob."),
            Cure::AfterChange,
            "archive",
        ),
        (data_box("UploadErrorDataValidationError", "1", "crc"), Cure::Retry, "not what was read"),
        (data_box("BlobRenamed", "1", "x"), Cure::Nothing, "another name"),
    ] {
        let reason = FailureReason::of(&entry).unwrap();
        assert!(reason.cure == cure && reason.title.contains(title) && !reason.advice.is_empty(), "{reason:?}");
    }
    let unknown = FailureReason::of(&data_box("UploadErrorMoonPhase", "7", "the moon")).unwrap();
    assert_eq!((unknown.cure, unknown.title.as_str()), (Cure::Unknown, "UploadErrorMoonPhase 7 the moon"));
    assert_eq!(FailureReason::of(&classic("Completed")), None);
}

#[test]
fn w81_entries_are_grouped_by_reason_what_a_retry_cures_first() {
    let job = JobLogList { sources: vec![source(LogRole::Errors, "WD-1")], ..JobLogList::default() };
    let found = report(&job, &[(source(LogRole::Errors, "WD-1"), COPY_LOG)]);
    let groups: Vec<_> = found.groups.iter().map(|group| (group.reason.cure, group.count)).collect();
    assert_eq!(groups, [(Cure::Download, 1), (Cure::Download, 1), (Cure::Nothing, 1)]);
    assert_eq!((found.failed, found.renamed, found.to_download()), (2, 1, 2));
    assert_eq!(found.verdict(), ReportVerdict::Failed);
    assert_eq!(found.headline(), "2 blobs were not exported.");
    assert!(found.retry.is_empty(), "no job can export them: {:?}", found.retry);
    assert_eq!(found.groups[2].blobs[0].now.as_deref(), Some("DataBox-6bcae46f"));
}

#[test]
fn w81_numbers_that_do_not_tally_are_told() {
    let drive =
        DriveNumbers { id: "WD-1".into(), failed_files: Some(6), copy_status: Some("CompletedWithErrors".into()) };
    let other = DriveNumbers { id: "WD-2".into(), ..drive.clone() };
    let job =
        JobLogList { drives: vec![drive, other], ended_with_errors: Some("Closed".into()), ..JobLogList::default() };
    let found = report(&job, &[(source(LogRole::Errors, "WD-1"), COPY_LOG)]);
    let remarks = found.remarks.join("\n");
    assert!(remarks.contains("The error log of drive WD-1 says that 6 files failed, and names 2."), "{remarks}");
    assert!(
        remarks.contains("The job names no log of drive WD-2. Its copy status is CompletedWithErrors."),
        "{remarks}"
    );
    let silent = COPY_LOG.get(COPY_LOG.find("<CopyLog").unwrap()..).unwrap();
    let found = report(&job, &[(source(LogRole::Errors, "WD-1"), silent)]);
    assert_eq!(found.verdict(), ReportVerdict::Unknown, "6 failed and none is named");
    assert!(found.remarks.iter().any(|remark| remark.contains("The job ended in Closed")), "{:?}", found.remarks);
}

#[test]
fn w81_nothing_failed_is_said_of_whole_logs_only() {
    let whole = "<DriveLog><DriveId>A</DriveId><Status>Completed</Status></DriveLog>";
    let of_drive = || source(LogRole::Errors, "A");
    let job = JobLogList {
        drives: vec![DriveNumbers { id: "A".into(), ..DriveNumbers::default() }],
        ..JobLogList::default()
    };
    assert_eq!(report(&job, &[(of_drive(), whole)]).verdict(), ReportVerdict::NothingFailed);
    let cut = report(&job, &[(of_drive(), &whole[..40])]);
    assert_eq!(cut.verdict(), ReportVerdict::Unknown);
    assert!(cut.logs[0].trouble.as_deref().unwrap().contains("stops before"), "{:?}", cut.logs);
    for log in ["", "<html>sign in</html>"] {
        assert_eq!(report(&job, &[(of_drive(), log)]).verdict(), ReportVerdict::Unknown, "{log:?}");
    }
    let none = report(&job, &[]);
    assert_eq!((none.verdict(), none.is_complete()), (ReportVerdict::Unknown, false));
    assert!(none.headline().contains("not known"), "{}", none.headline());
    let partly = report(&job, &[(of_drive(), &DRIVE_LOG[..900])]);
    assert!(partly.headline().starts_with("At least "), "{}", partly.headline());
}

#[test]
fn w83_a_new_job_takes_what_it_can_cure_each_blob_once_and_a_snapshot_as_one() {
    let left_out = "<BlobList><BlobPath>footage/wild/dunes.mov</BlobPath><BlobPath>big/disk.vhd</BlobPath><BlobPathPrefix>/tape/</BlobPathPrefix></BlobList>";
    let logs = [
        (source(LogRole::Errors, "A"), DRIVE_LOG),
        (source(LogRole::Errors, "B"), COPY_LOG),
        (source(LogRole::Incomplete, ""), left_out),
    ];
    let found = report(&JobLogList::default(), &logs);
    let blob = |path: &str| Rule::Blob { path: path.into(), snapshots: false };
    let expected = [
        Rule::Prefix("/tape/".into()),
        blob("$root/notes.txt"),
        blob("big/disk.vhd"),
        blob("footage/wild/dunes.mov"),
        Rule::Snapshot { path: "footage/R&D/a b.bin".into(), time: "2026-01-02T03:04:05.0000000Z".into() },
    ];
    assert_eq!(found.retry, expected);
    assert_eq!(found.failed, 7, "dunes.mov stands in two logs");
    assert!(found.retry.iter().skip(1).all(Rule::needs_list_file));
}

#[test]
fn w82_csv_quotes_what_needs_it_and_json_has_every_field() {
    let (entries, _) = read(DRIVE_LOG);
    let odd = LogEntry { path: "c/a,\"b\".txt".into(), ..entries[1].clone() };
    let row = rows::csv_row(&odd, &source(LogRole::Errors, "WD-1")).unwrap();
    assert!(row.starts_with("\"c/a,\"\"b\"\".txt\",2026-01-02T03:04:05.0000000Z,notExported,"), "{row}");
    assert_eq!(rows::csv_heading().matches(',').count(), 12);
    let value = rows::entry_json(&entries[0], &source(LogRole::Errors, "WD-1")).unwrap();
    assert_eq!((&value["retry"], &value["parts"][0]["offset"]), (&"unknown".into(), &65_536.into()));
    assert_eq!((&value["drive"], &value["log"]), (&"WD-1".into(), &"job_WD-1_error.xml".into()));
    let (copied, _) = read(VERBOSE_LOG);
    assert_eq!(rows::csv_row(&copied[0], &source(LogRole::Verbose, "WD-1")), None, "it was exported");
}

#[test]
fn a_million_failures_keep_a_bounded_number() {
    let mut builder = ReportBuilder::default();
    for at in 0..200_000 {
        let path = format!("c/{at}");
        builder.push(&LogEntry { path, status: Some("LeasePresent".into()), ..LogEntry::default() });
    }
    let found = builder.finish(&JobLogList::default());
    assert_eq!((found.failed, found.groups[0].count), (200_000, 200_000));
    assert_eq!(found.groups[0].blobs.len(), crate::logs::KEPT);
    assert_eq!((found.retry.len(), found.retry_left), (crate::logs::RULES, 100_000));
}

#[test]
fn w81_a_request_that_failed_in_a_classic_log_may_be_an_archived_blob() {
    let log = "<DriveLog Version=\"2018-10-01\"><DriveId>A</DriveId><Blob Status=\"BlobRequestFailed\"><BlobPath>c/a.bin</BlobPath><FilePath>\\c\\a.bin</FilePath><Length>0</Length></Blob><Status>CompletedWithErrors</Status></DriveLog>";
    let found = report(&JobLogList::default(), &[(source(LogRole::Errors, "A"), log)]);
    let reason = &found.groups[0].reason;
    assert_eq!(reason.cure, Cure::Unknown);
    assert!(reason.advice.contains("tier") && reason.advice.contains("rehydrated"), "{}", reason.advice);
}
