//! The blob the cursor rests on: after a short while the service is asked for all it has of it; moving on gives the question up.

use std::time::Duration;

use jiff::Timestamp;

use crate::azure::fault::Fault;
use crate::azure::model::{BlobItem, Page};
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::tree::{NodeKey, NodeKind};
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::details::hierarchical;
use crate::wizard::steps::blobs::mode::BlobsMode;
use crate::wizard::steps::blobs::summary::many;
use crate::wizard::steps::blobs::{BlobsStep, layout};

/// How long the cursor rests before anything is asked.
const REST: Duration = Duration::from_millis(300);

/// The blob under the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// Which.
    pub key: NodeKey,
    /// How far the service has told of it.
    pub told: InspectionState,
    /// The blob itself, as told.
    pub blob: Option<BlobItem>,
    snapshots: usize,
    versions: usize,
    marker: Option<String>,
    since: Timestamp,
}

/// How far the service has told of a blob.
#[derive(Clone, Debug, PartialEq)]
pub enum InspectionState {
    /// Not asked yet.
    Nothing,
    /// Under way.
    Asked,
    /// All of it.
    Whole,
    /// Why it did not.
    Failed(Fault),
}

impl Inspection {
    fn new(key: NodeKey, since: Timestamp) -> Self {
        Self { key, told: InspectionState::Nothing, blob: None, snapshots: 0, versions: 0, marker: None, since }
    }

    /// How many snapshots and older versions it has, in words; nothing where there is none.
    pub fn history(&self) -> Option<String> {
        let parts = [(self.snapshots, "snapshot"), (self.versions, "older version")];
        let parts: Vec<String> =
            parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| many(count, word)).collect();
        let least = if self.told == InspectionState::Whole { "" } else { "at least " };
        (!parts.is_empty()).then(|| format!("{least}{}, shown when the row is opened", parts.join(" and ")))
    }

    /// Takes a page of its history; the blob itself comes after what is older.
    fn take(&mut self, page: Page<BlobItem>) {
        for item in page.items {
            match (&item.snapshot, &item.version) {
                (Some(_), _) => self.snapshots += 1,
                (None, Some(_)) if !item.current_version => self.versions += 1,
                (None, _) => self.blob = Some(item),
            }
        }
        self.told = if page.next.is_some() { InspectionState::Asked } else { InspectionState::Whole };
        self.marker = page.next;
    }
}

impl BlobsStep {
    /// Keeps up with the cursor; a question about a blob it has left is given up.
    pub(super) fn follow_cursor(&mut self, shared: &mut Shared) -> Option<Effect> {
        let seen = layout::shows_details(shared.size, self.shows_details());
        let asks = match self.tree.kind(self.tree.cursor()) {
            NodeKind::Blob => true,
            // Only a directory has properties of its own.
            NodeKind::Folder => hierarchical(shared),
            _ => false,
        };
        let on_blob = matches!(self.layer, BlobsMode::Rows | BlobsMode::Details | BlobsMode::Filter(_))
            && !self.tree.on_status()
            && asks;
        let key = (seen && on_blob).then(|| self.tree.key(self.tree.cursor()));
        if self.inspection.as_ref().map(|inspection| &inspection.key) == key.as_ref() {
            return None;
        }
        self.inspection = key.map(|key| Inspection::new(key, shared.now));
        shared.requests.cancel(Slot::Details)
    }

    /// Asks for the blob, once the cursor has rested.
    pub(super) fn ask_told(&mut self, shared: &mut Shared) -> Option<Effect> {
        if self.rest_left(shared)? > Duration::ZERO { None } else { self.ask_on(shared) }
    }

    /// Asks for the next page of its history.
    fn ask_on(&mut self, shared: &mut Shared) -> Option<Effect> {
        let endpoint = shared.blob_endpoint().map(str::to_owned)?;
        let inspection = self.inspection.as_mut()?;
        let (container, name) = inspection.key.split()?;
        let name = if inspection.key.kind == NodeKind::Folder { name.strip_suffix('/').unwrap_or(name) } else { name };
        let (container, blob) = (container.to_owned(), name.to_owned());
        inspection.told = InspectionState::Asked;
        let marker = inspection.marker.clone();
        Some(shared.start(Slot::Details, Call::History { endpoint, container, blob, marker }))
    }

    /// How long the cursor has to rest still; `None` when nothing is to be asked.
    pub(super) fn rest_left(&self, shared: &Shared) -> Option<Duration> {
        let inspection = self.inspection.as_ref().filter(|inspection| inspection.told == InspectionState::Nothing)?;
        shared.blob_endpoint()?;
        let rested = Duration::try_from(shared.now.duration_since(inspection.since)).unwrap_or_default();
        Some(REST.saturating_sub(rested))
    }

    pub(super) fn take_told(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        let Some(inspection) = &mut self.inspection else { return Vec::new() };
        match outcome {
            Ok(Reply::History(page)) => inspection.take(page),
            Ok(_) => inspection.told = InspectionState::Nothing,
            Err(fault) => inspection.told = InspectionState::Failed(fault),
        }
        if inspection.told == InspectionState::Asked { self.ask_on(shared).into_iter().collect() } else { Vec::new() }
    }
}
