//! Requests to Azure Resource Manager, and lists that come page after page.

use std::collections::HashSet;

use azure_core::http::Url;
use serde_json::Value;

use super::AzureSession;
use crate::azure::{
    fault::{Fault, FaultKind},
    request::{ApiRequest, Audience},
    transport::ApiResponse,
    urls,
    wire::json::JsonView,
};

/// The api-version of Microsoft.Storage.
pub(crate) const STORAGE_VERSION: &str = "2023-05-01";

/// More pages than any tenant has; a service that sends more is going in circles.
const MAX_PAGES: usize = 10_000;

impl AzureSession {
    /// A read of a path below the ARM endpoint.
    pub(crate) fn arm_request(
        &self,
        tried: &str,
        role: &'static str,
        path: &[&str],
        api_version: &str,
    ) -> Result<ApiRequest, Fault> {
        self.arm_query(tried, role, path, &[("api-version", api_version)])
    }

    /// The same with further options of the operation, e.g. `$expand`.
    pub(crate) fn arm_query(
        &self,
        tried: &str,
        role: &'static str,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<ApiRequest, Fault> {
        let url = urls::join(self.arm(), path, query);
        let url = url.map_err(|reason| Fault { kind: FaultKind::BadRequest, ..Fault::local(tried, reason) })?;
        Ok(ApiRequest::get(tried, role, Audience::Arm, self.arm(), url))
    }

    /// A read at the address that a response names, followed verbatim. It takes the token along, so it goes only to Azure Resource
    /// Manager, where a region's own server (`centraluseuap.management.azure.com`) is one of its servers.
    pub(crate) fn follow(&self, response: &ApiResponse, url: &Url) -> Result<ApiRequest, Fault> {
        if !urls::is_same_or_below(self.arm(), url) {
            let (other, arm) = (urls::host(url), urls::host(self.arm()));
            return Err(response.broken(format!("it points to {other}, and your sign-in is only for {arm}")));
        }
        let mut server = url.clone();
        server.set_query(None);
        server.set_path("/");
        let (tried, role) = (response.context.tried.clone(), response.context.role);
        Ok(ApiRequest::get(tried, role, Audience::Arm, &server, url.clone()))
    }

    /// Every item of every page of a list.
    pub(crate) async fn all_pages<T>(
        &self,
        first: ApiRequest,
        read: impl Fn(JsonView<'_>) -> Option<T>,
    ) -> Result<Vec<T>, Fault> {
        let response = self.send(first).await?;
        self.pages_from(response, read).await
    }

    /// Every item of `response` and of the pages after it. `nextLink` is followed verbatim, but never to another server: it would
    /// take the token along.
    pub(crate) async fn pages_from<T>(
        &self,
        mut response: ApiResponse,
        read: impl Fn(JsonView<'_>) -> Option<T>,
    ) -> Result<Vec<T>, Fault> {
        let mut seen = HashSet::new();
        let mut all = Vec::new();
        loop {
            let body: Value = response.json()?;
            let view = JsonView::new(&body);
            let Some(items) = view.at("value").array() else {
                return Err(response.broken("the answer holds no list"));
            };
            all.extend(items.iter().filter_map(|item| read(JsonView::new(item))));
            let Some(link) = view.at("nextLink").word() else { return Ok(all) };
            let url = next_page(self.arm(), &response, &link)?;
            if !seen.insert(url.clone()) || seen.len() > MAX_PAGES {
                return Err(response.broken("the pages of the answer go in circles"));
            }
            let (tried, role) = (response.context.tried.clone(), response.context.role);
            response = self.send(ApiRequest::get(tried, role, Audience::Arm, self.arm(), url)).await?;
        }
    }
}

fn next_page(arm: &Url, response: &ApiResponse, link: &str) -> Result<Url, Fault> {
    let url = arm.join(link).map_err(|_| response.broken("the link to the next page is not an address"))?;
    if !urls::same_server(arm, &url) {
        let hosts = (urls::host(&url), urls::host(arm));
        return Err(response
            .broken(format!("the next page is said to be at {}, and your sign-in is only for {}", hosts.0, hosts.1)));
    }
    Ok(url)
}
