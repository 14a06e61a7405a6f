//! The body of the step on screen. A new step does not compile before it is here.

use crate::app::Wizard;
use crate::protocol::step::Step;
use crate::ui::body::{Body, DrawContext};
use crate::ui::steps::{
    account, address, blobs, drives, follow, keys, location, options, review, ship, signin, verify,
};

/// The body of the step on screen.
pub(crate) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
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
        Step::Verify => verify::body(wizard, ctx),
    }
}
