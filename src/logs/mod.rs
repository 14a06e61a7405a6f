//! What the services write about an export: error logs, copy logs, verbose logs and the list of blobs that did not fit. Pure: bytes are
//! pushed in, entries come out.
//!
//! ```
//! use blobfreight::logs::{LogEnding, LogReader};
//!
//! let mut reader = LogReader::new();
//! let mut entries = reader.push(br#"<File Path="c/a.bin" Size="11" crc64="7320094093915972193"></File>"#);
//! let (last, end) = reader.finish();
//! entries.extend(last);
//! assert_eq!((entries[0].path.as_str(), entries[0].size, entries[0].crc64), ("c/a.bin", Some(11), Some(7_320_094_093_915_972_193)));
//! assert_eq!(end.ending, LogEnding::Unmarked); // a verbose log has no mark at its end
//! ```
//!
//! - `entry`: one description of an entry for all kinds of log; `end`: what is known of a log after its last byte.
//! - `reader`: the public reader; it takes bytes and gives entries.
//! - `decode`: bytes to characters; `markup`: characters to tags and texts; `attributes`: the attributes of a tag; `entities`: `&amp;`.
//! - `reason`: why a blob was not exported, and what can be done; `report`: all entries of a job by reason; `source`: the logs of a job;
//!   `rows`: entries as CSV and JSON; `csv`: lines of such a file.
//! - `record`: a blob, file or error while its elements are read; `elements`: which element opens one; `plain`: lists without XML.

mod attributes;
mod csv;
mod decode;
mod elements;
mod end;
mod entities;
mod entry;
mod markup;
mod plain;
mod reader;
mod reason;
mod record;
mod report;
pub mod rows;
mod source;

pub use csv::csv_line;
pub use end::{LogEnd, LogEnding, LogKind, LogProblem, LogSummary, SummaryCount};
pub use entry::{EntryResult, FailedPart, LogEntry, Renaming};
pub use reader::LogReader;
pub use reason::{Cure, FailureReason};
pub use report::{FailureReport, KEPT, RULES, ReadLog, ReasonGroup, ReportBuilder, ReportVerdict, ReportedBlob};
pub use source::{DriveNumbers, JobLogList, LogRole, LogSource};

#[cfg(test)]
mod tests;
