//! Why no other account can be chosen any more: after a job was created, or while one may have been.

use crate::wizard::shared::Shared;

/// Why no other account can be chosen any more.
pub fn why_frozen(shared: &Shared) -> Option<String> {
    if !shared.draft.has_job() {
        return shared.may_have_job();
    }
    let why = "The job was created for this account and subscription; another account needs a new draft (c on the start screen).";
    Some(why.to_owned())
}
