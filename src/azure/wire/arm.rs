//! Subscriptions, resource groups, storage accounts and providers, read from Azure Resource Manager's JSON.

use super::json::JsonView;
use crate::azure::model::{LocationName, Provider, ResourceGroup, StorageAccount, Subscription, Tenant};

/// One entry of Subscriptions - List; `None` without an id.
pub(crate) fn subscription(view: JsonView<'_>) -> Option<Subscription> {
    let id = view.at("subscriptionId").word().or_else(|| last_part(&view.at("id").text()))?;
    Some(Subscription {
        name: view.at("displayName").word().unwrap_or_else(|| id.clone()),
        tenant: view.at("tenantId").text(),
        state: view.at("state").text(),
        id,
    })
}

/// One entry of Tenants - List; `None` without an id.
pub(crate) fn tenant(view: JsonView<'_>) -> Option<Tenant> {
    let id = view.at("tenantId").word().or_else(|| last_part(&view.at("id").text()))?;
    let domain = view.at("defaultDomain").word();
    let name = view.at("displayName").word().or_else(|| domain.clone()).unwrap_or_else(|| id.clone());
    Some(Tenant { id, name, domain })
}

/// One entry of Resource Groups - List; `None` without a name.
pub(crate) fn resource_group(view: JsonView<'_>) -> Option<ResourceGroup> {
    Some(ResourceGroup { name: view.at("name").word()?, location: view.at("location").text() })
}

/// One storage account (Microsoft page: Storage Accounts - List); `None` without an id. `blob` replaces the endpoint it reports.
pub(crate) fn storage_account(view: JsonView<'_>, blob: Option<&str>) -> Option<StorageAccount> {
    let id = view.at("id").word()?;
    let properties = view.at("properties");
    let rules = properties.at("networkAcls");
    // Absent rules mean that everybody is let in; `bypass` is a comma-separated text.
    let bypass = rules.at("bypass").word().unwrap_or_else(|| "AzureServices".into());
    let reported = properties.at("primaryEndpoints").at("blob").text();
    Some(StorageAccount {
        name: view.at("name").word().or_else(|| last_part(&id))?,
        id,
        location: LocationName::new(&view.at("location").text()).as_str().to_owned(),
        kind: view.at("kind").text(),
        sku: view.at("sku").at("name").text(),
        blob_endpoint: blob.map_or(reported, str::to_owned),
        hierarchical: properties.at("isHnsEnabled").flag(false),
        nfs: properties.at("isNfsV3Enabled").flag(false),
        denies_by_default: rules.at("defaultAction").text().eq_ignore_ascii_case("Deny"),
        trusts_services: bypass.split(',').any(|part| part.trim().eq_ignore_ascii_case("AzureServices")),
        public_network: properties.at("publicNetworkAccess").word().unwrap_or_else(|| "Enabled".into()),
        private_endpoints: private_endpoints(properties.at("privateEndpointConnections")),
        shared_key: properties.at("allowSharedKeyAccess").flag(true),
        provisioning: properties.at("provisioningState").text(),
        primary_status: properties.at("statusOfPrimary").word(),
    })
}

/// How many connections of private endpoints are approved.
fn private_endpoints(connections: JsonView<'_>) -> Option<u32> {
    let status = |one: JsonView<'_>| one.at("properties").at("privateLinkServiceConnectionState").at("status").text();
    let approved = connections.items().filter(|one| status(*one).eq_ignore_ascii_case("Approved")).count();
    connections.is_list().then(|| u32::try_from(approved).unwrap_or(u32::MAX))
}

/// The registration of a provider and its api-versions for jobs (Microsoft page: Providers - Get).
pub(crate) fn provider(view: JsonView<'_>) -> Provider {
    let mut types = view.at("resourceTypes").items();
    let jobs = types.find(|kind| kind.at("resourceType").text().eq_ignore_ascii_case("jobs"));
    Provider {
        registration: view.at("registrationState").text(),
        api_versions: jobs.map(|jobs| jobs.at("apiVersions").words()).unwrap_or_default(),
    }
}

/// The last part of a resource id.
pub(super) fn last_part(id: &str) -> Option<String> {
    id.rsplit('/').next().filter(|part| !part.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_account_that_says_little_is_read_as_azure_reads_it() {
        let value = json!({"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/acct", "location": "West Europe"});
        let account = storage_account(JsonView::new(&value), None).unwrap();
        assert_eq!((account.name.as_str(), account.location.as_str()), ("acct", "westeurope"));
        assert!(account.shared_key && account.trusts_services && !account.denies_by_default);
        assert!(storage_account(JsonView::new(&json!({"name": "no id"})), None).is_none());
    }

    #[test]
    fn approved_private_endpoints_are_counted_and_unknown_where_azure_lists_none() {
        let endpoint = |status: &str| json!({"properties": {"privateLinkServiceConnectionState": {"status": status}}});
        let count = |connections: serde_json::Value| {
            let value = json!({"id": "/a/b", "properties": {"privateEndpointConnections": connections}});
            storage_account(JsonView::new(&value), None).unwrap().private_endpoints
        };
        assert_eq!(count(json!([endpoint("Approved"), endpoint("Pending"), endpoint("approved")])), Some(2));
        assert_eq!((count(json!([])), count(json!(null))), (Some(0), None));
    }

    #[test]
    fn bypass_is_a_list_in_one_text() {
        let rules = |bypass: &str| json!({"id": "/a/b", "properties": {"networkAcls": {"bypass": bypass, "defaultAction": "Deny"}}});
        let trusts = |bypass| storage_account(JsonView::new(&rules(bypass)), None).unwrap().trusts_services;
        assert!(trusts("Logging, AzureServices"));
        assert!(!trusts("Logging,Metrics") && !trusts("None"));
    }
}
