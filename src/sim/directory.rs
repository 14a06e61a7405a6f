//! Tenant, subscriptions, resource groups and storage accounts of a rehearsal, read from a built-in file; no blobs.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;

use super::asset::read_asset;
use super::response::hash;

const ASSET: &str = include_str!("../../assets/rehearsal/directory.toml");

/// Name of the account that `simulate --blobs` generates.
pub(super) const SYNTHETIC_ACCOUNT: &str = "northlightbench";

/// Everything an account's owner would see in the portal.
#[derive(Debug, Deserialize)]
pub(super) struct Directory {
    /// Tenant id.
    pub tenant: String,
    /// Display name of the tenant.
    pub tenant_name: String,
    /// Default domain of the tenant.
    pub domain: String,
    /// Other tenants that the person is a guest of.
    #[serde(rename = "guest", default)]
    pub guests: Vec<GuestTenant>,
    /// Subscriptions, in the order they are listed.
    #[serde(rename = "subscription")]
    pub subscriptions: Vec<DirectorySubscription>,
    /// Storage accounts of all subscriptions.
    #[serde(rename = "account")]
    pub accounts: Vec<DirectoryAccount>,
}

/// A tenant that the person is a guest of.
#[derive(Debug, Deserialize)]
pub(super) struct GuestTenant {
    /// Tenant id.
    pub tenant: String,
    /// Display name.
    pub name: String,
    /// Default domain.
    pub domain: String,
}

/// A subscription.
#[derive(Debug, Deserialize)]
pub(super) struct DirectorySubscription {
    /// Subscription id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Enabled, Warned, `PastDue`, Disabled or Deleted.
    pub state: String,
    /// Registration state of Microsoft.ImportExport at the start.
    pub import_export: String,
    /// Tenant id, where it is not the home tenant.
    #[serde(default)]
    pub tenant: Option<String>,
    /// Resource groups.
    pub groups: Vec<DirectoryGroup>,
}

/// A resource group.
#[derive(Debug, Deserialize)]
pub(super) struct DirectoryGroup {
    /// Name.
    pub name: String,
    /// Short location name.
    pub location: String,
    /// Made by a request.
    #[serde(default)]
    pub made_here: bool,
}

/// A storage account as Microsoft.Storage shows it.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in the service's answer")]
#[derive(Debug, Clone, Deserialize)]
pub(super) struct DirectoryAccount {
    /// Name, also the first segment of its blob endpoint's path.
    pub name: String,
    /// Index of its subscription.
    pub subscription: usize,
    /// Its resource group.
    pub group: String,
    /// Short location name.
    pub location: String,
    /// `StorageV2` and so on.
    #[serde(default = "general_purpose")]
    pub kind: String,
    /// `Standard_LRS` and so on.
    #[serde(default = "standard")]
    pub sku: String,
    /// Hierarchical namespace.
    #[serde(default)]
    pub hns: bool,
    /// NFS 3.0.
    #[serde(default)]
    pub nfs: bool,
    /// Closed to networks and to trusted services.
    #[serde(default)]
    pub firewall: bool,
    /// Whether Shared Key is allowed.
    #[serde(default = "yes")]
    pub shared_key: bool,
    /// Whether the person has a role for its data; without one only its keys open it.
    #[serde(default = "yes")]
    pub data_role: bool,
    /// Days after which a lifecycle rule archives some of its blobs; 0 without such a rule.
    #[serde(default)]
    pub archives_after: u32,
    /// Whether it holds the sample content.
    #[serde(default)]
    pub sample: bool,
}

fn general_purpose() -> String {
    "StorageV2".to_owned()
}

fn standard() -> String {
    "Standard_LRS".to_owned()
}

fn yes() -> bool {
    true
}

impl Directory {
    /// Reads the built-in directory; `synthetic` adds the generated account.
    ///
    /// # Errors
    /// Says what is wrong when the built-in file is broken.
    pub(super) fn built_in(synthetic: bool) -> Result<Self, String> {
        let mut directory: Self = read_asset("directory.toml", ASSET)?;
        if directory.subscriptions.is_empty() || directory.accounts.is_empty() {
            return Err("directory.toml: no subscription or no account".to_owned());
        }
        if synthetic {
            let like = directory.accounts[0].clone();
            directory.accounts.push(DirectoryAccount { name: SYNTHETIC_ACCOUNT.to_owned(), sample: false, ..like });
        }
        Ok(directory)
    }

    /// The id of a tenant that a path names by its id, its domain, or a word for the person's own.
    pub(super) fn tenant_named(&self, name: &str) -> Option<&str> {
        let own = ["common", "organizations", &self.domain, &self.tenant];
        if own.iter().any(|own| own.eq_ignore_ascii_case(name)) {
            return Some(&self.tenant);
        }
        let guest = self
            .guests
            .iter()
            .find(|guest| [&guest.tenant, &guest.domain].iter().any(|known| known.eq_ignore_ascii_case(name)));
        guest.map(|guest| guest.tenant.as_str())
    }

    /// A subscription by id, in any case.
    pub(super) fn subscription(&self, id: &str) -> Option<(usize, &DirectorySubscription)> {
        self.subscriptions.iter().enumerate().find(|(_, s)| s.id.eq_ignore_ascii_case(id))
    }

    /// A storage account by name.
    pub(super) fn account(&self, name: &str) -> Option<&DirectoryAccount> {
        self.accounts.iter().find(|a| a.name == name)
    }

    /// An account by its Azure Resource Manager id, in any case.
    pub(super) fn account_by_id(&self, id: &str) -> Option<&DirectoryAccount> {
        self.accounts.iter().find(|a| self.account_id(a).eq_ignore_ascii_case(id))
    }

    /// The Azure Resource Manager id of an account.
    pub(super) fn account_id(&self, account: &DirectoryAccount) -> String {
        let subscription = self.subscriptions.get(account.subscription).map_or("", |s| s.id.as_str());
        format!(
            "/subscriptions/{subscription}/resourceGroups/{}/providers/Microsoft.Storage/storageAccounts/{}",
            account.group, account.name
        )
    }
}

/// An account's key: 64 bytes that follow from its name and the key's number (1 or 2), base64.
pub(super) fn account_key(account: &str, number: u8) -> String {
    let bytes: Vec<u8> = (0..8).flat_map(|i| hash(&format!("key {number} of {account} {i}")).to_be_bytes()).collect();
    BASE64_STANDARD.encode(bytes)
}
