//! Import/Export locations and the addresses in them, read from JSON.

use super::{arm::last_part, json::JsonView};
use crate::azure::model::{Location, LocationName, ShippingAddress};

/// One location (Microsoft page: Locations - List); `None` with neither name nor id.
pub(crate) fn location(look: JsonView<'_>) -> Option<Location> {
    let id = look.at("id").text();
    let title = look.at("name").word().or_else(|| last_part(&id))?;
    let properties = look.at("properties");
    let name = LocationName::new(if id.is_empty() { &title } else { &id });
    Some(Location {
        address: address(properties, "additionalShippingInformation"),
        carriers: properties.at("supportedCarriers").words(),
        alternates: properties.at("alternateLocations").words().iter().map(|id| LocationName::new(id)).collect(),
        title: title.trim().to_owned(),
        name,
    })
}

/// A datacenter's address, kept with its dirt; `hints` is the member with additional information, which differs between answers.
pub(crate) fn address(look: JsonView<'_>, hints: &str) -> ShippingAddress {
    ShippingAddress {
        recipient: look.at("recipientName").text(),
        street1: look.at("streetAddress1").text(),
        street2: look.at("streetAddress2").text(),
        city: look.at("city").text(),
        state: look.at("stateOrProvince").text(),
        postal_code: look.at("postalCode").text(),
        country: look.at("countryOrRegion").text(),
        phone: look.at("phone").text(),
        additional: look.at(hints).text(),
    }
}
