//! The states of all steps side by side, and the way from a [`Step`] to its rules.

use super::conduct::Conduct;
use super::desk::Desk;
use super::{Step, account, address, blobs, drives, follow, keys, location, options, review, ship, signin};

/// One state per step. The view reads them; only their own step changes them.
#[derive(Debug)]
pub struct Steps {
    /// Cloud and identity.
    pub signin: signin::SignIn,
    /// Subscription and storage account.
    pub account: account::Account,
    /// What is exported.
    pub blobs: blobs::Blobs,
    /// How many drives that takes.
    pub drives: drives::Drives,
    /// Where drives are shipped.
    pub location: location::ShippingLocation,
    /// Return address and carrier.
    pub address: address::Address,
    /// Job name and options.
    pub options: options::Options,
    /// Everything on one page.
    pub review: review::Review,
    /// The parcel.
    pub ship: ship::Ship,
    /// Progress.
    pub follow: follow::Follow,
    /// BitLocker keys.
    pub keys: keys::Keys,
}

impl Steps {
    /// The steps of a draft, each where the draft left it.
    pub fn new(desk: &Desk) -> Self {
        Self {
            signin: signin::SignIn::new(desk),
            account: account::Account::new(desk),
            blobs: blobs::Blobs::new(desk),
            drives: drives::Drives::new(desk),
            location: location::ShippingLocation::default(),
            address: address::Address::new(desk),
            options: options::Options::new(desk),
            review: review::Review::default(),
            ship: ship::Ship::new(desk),
            follow: follow::Follow::default(),
            keys: keys::Keys::new(desk),
        }
    }

    /// The rules of a step.
    pub fn get(&self, step: Step) -> &dyn Conduct {
        match step {
            Step::SignIn => &self.signin,
            Step::Account => &self.account,
            Step::Blobs => &self.blobs,
            Step::Drives => &self.drives,
            Step::Location => &self.location,
            Step::Address => &self.address,
            Step::Options => &self.options,
            Step::Review => &self.review,
            Step::Ship => &self.ship,
            Step::Follow => &self.follow,
            Step::Keys => &self.keys,
        }
    }

    /// The rules of a step, to act on.
    pub fn get_mut(&mut self, step: Step) -> &mut dyn Conduct {
        match step {
            Step::SignIn => &mut self.signin,
            Step::Account => &mut self.account,
            Step::Blobs => &mut self.blobs,
            Step::Drives => &mut self.drives,
            Step::Location => &mut self.location,
            Step::Address => &mut self.address,
            Step::Options => &mut self.options,
            Step::Review => &mut self.review,
            Step::Ship => &mut self.ship,
            Step::Follow => &mut self.follow,
            Step::Keys => &mut self.keys,
        }
    }
}
