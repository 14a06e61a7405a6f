//! Tests of the readers: a sample of each kind of log in its published shape, damage, and properties for any log.
mod damage;
mod pieces;
mod reports;
mod samples;

use super::{LogEnd, LogEntry, LogReader};

/// The entries and the end of a log that comes in one piece.
fn read(log: impl AsRef<[u8]>) -> (Vec<LogEntry>, LogEnd) {
    let mut reader = LogReader::new();
    let mut entries = reader.push(log.as_ref());
    let (last, end) = reader.finish();
    entries.extend(last);
    (entries, end)
}

/// The paths of the entries.
fn paths(entries: &[LogEntry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.path.as_str()).collect()
}

/// A classic log of a drive with three failures: a block, a lease, metadata.
const DRIVE_LOG: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<DriveLog Version="2014-11-01">
  <DriveId>9WM35C9X</DriveId>
  <Blob Status="CompletedWithErrors">
    <BlobPath>footage/wild/dunes.mov</BlobPath>
    <FilePath>\footage\wild\dunes.mov</FilePath>
    <LastModified>2026-03-04T05:06:07Z</LastModified>
    <Length>196608</Length>
    <BlockList>
      <Block Offset="65536" Length="65536" Id="AQAAAA==" Status="Failed" />
      <Block Offset="131072" Length="65536" Id="AgAAAA==" Status="Cancelled" />
    </BlockList>
  </Blob>
  <Blob Status="LeasePresent">
    <BlobPath>footage/R&amp;D/a b.bin</BlobPath>
    <FilePath>\footage\R&amp;D\a b.bin</FilePath>
    <Snapshot>2026-01-02T03:04:05.0000000Z</Snapshot>
    <Length>0</Length>
    <BlockList />
  </Blob>
  <Blob Status="CompletedWithErrors">
    <BlobPath>$root/notes.txt</BlobPath>
    <FilePath>\$root\notes.txt</FilePath>
    <Length>19</Length>
    <BlockList><Block Offset="0" Length="19" Id="AAAAAA==" Hash=" 9C8AE2F4" Status="Completed" /></BlockList>
    <Metadata Status="XmlWriteFailed"><GlobalPath Hash="00">\x</GlobalPath></Metadata>
    <Properties Status="Completed" />
  </Blob>
  <Status>CompletedWithErrors</Status>
</DriveLog>
"#;

/// A copy log of Data Box: no root, then the summary, whose numbers do not tally.
const COPY_LOG: &str = r#"<ErroredEntity CloudFormat="BlockBlob" Path="footage/scene:4/take.mov">
  <Category>UploadErrorWin32</Category>
  <ETag>0x8DE04D8840B92C9</ETag>
  <ErrorCode>267</ErrorCode>
  <ErrorMessage>File Create failed</ErrorMessage>
  <Type>File</Type>
</ErroredEntity><ErroredEntity CloudFormat="AppendBlob" Path="logs/2026/day.log">
  <Category>UploadErrorCloudHttp</Category>
  <ErrorCode>400</ErrorCode>
  <ErrorMessage>UnsupportBlobType</ErrorMessage>
  <Type>File</Type>
</ErroredEntity><ErroredEntity Path="CV">
  <Category>ContainerRenamed</Category>
  <ErrorCode>1</ErrorCode>
  <ErrorMessage>The container has been renamed to: DataBox-6bcae46f :from: CV :because the name has invalid characters</ErrorMessage>
  <Type>Container</Type>
</ErroredEntity><CopyLog Summary="Summary">
  <DriveLogVersion>2021-08-01</DriveLogVersion>
  <DriveId>cb57dbe8-0b67-45e0-ad40-a08fb5305c60</DriveId>
  <Status>Failed</Status>
  <TotalFiles_Blobs>9</TotalFiles_Blobs>
  <FilesErrored>6</FilesErrored>
  <Summary>
    <ValidationErrors>
      <None Count="3" />
    </ValidationErrors>
    <CopyErrors>
      <UploadErrorWin32 Count="3" Description="File Create failed because of UploadErrorWin32 exception" />
    </CopyErrors>
  </Summary>
</CopyLog>
"#;

/// A verbose log of Data Box: fragments only.
const VERBOSE_LOG: &str = r#"<File CloudFormat="BlockBlob" ETag="0x8DE04D87F976907" Path="footage/sc%3A4/take.mov" Size="4096" crc64="16033727819182370206">
</File><File CloudFormat="PageBlob" ETag="0x8DE04D889880CC6" Path="disks/R&D #2/a "new" one.vhd" Size="0" crc64="0">
</File>
"#;
