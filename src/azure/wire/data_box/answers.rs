//! What the service answers to the questions before there is a job: skus, regions, checks.

use super::{super::json::JsonView, SKU, address, members::error, questions::CHECKS};
use crate::azure::model::{CheckResult, CheckSubject, JobCheck, LocationName, ServiceError, ShippingAddress};

/// One sku of availableSkus.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SkuAnswer {
    pub(crate) enabled: bool,
    /// Why it is not enabled, where the service says so.
    pub(crate) disabled: Option<ServiceError>,
    /// Data of the first region is copied in the second one.
    pub(crate) regions: Vec<(LocationName, LocationName)>,
}

/// The sku of the customer's own disks; `None` for the others.
pub(crate) fn customer_disk_sku(view: JsonView<'_>) -> Option<SkuAnswer> {
    if !view.at("sku").at("name").text().eq_ignore_ascii_case(SKU) {
        return None;
    }
    let properties = view.at("properties");
    let code = properties.at("disabledReason").word().filter(|code| !code.eq_ignore_ascii_case("None"));
    let message = properties.at("disabledReasonMessage").word();
    let says_why = code.is_some() || message.is_some();
    let region = |view: JsonView<'_>, name: &str| view.at(name).word().map(|name| LocationName::new(&name));
    let pair = |view| region(view, "dataLocation").zip(region(view, "serviceLocation"));
    Some(SkuAnswer {
        enabled: view.at("enabled").flag(false),
        disabled: says_why
            .then(|| ServiceError { code: code.unwrap_or_default(), message: message.unwrap_or_default() }),
        regions: properties.at("dataLocationToServiceLocationMap").items().filter_map(pair).collect(),
    })
}

/// Where drives go to for the data of one region.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DatacenterAnswer {
    /// The address, or how to ask for it.
    pub(crate) address: ShippingAddress,
    /// The carriers that bring the drives back.
    pub(crate) carriers: Vec<String>,
    /// The region of the datacenter.
    pub(crate) region: Option<LocationName>,
}

/// The datacenter in a region configuration; `None` when the answer has none.
pub(crate) fn datacenter(view: JsonView<'_>) -> Option<DatacenterAnswer> {
    let response = view.at("datacenterAddressResponse");
    response.is_object().then(|| DatacenterAnswer {
        address: address::datacenter(response),
        carriers: response.at("supportedCarriersForReturnShipment").words(),
        region: response.at("dataCenterAzureLocation").word().map(|name| LocationName::new(&name)),
    })
}

/// The checks of validateInputs by their type, whatever their order; `None` when the answer holds none. One that was asked for and is not
/// answered counts as skipped.
pub(crate) fn checks(view: JsonView<'_>) -> Option<Vec<JobCheck>> {
    let answers = view.at("properties").at("individualResponseDetails");
    answers.array()?;
    let mut checks: Vec<JobCheck> = answers.items().filter_map(check).collect();
    for asked in CHECKS {
        let subject = subject(asked);
        if !checks.iter().any(|check| check.subject == subject) {
            checks.push(JobCheck { subject, result: CheckResult::Skipped, error: None, alternatives: Vec::new() });
        }
    }
    Some(checks)
}

fn check(view: JsonView<'_>) -> Option<JobCheck> {
    // The address has a member of its own for what came out.
    let result = view.at("status").word().or_else(|| view.at("validationStatus").word());
    let addresses = view.at("alternateAddresses").items();
    Some(JobCheck {
        subject: subject(&view.at("validationType").word()?),
        result: result.map_or(CheckResult::Skipped, |word| outcome(&word)),
        error: error(view.at("error")),
        alternatives: addresses.filter_map(|address| address::return_address(JsonView::missing(), address)).collect(),
    })
}

fn subject(validation: &str) -> CheckSubject {
    match validation {
        "ValidateSubscriptionIsAllowedToCreateJob" => CheckSubject::Subscription,
        "ValidateSkuAvailability" => CheckSubject::Availability,
        "ValidateCreateOrderLimit" => CheckSubject::JobLimit,
        "ValidateDataTransferDetails" => CheckSubject::Selection,
        "ValidateAddress" => CheckSubject::Address,
        "ValidatePreferences" => CheckSubject::Preferences,
        other => CheckSubject::Other(other.to_owned()),
    }
}

fn outcome(word: &str) -> CheckResult {
    match word.to_ascii_lowercase().as_str() {
        "valid" => CheckResult::Valid,
        "invalid" => CheckResult::Invalid,
        "ambiguous" => CheckResult::Ambiguous,
        "skipped" => CheckResult::Skipped,
        _ => CheckResult::Unknown(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn region(name: &str) -> LocationName {
        LocationName::new(name)
    }

    #[test]
    fn a_sku_says_where_it_is_served_or_why_it_is_not() {
        let sku = |value: Value| customer_disk_sku(JsonView::new(&value));
        let enabled = json!({ "sku": { "name": "DataBoxCustomerDisk", "model": "DataBoxCustomerDisk" }, "enabled": true, "properties": {
            "dataLocationToServiceLocationMap": [{ "dataLocation": "North Europe", "serviceLocation": "westeurope" }, { "dataLocation": "uksouth" }],
            "disabledReason": "None", "requiredFeature": "x", "costs": [{ "multiplier": 1.0 }]
        } });
        let answer =
            SkuAnswer { enabled: true, disabled: None, regions: vec![(region("northeurope"), region("westeurope"))] };
        assert_eq!(sku(enabled), Some(answer));
        let disabled = json!({ "sku": { "name": "DataBoxCustomerDisk" }, "enabled": false, "properties": {
            "disabledReason": "OfferType", "disabledReasonMessage": "Not for this offer."
        } });
        let why = ServiceError { code: "OfferType".into(), message: "Not for this offer.".into() };
        assert_eq!(sku(disabled).unwrap().disabled, Some(why));
        assert_eq!(sku(json!({ "sku": { "name": "DataBox" }, "enabled": true })), None);
        assert!(
            !sku(json!({ "sku": { "name": "DataBoxCustomerDisk" } })).unwrap().enabled,
            "what is not said is not promised"
        );
    }

    #[test]
    fn a_region_has_an_address_or_an_instruction() {
        let answer = |value: Value| datacenter(JsonView::new(&value));
        let found = answer(json!({ "datacenterAddressResponse": {
            "datacenterAddressType": "DatacenterAddressInstruction", "communicationInstruction": "Write to the dock.",
            "supportedCarriersForReturnShipment": ["DHL"], "dataCenterAzureLocation": "Australia East"
        } }))
        .unwrap();
        assert_eq!(
            (found.carriers.as_slice(), found.region),
            (["DHL".to_owned()].as_slice(), Some(region("australiaeast")))
        );
        assert_eq!((found.address.is_complete(), found.address.instruction.as_str()), (false, "Write to the dock."));
        assert_eq!(answer(json!({ "transportAvailabilityResponse": {} })), None);
    }

    #[test]
    fn checks_are_matched_by_type_and_success_is_no_error() {
        let value = json!({ "properties": { "status": "InputsRevisitRequired", "individualResponseDetails": [
            { "validationType": "ValidateAddress", "validationStatus": "Ambiguous", "alternateAddresses": [
                { "streetAddress1": "KAAI 4", "streetAddress2": "", "country": "BE", "addressType": "None" }
            ] },
            { "validationType": "ValidateDataTransferDetails", "status": "Invalid", "error": { "code": "SsemUserErrorX", "message": "No such container." } },
            { "validationType": "ValidateSkuAvailability", "status": "Valid", "error": { "code": "Success", "target": "KeyEncryptionKey", "details": [], "additionalInfo": [] } },
            { "validationType": "ValidateTomorrow", "status": "Perhaps" }
        ] } });
        let checks = checks(JsonView::new(&value)).unwrap();
        let of = |subject: CheckSubject| checks.iter().find(|check| check.subject == subject).unwrap();
        let address = of(CheckSubject::Address);
        assert_eq!((&address.result, address.alternatives[0].street1.as_str()), (&CheckResult::Ambiguous, "KAAI 4"));
        assert_eq!(of(CheckSubject::Selection).error.as_ref().unwrap().message, "No such container.");
        assert!(of(CheckSubject::Availability).passed() && of(CheckSubject::Availability).error.is_none());
        assert_eq!(of(CheckSubject::JobLimit).result, CheckResult::Skipped, "asked for, and not answered");
        assert_eq!(of(CheckSubject::Other("ValidateTomorrow".into())).result, CheckResult::Unknown("Perhaps".into()));
        assert!(super::checks(JsonView::new(&json!({ "properties": {} }))).is_none());
    }
}
