//! The shipping location step: which location receives the drives for the account's region, following alternates, and why.

use super::conduct::{Conduct, Turn};
use super::desk::Desk;
use super::list;
use super::rail::Progress;
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::Fault;
use crate::azure::model::{Location, LocationName};
use crate::draft::ChosenLocation;

/// Why no step beyond picking blobs opens for an account that was given without a sign-in.
pub const ONLY_GIVEN: &str = "sign in first (Alt-1): a key opens only blobs";

/// The state of the step.
#[derive(Debug, Default)]
pub struct ShippingLocation {
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
    /// The service does not know the region.
    Unknown,
    /// Locations point at each other, or at one that is not listed; where the trail ended.
    Broken(LocationName),
}

/// Follows `alternateLocations` from a region to an open location (Microsoft page: Locations - Get).
pub fn route(locations: &[Location], region: &LocationName) -> Route {
    let Some(mut here) = locations.iter().find(|location| location.name == *region) else { return Route::Unknown };
    let mut way = vec![here.name.clone()];
    while !here.is_open() {
        let onward = here.alternates.iter().find_map(|name| locations.iter().find(|location| location.name == *name));
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

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    let Some(chosen) = &desk.draft.location else {
        if desk.given().is_some() {
            return Progress::locked(ONLY_GIVEN);
        }
        if desk.draft.account.is_none() {
            return Progress::locked("choose an account first");
        }
        return Progress { needs: Some("settle where the drives go".into()), ..Progress::default() };
    };
    // The job has its location; what became of the account's region since changes nothing.
    let moved = !desk.draft.has_job() && region(desk).is_some_and(|region| region != chosen.account_location);
    Progress {
        answered: true,
        summary: format!("ship to {}", chosen.title),
        stale: moved.then(|| "the account is in another region now".to_owned()),
        ..Progress::default()
    }
}

/// Region of the chosen account.
pub fn region(desk: &Desk) -> Option<LocationName> {
    desk.draft.account.as_ref().map(|chosen| LocationName::new(&chosen.account.location))
}

impl ShippingLocation {
    /// The way found for the account's region, once the locations were read.
    pub fn route(desk: &Desk) -> Option<Route> {
        Some(route(desk.catalogue.locations.as_ref()?, &region(desk)?))
    }

    /// The locations a person may pick from when the region has none: the open ones.
    pub fn open_locations(desk: &Desk) -> Vec<&Location> {
        desk.catalogue.locations.iter().flatten().filter(|location| location.is_open()).collect()
    }

    /// The location the step would choose now.
    pub fn candidate<'a>(&self, desk: &'a Desk) -> Option<&'a Location> {
        match Self::route(desk)? {
            Route::Found(way) => {
                let last = way.last()?;
                desk.catalogue.locations.iter().flatten().find(|location| location.name == *last)
            }
            Route::Unknown | Route::Broken(_) => Self::open_locations(desk).get(self.row).copied(),
        }
    }

    fn choose(&self, desk: &mut Desk) -> bool {
        let (Some(region), Some(location)) = (region(desk), self.candidate(desk).cloned()) else { return false };
        // The job is created in the account's region where the service knows it, so that the service itself
        // fills in the address; otherwise in the location that stands in for it.
        let known = matches!(Self::route(desk), Some(Route::Found(_)));
        let job_location = if known { region.clone() } else { location.name.clone() };
        desk.draft.location = Some(ChosenLocation {
            job_location,
            ships_to: location.name.clone(),
            title: location.title.clone(),
            address: location.address.clone(),
            carriers: location.carriers.clone(),
            account_location: region,
        });
        true
    }
}

impl Conduct for ShippingLocation {
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let missing = desk.session.is_some() && desk.catalogue.locations.is_none() && self.fault.is_none();
        if missing && !desk.requests.is_busy(Slot::Locations) {
            return vec![desk.start(Slot::Locations, Call::Locations)];
        }
        Vec::new()
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let busy = desk.requests.is_busy(Slot::Locations).then_some(Context::Busy);
        let found = matches!(Self::route(desk), Some(Route::Found(_)));
        let onward = (found || Self::open_locations(desk).is_empty()).then_some(Context::Onward);
        failed.into_iter().chain(busy).chain(onward).chain([Context::List, Context::Loaded]).collect()
    }

    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn {
        match action {
            Action::Move(motion) => self.row = list::moved(self.row, Self::open_locations(desk).len(), motion, 10),
            Action::Activate | Action::Toggle => return Turn::next(),
            Action::Retry | Action::Reload => {
                self.fault = None;
                desk.catalogue.locations = None;
                return desk.start(Slot::Locations, Call::Locations).into();
            }
            Action::CancelRequest => {
                self.fault = Some(Fault::cancelled("list the shipping locations"));
                return desk.requests.cancel(Slot::Locations).into_iter().collect::<Vec<_>>().into();
            }
            _ => {}
        }
        Turn::stay()
    }

    fn done(&mut self, desk: &mut Desk, _slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        match outcome {
            Ok(Reply::Locations(list)) => desk.catalogue.locations = Some(list),
            Ok(_) => {}
            Err(fault) => self.fault = Some(fault),
        }
        Turn::stay()
    }

    fn leave(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        // What was sent stays as it was sent.
        if desk.is_ordered() || self.choose(desk) {
            Ok(Vec::new())
        } else if desk.requests.is_busy(Slot::Locations) {
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
