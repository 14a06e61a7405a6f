//! The page of the step, by how far the check is.

use super::{choosing, outcome, running};
use crate::app::Wizard;
use crate::ui::body::{Body, DrawContext};
use crate::ui::steps::{end, gone};
use crate::wizard::steps::verify::CheckStage;

pub(crate) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let (shared, step) = (&wizard.shared, &wizard.steps.verify);
    if step.at_end {
        return end::body(shared, ctx);
    }
    let mut body = Body::default();
    if gone::lines(&mut body, ctx, shared) {
        body.blank();
    }
    match &step.stage {
        CheckStage::Choosing => choosing::draw(&mut body, ctx, shared, step),
        CheckStage::Checking { since, reading } => running::draw(&mut body, ctx, step, reading, Some(*since)),
        CheckStage::Paused(reading) => running::draw(&mut body, ctx, step, reading, None),
        CheckStage::Checked(checked) => outcome::draw(&mut body, ctx, shared, step, checked),
    }
    if let Some(fault) = &step.fault {
        body.fault(ctx, fault);
    }
    body
}
