//! Access to the account's blobs: opens an account that was named without a sign-in, finds the credential that reads the blobs, and
//! lets the person decide before the sign-in is sent to a server outside the cloud.

use crate::azure::fault::Fault;
use crate::azure::model::Access;
use crate::draft::AccountServer;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::state::BlobsStep;

/// A server outside the cloud at which the sign-in is not used yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForeignServer {
    /// The person is asked.
    Asked(AccountServer),
    /// The person said no.
    Refused(AccountServer),
}

impl BlobsStep {
    /// Opens the account of a draft that needs no sign-in, unless that was tried.
    pub fn open_direct_account(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let waits = shared.opened.is_none() && !shared.requests.is_busy(Slot::Given) && self.unopened.is_none();
        let given = shared.direct_account().cloned().filter(|_| waits);
        given.map(|given| shared.start(Slot::Given, Call::OpenAccount(given))).into_iter().collect()
    }

    pub(super) fn take_opened_account(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        match outcome {
            Ok(Reply::Access(access)) => {
                shared.opened = Some(access);
                self.unopened = None;
                return self.begin(shared);
            }
            Ok(other) => self.unopened = Some(other.unexpected()),
            Err(fault) => {
                if shared.draft.step != Step::Blobs {
                    shared.warn_of(&fault);
                }
                self.unopened = Some(fault);
            }
        }
        Vec::new()
    }

    /// Whether the account could not be read, so that nothing can be listed before Retry.
    pub(super) fn is_unread(&self, shared: &Shared) -> bool {
        if shared.direct_account().is_some() {
            return self.unopened.is_some();
        }
        shared.session.is_some() && shared.blob_endpoint().is_none() && !shared.requests.is_busy(Slot::Account)
    }

    /// Asks which credential reads the blobs. That is known only after the first page.
    pub(super) fn ask_access(shared: &mut Shared) -> Vec<Effect> {
        let endpoint = shared.blob_endpoint().filter(|_| !shared.requests.is_busy(Slot::Access)).map(str::to_owned);
        endpoint.map(|endpoint| shared.start(Slot::Access, Call::Access(endpoint))).into_iter().collect()
    }

    pub(super) fn take_access(shared: &mut Shared, outcome: &Result<Reply, Fault>) {
        let Ok(Reply::Access(access)) = outcome else { return };
        shared.catalogue.access = Some(*access);
        if *access == Access::AccountKey {
            shared.say(format!("The blobs are read {access}."));
        }
    }

    /// The question about the server of the account's blobs; `None` where none is needed.
    pub fn foreign(&self, shared: &Shared) -> Option<ForeignServer> {
        let at = shared.foreign_server()?;
        let refused = self.refused.as_ref() == Some(&at);
        Some(if refused { ForeignServer::Refused(at) } else { ForeignServer::Asked(at) })
    }

    pub(super) fn foreign_contexts(foreign: &ForeignServer) -> Vec<Context> {
        let first = match foreign {
            ForeignServer::Asked(_) => Context::Question,
            ForeignServer::Refused(_) => Context::Failed,
        };
        vec![first, Context::Page]
    }

    /// Yes and no answer the question; after a no, Ctrl-T asks it again.
    pub(super) fn act_on_foreign(
        &mut self,
        shared: &mut Shared,
        foreign: ForeignServer,
        action: &Action,
    ) -> Vec<Effect> {
        match (foreign, action) {
            (ForeignServer::Asked(at), Action::Yes) => {
                shared.draft.allowed_server = Some(at);
                let mut effects = shared.permit();
                effects.extend(self.begin(shared));
                effects.extend(self.settle(shared));
                return effects;
            }
            (ForeignServer::Asked(at), Action::No) => self.refused = Some(at),
            (ForeignServer::Refused(_), Action::Retry) => self.refused = None,
            _ => {}
        }
        Vec::new()
    }
}
