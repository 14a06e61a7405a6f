//! Addresses: where the drives go back to, written and read, and the datacenter's, read.

use serde_json::Value;

use super::{super::json::JsonView, members::set};
use crate::azure::model::{AddressKind, ReturnAddress, ShippingAddress, joined};

/// `contactDetails`: whom the service tells what happens.
pub(crate) fn contact(address: &ReturnAddress) -> Value {
    let mut contact = set(&[("contactName", &address.contact), ("phone", &address.phone)]);
    contact["emailList"] = Value::from(address.emails.clone());
    contact
}

/// `shippingAddress`, which in a job on customer disks is the address that the drives go back to. The service takes the code of the country.
pub(crate) fn shipping(address: &ReturnAddress) -> Value {
    let kind = match address.kind {
        AddressKind::Unstated => "",
        AddressKind::Residential => "Residential",
        AddressKind::Commercial => "Commercial",
    };
    set(&[
        ("streetAddress1", &address.street1),
        ("streetAddress2", &address.street2),
        ("streetAddress3", &address.street3),
        ("city", &address.city),
        ("stateOrProvince", &address.state),
        ("country", country_code(address)),
        ("postalCode", &address.postal_code),
        ("companyName", &address.company),
        ("addressType", kind),
        ("taxIdentificationNumber", &address.tax_number),
    ])
}

/// The code of the country; its name where no code is known.
pub(crate) fn country_code(address: &ReturnAddress) -> &str {
    if address.country_code.trim().is_empty() { &address.country } else { &address.country_code }
}

/// The return address of a job; `None` where there is none, as after a cancel, which wipes it.
pub(crate) fn return_address(contact: JsonView<'_>, shipping: JsonView<'_>) -> Option<ReturnAddress> {
    let country = text(shipping, "country");
    let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_alphabetic());
    let address = ReturnAddress {
        contact: text(contact, "contactName"),
        phone: text(contact, "phone"),
        emails: contact.at("emailList").words(),
        company: text(shipping, "companyName"),
        street1: text(shipping, "streetAddress1"),
        street2: text(shipping, "streetAddress2"),
        street3: text(shipping, "streetAddress3"),
        city: text(shipping, "city"),
        state: text(shipping, "stateOrProvince"),
        postal_code: postal_code(shipping),
        country_code: if is_code { country.to_ascii_uppercase() } else { String::new() },
        country,
        kind: kind(shipping.at("addressType")),
        tax_number: text(shipping, "taxIdentificationNumber"),
    };
    let is_blank = address.contact.is_empty() && address.street1.is_empty() && address.emails.is_empty();
    (!is_blank).then_some(address)
}

/// The postal code with what the service keeps apart from it: `98052` and `6399` are `98052-6399`.
fn postal_code(shipping: JsonView<'_>) -> String {
    let (code, extended) = (text(shipping, "postalCode"), text(shipping, "zipExtendedCode"));
    if extended.is_empty() { code } else { format!("{code}-{extended}") }
}

fn kind(view: JsonView<'_>) -> AddressKind {
    match view.text().to_ascii_lowercase().as_str() {
        "residential" => AddressKind::Residential,
        "commercial" => AddressKind::Commercial,
        _ => AddressKind::Unstated,
    }
}

/// The address of a datacenter, or how to ask for it.
pub(crate) fn datacenter(view: JsonView<'_>) -> ShippingAddress {
    let extension = text(view, "phoneExtension");
    let phone = text(view, "phone");
    ShippingAddress {
        recipient: joined([&text(view, "company"), &text(view, "contactPersonName")]),
        street1: text(view, "street1"),
        street2: text(view, "street2"),
        street3: text(view, "street3"),
        city: text(view, "city"),
        state: text(view, "state"),
        postal_code: text(view, "zip"),
        country: text(view, "country"),
        phone: if extension.is_empty() { phone } else { format!("{phone} ext. {extension}") },
        additional: text(view, "additionalShippingInformation"),
        instruction: text(view, "communicationInstruction"),
    }
}

/// A text; one of blanks only is none.
fn text(view: JsonView<'_>, name: &str) -> String {
    view.at(name).word().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;
    use crate::azure::model::BlobList;
    use serde_json::json;

    #[test]
    fn an_address_that_was_sent_is_read_back() {
        let sent = fixtures::new_job(BlobList::WholeAccount).return_address;
        let (contact, shipping) = (contact(&sent), shipping(&sent));
        let read = return_address(JsonView::new(&contact), JsonView::new(&shipping)).unwrap();
        // The service keeps the code of the country, and no name.
        assert_eq!(read, ReturnAddress { country: "BE".into(), ..sent });
    }

    #[test]
    fn a_cancel_wipes_the_contact_and_nothing_is_made_of_the_blanks() {
        let contact = json!({ "contactName": " ", "emailList": [], "notificationPreference": [] });
        let kept = json!({ "streetAddress1": "Kaai 4", "country": "be", "companyName": "", "addressType": "None" });
        let expected = ReturnAddress {
            street1: "Kaai 4".into(),
            country: "be".into(),
            country_code: "BE".into(),
            ..ReturnAddress::default()
        };
        assert_eq!(return_address(JsonView::new(&contact), JsonView::new(&kept)), Some(expected));
        assert_eq!(return_address(JsonView::new(&contact), JsonView::new(&json!({ "country": "US" }))), None);
        assert_eq!(return_address(JsonView::new(&json!(null)), JsonView::new(&json!(null))), None);
    }

    #[test]
    fn a_country_without_a_code_is_sent_by_name() {
        let address = ReturnAddress { country: "Belgium".into(), ..ReturnAddress::default() };
        assert_eq!(shipping(&address), json!({ "country": "Belgium" }));
    }

    #[test]
    fn an_instruction_is_not_an_address() {
        let value = json!({ "datacenterAddressType": "DatacenterAddressInstruction", "communicationInstruction": "Write to the dock." });
        let address = datacenter(JsonView::new(&value));
        assert!(!address.is_complete());
        assert_eq!(address.instruction, "Write to the dock.");
        let value = json!({
            "company": "Contoso DC", "contactPersonName": "Receiving", "street1": "5 Ring", "street2": "", "country": "NL", "zip": "1118",
            "phone": "555", "phoneExtension": "12"
        });
        let address = datacenter(JsonView::new(&value));
        assert!(address.is_complete());
        assert_eq!((address.recipient.as_str(), address.phone.as_str()), ("Contoso DC, Receiving", "555 ext. 12"));
    }
}
