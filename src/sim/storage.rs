//! Microsoft.Storage as far as the wizard uses it: accounts, their keys and their locks. Blobs are in `blob`.

use serde_json::{Value, json};

use super::arm::request::{PAGE, Scope, nothing_here, paged, version};
use super::directory::DirectoryAccount;
use super::locks;
use super::permissions;
use super::response::{Request, Response};
use super::state::SimState;

/// Answers `.../providers/Microsoft.Storage/...`.
pub(super) fn handle(state: &mut SimState, request: &Request, scope: &Scope) -> Response {
    if let Err(response) = version(request, &[]) {
        return response;
    }
    let words: Vec<String> = scope.rest.iter().map(|s| s.to_ascii_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let accounts: Vec<&DirectoryAccount> =
        state.directory.accounts.iter().filter(|a| belongs(state, a, scope)).collect();
    match (request.method.as_str(), words.as_slice()) {
        ("GET", ["storageaccounts"]) => {
            let all: Vec<Value> = accounts.iter().map(|a| account_json(state, a)).collect();
            paged(state, request, &all, PAGE)
        }
        ("GET", ["storageaccounts", name]) if scope.group.is_some() => {
            match accounts.iter().find(|a| a.name == *name) {
                Some(account) => Response::json(200, &account_json(state, account)),
                None => missing(name, scope),
            }
        }
        ("POST", ["storageaccounts", name, "listkeys"]) if scope.group.is_some() => {
            match accounts.iter().find(|a| a.name == *name) {
                Some(account) => keys(state, account),
                None => missing(name, scope),
            }
        }
        ("POST", ["storageaccounts", name, "regeneratekey"]) if scope.group.is_some() => {
            match accounts.iter().find(|a| a.name == *name).map(|a| (*a).clone()) {
                Some(account) => renew(state, &account, request),
                None => missing(name, scope),
            }
        }
        ("DELETE", ["storageaccounts", name]) if scope.group.is_some() => {
            match accounts.iter().find(|a| a.name == *name).map(|a| state.directory.account_id(a)) {
                Some(id) if locks::is_locked(state, &id) => locks::scope_locked(&id),
                Some(_) => {
                    Response::arm_error(403, "AuthorizationFailed", "Accounts of a rehearsal cannot be deleted.")
                }
                None => Response::empty(204),
            }
        }
        (
            "GET",
            [
                "storageaccounts",
                name,
                "providers",
                "microsoft.authorization",
                what @ ("permissions" | "denyassignments"),
            ],
        ) if scope.group.is_some() => match accounts.iter().find(|a| a.name == *name) {
            Some(account) if *what == "permissions" => permissions::handle(state, Some(account)),
            Some(_) => permissions::deny_assignments(state),
            None => missing(name, scope),
        },
        ("GET", ["storageaccounts", name, setting @ ..]) if scope.group.is_some() && is_setting(setting) => {
            match accounts.iter().find(|a| a.name == *name) {
                Some(account) => setting_of(state, account, setting),
                None => missing(name, scope),
            }
        }
        (_, ["storageaccounts", name, "providers", "microsoft.authorization", rest @ ..]) if scope.group.is_some() => {
            match accounts.iter().find(|a| a.name == *name).map(|a| state.directory.account_id(a)) {
                Some(id) => locks::handle(state, request, &id, rest),
                None => missing(name, scope),
            }
        }
        _ => nothing_here(request),
    }
}

fn belongs(state: &SimState, account: &DirectoryAccount, scope: &Scope) -> bool {
    let subscription = scope.subscription.and_then(|id| state.directory.subscription(id)).map(|(index, _)| index);
    subscription == Some(account.subscription) && scope.group.is_none_or(|g| g.eq_ignore_ascii_case(&account.group))
}

fn missing(name: &str, scope: &Scope) -> Response {
    let text = format!(
        "The Resource 'Microsoft.Storage/storageAccounts/{name}' under resource group '{}' was not found.",
        scope.group.unwrap_or("")
    );
    Response::arm_error(404, "ResourceNotFound", &text)
}

fn keys(state: &SimState, account: &DirectoryAccount) -> Response {
    let key = |number: u8| json!({ "keyName": format!("key{number}"), "value": state.key(&account.name, number), "permissions": "FULL", "creationTime": "2024-01-15T09:30:00.0000000Z" });
    Response::json(200, &json!({ "keys": [key(1), key(2)] }))
}

/// Storage Accounts - Regenerate Key. The old key is refused from then on.
fn renew(state: &mut SimState, account: &DirectoryAccount, request: &Request) -> Response {
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
    let times = state.renewed.entry((account.name.clone(), number)).or_default();
    *times = times.saturating_add(1);
    keys(state, account)
}

/// Whether a path below an account is one of its settings.
fn is_setting(path: &[&str]) -> bool {
    matches!(path, ["blobservices" | "managementpolicies", "default"] | ["objectreplicationpolicies"])
}

/// Blob Services - Get Service Properties, Management Policies - Get, Object Replication Policies - List.
fn setting_of(state: &SimState, account: &DirectoryAccount, setting: &[&str]) -> Response {
    let id = state.directory.account_id(account);
    match setting {
        ["blobservices", _] => Response::json(
            200,
            &json!({ "id": format!("{id}/blobServices/default"), "name": "default", "properties": { "isVersioningEnabled": account.sample } }),
        ),
        ["managementpolicies", _] if account.archives_after > 0 => {
            let actions = json!({ "baseBlob": { "tierToArchive": { "daysAfterModificationGreaterThan": account.archives_after } } });
            let definition = json!({ "actions": actions, "filters": { "blobTypes": ["blockBlob"], "prefixMatch": ["records/2023"] } });
            let rule = json!({ "name": "archive-old-records", "enabled": true, "type": "Lifecycle", "definition": definition });
            Response::json(200, &json!({ "name": "default", "properties": { "policy": { "rules": [rule] } } }))
        }
        ["managementpolicies", _] => {
            let text = format!("No ManagementPolicy found for account {}", account.name);
            Response::arm_error(404, "ManagementPolicyNotFound", &text)
        }
        _ => Response::json(200, &json!({ "value": [] })),
    }
}

fn account_json(state: &SimState, a: &DirectoryAccount) -> Value {
    let (bypass, action) = if a.firewall { ("Logging, Metrics", "Deny") } else { ("AzureServices", "Allow") };
    let tier = a.sku.split('_').next().unwrap_or("Standard");
    json!({
        "id": state.directory.account_id(a), "name": a.name, "type": "Microsoft.Storage/storageAccounts", "location": a.location, "kind": a.kind,
        "sku": { "name": a.sku, "tier": tier }, "tags": {},
        "properties": {
            "provisioningState": "Succeeded", "creationTime": "2019-02-11T08:15:42.1234567Z", "accessTier": "Hot",
            "primaryEndpoints": { "blob": format!("{}/{}/", state.base, a.name) }, "primaryLocation": a.location, "statusOfPrimary": "available",
            "isHnsEnabled": a.hns, "isNfsV3Enabled": a.nfs, "allowSharedKeyAccess": a.shared_key, "minimumTlsVersion": "TLS1_2",
            "supportsHttpsTrafficOnly": true, "allowBlobPublicAccess": false, "publicNetworkAccess": if a.firewall { "Disabled" } else { "Enabled" },
            "networkAcls": { "bypass": bypass, "defaultAction": action, "ipRules": [], "virtualNetworkRules": [], "resourceAccessRules": [] },
            "encryption": { "keySource": "Microsoft.Storage", "services": { "blob": { "enabled": true, "keyType": "Account" } } },
            "privateEndpointConnections": [],
        },
    })
}
