//! By which right the account's blobs are reached: opening an account that was given without a sign-in, and saying so.

use crate::azure::fault::Fault;
use crate::azure::model::Access;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::BlobsStep;

impl BlobsStep {
    /// Opens the account of a draft that needs no sign-in, unless that was tried.
    pub fn open_given(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let waits = shared.opened.is_none() && !shared.requests.is_busy(Slot::Given) && self.unopened.is_none();
        let given = shared.given().cloned().filter(|_| waits);
        given.map(|given| shared.start(Slot::Given, Call::OpenAccount(given))).into_iter().collect()
    }

    pub(super) fn take_given(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        match outcome {
            Ok(Reply::Access(access)) => {
                shared.opened = Some(access);
                self.unopened = None;
                return self.begin(shared);
            }
            Ok(_) => {}
            Err(fault) => {
                if shared.draft.step != Step::Blobs {
                    shared.warn_of(&fault);
                }
                self.unopened = Some(fault);
            }
        }
        Vec::new()
    }

    /// Nothing can be listed, and only asking again helps.
    pub(super) fn is_unread(&self, shared: &Shared) -> bool {
        if shared.given().is_some() {
            return self.unopened.is_some();
        }
        shared.session.is_some() && shared.blob_endpoint().is_none() && !shared.requests.is_busy(Slot::Account)
    }

    /// Known after the first page: until then the sign-in's own right is only tried.
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
}
