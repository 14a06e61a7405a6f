//! Reads the listing pages of a service that answers in Apache Arrow. The format itself is read by `azure::wire::arrow`; here its columns
//! become entries.

use std::borrow::Cow;

use super::entry::{EntrySink, ListedEntry, ListedProperty, ModifiedTime};
use crate::azure::wire::arrow::{ArrowBatch, ArrowColumn, ArrowFault, ArrowReader, ArrowResult, ArrowValue};

/// Why a page is not read. Nothing that the sink has taken of it may be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadArrow {
    /// The page is damaged; what is wrong, without a full stop.
    Damaged(String),
    /// It is in a form that is not read here. The same page can be read in XML.
    Unsupported(String),
}

/// Reads one page, piece by piece.
#[derive(Debug, Default)]
pub struct ArrowParser(ArrowReader);

impl ArrowParser {
    /// A parser that uses the memory of an earlier one.
    pub(super) fn reusing(memory: Vec<u8>) -> Self {
        Self(ArrowReader::reusing(memory))
    }

    /// The memory, for the next parser.
    pub(super) fn into_memory(self) -> Vec<u8> {
        self.0.into_memory()
    }

    /// Reads the next piece of the page.
    ///
    /// # Errors
    /// The page is not read.
    pub fn feed(&mut self, piece: &[u8], sink: &mut impl EntrySink) -> Result<(), UnreadArrow> {
        Ok(self.0.feed(piece, &mut |batch| take_batch(batch, sink))?)
    }

    /// The marker of the next page, once the whole page was fed; `None` on the last page.
    ///
    /// # Errors
    /// The page is not complete.
    pub fn end(&self) -> Result<Option<&str>, UnreadArrow> {
        Ok(self.0.end()?)
    }
}

impl From<ArrowFault> for UnreadArrow {
    fn from(fault: ArrowFault) -> Self {
        match fault {
            ArrowFault::Damaged(reason) => Self::Damaged(reason),
            ArrowFault::Unsupported(reason) => Self::Unsupported(reason),
        }
    }
}

/// The columns that a scan looks at.
struct ListedColumns<'a> {
    name: ArrowColumn<'a>,
    snapshot: Option<ArrowColumn<'a>>,
    version: Option<ArrowColumn<'a>>,
    current: Option<ArrowColumn<'a>>,
    deleted: Option<ArrowColumn<'a>>,
    resource_type: Option<ArrowColumn<'a>>,
    properties: Vec<(ListedProperty, ArrowColumn<'a>)>,
}

fn take_batch(batch: &ArrowBatch<'_>, sink: &mut impl EntrySink) -> ArrowResult<()> {
    let columns = ListedColumns::of(batch)?;
    (0..batch.rows).try_for_each(|row| columns.send(row, sink))
}

impl<'a> ListedColumns<'a> {
    fn of(batch: &'a ArrowBatch<'_>) -> ArrowResult<Self> {
        let mut properties = Vec::with_capacity(ListedProperty::ALL.len());
        for (name, property) in ListedProperty::ALL {
            properties.extend(batch.column(name)?.map(|column| (property, column)));
        }
        Ok(Self {
            name: batch.column("Name")?.ok_or_else(|| ArrowFault::damaged("it has no column with names"))?,
            snapshot: batch.column("Snapshot")?,
            version: batch.column("VersionId")?,
            current: batch.column("IsCurrentVersion")?,
            deleted: batch.column("Deleted")?,
            resource_type: batch.column("ResourceType")?,
            properties,
        })
    }

    fn send(&self, row: usize, sink: &mut impl EntrySink) -> ArrowResult<()> {
        let name = self.name.text(row)?;
        if name.is_empty() {
            return Err(ArrowFault::damaged("an entry has no name"));
        }
        if value(self.resource_type.as_ref(), row)?.is_blob_prefix() {
            sink.folder(name);
            return Ok(());
        }
        let snapshot = match value(self.snapshot.as_ref(), row)? {
            ArrowValue::Absent => Cow::Borrowed(""),
            ArrowValue::Text(text) => Cow::Borrowed(text),
            other => other.id(),
        };
        let mut entry = ListedEntry { name, snapshot: &snapshot, ..ListedEntry::default() };
        entry.deleted = value(self.deleted.as_ref(), row)?.is_true();
        let has_version = value(self.version.as_ref(), row)?;
        let has_version = !matches!(has_version, ArrowValue::Absent | ArrowValue::Text(""));
        entry.set_version(has_version, value(self.current.as_ref(), row)?.is_true());
        for (property, column) in &self.properties {
            set(&mut entry, *property, column, row)?;
        }
        sink.blob(&entry);
        Ok(())
    }
}

/// Inline, because most of these columns are not there.
#[expect(clippy::inline_always, reason = "a program built for size has no call inlined")]
#[inline(always)]
fn value<'c>(column: Option<&'c ArrowColumn<'_>>, row: usize) -> ArrowResult<ArrowValue<'c>> {
    match column {
        Some(column) => column.value(row),
        None => Ok(ArrowValue::Absent),
    }
}

/// Takes a property of a row; one that the row does not have is left as it is.
fn set<'c>(
    entry: &mut ListedEntry<'c>,
    property: ListedProperty,
    column: &'c ArrowColumn<'_>,
    row: usize,
) -> ArrowResult<()> {
    let is_right = match property {
        ListedProperty::Size | ListedProperty::Modified => match (property, column.value(row)?) {
            (_, ArrowValue::Absent) => true,
            (ListedProperty::Size, ArrowValue::Number(size)) => {
                u64::try_from(size).map(|size| entry.size = size).is_ok()
            }
            (ListedProperty::Modified, ArrowValue::Time(seconds, _)) => {
                entry.modified = ModifiedTime::Seconds(seconds);
                true
            }
            (_, ArrowValue::Text(text)) => entry.set(property, text),
            _ => false,
        },
        _ => entry.set(property, column.text(row)?),
    };
    if is_right { Ok(()) } else { Err(ArrowFault::damaged("a property of a blob is not what the service promises")) }
}
