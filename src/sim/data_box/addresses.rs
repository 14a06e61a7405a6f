//! The check of a postal address, by validateAddress and as a part of validateInputs.

use serde_json::{Value, json};

use super::super::jobs::place::{JobRefusal, missing};
use super::super::response::Response;
use super::super::state::SimState;
use super::details;

/// Answers POST `.../validateAddress`.
pub(super) fn validate(state: &SimState, body: &Value) -> Result<Response, JobRefusal> {
    let address = body.get("shippingAddress").ok_or_else(|| missing("shippingAddress"))?;
    details::address(address, state.switches.country)?;
    Ok(Response::json(200, &json!({ "properties": checked(address) })))
}

/// The check of an address. A postal code of zeros is wrong, a street without a number fits several houses.
pub(super) fn checked(address: &Value) -> Value {
    let text = |name: &str| address[name].as_str().unwrap_or("").trim().to_owned();
    let zeros = !text("postalCode").is_empty() && text("postalCode").chars().all(|c| c == '0');
    let numbered = text("streetAddress1").chars().any(|c| c.is_ascii_digit());
    let skipped = address["skipAddressValidation"] == Value::Bool(true);
    let (status, alternates) = if skipped {
        ("Valid", Vec::new())
    } else if zeros {
        ("Invalid", Vec::new())
    } else if numbered {
        ("Valid", vec![alternate(address, "")])
    } else {
        ("Ambiguous", vec![alternate(address, "1 "), alternate(address, "2 ")])
    };
    json!({ "validationStatus": status, "alternateAddresses": alternates, "validationType": "ValidateAddress" })
}

/// The address as the service spells it: street and city in capitals, no company.
fn alternate(address: &Value, number: &str) -> Value {
    let text = |name: &str| address[name].as_str().unwrap_or("");
    json!({
        "streetAddress1": format!("{number}{}", text("streetAddress1").to_uppercase()), "streetAddress2": text("streetAddress2").to_uppercase(),
        "streetAddress3": "", "city": text("city").to_uppercase(), "stateOrProvince": text("stateOrProvince"),
        "country": text("country"), "postalCode": text("postalCode"), "addressType": "None",
    })
}
