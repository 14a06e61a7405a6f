//! availableSkus: whether an export to a country is offered for a region, and from where its disks are sent back.

use serde_json::{Value, json};

use super::super::arm::request::{PAGE, paged};
use super::super::jobs::place::{JobRefusal, invalid, missing};
use super::super::locations::short;
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::super::switches::DataBoxOffer;
use super::details::SKU;
use super::regions;

/// Why the sku is disabled: the service's word and its sentence.
pub(super) type DisabledReason = (&'static str, &'static str);

/// Answers POST `.../availableSkus`.
pub(super) fn available(state: &SimState, request: &Request, body: &Value) -> Result<Response, JobRefusal> {
    if state.switches.data_box == DataBoxOffer::Forbidden {
        let text = "The client does not have authorization to perform action 'Microsoft.DataBox/locations/availableSkus/action' over this scope.";
        return Err((403, "AuthorizationFailed", text.to_owned()));
    }
    let member = |name: &str| body[name].as_str().filter(|text| !text.is_empty()).ok_or_else(|| missing(name));
    let (transfer, country, region) = (member("transferType")?, member("country")?, member("location")?);
    if !["ExportFromAzure", "ImportToAzure"].contains(&transfer) {
        return Err(invalid("transferType", "ExportFromAzure or ImportToAzure"));
    }
    let wanted = body["skuNames"].as_array().is_none_or(|names| names.is_empty() || names.iter().any(|n| n == SKU));
    let mut skus = Vec::new();
    if wanted && state.switches.data_box != DataBoxOffer::Absent {
        skus.push(sku(state, country, region));
    }
    Ok(paged(state, request, &skus, PAGE))
}

fn sku(state: &SimState, country: &str, region: &str) -> Value {
    let disabled = disabled_reason(state, country, region);
    let service =
        regions::service_location(state, region).filter(|_| disabled.is_none_or(|(word, _)| word != "Region"));
    let map: Vec<Value> =
        service.iter().map(|service| json!({ "dataLocation": short(region), "serviceLocation": service })).collect();
    let mut properties = json!({
        "dataLocationToServiceLocationMap": map, "capacity": { "usable": "", "maximum": "" }, "costs": [],
        "apiVersions": ["2018-01-01"], "disabledReason": disabled.map_or("None", |(word, _)| word),
        "countriesWithinCommerceBoundary": regions::countries(state, region),
    });
    if let Some((_, message)) = disabled {
        properties["disabledReasonMessage"] = json!(message);
    }
    json!({ "sku": { "name": SKU, "model": SKU }, "enabled": disabled.is_none(), "properties": properties })
}

/// Why an export from a region to a country is not offered; `None` when it is.
pub(super) fn disabled_reason(state: &SimState, country: &str, region: &str) -> Option<DisabledReason> {
    let reason = |word, message| Some((word, message));
    match state.switches.data_box {
        DataBoxOffer::Country => reason("Country", "The service is not available in this country."),
        DataBoxOffer::Region | DataBoxOffer::Absent => reason("Region", "The service is not available in this region."),
        DataBoxOffer::Feature => {
            reason("Feature", "The subscription is not registered for a feature the service needs.")
        }
        DataBoxOffer::OfferType => {
            reason("OfferType", "The offer of the subscription does not include the service. Enterprise agreements do.")
        }
        DataBoxOffer::NoSubscriptionInfo => reason("NoSubscriptionInfo", "Nothing is known about the subscription."),
        DataBoxOffer::Offered | DataBoxOffer::Forbidden => {
            if regions::service_location(state, region).is_none() {
                return reason("Region", "The service is not available in this region.");
            }
            let reached = regions::countries(state, region).iter().any(|code| code.eq_ignore_ascii_case(country));
            if reached { None } else { reason("Country", "Disks of this region are not sent to this country.") }
        }
    }
}
