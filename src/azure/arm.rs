//! Azure Resource Manager: subscriptions, resource groups, storage accounts, and registration of the Import/Export provider.

use std::collections::HashSet;

use azure_core::http::{Method, Url};
use serde_json::Value;

use super::{
    Azure,
    fault::{Fault, FaultKind},
    http::{ApiRequest, ApiResponse, Audience, AzureSession, address},
    model::{Provider, ResourceGroup, StorageAccount, Subscription},
    wire::{self, json::JsonView},
};

/// The role that lets a person read resources.
pub(crate) const READER: &str = "Reader";
/// The role that lets a person create and change resources.
pub(crate) const CONTRIBUTOR: &str = "Contributor";

const SUBSCRIPTIONS: &str = "2022-12-01";
const RESOURCES: &str = "2024-03-01";
/// Version of Microsoft.Storage.
pub(crate) const STORAGE: &str = "2023-05-01";
const IMPORT_EXPORT: &str = "Microsoft.ImportExport";

/// More pages than any tenant has; a service that sends more is going in circles.
const MOST_PAGES: usize = 10_000;

impl Azure {
    /// Every subscription the sign-in can see (Microsoft page: Subscriptions - List).
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn subscriptions(&self) -> Result<Vec<Subscription>, Fault> {
        let tried = "list your subscriptions";
        let call = arm_call(&self.http, tried, READER, &["subscriptions"], SUBSCRIPTIONS)?;
        pages(&self.http, call, wire::arm::subscription).await
    }

    /// Every resource group of a subscription (Microsoft page: Resource Groups - List).
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn resource_groups(&self, subscription: &str) -> Result<Vec<ResourceGroup>, Fault> {
        let tried = format!("list the resource groups of subscription {subscription}");
        let call = arm_call(&self.http, &tried, READER, &["subscriptions", subscription, "resourcegroups"], RESOURCES)?;
        pages(&self.http, call, wire::arm::resource_group).await
    }

    /// Every storage account of a subscription (Microsoft page: Storage Accounts - List).
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn storage_accounts(&self, subscription: &str) -> Result<Vec<StorageAccount>, Fault> {
        let tried = format!("list the storage accounts of subscription {subscription}");
        let path = ["subscriptions", subscription, "providers", "Microsoft.Storage", "storageAccounts"];
        let call = arm_call(&self.http, &tried, READER, &path, STORAGE)?;
        let blob = self.http.cloud().blob.as_deref();
        let accounts = pages(&self.http, call, |look| wire::arm::storage_account(look, blob)).await?;
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
        let call = arm_call(&self.http, &tried, READER, &path, STORAGE)?;
        let answer = self.http.send(call).await?;
        let blob = self.http.cloud().blob.as_deref();
        let account = wire::arm::storage_account(JsonView::new(&answer.json()?), blob);
        let account = account.ok_or_else(|| answer.broken("the answer does not describe a storage account"))?;
        self.remember(&account);
        Ok(account)
    }

    /// What a subscription says about Microsoft.ImportExport (Microsoft page: Providers - Get).
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn provider(&self, subscription: &str) -> Result<Provider, Fault> {
        let tried = format!("see whether subscription {subscription} offers Import/Export");
        let path = ["subscriptions", subscription, "providers", IMPORT_EXPORT];
        let answer = self.http.send(arm_call(&self.http, &tried, READER, &path, RESOURCES)?).await?;
        provider_of(&answer)
    }

    /// Registers Microsoft.ImportExport in a subscription; the answer may still say `Registering` (Microsoft page: Providers - Register).
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn register(&self, subscription: &str) -> Result<Provider, Fault> {
        let tried = format!("register Import/Export in subscription {subscription}");
        let path = ["subscriptions", subscription, "providers", IMPORT_EXPORT, "register"];
        let call = arm_call(&self.http, &tried, CONTRIBUTOR, &path, RESOURCES)?.method(Method::Post, true);
        let answer = self.http.send(call).await?;
        provider_of(&answer)
    }
}

fn provider_of(answer: &ApiResponse) -> Result<Provider, Fault> {
    let provider = wire::arm::provider(JsonView::new(&answer.json()?));
    if provider.registration.is_empty() {
        return Err(answer.broken("the answer does not describe a resource provider"));
    }
    Ok(provider)
}

/// A read of a path below the ARM endpoint.
pub(crate) fn arm_call(
    http: &AzureSession,
    tried: &str,
    role: &'static str,
    path: &[&str],
    api_version: &str,
) -> Result<ApiRequest, Fault> {
    let url = address::join(http.arm(), path, &[("api-version", api_version)]);
    let url = url.map_err(|reason| Fault { kind: FaultKind::BadRequest, ..Fault::local(tried, reason) })?;
    Ok(ApiRequest::get(tried, role, Audience::Arm, http.arm(), url))
}

/// Every item of every page of a list.
async fn pages<T>(
    http: &AzureSession,
    first: ApiRequest,
    read: impl Fn(JsonView<'_>) -> Option<T>,
) -> Result<Vec<T>, Fault> {
    let answer = http.send(first).await?;
    pages_from(http, answer, read).await
}

/// Every item of `answer` and of the pages after it. `nextLink` is followed verbatim, but never to another server: it would
/// take the token along.
pub(crate) async fn pages_from<T>(
    http: &AzureSession,
    mut answer: ApiResponse,
    read: impl Fn(JsonView<'_>) -> Option<T>,
) -> Result<Vec<T>, Fault> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    loop {
        let body: Value = answer.json()?;
        let look = JsonView::new(&body);
        let Some(items) = look.at("value").array() else {
            return Err(answer.broken("the answer holds no list"));
        };
        all.extend(items.iter().filter_map(|item| read(JsonView::new(item))));
        let Some(link) = look.at("nextLink").word() else { return Ok(all) };
        let url = next_page(http.arm(), &answer, &link)?;
        if !seen.insert(url.clone()) || seen.len() > MOST_PAGES {
            return Err(answer.broken("the pages of the answer go in circles"));
        }
        let (tried, role) = (answer.asked.tried.clone(), answer.asked.role);
        answer = http.send(ApiRequest::get(tried, role, Audience::Arm, http.arm(), url)).await?;
    }
}

fn next_page(arm: &Url, answer: &ApiResponse, link: &str) -> Result<Url, Fault> {
    let url = arm.join(link).map_err(|_| answer.broken("the link to the next page is not an address"))?;
    if !address::same_server(arm, &url) {
        let hosts = (address::host(&url), address::host(arm));
        return Err(answer
            .broken(format!("the next page is said to be at {}, and your sign-in is only for {}", hosts.0, hosts.1)));
    }
    Ok(url)
}
