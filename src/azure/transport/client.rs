//! The transport: reqwest clients with our limits; a request for this machine never goes through a proxy.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, OnceLock},
    time::Duration,
};

use azure_core::{
    Error,
    error::ErrorKind,
    http::{AsyncRawResponse, HttpClient, Request, Url},
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::azure::{cloud, fault::Fault};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// Installs the TLS provider (ring) for this process. May be called any number of times; the first call counts.
pub fn init() {
    // An error means that a provider is installed already, which is what we want.
    drop(rustls::crypto::ring::default_provider().install_default());
}

/// A transport with connections of its own, which live as long as the session and inside its runtime.
pub(super) fn transport() -> Arc<dyn HttpClient> {
    Arc::new(Clients::default())
}

/// A transport that may also ask an Azure machine's own metadata service, which speaks plain HTTP at a link-local address
/// (Microsoft page: Azure Instance Metadata Service). No token of ours ever travels on it.
pub(super) fn metadata_transport() -> Arc<dyn HttpClient> {
    Arc::new(Clients::for_metadata())
}

/// Built when first needed: reading the machine's certificates takes a tenth of a second, which a rehearsal need not spend.
#[derive(Debug, Default)]
struct Clients {
    /// For other machines; uses the system's proxy.
    remote: OnceLock<Result<reqwest::Client, String>>,
    /// For HTTPS to this machine.
    local: OnceLock<Result<reqwest::Client, String>>,
    /// Plain HTTP to a link-local address is allowed.
    metadata: bool,
    /// For plain HTTP, which is for this machine only.
    plain: OnceLock<Result<reqwest::Client, String>>,
}

impl Clients {
    fn for_metadata() -> Self {
        Self { metadata: true, ..Self::default() }
    }

    fn allows(&self, url: &Url) -> bool {
        cloud::is_safe(url.as_str()) || (self.metadata && is_link_local(url))
    }

    fn client_for(&self, url: &Url) -> &Result<reqwest::Client, String> {
        let loopback = || builder().no_proxy().dns_resolver(Arc::new(LoopbackResolver));
        match (url.scheme(), cloud::is_this_machine(url)) {
            ("http", true) => self.plain.get_or_init(|| finish(loopback().tls_certs_only([]))),
            ("http", false) => self.plain.get_or_init(|| finish(builder().no_proxy().tls_certs_only([]))),
            (_, true) => self.local.get_or_init(|| finish(loopback())),
            (_, false) => self.remote.get_or_init(|| finish(builder())),
        }
    }
}

fn builder() -> reqwest::ClientBuilder {
    init();
    reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
}

fn finish(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, String> {
    builder.build().map_err(|error| error.to_string())
}

#[async_trait::async_trait]
impl HttpClient for Clients {
    async fn execute_request(&self, request: &Request) -> azure_core::Result<AsyncRawResponse> {
        let url = request.url();
        if !self.allows(url) {
            return Err(refuse(format!(
                "{} would be asked over plain http, which is accepted only for this machine",
                url.host_str().unwrap_or("the address")
            )));
        }
        match self.client_for(url) {
            Ok(client) => client.execute_request(request).await,
            Err(reason) => Err(refuse(format!("the HTTP client cannot start ({reason})"))),
        }
    }
}

/// An error of our own that travels through the pipeline unchanged.
pub(crate) fn refuse(reason: String) -> Error {
    Error::new(ErrorKind::Other, Fault::local("", reason))
}

fn is_link_local(url: &Url) -> bool {
    matches!(url.host(), Some(url::Host::Ipv4(ip)) if ip.is_link_local())
}

/// Names of this machine are not looked up: some systems know only `localhost`, and the answer is known (RFC 6761).
#[derive(Debug)]
struct LoopbackResolver;

impl Resolve for LoopbackResolver {
    fn resolve(&self, _name: Name) -> Resolving {
        let addresses = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
        let addresses: Addrs = Box::new(addresses.into_iter().map(|ip| SocketAddr::new(ip, 0)));
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_managed_identity_may_ask_the_machines_metadata_service() {
        let url = |text: &str| Url::parse(text).unwrap();
        let metadata = url("http://169.254.169.254/metadata/identity");
        assert!(!Clients::default().allows(&metadata));
        assert!(Clients::for_metadata().allows(&metadata));
        assert!(!Clients::for_metadata().allows(&url("http://management.azure.com/")));
    }
}
