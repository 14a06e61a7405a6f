//! The members of a job's details that PUT, PATCH and validateInputs check in the same way.

use serde_json::{Map, Value};

use super::super::jobs::place::{JobRefusal, invalid, missing};
use super::super::switches::CountryForm;

/// The sku of an export on the customer's own disks, and the discriminator of its details.
pub(super) const SKU: &str = "DataBoxCustomerDisk";

/// Checks the details of a new job.
///
/// # Errors
/// The refusal of a member that is missing or wrong.
pub(super) fn complete(details: &Map<String, Value>, country: CountryForm) -> Result<(), JobRefusal> {
    let member = |name: &str| details.get(name).ok_or_else(|| missing(&format!("properties.details.{name}")));
    contact(member("contactDetails")?)?;
    address(member("shippingAddress")?, country)?;
    member("returnToCustomerPackageDetails")?;
    let exports = member("dataExportDetails")?;
    match exports.as_array().map(Vec::as_slice) {
        Some([one]) => export(one)?,
        _ => return Err(invalid("properties.details.dataExportDetails", "exactly one storage account is expected")),
    }
    let backup = details.get("enableManifestBackup");
    if backup.is_some_and(|backup| !backup.is_boolean()) {
        return Err(invalid("properties.details.enableManifestBackup", "it must be true or false"));
    }
    Ok(())
}

/// Name, phone and at least one address of electronic mail.
pub(super) fn contact(contact: &Value) -> Result<(), JobRefusal> {
    filled(contact, "contactDetails", "contactName")?;
    filled(contact, "contactDetails", "phone")?;
    let emails = contact["emailList"].as_array().map_or(&[][..], Vec::as_slice);
    if emails.is_empty() || !emails.iter().all(|e| e.as_str().is_some_and(|e| e.contains('@'))) {
        return Err(missing("properties.details.contactDetails.emailList"));
    }
    Ok(())
}

/// Street and country, the country in the form that the switch asks for.
pub(super) fn address(address: &Value, country: CountryForm) -> Result<(), JobRefusal> {
    filled(address, "shippingAddress", "streetAddress1")?;
    filled(address, "shippingAddress", "country")?;
    let is_code = address["country"].as_str().is_some_and(|country| country.len() == 2);
    let wanted = match country {
        CountryForm::Either => None,
        CountryForm::Code => Some(("a code of two letters is expected", true)),
        CountryForm::Name => Some(("the name of a country is expected", false)),
    };
    if let Some((why, _)) = wanted.filter(|(_, code)| *code != is_code) {
        return Err(invalid("properties.details.shippingAddress.country", why));
    }
    let kind = address["addressType"].as_str().unwrap_or("None");
    if !["None", "Residential", "Commercial"].contains(&kind) {
        return Err(invalid("properties.details.shippingAddress.addressType", "None, Residential or Commercial"));
    }
    Ok(())
}

/// One storage account and what is taken from it.
pub(super) fn export(export: &Value) -> Result<(), JobRefusal> {
    const HERE: &str = "properties.details.dataExportDetails[0]";
    let account = &export["accountDetails"];
    if account["dataAccountType"].as_str().is_some_and(|kind| kind != "StorageAccount") {
        return Err(invalid(&format!("{HERE}.accountDetails.dataAccountType"), "it must be StorageAccount"));
    }
    filled_at(account, &format!("{HERE}.accountDetails"), "storageAccountId")?;
    if !["Error", "Verbose"].contains(&export["logCollectionLevel"].as_str().unwrap_or("Error")) {
        return Err(invalid(&format!("{HERE}.logCollectionLevel"), "it must be Error or Verbose"));
    }
    let transfer = &export["transferConfiguration"];
    match transfer["transferConfigurationType"].as_str() {
        Some("TransferAll") => {
            let all = &transfer["transferAllDetails"]["include"];
            if all["transferAllBlobs"] != Value::Bool(true) {
                return Err(missing(&format!("{HERE}.transferConfiguration.transferAllDetails.include")));
            }
        }
        Some("TransferUsingFilter") => {
            let filter = &transfer["transferFilterDetails"]["include"];
            if !filter.is_object() {
                return Err(missing(&format!("{HERE}.transferConfiguration.transferFilterDetails.include")));
            }
            lists(filter)?;
        }
        _ => return Err(missing(&format!("{HERE}.transferConfiguration.transferConfigurationType"))),
    }
    Ok(())
}

/// The lists of a filter hold texts, and one of them is not empty.
fn lists(filter: &Value) -> Result<(), JobRefusal> {
    let blobs = &filter["blobFilterDetails"];
    let mut entries = 0;
    for name in ["blobPrefixList", "blobPathList", "containerList"] {
        let Some(list) = blobs.get(name) else { continue };
        let texts = list.as_array().filter(|list| list.iter().all(Value::is_string));
        entries +=
            texts.ok_or_else(|| invalid(&format!("blobFilterDetails.{name}"), "a list of texts is expected"))?.len();
    }
    let files = filter["filterFileDetails"].as_array().map_or(&[][..], Vec::as_slice);
    for file in files {
        if !["AzureBlob", "AzureFile"].contains(&file["filterFileType"].as_str().unwrap_or("")) {
            return Err(invalid("filterFileDetails.filterFileType", "it must be AzureBlob or AzureFile"));
        }
        filled_at(file, "filterFileDetails", "filterFilePath")?;
    }
    if entries + files.len() == 0 {
        return Err(missing("transferFilterDetails.include.blobFilterDetails or filterFileDetails"));
    }
    Ok(())
}

fn filled(value: &Value, of: &str, field: &str) -> Result<(), JobRefusal> {
    filled_at(value, &format!("properties.details.{of}"), field)
}

fn filled_at(value: &Value, of: &str, field: &str) -> Result<(), JobRefusal> {
    let text = value.get(field).and_then(Value::as_str).filter(|t| !t.trim().is_empty());
    text.map(|_| ()).ok_or_else(|| missing(&format!("{of}.{field}")))
}
