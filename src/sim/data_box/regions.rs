//! regionConfiguration, and what else follows from a region: the service location, its address, its country, its data centre.

use serde_json::{Value, json};

use super::super::jobs::place::{JobRefusal, missing};
use super::super::response::Response;
use super::super::state::SimState;
use super::details::SKU;

/// A part of the world within which data may be carried: the service locations in it, the country and centre of each, and the countries it ships to.
type CommerceBoundary = (&'static [(&'static str, &'static str, &'static str)], &'static [&'static str]);

const BOUNDARIES: [CommerceBoundary; 10] = [
    (
        &[
            ("eastus", "US", "BL24"),
            ("centralus", "US", "DSM11"),
            ("northcentralus", "US", "CH1"),
            ("westus", "US", "BY24"),
            ("westus2", "US", "MWH01"),
        ],
        &["US", "PR"],
    ),
    (&[("canadacentral", "CA", "YTO20"), ("canadaeast", "CA", "YQB20")], &["CA"]),
    (&[("brazilsouth", "BR", "CPQ20")], &["BR"]),
    (
        &[("westeurope", "NL", "AMS06"), ("northeurope", "IE", "DUB20")],
        &[
            "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT",
            "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
        ],
    ),
    (&[("uksouth", "GB", "LON24")], &["GB"]),
    (&[("australiaeast", "AU", "SYD23"), ("australiasoutheast", "AU", "MEL23")], &["AU", "NZ"]),
    (&[("japaneast", "JP", "TYO22"), ("japanwest", "JP", "OSA22")], &["JP"]),
    (&[("centralindia", "IN", "PNQ01"), ("southindia", "IN", "MAA01")], &["IN"]),
    (&[("koreacentral", "KR", "SEL21")], &["KR"]),
    (&[("eastasia", "HK", "HKG20"), ("southeastasia", "SG", "SIN20")], &["HK", "SG"]),
];

/// The service location of a region, in its short form; `None` for a region that Data Box does not know.
pub(super) fn service_location(state: &SimState, region: &str) -> Option<String> {
    state.locations.receiving(region)
}

/// The countries that drives of a region are sent back to.
pub(super) fn countries(state: &SimState, region: &str) -> &'static [&'static str] {
    let service = service_location(state, region).unwrap_or_default();
    let boundary = BOUNDARIES.iter().find(|(centres, _)| centres.iter().any(|(name, ..)| *name == service));
    boundary.map_or(&[], |(_, countries)| countries)
}

fn centre(state: &SimState, region: &str) -> Option<(&'static str, &'static str)> {
    let service = service_location(state, region)?;
    let mut centres = BOUNDARIES.iter().flat_map(|(centres, _)| centres.iter());
    centres.find(|(name, ..)| *name == service).map(|(_, country, code)| (*country, *code))
}

/// The code of the data centre.
pub(super) fn data_center(state: &SimState, region: &str) -> &'static str {
    centre(state, region).map_or("AdHoc", |(_, code)| code)
}

/// The address that disks of a region are sent to, or the way to ask for one.
pub(super) fn address(state: &SimState, region: &str) -> Value {
    let service = service_location(state, region).unwrap_or_default();
    let found = state.locations.find(&service).map_or(&Value::Null, |location| &location["properties"]);
    let text = |name: &str| found[name].as_str().unwrap_or("").trim().to_owned();
    let mut address = if text("streetAddress1").is_empty() {
        let instruction = format!("{} {}", text("recipientName"), text("additionalShippingInformation"));
        json!({ "datacenterAddressType": "DatacenterAddressInstruction", "communicationInstruction": instruction.trim() })
    } else {
        json!({
            "datacenterAddressType": "DatacenterAddressLocation", "contactPersonName": text("recipientName"), "company": "Rehearsal, not a data centre",
            "street1": text("streetAddress1"), "street2": text("streetAddress2"), "street3": "", "city": text("city"),
            "state": text("stateOrProvince"), "zip": text("postalCode"), "country": centre(state, &service).map_or("", |(country, _)| country),
            "phone": text("phone"), "phoneExtension": "", "addressType": "Commercial",
            "additionalShippingInformation": text("additionalShippingInformation"),
        })
    };
    address["supportedCarriersForReturnShipment"] = found["supportedCarriers"].clone();
    address["dataCenterAzureLocation"] = json!(service);
    address
}

/// Answers POST `.../regionConfiguration`: each question in the body has its answer.
pub(super) fn configuration(state: &SimState, region: &str, body: &Value) -> Result<Response, JobRefusal> {
    let mut answer = json!({});
    if let Some(asked) = body.get("datacenterAddressRequest") {
        let storage =
            asked["storageLocation"].as_str().ok_or_else(|| missing("datacenterAddressRequest.storageLocation"))?;
        if asked["skuName"] != SKU {
            return Err((400, "SsemUserErrorSkuNotSupported", format!("Only the sku {SKU} is simulated.")));
        }
        if service_location(state, storage).is_none() || service_location(state, region).is_none() {
            let text = format!("The location '{storage}' is not a location of Data Box.");
            return Err((400, "SsemUserErrorLocationNotSupported", text));
        }
        answer["datacenterAddressResponse"] = address(state, storage);
    }
    if body.get("transportAvailabilityRequest").is_some() {
        let kinds = json!([{ "shipmentType": "CustomerManaged" }]);
        answer["transportAvailabilityResponse"] = json!({ "transportAvailabilityDetails": kinds });
    }
    if body.get("deviceCapabilityRequest").is_some() {
        answer["deviceCapabilityResponse"] =
            json!({ "deviceCapabilityDetails": [{ "hardwareEncryption": "Disabled" }] });
    }
    if body.get("scheduleAvailabilityRequest").is_some() {
        return Err((
            400,
            "SsemUserErrorSkuNotSupported",
            "There is no schedule for the customer's own disks.".to_owned(),
        ));
    }
    Ok(Response::json(200, &answer))
}
