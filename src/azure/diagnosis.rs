//! What a check of this machine asks of Azure: the clock of the service, the proxy on the way, a token for the data, the provider of storage.

use std::time::Duration;

use azure_core::http::Url;
use jiff::Timestamp;

use super::{
    Azure,
    cloud::Cloud,
    credentials::Credential,
    errors,
    fault::Fault,
    model::Provider,
    request::{ApiRequest, Audience, roles::READER},
    services::{self, PROVIDERS},
    transport::{self, SendOptions},
    urls,
    wire::headers::date,
};

/// What a service answers to anybody: the list of a cloud's endpoints.
const OPEN_PATH: [&str; 2] = ["metadata", "endpoints"];
const OPEN_VERSION: &str = "2020-09-01";

/// The proxy that requests to an address go through, with the setting that names it, e.g. `proxy.example:3128 (HTTPS_PROXY)`.
pub fn proxy_to(address: &str) -> Option<String> {
    errors::proxy_in_use(&Url::parse(address).ok()?)
}

impl Azure {
    /// The time of Azure Resource Manager, from the header `Date` of a response. Carries no credential; a refusal has the header, too.
    ///
    /// # Errors
    /// There is no response, or none with the header.
    pub async fn service_time(cloud: &Cloud) -> Result<Timestamp, Fault> {
        let tried = "read the clock of Azure Resource Manager";
        let wrong = |reason: String| Fault::local(tried, reason);
        let base_url = Url::parse(&cloud.arm).map_err(|error| wrong(error.to_string()))?;
        let url = urls::join(&base_url, &OPEN_PATH, &[("api-version", OPEN_VERSION)]).map_err(wrong)?;
        let request = ApiRequest::get(tried, READER, Audience::Arm, &base_url, url);
        let options = SendOptions {
            audience: Audience::Arm,
            base_url,
            idempotent: true,
            no_retry: true,
            credential: Credential::Token,
            backoff: Duration::ZERO,
            listener: None,
        };
        // Without the policy that authorizes, no token is put on it.
        let response = transport::exchange(&transport::pipeline(Vec::new()), &request, options).await?;
        date(&response.headers).ok_or_else(|| response.broken("the answer names no time"))
    }

    /// Gets a token for the data of storage accounts. The sign-in got the one for Azure Resource Manager.
    ///
    /// # Errors
    /// `SignedOut` when the sign-in gives none, `Offline` when the authority does not answer.
    pub async fn get_storage_token(&self) -> Result<(), Fault> {
        self.session.get_token(Audience::Storage).await
    }

    /// The state of Microsoft.Storage in a subscription (Microsoft page: Providers - Get).
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn storage_provider(&self, subscription: &str) -> Result<Provider, Fault> {
        let tried = format!("see whether subscription {subscription} is registered for Microsoft.Storage");
        let path = ["subscriptions", subscription, "providers", "Microsoft.Storage"];
        let response = self.session.send(self.session.arm_request(&tried, READER, &path, PROVIDERS)?).await?;
        services::provider_of(&response)
    }
}
