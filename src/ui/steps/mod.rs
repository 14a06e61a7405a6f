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

use super::body::{Body, DrawContext};
use crate::app::Wizard;
use crate::protocol::step::Step;

/// The body of the step on screen.
pub fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    match wizard.shared.draft.step {
        Step::SignIn => signin::body(wizard, ctx),
        Step::Account => account::body(wizard, ctx),
        Step::Blobs => blobs::body(wizard, ctx),
        Step::Drives => drives::body(wizard, ctx),
        Step::Location => location::body(wizard, ctx),
        Step::Address => address::body(wizard, ctx),
        Step::Options => options::body(wizard, ctx),
        Step::Review => review::body(wizard, ctx),
        Step::Ship => ship::body(wizard, ctx),
        Step::Follow => follow::body(wizard, ctx),
        Step::Keys => keys::body(wizard, ctx),
    }
}
