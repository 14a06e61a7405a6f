//! A key of the customer over the BitLocker keys: what PUT and PATCH check of it, and what it does to the keys of a job. There is no key
//! vault here; whether the vault lets the service use the key is a switch.

use serde_json::{Map, Value, json};

use super::super::jobs::job::StoredJob;
use super::super::jobs::place::{JobRefusal, invalid, missing};
use super::super::vault_access::VaultAccess;

/// Where an order keeps its identity; it is shown beside the properties, and not in them.
const IDENTITY: &str = "identity";

/// Checks the member `keyEncryptionKey` against the identities that the order has.
///
/// # Errors
/// The refusal of a key that the service cannot use.
pub(super) fn check(key: &Value, identity: Option<&Value>, access: VaultAccess) -> Result<(), JobRefusal> {
    const HERE: &str = "properties.details.keyEncryptionKey";
    match key["kekType"].as_str() {
        Some("MicrosoftManaged") => return Ok(()),
        Some("CustomerManaged") => {}
        Some(_) => return Err(invalid(&format!("{HERE}.kekType"), "MicrosoftManaged or CustomerManaged")),
        None => return Err(missing(&format!("{HERE}.kekType"))),
    }
    let text = |name: &str| {
        let text = key[name].as_str().filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| missing(&format!("{HERE}.{name}")))
    };
    let vault = host(text("kekUrl")?)?;
    let id = text("kekVaultResourceID")?;
    let names = |part: &str| id.to_lowercase().contains(&part.to_lowercase());
    if !names("/providers/Microsoft.KeyVault/vaults/") || !names(&format!("/{vault}")) {
        let text = format!("The key vault '{id}' of the key encryption key was not found.");
        return Err((400, "SsemUserErrorKeyVaultDetailsNotFound", text));
    }
    assigned(&key["identityProperties"], identity)?;
    match access.refusal() {
        None => Ok(()),
        Some((code, message)) => Err((400, code, message.to_owned())),
    }
}

/// The name of the vault in the address of a key.
fn host(url: &str) -> Result<&str, JobRefusal> {
    let refuse = |code, why: &str| (400, code, format!("The key url '{url}' is invalid: {why}."));
    let rest = url
        .strip_prefix("https://")
        .ok_or_else(|| refuse("SsemUserErrorKeyVaultUrlWithInvalidScheme", "the scheme must be https"))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let vault = host
        .strip_suffix(".vault.azure.net")
        .filter(|vault| !vault.is_empty())
        .ok_or_else(|| refuse("SsemUserErrorKeyVaultUrlInvalidHost", "the host is not one of a key vault"))?;
    let name = path.strip_prefix("keys/").filter(|name| !name.is_empty());
    name.map(|_| vault).ok_or_else(|| refuse("SsemUserErrorInvalidKeyVaultUrl", "it names no key"))
}

/// The identity in the key must be one that the order has.
fn assigned(properties: &Value, identity: Option<&Value>) -> Result<(), JobRefusal> {
    if properties["type"] != "UserAssigned" {
        let text = "The order has no system assigned identity yet; it exists once the order does.".to_owned();
        return Err((400, "SsemUserErrorSystemAssignedIdentityAbsent", text));
    }
    let wanted = properties["userAssigned"]["resourceId"].as_str().unwrap_or("");
    let listed = identity.and_then(|identity| identity["userAssignedIdentities"].as_object());
    if wanted.is_empty() || !listed.is_some_and(|listed| listed.keys().any(|id| id.eq_ignore_ascii_case(wanted))) {
        let text = format!("The user assigned identity '{wanted}' is not one of the order's identities.");
        return Err((400, "SsemUserErrorUserAssignedIdentityAbsent", text));
    }
    Ok(())
}

/// Keeps the identity that a request gives the order.
pub(super) fn keep_identity(properties: &mut Map<String, Value>, sent: Option<&Value>) {
    if let Some(identity) = sent {
        properties.insert(IDENTITY.to_owned(), identity.clone());
    }
}

/// The identity that the order was given.
pub(super) fn identity(job: &StoredJob) -> Option<&Value> {
    job.properties.get(IDENTITY)
}

/// The identity as an answer shows it, with the ids that Azure gives it.
pub(super) fn shown_identity(job: &StoredJob) -> Value {
    let Some(identity) = identity(job) else { return json!({ "type": "None" }) };
    let mut shown = identity.clone();
    for assigned in shown["userAssignedIdentities"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        *assigned = json!({
            "principalId": "00000000-0000-4000-8000-00000000c0de", "clientId": "00000000-0000-4000-8000-00000000c11e"
        });
    }
    shown
}

/// Why the service cannot read the BitLocker keys of an order: its key of the customer is not to be had.
pub(super) fn trouble(job: &StoredJob, access: VaultAccess) -> Option<Value> {
    let key = &job.properties.get("details")?["keyEncryptionKey"];
    let (code, message) = access.refusal().filter(|_| key["kekType"] == "CustomerManaged")?;
    Some(json!({ "code": code, "message": message, "details": [], "additionalInfo": [] }))
}
