//! A resource group that the subscription does not list is made, once the person has settled its region.

use crate::azure::fault::Fault;
use crate::azure::model::{LocationName, ResourceGroup};
use crate::form::Field;
use crate::form::job::{JobField, is_group};
use crate::protocol::action::Action;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::form_step::FormStep as _;
use crate::wizard::shared::Shared;
use crate::wizard::steps::options::state::{JobStep, NewGroup, groups, subscription, why_frozen};

impl JobStep {
    /// The group as typed, where the subscription's groups were read and do not hold it.
    pub fn unlisted_group(&self, shared: &Shared) -> Option<&str> {
        let name = self.form.trimmed(JobField::ResourceGroup);
        let listed = |group: &ResourceGroup| group.name.eq_ignore_ascii_case(name);
        let unlisted = groups(shared).is_some_and(|groups| !groups.iter().any(listed));
        let free = !shared.requests.is_busy(Slot::CreateGroup) && why_frozen(shared).is_none();
        Some(name).filter(|name| !name.is_empty() && is_group(name) && unlisted && free && shared.session.is_some())
    }

    /// Asks for the region; that of the account is proposed.
    pub(super) fn ask_for_region(&mut self, shared: &Shared) {
        let Some(name) = self.unlisted_group(shared).map(str::to_owned) else { return };
        let account = shared.draft.account.as_ref().map_or("", |chosen| chosen.account.location.as_str());
        let region = Field::new(LocationName::new(account).as_str());
        self.new_group = Some(NewGroup { name, region });
    }

    pub(super) fn act_on_new_group(&mut self, shared: &mut Shared, action: &Action) -> Vec<Effect> {
        let Some(group) = &mut self.new_group else { return Vec::new() };
        match action {
            Action::Edit(edit) => drop(group.region.edit(edit)),
            Action::Activate => {
                let location = LocationName::new(group.region.value());
                if location.as_str().is_empty() {
                    shared.warn("Name the region of the group, e.g. westeurope.");
                    return Vec::new();
                }
                let group = ResourceGroup { name: group.name.clone(), location: location.as_str().to_owned() };
                self.new_group = None;
                return self.create_group(shared, group);
            }
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn create_group(&mut self, shared: &mut Shared, group: ResourceGroup) -> Vec<Effect> {
        let Some(subscription) = subscription(shared).map(str::to_owned) else { return Vec::new() };
        if shared.refuses() {
            return Vec::new();
        }
        (self.fault, self.failed_group) = (None, Some(group.clone()));
        vec![shared.start(Slot::CreateGroup, Call::CreateGroup { subscription, group })]
    }

    pub(super) fn group_made(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) {
        match outcome {
            Ok(Reply::Group(group)) => {
                self.failed_group = None;
                shared.say(format!("The resource group {} was made in {}.", group.name, group.location));
                if let Some((_, groups)) = &mut shared.catalogue.groups {
                    groups.retain(|known| !known.name.eq_ignore_ascii_case(&group.name));
                    groups.push(group);
                    groups.sort_by_key(|group| group.name.to_lowercase());
                }
                self.form.set_facts(Self::facts(shared));
            }
            Ok(other) => self.fault = Some(other.unexpected()),
            Err(fault) => self.fault = Some(fault),
        }
    }
}
