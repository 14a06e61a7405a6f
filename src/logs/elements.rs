//! Which element of a log opens an entry, which one belongs to the summary, and where a log ends.

use super::end::{LogEnd, LogEnding, LogKind, LogProblem, LogSummary, SummaryCount};
use super::entry::LogEntry;
use super::markup::{LONGEST, Markup};
use super::record::{OpenRecord, number, without_layout};

/// Elements that are open at once. The services' logs have six.
const DEEPEST: usize = 64;
/// Rows of a summary. The services know about twenty reasons.
const ROWS: usize = 200;

/// The elements that are open, and what was found so far.
#[derive(Debug, Default)]
pub(super) struct Elements {
    open: Vec<String>,
    record: Option<OpenRecord>,
    /// Text of the innermost element.
    text: String,
    /// The innermost element has only text so far.
    is_leaf: bool,
    pub(super) found: Vec<LogEntry>,
    kind: Option<LogKind>,
    /// The first element of all.
    first: Option<String>,
    summary: LogSummary,
    /// The closing tag of the log was read.
    is_marked: bool,
    entries: u64,
    line: u64,
    byte: u64,
    problems: u64,
    first_problem: Option<LogProblem>,
}

impl Elements {
    /// Counts a character that was read.
    pub(super) fn at(&mut self, character: char, length: usize) {
        self.byte += length as u64;
        self.line += u64::from(character == '\n');
    }

    /// Notes that something could not be read as it should be.
    pub(super) fn problem(&mut self, what: String) {
        let (line, byte) = (self.line + 1, self.byte);
        self.problem_at(line, byte, what);
    }

    fn problem_at(&mut self, line: u64, byte: u64, what: String) {
        self.problems += 1;
        self.first_problem.get_or_insert(LogProblem { line, byte, what });
    }

    pub(super) fn emit(&mut self, entry: LogEntry) {
        self.entries += 1;
        self.found.push(entry);
    }

    pub(super) fn take(&mut self, markup: Markup) {
        match markup {
            Markup::Open { name, attributes } => self.open(name, &attributes),
            Markup::Close(name) => self.close(&name),
            Markup::Text(text) => self.text(&text),
            Markup::TooLong => self.problem("a tag or text is longer than any of a log".into()),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(record) = self.record.as_mut().filter(|record| record.depth + 1 == self.open.len()) {
            record.push_text(text, LONGEST);
        }
        if self.is_leaf && self.text.len() + text.len() <= LONGEST {
            self.text.push_str(text);
        }
    }

    fn open(&mut self, name: String, attributes: &[(String, String)]) {
        if self.open.len() >= DEEPEST {
            return self.problem(format!("more than {DEEPEST} elements stand in each other"));
        }
        // Where a quote is missing, a value runs on through the next attributes. It names nothing.
        let is_run_on = attributes.iter().any(|(_, value)| value.contains("=\""));
        if is_run_on {
            self.problem("a quote is missing in a tag".into());
        }
        let attributes = if is_run_on { &[] } else { attributes };
        self.text.clear();
        self.is_leaf = true;
        if self.first.is_none() {
            self.first = Some(name.clone());
        }
        let is_record = matches!(name.as_str(), "Blob" | "File" | "file" | "ErroredEntity");
        if is_record && self.record.is_some() {
            self.close_unfinished();
        }
        if is_record {
            self.open_record(&name, attributes);
        } else if let Some(record) = &mut self.record {
            record.part(&name, attributes);
        } else {
            self.open_other(&name, attributes);
        }
        self.open.push(name);
    }

    /// A record begins inside another one: its closing tag is missing.
    fn close_unfinished(&mut self) {
        let Some(record) = self.record.take() else { return };
        self.problem_at(record.line, record.byte, "an entry has no closing tag".into());
        self.open.truncate(record.depth);
        if let Some(entry) = record.close() {
            self.emit(entry);
        }
    }

    fn open_record(&mut self, name: &str, attributes: &[(String, String)]) {
        let mut record = OpenRecord::new(self.open.len(), self.line + 1, self.byte);
        let kind = match (name, self.root()) {
            ("file", _) => LogKind::FileList,
            ("ErroredEntity", _) => LogKind::CopyLog,
            (_, Some("DriveLog")) => LogKind::DriveLog,
            ("File", None) => LogKind::VerboseLog,
            (_, Some("DriveManifest")) => return,
            _ => LogKind::PathList,
        };
        record.text_is_path = kind == LogKind::FileList;
        if kind == LogKind::PathList {
            record = record.left_out(false);
        }
        for (key, value) in attributes {
            record.set(key, value);
        }
        self.is_kind(kind);
        self.record = Some(record);
    }

    /// An element outside the entries: the root, or one of the summary.
    fn open_other(&mut self, name: &str, attributes: &[(String, String)]) {
        let value = |wanted: &str| attributes.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str());
        match (self.open.last().map(String::as_str), name) {
            (None, "DriveLog") => {
                self.is_kind(LogKind::DriveLog);
                self.summary.version = value("Version").map(str::to_owned);
            }
            (None, "CopyLog") => self.is_kind(LogKind::CopyLog),
            (None, "BlobList") => self.is_kind(LogKind::PathList),
            (Some(group @ ("ValidationErrors" | "CopyErrors")), reason) if self.summary.counts.len() < ROWS => {
                let row = value("Count").and_then(number).map(|count| SummaryCount {
                    reason: reason.to_owned(),
                    count,
                    description: value("Description").map(str::to_owned),
                    is_validation: group == "ValidationErrors",
                });
                self.summary.counts.extend(row);
            }
            (_, "BlobPath" | "BlobPathPrefix" | "Name") if self.is_path_list() => {
                let mut record = OpenRecord::new(self.open.len(), self.line + 1, self.byte);
                record = record.left_out(name == "BlobPathPrefix");
                for (key, text) in attributes {
                    record.set(key, text);
                }
                self.is_kind(LogKind::PathList);
                self.record = Some(record);
            }
            _ => {}
        }
    }

    fn root(&self) -> Option<&str> {
        self.open.first().map(String::as_str)
    }

    /// Whether a path here is one of blobs that were left out.
    fn is_path_list(&self) -> bool {
        !matches!(self.root(), Some("DriveLog" | "CopyLog" | "DriveManifest"))
    }

    fn is_kind(&mut self, kind: LogKind) {
        self.kind.get_or_insert(kind);
    }

    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open == name) else {
            return self.problem(format!("</{name}> closes nothing"));
        };
        if at + 1 < self.open.len() {
            self.problem(format!("<{}> has no closing tag", self.open.last().map_or("", String::as_str)));
        }
        self.open.truncate(at);
        if self.record.as_ref().is_some_and(|record| record.depth >= at) {
            self.close_record(name);
        } else if let Some(record) = &mut self.record {
            if self.is_leaf {
                record.set(name, &self.text);
            }
        } else if self.is_leaf {
            self.close_summary(name);
        }
        let ends = matches!(name, "DriveLog" | "CopyLog") || self.kind == Some(LogKind::PathList);
        self.is_marked |= at == 0 && ends;
        self.text.clear();
        self.is_leaf = false;
    }

    fn close_record(&mut self, name: &str) {
        let Some(mut record) = self.record.take() else { return };
        if matches!(name, "BlobPath" | "BlobPathPrefix" | "Name") {
            record.set(name, &self.text);
        }
        let (line, byte) = (record.line, record.byte);
        match record.close() {
            Some(entry) => self.emit(entry),
            None => self.problem_at(line, byte, format!("<{name}> names no blob")),
        }
    }

    fn close_summary(&mut self, name: &str) {
        let text = without_layout(&self.text).trim();
        if self.open.len() != 1 || text.is_empty() {
            return;
        }
        let summary = &mut self.summary;
        match (self.open.first().map(String::as_str), name) {
            (Some("DriveLog" | "CopyLog"), "DriveId") => summary.drive = Some(text.to_owned()),
            (Some("DriveLog" | "CopyLog"), "Status") => summary.status = Some(text.to_owned()),
            (Some("CopyLog"), "DriveLogVersion") => summary.version = Some(text.to_owned()),
            (Some("CopyLog"), "TotalFiles_Blobs" | "TotalFiles") => summary.total = number(text),
            (Some("CopyLog"), "FilesErrored") => summary.failed = number(text),
            _ => {}
        }
    }

    /// The log ends here, with something open in the markup or not.
    pub(super) fn finish(mut self, open: Option<&'static str>) -> (Vec<LogEntry>, LogEnd) {
        let inside = match (&self.record, self.open.last()) {
            _ if open.is_some() => open.map(str::to_owned),
            (Some(_), _) => Some("inside an entry".to_owned()),
            (None, Some(element)) => Some(format!("before </{element}>")),
            (None, None) if self.kind == Some(LogKind::CopyLog) && !self.is_marked => {
                Some("before the summary that ends a copy log".to_owned())
            }
            (None, None) => None,
        };
        if let (None, Some(first)) = (self.kind, &self.first) {
            let what = format!("<{first}> is no log of an export");
            self.problem_at(1, 0, what);
        }
        let ending = match inside {
            Some(inside) => {
                self.problem(format!("the log stops {inside}"));
                LogEnding::Cut
            }
            None if self.is_marked => LogEnding::Marked,
            None => LogEnding::Unmarked,
        };
        let Self { found, kind, summary, entries, byte: bytes, problems, first_problem, .. } = self;
        (found, LogEnd { kind, ending, summary, entries, bytes, problems, first_problem })
    }
}
