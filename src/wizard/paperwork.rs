//! Papers that a parcel needs: those of the datacenter's country, and those of a border that the drives cross.
//!
//! The rules of the countries are those of Microsoft's FAQ on Import/Export (2021). They do not depend on the service.

use crate::azure::model::{LocationName, ShippingAddress};
use crate::form::country::{self, Country};
use crate::wizard::shared::Shared;

const INBOUND: &str = "parcels need a Microsoft inbound ID, or they are refused. Write to adbops@microsoft.com with the job's name before you ship, and put the ID on the parcel.";

const INDIA: &str = "for the way back the datacenter wants a delivery challan on your letterhead. You book the pick-up with your carrier; the driver's government ID and the number plate are needed for the gate pass.";

/// The papers for drives that go from `home` to a location and back, one sentence or two each.
pub fn papers(address: &ShippingAddress, region: &LocationName, home: &str) -> Vec<String> {
    let there = country::of_place(&address.country, region);
    let local = there.and_then(|there| of_country(there, region));
    let border = there.zip(country::exact(home)).and_then(|(there, home)| of_border(there, home));
    local.into_iter().chain(border).collect()
}

/// What is said of the location that the draft has chosen.
pub fn of_draft(shared: &Shared) -> Vec<String> {
    let home = &shared.draft.address.address.country;
    let chosen = shared.draft.location.as_ref();
    chosen.map(|chosen| papers(&chosen.address, &chosen.ships_to, home)).unwrap_or_default()
}

/// The same for the hour of shipping: what the parcel needs, without the border that needs no papers.
pub fn for_parcel(shared: &Shared) -> Vec<String> {
    let Some(chosen) = &shared.draft.location else { return Vec::new() };
    // The job may name another place than the location that was chosen.
    let own = shared.draft.job.as_ref().map(|known| &known.shipping).filter(|own| own.is_complete());
    let there = country::of_place(&own.unwrap_or(&chosen.address).country, &chosen.ships_to);
    let local = there.and_then(|there| of_country(there, &chosen.ships_to));
    let ends = there.zip(country::exact(&shared.draft.address.address.country));
    let border =
        ends.filter(|(there, home)| !within_union(there, home)).and_then(|(there, home)| of_border(there, home));
    local.into_iter().chain(border).collect()
}

/// What the datacenters of a country want.
fn of_country(there: &Country, region: &LocationName) -> Option<String> {
    let wants = match there.alpha2 {
        "AU" | "DE" => INBOUND,
        "GB" if region.as_str() == "uksouth" => INBOUND,
        "IN" => INDIA,
        _ => return None,
    };
    let place = if there.alpha2 == "GB" { "UK South" } else { there.name };
    Some(format!("{place}: {wants}"))
}

/// The drives cross a border on both ways.
fn of_border(there: &Country, home: &Country) -> Option<String> {
    if home == there {
        return None;
    }
    let papers = if within_union(there, home) { "" } else { "customs papers both ways, and " };
    Some(format!(
        "The drives cross a border twice ({} to {} and back): {papers}an international carrier account.",
        home.name, there.name
    ))
}

/// Between members of the European Union no customs papers are needed.
fn within_union(there: &Country, home: &Country) -> bool {
    const UNION: &str = "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
    [home, there].iter().all(|country| UNION.split(' ').any(|code| code == country.alpha2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(region: &str, country: &str, home: &str) -> String {
        let address = ShippingAddress { country: country.into(), ..ShippingAddress::default() };
        papers(&address, &LocationName::new(region), home).join(" ")
    }

    #[test]
    fn a_border_is_told_also_where_the_location_shows_no_address() {
        for (region, shown, home, part) in [
            ("Australia Southeast", " ", "Norway", "Norway to Australia and back): customs papers both ways"),
            ("Southeast Asia", "+65 0000 0000", "Norge", "Norway to Singapore"),
            ("West Europe", "Netherlands (NL)", "Belgium", "and back): an international"),
            ("West Europe", "Netherlands (NL)", "Nederland", ""),
            ("Korea Central", "Republic of Korea", "South Korea", ""),
            ("West US", "USA", "United States", ""),
            ("West US", "USA", "", ""),
            ("Atlantis", "", "Norway", ""),
        ] {
            let found = at(region, shown, home);
            assert!(found.contains(part) && found.is_empty() == part.is_empty(), "{region} {home}: {found}");
        }
    }

    #[test]
    fn w72_papers_of_four_countries_are_told_with_and_without_a_street() {
        for (region, shown, home, part) in [
            ("Australia East", " ", "Australia", Some("Australia: parcels need a Microsoft inbound ID")),
            ("Germany West Central", "Germany", "Germany", Some("adbops@microsoft.com")),
            ("UK South", "", "United Kingdom", Some("UK South: parcels need")),
            ("Central India", "", "India", Some("delivery challan")),
            ("UK West", "", "United Kingdom", None),
            ("North Europe", "Ireland", "Ireland", None),
        ] {
            let found = at(region, shown, home);
            assert!(part.map_or(found.is_empty(), |part| found.contains(part)), "{region}: {found}");
        }
    }
}
