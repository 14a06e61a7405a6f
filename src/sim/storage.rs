//! Microsoft.Storage as far as the wizard asks: listing and reading accounts, and their keys. Blobs are elsewhere.

use serde_json::{Value, json};

use super::arm::{PAGE, Scope, nothing_here, paged, version};
use super::directory::DirectoryAccount;
use super::response::{Request, Response};
use super::state::SimState;

/// Answers `.../providers/Microsoft.Storage/...`.
pub fn handle(world: &mut SimState, request: &Request, scope: &Scope) -> Response {
    if let Err(response) = version(request, &[]) {
        return response;
    }
    let words: Vec<String> = scope.rest.iter().map(|s| s.to_ascii_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let accounts: Vec<&DirectoryAccount> =
        world.directory.accounts.iter().filter(|a| belongs(world, a, scope)).collect();
    match (request.method.as_str(), words.as_slice()) {
        ("GET", ["storageaccounts"]) => {
            let all: Vec<Value> = accounts.iter().map(|a| account_json(world, a)).collect();
            paged(world, request, &all, PAGE)
        }
        ("GET", ["storageaccounts", name]) if scope.group.is_some() => {
            match accounts.iter().find(|a| a.name == *name) {
                Some(account) => Response::json(200, &account_json(world, account)),
                None => missing(name, scope),
            }
        }
        ("POST", ["storageaccounts", name, "listkeys"]) if scope.group.is_some() => {
            match accounts.iter().find(|a| a.name == *name) {
                Some(account) => keys(world, account),
                None => missing(name, scope),
            }
        }
        ("POST", ["storageaccounts", name, "regeneratekey"]) if scope.group.is_some() => {
            match accounts.iter().find(|a| a.name == *name).map(|a| (*a).clone()) {
                Some(account) => renew(world, &account, request),
                None => missing(name, scope),
            }
        }
        _ => nothing_here(request),
    }
}

fn belongs(world: &SimState, account: &DirectoryAccount, scope: &Scope) -> bool {
    let subscription = scope.subscription.and_then(|id| world.directory.subscription(id)).map(|(index, _)| index);
    subscription == Some(account.subscription) && scope.group.is_none_or(|g| g.eq_ignore_ascii_case(&account.group))
}

fn missing(name: &str, scope: &Scope) -> Response {
    let text = format!(
        "The Resource 'Microsoft.Storage/storageAccounts/{name}' under resource group '{}' was not found.",
        scope.group.unwrap_or("")
    );
    Response::arm_error(404, "ResourceNotFound", &text)
}

fn keys(world: &SimState, account: &DirectoryAccount) -> Response {
    let key = |number: u8| json!({ "keyName": format!("key{number}"), "value": world.key(&account.name, number), "permissions": "FULL", "creationTime": "2024-01-15T09:30:00.0000000Z" });
    Response::json(200, &json!({ "keys": [key(1), key(2)] }))
}

/// Storage Accounts - Regenerate Key: the old key opens nothing any more.
fn renew(world: &mut SimState, account: &DirectoryAccount, request: &Request) -> Response {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let number = match body["keyName"].as_str() {
        Some("key1") => 1,
        Some("key2") => 2,
        _ => {
            return Response::arm_error(
                400,
                "InvalidValuesForRequestParameters",
                "Values for request parameters are invalid: keyName.",
            );
        }
    };
    let times = world.renewed.entry((account.name.clone(), number)).or_default();
    *times = times.saturating_add(1);
    keys(world, account)
}

fn account_json(world: &SimState, a: &DirectoryAccount) -> Value {
    let (bypass, action) = if a.firewall { ("Logging, Metrics", "Deny") } else { ("AzureServices", "Allow") };
    let tier = a.sku.split('_').next().unwrap_or("Standard");
    json!({
        "id": world.directory.account_id(a), "name": a.name, "type": "Microsoft.Storage/storageAccounts", "location": a.location, "kind": a.kind,
        "sku": { "name": a.sku, "tier": tier }, "tags": {},
        "properties": {
            "provisioningState": "Succeeded", "creationTime": "2019-02-11T08:15:42.1234567Z", "accessTier": "Hot",
            "primaryEndpoints": { "blob": format!("{}/{}/", world.base, a.name) }, "primaryLocation": a.location, "statusOfPrimary": "available",
            "isHnsEnabled": a.hns, "isNfsV3Enabled": a.nfs, "allowSharedKeyAccess": a.shared_key, "minimumTlsVersion": "TLS1_2",
            "supportsHttpsTrafficOnly": true, "allowBlobPublicAccess": false, "publicNetworkAccess": if a.firewall { "Disabled" } else { "Enabled" },
            "networkAcls": { "bypass": bypass, "defaultAction": action, "ipRules": [], "virtualNetworkRules": [], "resourceAccessRules": [] },
            "encryption": { "keySource": "Microsoft.Storage", "services": { "blob": { "enabled": true, "keyType": "Account" } } },
            "privateEndpointConnections": [],
        },
    })
}
