//! All steps: the state of each, and the step that belongs to a [`Step`]. A new step does not compile before it is in every match here.

use crate::protocol::step::Step;
use crate::wizard::shared::Shared;
use crate::wizard::step::StepLogic;
use crate::wizard::steps::{
    account, address, blobs, drives, follow, keys, location, options, review, ship, signin, verify,
};

/// The state of every step. The screen reads them; each step changes only its own.
#[derive(Debug)]
pub struct Steps {
    /// Cloud and identity.
    pub signin: signin::SignInStep,
    /// Subscription and storage account.
    pub account: account::AccountStep,
    /// What is exported.
    pub blobs: blobs::BlobsStep,
    /// How many drives the export takes.
    pub drives: drives::DrivesStep,
    /// Where drives are shipped.
    pub location: location::LocationStep,
    /// Return address and carrier.
    pub address: address::AddressStep,
    /// Job name and options.
    pub options: options::JobStep,
    /// Everything on one page.
    pub review: review::ReviewStep,
    /// The parcel to Microsoft.
    pub ship: ship::ShipStep,
    /// The job's progress.
    pub follow: follow::FollowStep,
    /// BitLocker keys.
    pub keys: keys::KeysStep,
    /// Whether what came back is right.
    pub verify: verify::VerifyStep,
}

impl Steps {
    /// The steps of a draft, each where the draft left it.
    pub fn new(shared: &Shared) -> Self {
        Self {
            signin: signin::SignInStep::new(shared),
            account: account::AccountStep::new(shared),
            blobs: blobs::BlobsStep::new(shared),
            drives: drives::DrivesStep::new(shared),
            location: location::LocationStep::default(),
            address: address::AddressStep::new(shared),
            options: options::JobStep::new(shared),
            review: review::ReviewStep::default(),
            ship: ship::ShipStep::new(shared),
            follow: follow::FollowStep::default(),
            keys: keys::KeysStep::new(shared),
            verify: verify::VerifyStep::default(),
        }
    }

    /// A step.
    pub fn get(&self, step: Step) -> &dyn StepLogic {
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
            Step::Verify => &self.verify,
        }
    }

    /// A step, to act on it.
    pub fn get_mut(&mut self, step: Step) -> &mut dyn StepLogic {
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
            Step::Verify => &mut self.verify,
        }
    }
}
