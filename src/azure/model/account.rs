//! Subscriptions, resource groups, storage accounts and the state of a resource provider.

use serde::{Deserialize, Serialize};

/// An Azure subscription the signed-in person can see (Microsoft page: Subscriptions - List).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The subscription's GUID.
    pub id: String,
    /// Display name.
    pub name: String,
    /// The tenant (directory) it belongs to.
    pub tenant: String,
    /// `Enabled`, `Warned`, `PastDue`, `Disabled` or `Deleted`, verbatim.
    pub state: String,
}

/// What Azure allows in a subscription of a state
/// (<https://learn.microsoft.com/azure/cost-management-billing/manage/subscription-states>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubscriptionUse {
    /// Everything: `Enabled`, and an answer that names no state.
    Open,
    /// Everything as long as a payment that is due is made: `Warned`, `PastDue`.
    Owing,
    /// Reading and deleting alone: `Disabled`, `Expired`, `Deleted`.
    ReadOnly,
    /// The page does not name the state.
    Unknown,
}

impl Subscription {
    /// What Azure allows in it.
    pub fn allows(&self) -> SubscriptionUse {
        match self.state.as_str() {
            "Enabled" | "" => SubscriptionUse::Open,
            "Warned" | "PastDue" => SubscriptionUse::Owing,
            "Disabled" | "Expired" | "Deleted" => SubscriptionUse::ReadOnly,
            _ => SubscriptionUse::Unknown,
        }
    }
}

/// A resource group (Microsoft page: Resource Groups - List).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceGroup {
    /// Name, 1 to 90 characters.
    pub name: String,
    /// Region of its metadata, e.g. `westeurope`.
    pub location: String,
}

/// A storage account, with the properties that decide whether it can be exported (Microsoft page: Storage Accounts - List).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of the account as Azure reports it")]
pub struct StorageAccount {
    /// Azure Resource Manager id, starting with `/subscriptions/`.
    pub id: String,
    /// Account name, 3 to 24 lower-case letters and digits.
    pub name: String,
    /// Region, short form, e.g. `westeurope`.
    pub location: String,
    /// `StorageV2`, `Storage`, `BlobStorage`, `BlockBlobStorage` or `FileStorage`.
    pub kind: String,
    /// SKU, e.g. `Standard_LRS`.
    pub sku: String,
    /// Primary blob endpoint, absolute URL, never built from the name.
    pub blob_endpoint: String,
    /// Hierarchical namespace (Data Lake Storage Gen2).
    pub hierarchical: bool,
    /// NFS 3.0 is switched on.
    pub nfs: bool,
    /// The network rules deny by default.
    pub denies_by_default: bool,
    /// The network rules let trusted Microsoft services through (`bypass` holds `AzureServices`).
    pub trusts_services: bool,
    /// `Enabled`, `Disabled` or `SecuredByPerimeter`.
    pub public_network: String,
    /// How many private endpoints are approved; `None` where Azure does not say, and in a draft of an older program.
    pub private_endpoints: Option<u32>,
    /// Shared Key authorisation is allowed; Azure reads "not set" as allowed.
    pub shared_key: bool,
    /// `Succeeded` once the account is usable.
    pub provisioning: String,
    /// Status of the primary endpoint, `available` or `unavailable`, where the service gives it.
    pub primary_status: Option<String>,
}

impl StorageAccount {
    /// The subscription GUID in the account's id.
    pub fn subscription(&self) -> &str {
        self.id_part("subscriptions")
    }

    /// The resource group in the account's id.
    pub fn resource_group(&self) -> &str {
        self.id_part("resourcegroups")
    }

    fn id_part(&self, label: &str) -> &str {
        let mut parts = self.id.split('/').filter(|part| !part.is_empty());
        parts.find(|part| part.eq_ignore_ascii_case(label)).and_then(|_| parts.next()).unwrap_or("")
    }
}

/// The state of a service's resource provider in a subscription (Microsoft page: Providers - Get).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// `Registered`, `NotRegistered`, `Registering`, … verbatim.
    pub registration: String,
    /// The api-versions the service still offers for jobs; empty means that it offers none.
    pub api_versions: Vec<String>,
}

impl Provider {
    /// Whether jobs can be created without registering first.
    pub fn is_registered(&self) -> bool {
        self.registration.eq_ignore_ascii_case("Registered")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subscription_and_group_are_read_from_the_id_in_any_case() {
        let account = StorageAccount {
            id: "/subscriptions/0000-11/resourceGroups/media-rg/providers/Microsoft.Storage/storageAccounts/mediaarchive".into(),
            name: "mediaarchive".into(),
            location: "westeurope".into(),
            kind: "StorageV2".into(),
            sku: "Standard_LRS".into(),
            blob_endpoint: "https://mediaarchive.blob.core.windows.net/".into(),
            hierarchical: false,
            nfs: false,
            denies_by_default: false,
            trusts_services: true,
            public_network: "Enabled".into(),
            private_endpoints: None,
            shared_key: true,
            provisioning: "Succeeded".into(),
            primary_status: Some("available".into()),
        };
        assert_eq!((account.subscription(), account.resource_group()), ("0000-11", "media-rg"));
        let odd = StorageAccount { id: "nonsense".into(), ..account };
        assert_eq!((odd.subscription(), odd.resource_group()), ("", ""));
    }
}
