//! Microsoft.Storage as far as the wizard asks: listing and reading accounts, and their keys. Blobs are elsewhere.

use serde_json::{Value, json};

use super::arm::{PAGE, Scope, nothing_here, paged, version};
use super::directory::{Account, account_key};
use super::message::{Reply, Request};
use super::world::World;

/// Answers `.../providers/Microsoft.Storage/...`.
pub fn handle(world: &mut World, request: &Request, scope: &Scope) -> Reply {
    if let Err(reply) = version(request, &[]) {
        return reply;
    }
    let words: Vec<String> = scope.rest.iter().map(|s| s.to_ascii_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let accounts: Vec<&Account> = world.directory.accounts.iter().filter(|a| belongs(world, a, scope)).collect();
    match (request.method.as_str(), words.as_slice()) {
        ("GET", ["storageaccounts"]) => {
            let all: Vec<Value> = accounts.iter().map(|a| account_json(world, a)).collect();
            paged(world, request, &all, PAGE)
        }
        ("GET", ["storageaccounts", name]) if scope.group.is_some() => {
            match accounts.iter().find(|a| a.name == *name) {
                Some(account) => Reply::json(200, &account_json(world, account)),
                None => missing(name, scope),
            }
        }
        ("POST", ["storageaccounts", name, "listkeys"]) if scope.group.is_some() => {
            match accounts.iter().find(|a| a.name == *name) {
                Some(account) => keys(account),
                None => missing(name, scope),
            }
        }
        _ => nothing_here(request),
    }
}

fn belongs(world: &World, account: &Account, scope: &Scope) -> bool {
    let subscription = scope.subscription.and_then(|id| world.directory.subscription(id)).map(|(index, _)| index);
    subscription == Some(account.subscription) && scope.group.is_none_or(|g| g.eq_ignore_ascii_case(&account.group))
}

fn missing(name: &str, scope: &Scope) -> Reply {
    let text = format!(
        "The Resource 'Microsoft.Storage/storageAccounts/{name}' under resource group '{}' was not found.",
        scope.group.unwrap_or("")
    );
    Reply::arm_error(404, "ResourceNotFound", &text)
}

fn keys(account: &Account) -> Reply {
    let key = |number: u8| json!({ "keyName": format!("key{number}"), "value": account_key(&account.name, number), "permissions": "FULL", "creationTime": "2024-01-15T09:30:00.0000000Z" });
    Reply::json(200, &json!({ "keys": [key(1), key(2)] }))
}

fn account_json(world: &World, a: &Account) -> Value {
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
