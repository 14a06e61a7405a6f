//! Job name and options: the form, and what is known about the resource groups.

use super::fields;
use crate::app::Wizard;
use crate::form::job;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::theme;
use crate::wizard::steps::options::why_frozen;

pub(super) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let (shared, step) = (&wizard.shared, &wizard.steps.options);
    if let Some(why) = why_frozen(shared) {
        body.say(ctx, &why, theme::caution());
    }
    fields::draw(&mut body, ctx, &step.form, &job::warnings(&step.form), true);
    if shared.requests.is_busy(Slot::Groups) {
        body.busy(ctx, Slot::Groups, "Reading the resource groups; a name can be typed all the same");
    }
    if let Some(fault) = &step.fault {
        body.blank();
        body.fault(ctx, fault);
    }
    body
}
