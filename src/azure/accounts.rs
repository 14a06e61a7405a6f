//! Azure Resource Manager: subscriptions, resource groups, storage accounts.

use azure_core::http::Method;
use serde_json::json;

use super::{
    Azure,
    fault::Fault,
    model::{ResourceGroup, StorageAccount, Subscription},
    request::roles::{CONTRIBUTOR, READER},
    session::arm::STORAGE_VERSION,
    wire::{self, json::JsonView},
};

const SUBSCRIPTIONS: &str = "2022-12-01";
const RESOURCES: &str = "2024-03-01";

impl Azure {
    /// Every subscription the sign-in can see (Microsoft page: Subscriptions - List).
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn subscriptions(&self) -> Result<Vec<Subscription>, Fault> {
        let tried = "list your subscriptions";
        let request = self.session.arm_request(tried, READER, &["subscriptions"], SUBSCRIPTIONS)?;
        self.session.all_pages(request, wire::arm::subscription).await
    }

    /// Every resource group of a subscription (Microsoft page: Resource Groups - List).
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn resource_groups(&self, subscription: &str) -> Result<Vec<ResourceGroup>, Fault> {
        let tried = format!("list the resource groups of subscription {subscription}");
        let request =
            self.session.arm_request(&tried, READER, &["subscriptions", subscription, "resourcegroups"], RESOURCES)?;
        self.session.all_pages(request, wire::arm::resource_group).await
    }

    /// Makes a resource group (Microsoft page: Resource Groups - Create Or Update). One that exists in the same region stays as it is.
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn create_resource_group(
        &self,
        subscription: &str,
        group: &ResourceGroup,
    ) -> Result<ResourceGroup, Fault> {
        let tried = format!("make the resource group {} in {}", group.name, group.location);
        let path = ["subscriptions", subscription, "resourcegroups", &group.name];
        let body = json!({ "location": group.location }).to_string();
        let request = self.session.arm_request(&tried, CONTRIBUTOR, &path, RESOURCES)?;
        let response = self.session.send(request.method(Method::Put, true).body("application/json", body)).await?;
        wire::arm::resource_group(JsonView::new(&response.json()?))
            .ok_or_else(|| response.broken("the answer does not describe a resource group"))
    }

    /// Every storage account of a subscription (Microsoft page: Storage Accounts - List).
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn storage_accounts(&self, subscription: &str) -> Result<Vec<StorageAccount>, Fault> {
        let tried = format!("list the storage accounts of subscription {subscription}");
        let path = ["subscriptions", subscription, "providers", "Microsoft.Storage", "storageAccounts"];
        let request = self.session.arm_request(&tried, READER, &path, STORAGE_VERSION)?;
        let blob = self.session.cloud().blob.as_deref();
        let accounts = self.session.all_pages(request, |view| wire::arm::storage_account(view, blob)).await?;
        for account in &accounts {
            self.remember(account);
        }
        Ok(accounts)
    }

    /// One storage account, by its resource id (Microsoft page: Storage Accounts - Get Properties).
    ///
    /// # Errors
    /// `BadRequest` when `id` is not a resource id; otherwise as the service answers.
    pub async fn storage_account(&self, id: &str) -> Result<StorageAccount, Fault> {
        let name = id.rsplit('/').next().unwrap_or(id);
        let tried = format!("read the storage account {name}");
        let path: Vec<&str> = id.trim_matches('/').split('/').collect();
        let request = self.session.arm_request(&tried, READER, &path, STORAGE_VERSION)?;
        let response = self.session.send(request).await?;
        let blob = self.session.cloud().blob.as_deref();
        let account = wire::arm::storage_account(JsonView::new(&response.json()?), blob);
        let account = account.ok_or_else(|| response.broken("the answer does not describe a storage account"))?;
        self.remember(&account);
        Ok(account)
    }
}
