//! The shipping location step: the location that receives the drives of the account's region, and the alternates that lead there.

use crate::azure::fault::Fault;
use crate::azure::model::{Location, LocationName, LocationQuery, ServiceName};
use crate::draft::ChosenLocation;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::inquiry::Inquiry;
use crate::wizard::progress::{StepProgress, only_given};
use crate::wizard::shared::Shared;
use crate::wizard::step::{StepLogic, StepOutcome};
use crate::wizard::{list, service};

/// The state of the step.
#[derive(Debug, Default)]
pub struct LocationStep {
    /// Row in the list of locations, shown when the region has none of its own.
    pub row: usize,
    /// Why the locations could not be read.
    pub fault: Option<Fault>,
}

/// The way from a region to the location that receives its drives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Drives go to the last of these; the others forward to the next. Never empty.
    Found(Vec<LocationName>),
    /// Data of the region is exported here. Data Box names the place; nobody chooses.
    Served(LocationName),
    /// The service does not know the region.
    Unknown,
    /// Locations name each other as alternates, or one that is not listed. The last location reached.
    Broken(LocationName),
}

/// Follows `alternateLocations` from a region to an open location (Microsoft page: Locations - Get).
pub fn route(locations: &[Location], region: &LocationName) -> Route {
    let Some(mut here) = find(locations, region) else { return Route::Unknown };
    let mut way = vec![here.name.clone()];
    while !here.is_open() {
        let onward = here.alternates.iter().find_map(|name| find(locations, name));
        match onward {
            Some(next) if !way.contains(&next.name) => {
                way.push(next.name.clone());
                here = next;
            }
            _ => return Route::Broken(here.name.clone()),
        }
    }
    Route::Found(way)
}

/// The step's answer in a few words, for the rail.
pub fn progress(shared: &Shared) -> StepProgress {
    let Some(chosen) = &shared.draft.location else {
        if shared.direct_account().is_some() {
            return StepProgress::locked(&only_given(shared));
        }
        if shared.draft.account.is_none() {
            return StepProgress::locked("choose an account first");
        }
        if shared.draft.has_job() {
            // The draft of a job that was made without one: the job itself has the address.
            return StepProgress {
                answered: true,
                summary: "as the job says, on Ship".into(),
                ..StepProgress::default()
            };
        }
        return StepProgress { needs: Some("settle where the drives go".into()), ..StepProgress::default() };
    };
    // A job that was created keeps its location.
    StepProgress {
        answered: true,
        summary: format!("ship to {}", chosen.title),
        stale: stale(shared, chosen),
        needs: service::obstacle(shared).filter(|_| !shared.draft.has_job()),
        ..StepProgress::default()
    }
}

/// Why the location may no longer fit. A job that was created keeps its location.
fn stale(shared: &Shared, chosen: &ChosenLocation) -> Option<String> {
    let why = if region(shared).is_some_and(|region| region != chosen.account_location) {
        "the account is in another region now"
    } else if chosen.service != shared.draft.service() {
        "the job goes to another service now"
    } else if question(shared).is_some_and(|(_, query)| query.country_code != chosen.country_code) {
        "the drives go back to another country now"
    } else {
        return None;
    };
    Some(why.to_owned()).filter(|_| !shared.draft.has_job())
}

/// The draft's service and the question to it. The classic service lists all its locations without a question.
fn question(shared: &Shared) -> Option<(ServiceName, LocationQuery)> {
    let query = service::query(shared)?;
    match shared.draft.service() {
        ServiceName::DataBox => Some((ServiceName::DataBox, query)),
        ServiceName::ImportExport => Some((ServiceName::ImportExport, LocationQuery::default())),
    }
}

/// Region of the chosen account.
pub fn region(shared: &Shared) -> Option<LocationName> {
    shared.draft.account.as_ref().map(|chosen| LocationName::new(&chosen.account.location))
}

impl LocationStep {
    /// The way found for the account's region, once the locations were read.
    pub fn route(shared: &Shared) -> Option<Route> {
        let (locations, region) = (known(shared)?, region(shared)?);
        Some(match shared.draft.service() {
            ServiceName::DataBox => served(locations, &region),
            ServiceName::ImportExport => route(locations, &region),
        })
    }

    /// The open locations; a person picks one when the region has none.
    pub fn open_locations(shared: &Shared) -> Vec<&Location> {
        known(shared).into_iter().flatten().filter(|location| location.is_open()).collect()
    }

    /// The location the step would choose now.
    pub fn candidate<'a>(&self, shared: &'a Shared) -> Option<&'a Location> {
        match Self::route(shared)? {
            Route::Found(way) => listed(shared, way.last()?),
            Route::Served(name) => listed(shared, &name),
            Route::Unknown | Route::Broken(_) => Self::open_locations(shared).get(self.row).copied(),
        }
    }

    fn choose(&self, shared: &mut Shared) -> bool {
        let (Some(region), Some(location)) = (region(shared), self.candidate(shared).cloned()) else { return false };
        // The job is created in the account's region where the service knows it, so that the service itself
        // fills in the address; otherwise in the location that stands in for it.
        let known = matches!(Self::route(shared), Some(Route::Found(_) | Route::Served(_)));
        let Some((service, query)) = question(shared) else { return false };
        let job_location = if known { region.clone() } else { location.name.clone() };
        shared.draft.location = Some(ChosenLocation {
            service,
            job_location,
            ships_to: location.name.clone(),
            title: location.title.clone(),
            address: location.address.clone(),
            carriers: location.carriers.clone(),
            account_location: region,
            country_code: query.country_code,
        });
        true
    }
}

fn find<'a>(locations: &'a [Location], name: &LocationName) -> Option<&'a Location> {
    locations.iter().find(|location| location.name == *name)
}

/// The location of this name among those that were read.
pub fn listed<'a>(shared: &'a Shared, name: &LocationName) -> Option<&'a Location> {
    find(known(shared)?, name)
}

/// The locations of the draft's service for its account and country; `None` until they were read.
fn known(shared: &Shared) -> Option<&[Location]> {
    shared.catalogue.locations.as_ref()?.answer_to(&question(shared)?).map(Vec::as_slice)
}

/// Where Data Box exports data of a region: the only place it names, or the region itself among several.
fn served(locations: &[Location], region: &LocationName) -> Route {
    match locations {
        [only] => Route::Served(only.name.clone()),
        several if find(several, region).is_some() => Route::Served(region.clone()),
        _ => Route::Unknown,
    }
}

impl LocationStep {
    /// Asks for the locations, unless they were read for this service, account and country.
    fn ask(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(wanted) = question(shared) else { return Vec::new() };
        match &shared.catalogue.locations {
            Some(sent) if sent.question == wanted => {
                let known_or_coming = sent.answer.is_some() || shared.requests.is_busy(Slot::Locations);
                if known_or_coming || self.fault.is_some() {
                    return Vec::new();
                }
            }
            _ => (shared.catalogue.locations, self.fault, self.row) = (None, None, 0),
        }
        if shared.session.is_none() {
            return Vec::new();
        }
        let (service, query) = wanted.clone();
        shared.catalogue.locations = Some(Inquiry::new(wanted));
        vec![shared.start(Slot::Locations, Call::Locations(service, query))]
    }
}

impl StepLogic for LocationStep {
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let mut effects = service::ask(shared);
        effects.extend(self.ask(shared));
        effects
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let busy = shared.requests.is_busy(Slot::Locations).then_some(Context::Busy);
        let found = matches!(Self::route(shared), Some(Route::Found(_) | Route::Served(_)));
        let services = service::may_switch(shared).then_some(Context::Services);
        let onward = (found || Self::open_locations(shared).is_empty()).then_some(Context::Onward);
        failed.into_iter().chain(busy).chain(onward).chain(services).chain([Context::List, Context::Loaded]).collect()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        match action {
            Action::Move(motion) => self.row = list::moved(self.row, Self::open_locations(shared).len(), motion, 10),
            Action::Activate | Action::Toggle => return StepOutcome::next(),
            Action::Retry | Action::Reload => {
                (self.fault, shared.catalogue.locations) = (None, None);
                if action == Action::Reload {
                    shared.catalogue.services = None;
                }
                return self.enter(shared).into();
            }
            Action::SwitchService => {
                service::switch(shared);
                return self.enter(shared).into();
            }
            Action::CancelRequest => {
                self.fault = Some(Fault::cancelled("list the shipping locations"));
                return shared.requests.cancel(Slot::Locations).into_iter().collect::<Vec<_>>().into();
            }
            _ => {}
        }
        StepOutcome::stay()
    }

    fn done(&mut self, shared: &mut Shared, _slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        match outcome {
            Ok(Reply::Locations(list)) => {
                if let Some(inquiry) = &mut shared.catalogue.locations {
                    inquiry.answer = Some(list);
                }
            }
            Ok(other) => self.fault = Some(other.unexpected()),
            Err(fault) => self.fault = Some(fault),
        }
        StepOutcome::stay()
    }

    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        if let Some(why) = service::obstacle(shared).filter(|_| !shared.is_ordered()) {
            let switch = shared.key(&Action::SwitchService);
            return Err(format!("{why}. {switch} gives the job to {}.", service::other(shared).title()));
        }
        // A location that was sent is not chosen again.
        if shared.is_ordered() || self.choose(shared) {
            Ok(Vec::new())
        } else if shared.requests.is_busy(Slot::Locations) {
            Err("The locations are still being read.".into())
        } else {
            Err("Settle on a shipping location first.".into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::azure::model::ShippingAddress;

    fn place(name: &str, alternates: &[&str]) -> Location {
        Location {
            name: LocationName::new(name),
            title: name.into(),
            address: ShippingAddress::default(),
            carriers: Vec::new(),
            alternates: alternates.iter().map(|name| LocationName::new(name)).collect(),
        }
    }

    fn names(names: &[&str]) -> Vec<LocationName> {
        names.iter().map(|name| LocationName::new(name)).collect()
    }

    #[test]
    fn an_open_location_receives_its_own_drives() {
        let list = [place("West Europe", &["westeurope"])];
        assert_eq!(route(&list, &LocationName::new("westeurope")), Route::Found(names(&["westeurope"])));
    }

    #[test]
    fn a_closed_location_sends_them_on_even_twice() {
        let list = [
            place("North Europe", &["westeurope"]),
            place("West Europe", &["uksouth"]),
            place("UK South", &["uksouth"]),
        ];
        let way = names(&["northeurope", "westeurope", "uksouth"]);
        assert_eq!(route(&list, &LocationName::new("North Europe")), Route::Found(way));
    }

    #[test]
    fn locations_that_point_at_each_other_end_somewhere() {
        let list = [place("a", &["b"]), place("b", &["a"])];
        assert_eq!(route(&list, &LocationName::new("a")), Route::Broken(LocationName::new("b")));
        let dangling = [place("a", &["nowhere"])];
        assert_eq!(route(&dangling, &LocationName::new("a")), Route::Broken(LocationName::new("a")));
    }

    #[test]
    fn a_region_the_service_does_not_know_is_told_apart() {
        assert_eq!(route(&[place("a", &["a"])], &LocationName::new("Sweden Central")), Route::Unknown);
    }
}
