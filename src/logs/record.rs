//! A blob, file or error of a log while its elements are read.

use super::entry::{FailedPart, LogEntry, Renaming, is_success};

/// Statuses of parts that one entry keeps. The services know ten words.
const PARTS: usize = 32;

/// The record that is open.
#[derive(Debug, Default)]
pub(super) struct OpenRecord {
    entry: LogEntry,
    /// The path on the drive before a renaming; logs of 2018.
    original: Option<String>,
    /// Elements that were open above it.
    pub(super) depth: usize,
    /// Where it begins.
    pub(super) line: u64,
    pub(super) byte: u64,
    /// Text directly in it is the path: `<file size="1" crc64="0x1">\c\a</file>`.
    pub(super) text_is_path: bool,
    text: String,
}

/// A number of a log: decimal, or hexadecimal after `0x`.
pub(super) fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// Takes away the layout around a text: white space with a line break in it. Other white space belongs to a name.
pub(super) fn without_layout(text: &str) -> &str {
    let start = text.trim_start();
    let lead = text.get(..text.len() - start.len()).unwrap_or_default();
    let text = if lead.contains('\n') { start } else { text };
    let end = text.trim_end();
    let tail = text.get(end.len()..).unwrap_or_default();
    if tail.contains('\n') { end } else { text }
}

fn set(field: &mut Option<String>, text: &str) {
    let text = without_layout(text);
    if !text.is_empty() {
        *field = Some(text.to_owned());
    }
}

impl OpenRecord {
    pub(super) fn new(depth: usize, line: u64, byte: u64) -> Self {
        Self { depth, line, byte, ..Self::default() }
    }

    /// The entry stands in a list of blobs that were left out.
    pub(super) fn left_out(mut self, is_prefix: bool) -> Self {
        self.entry.is_left_out = true;
        self.entry.is_prefix = is_prefix;
        self
    }

    /// Takes an attribute of the record itself, or an element in it. Returns `false` for an unknown name.
    pub(super) fn set(&mut self, name: &str, text: &str) -> bool {
        let entry = &mut self.entry;
        match name.to_ascii_lowercase().as_str() {
            "path" | "blobpath" | "filestoragepath" | "name" | "blobpathprefix" => {
                without_layout(text).clone_into(&mut entry.path);
                entry.is_prefix |= name.eq_ignore_ascii_case("blobpathprefix");
                if name.eq_ignore_ascii_case("filestoragepath") {
                    entry.format = Some("AzureFile".into());
                }
            }
            "filepath" => set(&mut entry.file_path, text),
            "originalfilepath" => set(&mut self.original, text),
            "snapshot" | "snapshottime" => set(&mut entry.snapshot, text.trim()),
            "length" | "size" | "sizeinbytes" => entry.size = number(text),
            "crc64" => entry.crc64 = number(text),
            "md5" => set(&mut entry.md5, text.trim()),
            "etag" => set(&mut entry.etag, text.trim()),
            "cloudformat" => set(&mut entry.format, text.trim()),
            "type" => set(&mut entry.entity, text.trim()),
            "status" => set(&mut entry.status, text.trim()),
            "category" => set(&mut entry.category, text.trim()),
            "errorcode" => set(&mut entry.code, text.trim()),
            "errormessage" => set(&mut entry.message, text.trim()),
            _ => return false,
        }
        true
    }

    /// Takes a part of the blob with its status.
    pub(super) fn part(&mut self, element: &str, attributes: &[(String, String)]) {
        let value = |name: &str| attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let Some(status) = value("Status").map(str::trim).filter(|status| !is_success(status)) else { return };
        // A renamed or skipped blob of an import says so here; an export has no disposition.
        if element == "ImportDisposition" {
            return;
        }
        let parts = &mut self.entry.parts;
        if let Some(known) = parts.iter_mut().find(|part| part.element == element && part.status == status) {
            known.count += 1;
        } else if parts.len() < PARTS {
            let (offset, length) = (value("Offset").and_then(number), value("Length").and_then(number));
            parts.push(FailedPart { element: element.into(), status: status.into(), count: 1, offset, length });
        }
    }

    /// Takes text that stands directly in the record.
    pub(super) fn push_text(&mut self, text: &str, longest: usize) {
        if self.text_is_path && self.text.len() + text.len() <= longest {
            self.text.push_str(text);
        }
    }

    /// The entry; `None` without a path.
    pub(super) fn close(mut self) -> Option<LogEntry> {
        if self.text_is_path {
            let path = without_layout(&self.text);
            path.replace('\\', "/").trim_start_matches('/').clone_into(&mut self.entry.path);
            self.entry.file_path = Some(path.to_owned());
        }
        self.entry.renamed = match self.original.take() {
            Some(from) => Some(Renaming { from, to: self.entry.path.clone() }),
            None => self.entry.message.as_deref().and_then(renaming),
        };
        (!self.entry.path.is_empty()).then_some(self.entry)
    }
}

/// Both names of a message such as `… has been renamed to: DataBox-1 :from: CV :because …`.
fn renaming(message: &str) -> Option<Renaming> {
    let (_, names) = message.split_once("renamed to:")?;
    let (to, rest) = names.split_once(":from:")?;
    let from = rest.split_once(":because").map_or(rest, |(from, _)| from);
    let is_named = !to.trim().is_empty() && !from.trim().is_empty();
    is_named.then(|| Renaming { from: from.trim().to_owned(), to: to.trim().to_owned() })
}
