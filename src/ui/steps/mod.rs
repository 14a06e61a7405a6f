//! The body of each step, a file per step.

mod account;
mod address;
mod blobs;
mod drives;
mod fields;
mod follow;
mod gone;
mod keys;
mod location;
mod options;
mod review;
mod ship;
mod signin;

pub(super) use blobs::SIGNS;

use super::sheet::{Pen, Sheet};
use crate::app::Wizard;
use crate::wizard::Step;

/// The body of the step on screen.
pub fn sheet(wizard: &Wizard, pen: &Pen) -> Sheet {
    match wizard.desk.draft.step {
        Step::SignIn => signin::sheet(wizard, pen),
        Step::Account => account::sheet(wizard, pen),
        Step::Blobs => blobs::sheet(wizard, pen),
        Step::Drives => drives::sheet(wizard, pen),
        Step::Location => location::sheet(wizard, pen),
        Step::Address => address::sheet(wizard, pen),
        Step::Options => options::sheet(wizard, pen),
        Step::Review => review::sheet(wizard, pen),
        Step::Ship => ship::sheet(wizard, pen),
        Step::Follow => follow::sheet(wizard, pen),
        Step::Keys => keys::sheet(wizard, pen),
    }
}
