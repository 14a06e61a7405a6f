//! A blob that is read by itself: the blob under the cursor, with its properties, snapshots and older versions.

use jiff::Timestamp;

use crate::azure::fault::Fault;
use crate::azure::model::{BlobItem, Page};
use crate::tree::NodeKey;
use crate::wizard::steps::blobs::summary::many;

/// The blob under the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// The row.
    pub key: NodeKey,
    /// How far reading it is.
    pub state: InspectionState,
    /// The blob, once its page came.
    pub blob: Option<BlobItem>,
    pub(super) snapshots: usize,
    pub(super) versions: usize,
    pub(super) marker: Option<String>,
    pub(super) since: Timestamp,
}

/// How far reading a blob is.
#[derive(Clone, Debug, PartialEq)]
pub enum InspectionState {
    /// No request yet.
    Nothing,
    /// A request is under way.
    Asked,
    /// The blob and its history were read to the end.
    Whole,
    /// Why it could not be read.
    Failed(Fault),
}

impl Inspection {
    pub(super) fn new(key: NodeKey, since: Timestamp) -> Self {
        Self { key, state: InspectionState::Nothing, blob: None, snapshots: 0, versions: 0, marker: None, since }
    }

    /// How many snapshots and older versions it has, in words; `None` if it has none.
    pub fn history(&self) -> Option<String> {
        let parts = [(self.snapshots, "snapshot"), (self.versions, "older version")];
        let parts: Vec<String> =
            parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| many(count, word)).collect();
        let least = if self.state == InspectionState::Whole { "" } else { "at least " };
        (!parts.is_empty()).then(|| format!("{least}{}, shown when the row is opened", parts.join(" and ")))
    }

    /// Takes a page of its history. The service lists older states before the blob.
    pub(super) fn take(&mut self, page: Page<BlobItem>) {
        for item in page.items {
            match (&item.snapshot, &item.version) {
                (Some(_), _) => self.snapshots += 1,
                (None, Some(_)) if !item.current_version => self.versions += 1,
                (None, _) => self.blob = Some(item),
            }
        }
        self.state = if page.next.is_some() { InspectionState::Asked } else { InspectionState::Whole };
        self.marker = page.next;
    }
}
