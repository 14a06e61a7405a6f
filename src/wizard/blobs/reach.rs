//! By which right the account's blobs are reached: opening an account that was given without a sign-in, and saying so.

use super::Blobs;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::Fault;
use crate::azure::model::Access;
use crate::wizard::Step;
use crate::wizard::desk::Desk;

impl Blobs {
    /// Opens the account of a draft that needs no sign-in, unless that was tried.
    pub fn open_given(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let waits = desk.opened.is_none() && !desk.requests.is_busy(Slot::Given) && self.unopened.is_none();
        let given = desk.given().cloned().filter(|_| waits);
        given.map(|given| desk.start(Slot::Given, Call::OpenAccount(given))).into_iter().collect()
    }

    pub(super) fn take_given(&mut self, desk: &mut Desk, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        match outcome {
            Ok(Reply::Access(access)) => {
                desk.opened = Some(access);
                self.unopened = None;
                return self.begin(desk);
            }
            Ok(_) => {}
            Err(fault) => {
                if desk.draft.step != Step::Blobs {
                    desk.warn_of(&fault);
                }
                self.unopened = Some(fault);
            }
        }
        Vec::new()
    }

    /// Nothing can be listed, and only asking again helps.
    pub(super) fn is_unread(&self, desk: &Desk) -> bool {
        if desk.given().is_some() {
            return self.unopened.is_some();
        }
        desk.session.is_some() && desk.blob_endpoint().is_none() && !desk.requests.is_busy(Slot::Account)
    }

    /// Known after the first page: until then the sign-in's own right is only tried.
    pub(super) fn ask_access(desk: &mut Desk) -> Vec<Effect> {
        let endpoint = desk.blob_endpoint().filter(|_| !desk.requests.is_busy(Slot::Access)).map(str::to_owned);
        endpoint.map(|endpoint| desk.start(Slot::Access, Call::Access(endpoint))).into_iter().collect()
    }

    pub(super) fn take_access(desk: &mut Desk, outcome: &Result<Reply, Fault>) {
        let Ok(Reply::Access(access)) = outcome else { return };
        desk.catalogue.access = Some(*access);
        if *access == Access::AccountKey {
            desk.say(format!("The blobs are read {access}."));
        }
    }
}
