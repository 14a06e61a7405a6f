//! The lock that the service left on the storage account: what it blocks, and when it can be removed.

use ratatui::style::Style;

use crate::protocol::action::Action;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::theme;
use crate::wizard::shared::Shared;
use crate::wizard::steps::follow::FollowStep;

pub(super) fn lines(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &FollowStep) {
    let (lock, fault) = (step.lock.of_service(), step.lock.fault.as_ref());
    if lock.is_none() && fault.is_none() {
        return;
    }
    body.blank();
    if let Some(lock) = lock {
        let account = shared.blob_account().map_or("", |(_, name)| name);
        let words = format!(
            "The service put the lock {} ({}) on the storage account {account}: neither the account nor its resource group can be deleted while it is there. Blobs can.",
            lock.name, lock.level
        );
        body.say_with(ctx, "~ ", &words, theme::caution());
        for (slot, doing) in
            [(Slot::OtherJobs, "Looking whether another job needs the lock"), (Slot::RemoveLock, "Removing the lock")]
        {
            if shared.requests.is_busy(slot) {
                body.busy(ctx, slot, doing);
            }
        }
        body.say_with(ctx, "  ", &hint(ctx, shared, step), Style::new());
    }
    if let Some(fault) = fault {
        body.fault(ctx, fault);
    }
}

/// Whether it can be removed now, and if not, why.
fn hint(ctx: &DrawContext, shared: &Shared, step: &FollowStep) -> String {
    if step.offers_removal(shared) {
        let remove = ctx.key(&Action::RemoveLock);
        return format!("This job needs it no more; the service does not take it away. {remove} removes it.");
    }
    let words = if !FollowStep::lock_is_left_over(shared) {
        "It can be removed here once the job is over."
    } else if shared.session.is_none() {
        "It can be removed here after the sign-in."
    } else if step.lock_is_above(shared) {
        "It is not on the account itself but on its resource group or subscription; it is not removed from here."
    } else {
        ""
    };
    words.to_owned()
}
