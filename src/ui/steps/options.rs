//! Job name and options: the form, and what is known about the resource groups.

use super::fields;
use crate::app::Wizard;
use crate::form::job;
use crate::protocol::action::Action;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::wizard::steps::options::{NewGroup, why_frozen};

pub(super) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let (shared, step) = (&wizard.shared, &wizard.steps.options);
    if let Some(why) = why_frozen(shared) {
        body.say(ctx, &why, theme::caution());
    }
    if let Some(group) = &step.new_group {
        new_group(&mut body, ctx, group);
        return body;
    }
    fields::draw(&mut body, ctx, &step.form, &job::warnings(&step.form), true);
    if shared.requests.is_busy(Slot::Groups) {
        body.busy(ctx, Slot::Groups, "Reading the resource groups; a name can be typed all the same");
    }
    if shared.requests.is_busy(Slot::CreateGroup) {
        body.busy(ctx, Slot::CreateGroup, "Making the resource group");
    } else if let Some(name) = step.unlisted_group(shared) {
        let words = format!(" makes the resource group {}", text::clean(name));
        body.key_line(ctx, "    ", &Action::CreateGroup, &words);
    }
    if let Some(fault) = &step.fault {
        body.blank();
        body.fault(ctx, fault);
    }
    if !shared.draft.service().takes_vault_key() {
        body.blank();
        keys(&mut body, ctx);
    }
    body
}

/// What protects the keys of a service that takes no key of the customer at creation; the portal sets one on a job that exists.
fn keys(body: &mut Body, ctx: &DrawContext) {
    let words = "The job is created with a Microsoft key over its BitLocker keys. A key of your own is set in the portal once the job exists; there is no way back, and the service then hands out the BitLocker keys only while it may use that key.";
    body.say_with(ctx, "  ", words, theme::dim());
}

/// The region of a group before it is made.
fn new_group(body: &mut Body, ctx: &DrawContext, group: &NewGroup) {
    let question = body.len();
    body.say(ctx, &format!("Make the resource group {}?", text::clean(&group.name)), theme::title());
    let column = fields::typed_line(body, ctx, ("Region: ", &group.region, ctx.width.saturating_sub(8)), None);
    // Question and field stay in view together.
    body.focus_at(question, column);
    body.keep_with_focus();
    let words = "Azure keeps what it knows of the group in a region. The job in it may be elsewhere.";
    body.say_with(ctx, "  ", words, theme::dim());
    body.say_with(ctx, "  ", "Enter makes it, Esc makes nothing.", theme::dim());
}
