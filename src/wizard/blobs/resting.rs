//! The blob the cursor rests on: after a short while the service is asked for all it has of it; moving on gives the question up.

use std::time::Duration;

use jiff::Timestamp;

use super::details::hierarchical;
use super::layer::Layer;
use super::summary::many;
use super::{Blobs, layout};
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::Fault;
use crate::azure::model::{BlobItem, Page};
use crate::tree::{NodeKey, NodeKind};
use crate::wizard::desk::Desk;

/// How long the cursor rests before anything is asked.
const REST: Duration = Duration::from_millis(300);

/// The blob under the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Resting {
    /// Which.
    pub key: NodeKey,
    /// How far the service has told of it.
    pub told: Told,
    /// The blob itself, as told.
    pub blob: Option<BlobItem>,
    snapshots: usize,
    versions: usize,
    marker: Option<String>,
    since: Timestamp,
}

/// How far the service has told of a blob.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// Not asked yet.
    Nothing,
    /// Under way.
    Asked,
    /// All of it.
    Whole,
    /// Why it did not.
    Failed(Fault),
}

impl Resting {
    fn new(key: NodeKey, since: Timestamp) -> Self {
        Self { key, told: Told::Nothing, blob: None, snapshots: 0, versions: 0, marker: None, since }
    }

    /// How many snapshots and older versions it has, in words; nothing where there is none.
    pub fn history(&self) -> Option<String> {
        let parts = [(self.snapshots, "snapshot"), (self.versions, "older version")];
        let parts: Vec<String> =
            parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| many(count, word)).collect();
        let least = if self.told == Told::Whole { "" } else { "at least " };
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
        self.told = if page.next.is_some() { Told::Asked } else { Told::Whole };
        self.marker = page.next;
    }
}

impl Blobs {
    /// Keeps up with the cursor; a question about a blob it has left is given up.
    pub(super) fn follow_cursor(&mut self, desk: &mut Desk) -> Option<Effect> {
        let seen = layout::shows_details(desk.size, self.shows_details());
        let asks = match self.tree.kind(self.tree.cursor()) {
            NodeKind::Blob => true,
            // Only a directory has properties of its own.
            NodeKind::Folder => hierarchical(desk),
            _ => false,
        };
        let on_blob =
            matches!(self.layer, Layer::Rows | Layer::Details | Layer::Filter(_)) && !self.tree.on_status() && asks;
        let key = (seen && on_blob).then(|| self.tree.key(self.tree.cursor()));
        if self.resting.as_ref().map(|resting| &resting.key) == key.as_ref() {
            return None;
        }
        self.resting = key.map(|key| Resting::new(key, desk.now));
        desk.requests.cancel(Slot::Details)
    }

    /// Asks for the blob, once the cursor has rested.
    pub(super) fn ask_told(&mut self, desk: &mut Desk) -> Option<Effect> {
        if self.rest_left(desk)? > Duration::ZERO { None } else { self.ask_on(desk) }
    }

    /// Asks for the next page of its history.
    fn ask_on(&mut self, desk: &mut Desk) -> Option<Effect> {
        let endpoint = desk.blob_endpoint().map(str::to_owned)?;
        let resting = self.resting.as_mut()?;
        let (container, name) = resting.key.split()?;
        let name = if resting.key.kind == NodeKind::Folder { name.strip_suffix('/').unwrap_or(name) } else { name };
        let (container, blob) = (container.to_owned(), name.to_owned());
        resting.told = Told::Asked;
        let marker = resting.marker.clone();
        Some(desk.start(Slot::Details, Call::History { endpoint, container, blob, marker }))
    }

    /// How long the cursor has to rest still; `None` when nothing is to be asked.
    pub(super) fn rest_left(&self, desk: &Desk) -> Option<Duration> {
        let resting = self.resting.as_ref().filter(|resting| resting.told == Told::Nothing)?;
        desk.blob_endpoint()?;
        let rested = Duration::try_from(desk.now.duration_since(resting.since)).unwrap_or_default();
        Some(REST.saturating_sub(rested))
    }

    pub(super) fn take_told(&mut self, desk: &mut Desk, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        let Some(resting) = &mut self.resting else { return Vec::new() };
        match outcome {
            Ok(Reply::History(page)) => resting.take(page),
            Ok(_) => resting.told = Told::Nothing,
            Err(fault) => resting.told = Told::Failed(fault),
        }
        if resting.told == Told::Asked { self.ask_on(desk).into_iter().collect() } else { Vec::new() }
    }
}
