//! The data of the options step, and what several of its files read of the draft.

use jiff::Timestamp;

use crate::azure::fault::Fault;
use crate::azure::model::{JobAddress, ResourceGroup};
use crate::form::{Field, Form};
use crate::wizard::shared::Shared;

/// The state of the step.
#[derive(Debug)]
pub struct JobStep {
    /// The form.
    pub form: Form,
    /// Why the resource groups could not be read. A name can be typed without the list.
    pub fault: Option<Fault>,
    /// The subscription of the last request for groups.
    pub(super) requested_for: Option<String>,
    pub(super) suggested: bool,
    /// The resource group that is to be made, while the person is asked for its region.
    pub new_group: Option<NewGroup>,
    /// The group that could not be made.
    pub(super) failed_group: Option<ResourceGroup>,
    /// The name and the group as last typed, and since when.
    pub(super) typed: Option<(JobAddress, Timestamp)>,
}

/// A resource group before it is made.
#[derive(Debug)]
pub struct NewGroup {
    /// Its name.
    pub name: String,
    /// Its region, e.g. `westeurope`.
    pub region: Field,
}

/// Why nothing can be changed any more.
pub fn why_frozen(shared: &Shared) -> Option<String> {
    if shared.draft.has_job() {
        return Some("The job was created with these options; they cannot be changed here any more.".to_owned());
    }
    shared.why_read_only().or_else(|| shared.may_have_job())
}

/// The id of the chosen subscription.
pub(super) fn subscription(shared: &Shared) -> Option<&str> {
    shared.draft.account.as_ref().map(|chosen| chosen.subscription.id.as_str())
}

/// The groups of the chosen subscription, once they were read.
pub(super) fn groups(shared: &Shared) -> Option<&[ResourceGroup]> {
    let wanted = subscription(shared)?;
    shared.catalogue.groups.as_ref().filter(|(id, _)| id == wanted).map(|(_, list)| list.as_slice())
}
