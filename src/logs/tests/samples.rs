//! A sample of each kind of log, in its published shape.
use super::{COPY_LOG, DRIVE_LOG, VERBOSE_LOG, paths, read};
use crate::logs::{EntryResult, FailedPart, LogEnding, LogKind, Renaming, SummaryCount};

#[test]
fn w80_a_classic_log_names_blobs_snapshots_and_the_parts_that_failed() {
    let (entries, end) = read(DRIVE_LOG);
    assert_eq!(paths(&entries), ["footage/wild/dunes.mov", "footage/R&D/a b.bin", "$root/notes.txt"]);
    assert_eq!(entries[0].file_path.as_deref(), Some(r"\footage\wild\dunes.mov"));
    assert_eq!((entries[0].size, entries[0].reason_word()), (Some(196_608), Some("Failed")));
    let part = |status: &str, offset| FailedPart {
        element: "Block".into(),
        status: status.into(),
        count: 1,
        offset: Some(offset),
        length: Some(65_536),
    };
    assert_eq!(entries[0].parts, [part("Failed", 65_536), part("Cancelled", 131_072)]);
    assert_eq!(entries[1].snapshot.as_deref(), Some("2026-01-02T03:04:05.0000000Z"));
    assert_eq!((entries[1].reason_word(), entries[2].reason_word()), (Some("LeasePresent"), Some("XmlWriteFailed")));
    assert!(entries.iter().all(|entry| entry.result() == EntryResult::NotExported));
    assert_eq!((end.kind, end.ending), (Some(LogKind::DriveLog), LogEnding::Marked));
    assert_eq!((end.entries, end.bytes, end.is_whole()), (3, DRIVE_LOG.len() as u64, true));
    assert_eq!(end.summary.drive.as_deref(), Some("9WM35C9X"));
    assert_eq!(end.summary.status.as_deref(), Some("CompletedWithErrors"));
}

#[test]
fn w80_a_log_of_2018_names_renamed_blobs_and_files_of_shares() {
    let log = r#"
 <?xml version="1.0" encoding="utf-8"?>
    <DriveLog Version="2018-10-01">
      <DriveId>18041C582D7E</DriveId>
      <Summary>
     <!--counts > by reason -->
        <ValidationErrors><None Count="4" /></ValidationErrors>
        <CopyErrors>
          <Completed Count="2" Description="No errors" />
          <ContainerRenamed Count="1" Description="Renamed the container." />
        </CopyErrors>
      </Summary>
      <Blob Status="ContainerRenamed">
        <BlobPath>databox-c2073fd1cc379d83e03d6b7acce23a6cf29d1eef/role.vhd</BlobPath>
        <OriginalFilePath>\PageBlob\page blobs\role.vhd</OriginalFilePath>
        <SizeInBytes>10490880</SizeInBytes>
      </Blob>
      <File Status="CompletedWithErrors">
        <FileStoragePath>share/a.txt</FileStoragePath>
        <FilePath>\AzureFile\share\a.txt</FilePath>
        <Length>20</Length>
        <ImportDisposition Status="Renamed">rename</ImportDisposition>
        <FileRangeList><FileRange Offset="0" Length="20" Status="Corrupted" /></FileRangeList>
      </File>
      <File Status="Completed"><FileStoragePath>share/b.txt</FileStoragePath><Length>1</Length></File>
      <Status>CompletedWithErrors</Status>
    </DriveLog>"#;
    let (entries, end) = read(log);
    let results: Vec<_> = entries.iter().map(|entry| (entry.reason_word(), entry.result())).collect();
    let expected = [
        (Some("ContainerRenamed"), EntryResult::Renamed),
        (Some("Corrupted"), EntryResult::NotExported),
        (None, EntryResult::Exported),
    ];
    assert_eq!(results, expected);
    let renamed = Renaming { from: r"\PageBlob\page blobs\role.vhd".into(), to: entries[0].path.clone() };
    assert_eq!(entries[0].renamed, Some(renamed));
    assert_eq!((entries[0].size, entries[1].format.as_deref()), (Some(10_490_880), Some("AzureFile")));
    assert_eq!(end.summary.version.as_deref(), Some("2018-10-01"));
    let counts: Vec<_> =
        end.summary.counts.iter().map(|row| (row.reason.as_str(), row.count, row.is_validation)).collect();
    assert_eq!(counts, [("None", 4, true), ("Completed", 2, false), ("ContainerRenamed", 1, false)]);
    assert!(end.is_whole(), "{end:?}");
}

#[test]
fn w80_a_copy_log_has_several_roots_and_a_summary() {
    let (entries, end) = read(COPY_LOG);
    assert_eq!(paths(&entries), ["footage/scene:4/take.mov", "logs/2026/day.log", "CV"]);
    let [first, append, container] = &entries[..] else { panic!() };
    assert_eq!((first.reason_word(), first.code.as_deref()), (Some("UploadErrorWin32"), Some("267")));
    assert_eq!((first.etag.as_deref(), first.entity.as_deref()), (Some("0x8DE04D8840B92C9"), Some("File")));
    let kind = (append.format.as_deref(), append.message.as_deref());
    assert_eq!(kind, (Some("AppendBlob"), Some("UnsupportBlobType")));
    assert_eq!(container.result(), EntryResult::Renamed);
    assert_eq!(container.renamed, Some(Renaming { from: "CV".into(), to: "DataBox-6bcae46f".into() }));
    assert_eq!((end.kind, end.ending, end.is_whole()), (Some(LogKind::CopyLog), LogEnding::Marked, true));
    assert_eq!((end.summary.total, end.summary.failed), (Some(9), Some(6)));
    assert_eq!(end.summary.version.as_deref(), Some("2021-08-01"));
    let win32 = SummaryCount {
        reason: "UploadErrorWin32".into(),
        count: 3,
        description: Some("File Create failed because of UploadErrorWin32 exception".into()),
        is_validation: false,
    };
    assert_eq!(end.summary.counts.get(1), Some(&win32));
}

#[test]
fn w80_a_copy_log_without_failures_is_a_summary_and_may_come_out_of_a_browser() {
    let log = "<?xml version=\"1.0\"?>\n-<CopyLog Summary=\"Summary\">\n<Status>Succeeded</Status>\n<TotalFiles>45</TotalFiles>\n<FilesErrored>0</FilesErrored>\n</CopyLog>";
    let (entries, end) = read(log);
    assert_eq!((entries.len(), end.kind, end.is_whole()), (0, Some(LogKind::CopyLog), true));
    assert_eq!((end.summary.total, end.summary.failed), (Some(45), Some(0)));
}

#[test]
fn w80_a_verbose_log_gives_path_size_sum_and_tag_of_each_file() {
    let (entries, end) = read(VERBOSE_LOG);
    assert_eq!(paths(&entries), ["footage/sc%3A4/take.mov", "disks/R&D #2/a \"new\" one.vhd"]);
    assert_eq!((entries[0].size, entries[0].crc64), (Some(4096), Some(16_033_727_819_182_370_206)));
    assert_eq!((entries[1].size, entries[1].crc64), (Some(0), Some(0)));
    assert_eq!(entries[0].etag.as_deref(), Some("0x8DE04D87F976907"));
    assert!(entries.iter().all(|entry| entry.result() == EntryResult::Exported));
    assert_eq!((end.kind, end.ending, end.is_whole()), (Some(LogKind::VerboseLog), LogEnding::Unmarked, true));
}

#[test]
fn w80_an_older_file_list_has_the_path_as_text_and_the_sum_in_hexadecimal() {
    let log = "<file size=\"1024\" crc64=\"0x691B7F0C3A2DAFCA\">\\footage\\a b.mov</file>\n<file size=\"0\" crc64=\"0x0\">\\footage\\R&amp;D\\empty</file>\n";
    let (entries, end) = read(log);
    assert_eq!(paths(&entries), ["footage/a b.mov", "footage/R&D/empty"]);
    assert_eq!((entries[0].size, entries[0].crc64), (Some(1024), Some(0x691B_7F0C_3A2D_AFCA)));
    assert_eq!(entries[0].file_path.as_deref(), Some(r"\footage\a b.mov"));
    assert_eq!(end.kind, Some(LogKind::FileList));
}

#[test]
fn w80_the_list_of_what_did_not_fit_is_read_in_every_likely_form() {
    let export_list = "<?xml version=\"1.0\"?><BlobList>\n<BlobPath SnapshotTime=\"2026-01-02T03:04:05.0000000Z\">c/a</BlobPath><BlobPath>c/R&D\n</BlobPath><BlobPathPrefix>/c/d/</BlobPathPrefix></BlobList>";
    let (entries, end) = read(export_list);
    assert_eq!(paths(&entries), ["c/a", "c/R&D", "/c/d/"]);
    assert_eq!(entries[0].snapshot.as_deref(), Some("2026-01-02T03:04:05.0000000Z"));
    assert!(entries[2].is_prefix && !entries[0].is_prefix);
    assert!(entries.iter().all(|entry| entry.result() == EntryResult::NotExported && entry.reason_word().is_none()));
    assert_eq!((end.kind, end.ending), (Some(LogKind::PathList), LogEnding::Marked));

    let unknown = "<IncompleteBlobs><Blob><Name>c/a</Name><Snapshot>2026</Snapshot></Blob><Item><Name>c/b</Name></Item></IncompleteBlobs>";
    let (entries, end) = read(unknown);
    assert_eq!((paths(&entries), end.is_whole()), (vec!["c/a", "c/b"], true));
    assert_eq!(entries[0].snapshot.as_deref(), Some("2026"));

    let (entries, end) = read("c/a\r\n\r\n/c/b & c.txt\nc/ä");
    assert_eq!((paths(&entries), end.kind), (vec!["c/a", "c/b & c.txt", "c/ä"], Some(LogKind::Lines)));
    assert!(entries.iter().all(|entry| entry.result() == EntryResult::NotExported));
}
