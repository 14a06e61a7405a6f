//! Reads the blob under the cursor once the cursor has rested on it for a moment. A move to another row cancels the request.

use std::time::Duration;

use crate::azure::fault::Fault;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::tree::NodeKind;
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::inspection::{Inspection, InspectionState};
use crate::wizard::steps::blobs::layout;
use crate::wizard::steps::blobs::mode::BlobsMode;
use crate::wizard::steps::blobs::state::BlobsStep;

/// How long the cursor rests before anything is asked.
const REST: Duration = Duration::from_millis(300);

impl BlobsStep {
    /// Keeps up with the cursor; a question about a blob it has left is given up.
    pub(super) fn follow_cursor(&mut self, shared: &mut Shared) -> Option<Effect> {
        let seen = layout::shows_details(shared.size, self.shows_details());
        let asks = match self.tree.kind(self.tree.cursor()) {
            NodeKind::Blob => true,
            // Only a directory has properties of its own.
            NodeKind::Folder => shared.is_hierarchical(),
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
