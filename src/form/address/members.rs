//! The return address in the words of the service: each member of the create request that has a value.

use super::sent;
use crate::azure::model::{AddressKind, ServiceName, joined};
use crate::draft::AddressAnswers;

/// Name and text of each member. Empty ones are not sent.
pub fn members(answers: &AddressAnswers, service: ServiceName) -> Vec<(&'static str, String)> {
    let address = sent(&answers.address, service);
    let recipient = address.recipient();
    let contact = address.contact.clone();
    let shipping = &answers.shipping;
    let code = if address.country_code.is_empty() { &address.country } else { &address.country_code };
    let kind = match address.kind {
        AddressKind::Unstated => "",
        AddressKind::Residential => "Residential",
        AddressKind::Commercial => "Commercial",
    };
    let all = match service {
        ServiceName::ImportExport => vec![
            ("recipientName", recipient),
            ("streetAddress1", address.street1),
            ("streetAddress2", joined([&address.street2, &address.street3])),
            ("city", address.city),
            ("stateOrProvince", address.state),
            ("postalCode", address.postal_code),
            ("countryOrRegion", address.country),
            ("phone", address.phone),
            ("email", address.emails.join("; ")),
        ],
        ServiceName::DataBox => vec![
            ("contactName", contact),
            ("phone", address.phone.clone()),
            ("emailList", address.emails.join(", ")),
            ("companyName", address.company.clone()),
            ("streetAddress1", address.street1.clone()),
            ("streetAddress2", address.street2.clone()),
            ("streetAddress3", address.street3.clone()),
            ("city", address.city.clone()),
            ("stateOrProvince", address.state.clone()),
            ("postalCode", address.postal_code.clone()),
            ("country", code.clone()),
            ("addressType", kind.to_owned()),
            ("taxIdentificationNumber", address.tax_number.clone()),
        ],
    };
    let carrier = [
        ("carrierName", shipping.carrier.trim().to_owned()),
        ("carrierAccountNumber", shipping.account_number.trim().to_owned()),
    ];
    all.into_iter().chain(carrier).filter(|(_, text)| !text.is_empty()).collect()
}
