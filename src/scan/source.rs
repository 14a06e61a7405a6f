//! Asks the Blob service for one page of a listing and turns a bad answer into a fault. What the pages mean is not known here.

use std::fmt;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{AUTHORIZATION, HeaderMap, RETRY_AFTER};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::azure::Azure;
use crate::azure::access::AccountAccess;
use crate::azure::cloud::is_safe;
use crate::azure::fault::{Fault, FaultKind, Retry};

/// The service version asked for; old enough for emulators, new enough for encoded names (Microsoft page: List Blobs).
const VERSION: &str = "2021-12-02";

/// Nothing arrives for so long: the connection is given up.
const SILENCE: Duration = Duration::from_secs(60);

/// Everything but RFC 3986's unreserved characters is encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Bytes of an error answer that are looked at.
const ERROR_LIMIT: usize = 8 << 10;

/// How requests are authorised.
#[derive(Clone)]
pub enum Access {
    /// Not at all: public containers and open emulators.
    Open,
    /// The key or the shared access signature of one account.
    Account(AccountAccess),
    /// The bearer token of a session.
    Session(Box<Azure>),
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "Open",
            Self::Account(_) => "Account",
            Self::Session(_) => "Session",
        })
    }
}

/// A storage account's Blob service.
#[derive(Clone, Debug)]
pub struct Source {
    client: reqwest::Client,
    endpoint: Url,
    access: Access,
}

/// One page to ask for.
#[derive(Clone, Debug, Default)]
pub(super) struct Ask {
    /// `None` lists containers.
    pub(super) container: Option<String>,
    pub(super) prefix: String,
    pub(super) delimiter: bool,
    pub(super) marker: Option<String>,
    pub(super) page_size: u32,
}

impl Source {
    /// The Blob service at `endpoint`: `https://account.blob.core.windows.net`, or an emulator's on this machine with the
    /// account in its path.
    ///
    /// # Errors
    /// When the address is none, or is neither HTTPS nor on this machine.
    pub fn new(endpoint: &str, access: Access) -> Result<Self, Fault> {
        let refuse = |reason: String| Fault::local("reach the blob endpoint", reason);
        let url = Url::parse(endpoint.trim_end_matches('/'))
            .map_err(|_| refuse(format!("`{endpoint}` is not an address")))?;
        if !is_safe(url.as_str()) {
            return Err(refuse(format!(
                "`{endpoint}` is not https://, and plain http is accepted only for this machine"
            )));
        }
        // An error means that a provider is installed already, which is what we want.
        drop(rustls::crypto::ring::default_provider().install_default());
        let builder = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(SILENCE)
            .redirect(reqwest::redirect::Policy::none());
        let builder = if url.scheme() == "http" { builder.no_proxy() } else { builder };
        let client = builder.build().map_err(|error| refuse(format!("the HTTP client cannot start ({error})")))?;
        Ok(Self { client, endpoint: url, access })
    }

    /// The endpoint, for messages and to tell checkpoints apart; it holds no secret.
    pub fn endpoint(&self) -> &str {
        self.endpoint.as_str().trim_end_matches('/')
    }

    /// Sends the request; renews the token once when the service does not take it.
    pub(super) async fn send(&self, ask: &Ask) -> Result<reqwest::Response, Fault> {
        let url = self.address(ask);
        let tried = match &ask.container {
            Some(container) => format!("list the blobs of {container}"),
            None => "list the containers".to_owned(),
        };
        let (response, token) = self.once(&url, &tried).await?;
        let refused = response.status() == 401;
        let response = match (refused, &self.access, token) {
            (true, Access::Session(azure), Some(token)) => {
                azure.storage_token(Some(&token)).await?;
                self.once(&url, &tried).await?.0
            }
            _ => response,
        };
        if response.status().is_success() { Ok(response) } else { Err(explain(tried, response).await) }
    }

    async fn once(&self, url: &Url, tried: &str) -> Result<(reqwest::Response, Option<SecretString>), Fault> {
        let mut used = None;
        let mut request = self.client.get(url.clone()).header("x-ms-version", VERSION);
        match &self.access {
            Access::Open => {}
            Access::Account(account) => {
                let read = account.read(url, &[("x-ms-version", VERSION)]);
                let (address, headers) = read.map_err(|reason| Fault::local(tried, reason))?;
                request = self.client.get(address);
                for (name, value) in headers {
                    request = request.header(name, value);
                }
            }
            Access::Session(azure) => {
                let token = azure.storage_token(None).await?;
                request = request.header(AUTHORIZATION, format!("Bearer {}", token.expose_secret()));
                used = Some(token);
            }
        }
        let response = request.send().await.map_err(|error| unreachable_fault(tried, &error))?;
        Ok((response, used))
    }

    fn address(&self, ask: &Ask) -> Url {
        let encode = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
        let mut url = self.endpoint.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        let mut query = Vec::new();
        if let Some(container) = &ask.container {
            url.set_path(&format!("{base}/{}", encode(container)));
            query.push("restype=container&comp=list".to_owned());
            // The service refuses a delimiter together with snapshots.
            query.push(format!("include={}", if ask.delimiter { "deleted" } else { "snapshots%2Cdeleted" }));
        } else {
            url.set_path(&format!("{base}/"));
            query.push("comp=list".to_owned());
        }
        query.push(format!("maxresults={}", ask.page_size));
        let texts =
            [("prefix", Some(&ask.prefix).filter(|prefix| !prefix.is_empty())), ("marker", ask.marker.as_ref())];
        query.extend(texts.iter().filter_map(|(key, text)| text.map(|text| format!("{key}={}", encode(text)))));
        if ask.delimiter {
            query.push("delimiter=%2F".to_owned());
        }
        url.set_query(Some(&query.join("&")));
        url
    }
}

/// No answer, or one that broke off.
pub(super) fn unreachable_fault(tried: &str, error: &reqwest::Error) -> Fault {
    // Never the error itself: it shows the address, which may hold the signature of a SAS.
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause.and_then(std::error::Error::source) {
        cause = Some(deeper);
    }
    let cause = cause.map_or_else(|| "the connection broke off".to_owned(), ToString::to_string);
    Fault { kind: FaultKind::Offline, ..Fault::local(tried, format!("the service did not answer ({cause})")) }
        .advise("Check the network and the endpoint.")
}

/// An answer that is not what the service promises.
pub(super) fn broken(tried: &str, reason: String) -> Fault {
    Fault { kind: FaultKind::BrokenAnswer, ..Fault::local(tried, reason) }
}

async fn explain(tried: String, mut response: reqwest::Response) -> Fault {
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let mut body = Vec::new();
    while let Ok(Some(piece)) = response.chunk().await {
        body.extend_from_slice(&piece);
        if body.len() > ERROR_LIMIT {
            break;
        }
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let code = text("x-ms-error-code").or_else(|| {
        let body = String::from_utf8_lossy(&body).into_owned();
        Some(body.split_once("<Code>")?.1.split_once("</Code>")?.0.to_owned())
    });
    let (kind, reason) = match status {
        401 => (FaultKind::SignedOut, "the service does not take the credential"),
        403 => (FaultKind::Denied, "the credential does not allow it"),
        404 | 410 => (FaultKind::Gone, "it is not there"),
        409 | 412 => (FaultKind::Conflict, "it is in another state than the request needs"),
        429 | 503 => (FaultKind::Throttled, "the service asked to slow down"),
        500.. => (FaultKind::Service, "the service failed"),
        _ => (FaultKind::BadRequest, "the service refuses the request"),
    };
    let retry = match kind {
        FaultKind::Throttled | FaultKind::Service => retry_after(&headers).map_or(Retry::Now, Retry::After),
        _ => Retry::Never,
    };
    let fault = Fault {
        kind,
        status: Some(status),
        code,
        request_id: text("x-ms-request-id"),
        retry,
        ..Fault::local(tried, reason)
    };
    match kind {
        FaultKind::Denied => fault.advise("Ask for the role Storage Blob Data Reader on the account, or use its key."),
        FaultKind::SignedOut => fault.advise("Sign in again, or check the key."),
        _ => fault,
    }
}

fn retry_after(headers: &HeaderMap) -> Option<u64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}
