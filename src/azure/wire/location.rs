//! Import/Export locations and the addresses in them, read from JSON.

use super::{arm::last_part, json::JsonView};
use crate::azure::model::{Location, LocationName, ShippingAddress};

/// One location (Microsoft page: Locations - List); `None` with neither name nor id.
pub(crate) fn location(view: JsonView<'_>) -> Option<Location> {
    let id = view.at("id").text();
    let title = view.at("name").word().or_else(|| last_part(&id))?;
    let properties = view.at("properties");
    let name = LocationName::new(if id.is_empty() { &title } else { &id });
    Some(Location {
        address: address(properties, "additionalShippingInformation"),
        carriers: properties.at("supportedCarriers").words(),
        alternates: properties.at("alternateLocations").words().iter().map(|id| LocationName::new(id)).collect(),
        title: title.trim().to_owned(),
        name,
    })
}

/// A datacenter's address, kept as the service wrote it; `hints` is the member with additional information, which differs between answers.
pub(crate) fn address(view: JsonView<'_>, hints: &str) -> ShippingAddress {
    ShippingAddress {
        recipient: view.at("recipientName").text(),
        street1: view.at("streetAddress1").text(),
        street2: view.at("streetAddress2").text(),
        city: view.at("city").text(),
        state: view.at("stateOrProvince").text(),
        postal_code: view.at("postalCode").text(),
        country: view.at("countryOrRegion").text(),
        phone: view.at("phone").text(),
        additional: view.at(hints).text(),
        ..ShippingAddress::default()
    }
}
