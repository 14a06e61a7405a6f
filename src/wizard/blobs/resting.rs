//! The blob the cursor rests on: after a short while the service is asked for all it has of it; moving on gives the question up.

use std::time::Duration;

use jiff::Timestamp;

use super::layer::Layer;
use super::{Blobs, layout};
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::Fault;
use crate::azure::model::BlobItem;
use crate::tree::{Key, NodeKind};
use crate::wizard::desk::Desk;

/// How long the cursor rests before anything is asked.
const REST: Duration = Duration::from_millis(300);

/// The blob under the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Resting {
    /// Which.
    pub key: Key,
    /// What the service told of it.
    pub told: Told,
    since: Timestamp,
}

/// What the service told of a blob.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// Not asked yet.
    Nothing,
    /// Under way.
    Asked,
    /// The blob, its snapshots and its versions, the newest first.
    History(Vec<BlobItem>),
    /// Why it did not.
    Failed(Fault),
}

impl Resting {
    /// The blob itself, as told.
    pub fn blob(&self) -> Option<&BlobItem> {
        let Told::History(items) = &self.told else { return None };
        items.iter().find(|item| item.snapshot.is_none() && (item.version.is_none() || item.current_version))
    }

    /// Its older versions, the newest first.
    pub fn versions(&self) -> impl Iterator<Item = &BlobItem> {
        let items = if let Told::History(items) = &self.told { items.as_slice() } else { &[] };
        items.iter().filter(|item| item.snapshot.is_none() && item.version.is_some() && !item.current_version)
    }
}

impl Blobs {
    /// Keeps up with the cursor; a question about a blob it has left is given up.
    pub(super) fn follow_cursor(&mut self, desk: &mut Desk) -> Option<Effect> {
        let seen = layout::shows_details(desk.size, self.shows_details());
        let on_blob = matches!(self.layer, Layer::Rows | Layer::Filter(_))
            && !self.tree.on_status()
            && self.tree.kind(self.tree.cursor()) == NodeKind::Blob;
        let key = (seen && on_blob).then(|| self.tree.key(self.tree.cursor()));
        if self.resting.as_ref().map(|resting| &resting.key) == key.as_ref() {
            return None;
        }
        self.resting = key.map(|key| Resting { key, told: Told::Nothing, since: desk.now });
        desk.requests.cancel(Slot::Details)
    }

    /// Asks for the blob, once the cursor has rested.
    pub(super) fn ask_told(&mut self, desk: &mut Desk) -> Option<Effect> {
        let endpoint = desk.blob_endpoint().map(str::to_owned)?;
        if self.rest_left(desk)? > Duration::ZERO {
            return None;
        }
        let resting = self.resting.as_mut()?;
        let (container, blob) = resting.key.split().map(|(container, blob)| (container.to_owned(), blob.to_owned()))?;
        resting.told = Told::Asked;
        Some(desk.start(Slot::Details, Call::History { endpoint, container, blob }))
    }

    /// How long the cursor has to rest still; `None` when nothing is to be asked.
    pub(super) fn rest_left(&self, desk: &Desk) -> Option<Duration> {
        let resting = self.resting.as_ref().filter(|resting| resting.told == Told::Nothing)?;
        desk.blob_endpoint()?;
        let rested = Duration::try_from(desk.now.duration_since(resting.since)).unwrap_or_default();
        Some(REST.saturating_sub(rested))
    }

    pub(super) fn take_told(&mut self, outcome: Result<Reply, Fault>) {
        let Some(resting) = &mut self.resting else { return };
        resting.told = match outcome {
            Ok(Reply::History(page)) => {
                let mut items = page.items;
                // The service lists the oldest first; both are times, so text order is the order in time.
                items.sort_by(|a, b| b.snapshot.cmp(&a.snapshot).then_with(|| b.version.cmp(&a.version)));
                Told::History(items)
            }
            Ok(_) => Told::Nothing,
            Err(fault) => Told::Failed(fault),
        };
    }
}
