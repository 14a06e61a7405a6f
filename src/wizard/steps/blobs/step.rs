//! The step: which file of this folder gets a key or an answer, and when the step can be left.

use std::time::Duration;

use crate::azure::fault::Fault;
use crate::form::Edit;
use crate::protocol::action::{Action, Motion};
use crate::protocol::hit::TreePart;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::select::Target;
use crate::tree::{NodeId, NodeKind};
use crate::wizard::progress::StepProgress;
use crate::wizard::service;
use crate::wizard::shared::Shared;
use crate::wizard::step::{StepLogic, StepOutcome};
use crate::wizard::steps::blobs::access::ForeignServer;
use crate::wizard::steps::blobs::mode::BlobsMode;
use crate::wizard::steps::blobs::query::QueryState;
use crate::wizard::steps::blobs::state::BlobsStep;
use crate::wizard::steps::blobs::summary;

/// The step's answer in a few words, for the rail.
pub fn progress(shared: &Shared) -> StepProgress {
    let selection = &shared.draft.selection;
    let Some((account, _)) = shared.blob_account() else {
        return StepProgress::locked("choose a storage account first");
    };
    if shared.foreign_server().is_some() && !shared.is_ordered() {
        let needs = Some("allow the server of the blobs, or choose another account".into());
        return StepProgress { summary: summary::short(&selection.rules), needs, ..StepProgress::default() };
    }
    if selection.rules.is_empty() {
        return StepProgress { needs: Some("check what to export".into()), ..StepProgress::default() };
    }
    let other = selection.account.as_deref() != Some(account) && !shared.draft.has_job();
    StepProgress {
        answered: true,
        summary: summary::short(&selection.rules),
        stale: other.then(|| "account changed, check the blobs".to_owned()),
        ..StepProgress::default()
    }
}

/// Why the selection cannot be changed after a job was created from it, or may have been.
pub fn settled(shared: &Shared) -> String {
    let created = "The job was created with this selection; it can no longer be changed.";
    shared.may_have_job().unwrap_or_else(|| created.to_owned())
}

impl StepLogic for BlobsStep {
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if shared.is_ordered() {
            return Vec::new();
        }
        let mut effects = self.open_direct_account(shared);
        effects.extend(self.begin(shared));
        effects.extend(self.settle(shared));
        effects
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        if shared.is_ordered() {
            return vec![Context::Settled, Context::Onward, Context::Page];
        }
        if let Some(foreign) = self.foreign(shared) {
            return Self::foreign_contexts(&foreign);
        }
        let asking = shared.requests.is_busy(Slot::Count);
        let busy = (asking || !self.pending_unchecks.is_empty()).then_some(Context::Busy);
        let asking = asking.then_some(Context::Busy);
        match &self.mode {
            BlobsMode::Rows => self.rows_contexts(shared),
            BlobsMode::Details => {
                let failed = self.failed_here().map(|_| Context::Failed);
                [Context::Details].into_iter().chain(failed).chain(busy).chain([Context::Page]).collect()
            }
            BlobsMode::Filter(_) => vec![Context::Filter],
            BlobsMode::Found(found) => {
                let failed = matches!(found.search.state, QueryState::Failed(_)).then_some(Context::Failed);
                failed.into_iter().chain(busy).chain([Context::Found]).collect()
            }
            BlobsMode::Rules { .. } => vec![Context::Rules],
            BlobsMode::Typing(input) => {
                let failed = input.search.as_ref().is_some_and(|search| matches!(search.state, QueryState::Failed(_)));
                let failed = failed.then_some(Context::Failed);
                failed.into_iter().chain(asking).chain([Context::TypedRule, Context::Field]).collect()
            }
        }
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        if shared.is_ordered() {
            match action {
                Action::Activate => return StepOutcome::next(),
                Action::Toggle => shared.warn(settled(shared)),
                _ => {}
            }
            return StepOutcome::stay();
        }
        if let Some(foreign) = self.foreign(shared) {
            return self.act_on_foreign(shared, foreign, &action).into();
        }
        if !self.has_begun() {
            // There are no rows yet; only the account can be asked for again.
            return if action == Action::Retry { self.retry(shared).into() } else { StepOutcome::stay() };
        }
        let mut effects = match &self.mode {
            BlobsMode::Rows => self.act_on_rows(shared, &action),
            BlobsMode::Details => self.act_on_details(shared, &action),
            BlobsMode::Filter(_) => self.act_on_filter(shared, action),
            BlobsMode::Found(_) => self.act_on_found(shared, action),
            BlobsMode::Rules { .. } => self.act_on_rules(shared, &action),
            BlobsMode::Typing(_) => self.act_on_typing(shared, action),
        };
        effects.extend(self.settle(shared));
        effects.into()
    }

    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        let mut effects = match slot {
            Slot::Listing(number) => {
                let first = outcome.is_ok() && shared.access().is_none();
                self.take_listing(NodeId::numbered(number), outcome);
                if first { Self::ask_access(shared) } else { Vec::new() }
            }
            Slot::Given => self.take_opened_account(shared, outcome),
            Slot::Uncheck => {
                self.take_uncheck_reply(shared, outcome);
                Vec::new()
            }
            Slot::Access => {
                Self::take_access(shared, &outcome);
                Vec::new()
            }
            Slot::Details => self.take_inspection(shared, outcome),
            _ => self.take_search_reply(shared, outcome),
        };
        effects.extend(self.settle(shared));
        effects.into()
    }

    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        if shared.is_ordered() {
            return Ok(Vec::new());
        }
        if shared.foreign_server().is_some() {
            let (again, account) = (shared.key(&Action::Retry), shared.key(&Action::Goto(Step::Account)));
            return Err(format!(
                "The server of the blobs is not allowed. {again} asks again; {account} leads to the account."
            ));
        }
        if self.selection.is_empty() {
            return Err("Check what to export first: nothing is checked yet.".into());
        }
        if !self.pending_unchecks.is_empty() {
            let stop = shared.key(&Action::CancelRequest);
            return Err(format!("A row is still being unchecked; {stop} stops that and leaves it checked."));
        }
        service::compiled(shared)?;
        shared.draft.selection.account = shared.blob_account().map(|(id, _)| id.to_owned());
        Ok(Vec::new())
    }

    fn is_typing(&self, shared: &Shared) -> bool {
        matches!(self.mode, BlobsMode::Filter(_) | BlobsMode::Typing(_)) && self.foreign(shared).is_none()
    }

    fn page(&self, shared: &Shared) -> usize {
        match self.foreign(shared).filter(|_| !shared.is_ordered()) {
            None if matches!(self.mode, BlobsMode::Details) => 3,
            None => 0,
            Some(ForeignServer::Asked(_)) => 1,
            Some(ForeignServer::Refused(_)) => 2,
        }
    }

    fn paste(&mut self, shared: &mut Shared, text: &str) -> Vec<Effect> {
        if !self.is_typing(shared) {
            return Vec::new();
        }
        let edit = Edit::Paste(text.to_owned());
        let mut effects = match &self.mode {
            BlobsMode::Filter(_) => self.edit_filter(&edit),
            BlobsMode::Typing(_) => self.edit_rule(shared, &edit),
            _ => Vec::new(),
        };
        effects.extend(self.settle(shared));
        effects
    }

    fn close(&mut self, shared: &mut Shared) -> bool {
        if self.foreign(shared).is_some() {
            return false;
        }
        match self.mode {
            BlobsMode::Rows if self.tree.filter().is_none() => return false,
            BlobsMode::Rows | BlobsMode::Filter(_) => {
                self.tree.clear_filter();
            }
            BlobsMode::Details | BlobsMode::Found(_) | BlobsMode::Rules { .. } | BlobsMode::Typing(_) => {}
        }
        self.mode = BlobsMode::Rows;
        self.remember(shared);
        true
    }

    fn tick(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if !self.has_begun() || shared.is_ordered() {
            return Vec::new();
        }
        let mut effects = self.preview_rule(shared, false);
        effects.extend(self.settle(shared));
        effects.extend(self.inspect(shared));
        effects
    }

    fn point_row(&mut self, shared: &mut Shared, row: usize, part: TreePart) -> Vec<Effect> {
        if shared.is_ordered() || !self.has_begun() || self.foreign(shared).is_some() {
            return Vec::new();
        }
        let mut effects = self.click(shared, row, part);
        effects.extend(self.settle(shared));
        effects
    }

    fn wheel(&mut self, shared: &mut Shared, motion: Motion) -> Option<Vec<Effect>> {
        if shared.is_ordered() || !self.has_begun() || self.foreign(shared).is_some() {
            return None;
        }
        let mut effects = self.wheel_over(shared, motion)?;
        effects.extend(self.settle(shared));
        Some(effects)
    }

    fn away(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if !self.has_begun() || shared.is_ordered() {
            return Vec::new();
        }
        let effects = if self.pending_unchecks.is_empty() { Vec::new() } else { self.stop(shared) };
        shared.catalogue.unmatched = self.unmatched();
        effects
    }

    fn resized(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.settle(shared)
    }

    fn wake_in(&self, shared: &Shared) -> Option<Duration> {
        let ready = shared.blob_endpoint().is_some();
        let sends = (ready && self.tree.has_page_requests()).then_some(Duration::ZERO);
        let asks = match &self.mode {
            BlobsMode::Typing(input) if ready => input.preview_in(shared.now),
            _ => None,
        };
        sends.into_iter().chain(asks).chain(self.inspects_in(shared)).min()
    }
}

impl BlobsStep {
    /// Whether snapshots of the blob under the cursor can be left out, or were with another service and can be put back.
    fn may_leave_out(&self, shared: &Shared) -> bool {
        let Target::Blob { container, name } = self.tree.key(self.tree.cursor()).target() else { return false };
        shared.draft.service().selects_snapshots() || self.selection.blob_rule(&container, &name) == Some(false)
    }

    fn rows_contexts(&self, shared: &Shared) -> Vec<Context> {
        let unread = self.is_unread(shared);
        let failed = unread || !self.failed_levels().is_empty();
        let busy = !self.pending_unchecks.is_empty() || shared.requests.is_busy(Slot::Listing(self.level().number()));
        let on_blob = !self.tree.on_status() && self.tree.kind(self.tree.cursor()) == NodeKind::Blob;
        let contexts = [
            (self.failed_here().is_some(), Context::FailedRow),
            (failed, Context::Failed),
            (busy, Context::Busy),
            (self.offer().is_some(), Context::Gatherable),
            (on_blob && self.may_leave_out(shared), Context::BlobRow),
            (true, Context::Tree),
        ];
        contexts.into_iter().filter(|(counts, _)| *counts).map(|(_, context)| context).collect()
    }
}
