//! Reads the blob under the cursor once the cursor has rested on it for a moment. A move to another row cancels the request.

use std::time::Duration;

use crate::azure::fault::Fault;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::tree::NodeKind;
use crate::wizard::clock::passed;
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::inspection::{Inspection, InspectionState};
use crate::wizard::steps::blobs::layout;
use crate::wizard::steps::blobs::mode::BlobsMode;
use crate::wizard::steps::blobs::state::BlobsStep;

/// Time that the cursor rests before the request.
const REST: Duration = Duration::from_millis(300);

impl BlobsStep {
    /// Follows the cursor to another row: forgets the blob it has left and cancels its request.
    pub(super) fn follow_cursor(&mut self, shared: &mut Shared) -> Option<Effect> {
        let seen = layout::shows_details(shared.size, self.shows_details());
        let asks = match self.tree.kind(self.tree.cursor()) {
            NodeKind::Blob => true,
            // Only a directory has properties of its own.
            NodeKind::Folder => shared.is_hierarchical(),
            _ => false,
        };
        let on_blob = matches!(self.mode, BlobsMode::Rows | BlobsMode::Details | BlobsMode::Filter(_))
            && !self.tree.on_status()
            && asks;
        let key = (seen && on_blob).then(|| self.tree.key(self.tree.cursor()));
        if self.inspection.as_ref().map(|inspection| &inspection.key) == key.as_ref() {
            return None;
        }
        self.inspection = key.map(|key| Inspection::new(key, shared.now));
        shared.requests.cancel(Slot::Details)
    }

    /// Requests the blob, once the cursor has rested.
    pub(super) fn inspect(&mut self, shared: &mut Shared) -> Option<Effect> {
        if self.inspects_in(shared)? > Duration::ZERO { None } else { self.request_history(shared) }
    }

    /// Requests the next page of its history.
    fn request_history(&mut self, shared: &mut Shared) -> Option<Effect> {
        let endpoint = shared.blob_endpoint().map(str::to_owned)?;
        let inspection = self.inspection.as_mut()?;
        let (container, name) = inspection.key.split()?;
        let name = if inspection.key.kind == NodeKind::Folder { name.strip_suffix('/').unwrap_or(name) } else { name };
        let (container, blob) = (container.to_owned(), name.to_owned());
        inspection.state = InspectionState::Asked;
        let marker = inspection.marker.clone();
        Some(shared.start(Slot::Details, Call::History { endpoint, container, blob, marker }))
    }

    /// Time until the request; `None` if there is nothing to request.
    pub(super) fn inspects_in(&self, shared: &Shared) -> Option<Duration> {
        let inspection = self.inspection.as_ref().filter(|inspection| inspection.state == InspectionState::Nothing)?;
        shared.blob_endpoint()?;
        let rested = passed(inspection.since, shared.now);
        Some(REST.saturating_sub(rested))
    }

    pub(super) fn take_inspection(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        let Some(inspection) = &mut self.inspection else { return Vec::new() };
        match outcome {
            Ok(Reply::History(page)) => inspection.take(page),
            Ok(other) => inspection.state = InspectionState::Failed(other.unexpected()),
            Err(fault) => inspection.state = InspectionState::Failed(fault),
        }
        if inspection.state == InspectionState::Asked {
            self.request_history(shared).into_iter().collect()
        } else {
            Vec::new()
        }
    }
}
