//! One pipeline for Azure Resource Manager and Blob storage: sends a call, repeats it where that is safe, and turns failure into a [`Fault`].
//! What a call means is not known here; see `arm`, `blob` and `jobs`.

use std::{sync::Arc, time::Duration};

use azure_core::http::{
    ClientOptions, Context, Method, Pipeline, PipelineSendOptions, Request, RetryOptions, Transport, Url,
    headers::{HeaderName, HeaderValue, Headers},
};
use bytes::Bytes;

use super::{
    access::{AccountAccess, Credentials},
    cloud::Cloud,
    explain::{self, RequestContext},
    fault::Fault,
};

pub(crate) mod address;
mod authorize;
mod client;
mod proxy;
pub(crate) mod retry;
mod sas;
pub(crate) mod sharedkey;
mod stream;

pub(crate) use authorize::Credential;
pub use client::init;
pub(crate) use proxy::ProxyInUse;
pub(crate) use retry::WaitListener;
pub(crate) use sas::Sas;
pub use stream::BodyChunks;

/// A pause before a call is tried again; told so that a screen can count down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryWait {
    /// Length of the pause in whole seconds, rounded up; at most 60.
    pub seconds: u64,
    /// The attempt that follows the pause: 2 for the first repetition.
    pub attempt: u32,
    /// Why, without a full stop: `the service asked to slow down (HTTP 429)`.
    pub reason: String,
    /// The service said how long.
    pub asked: bool,
}

/// What tests and emulators set differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionOptions {
    /// Entries asked for in one page of a listing, 1 to 5000 (Microsoft page: List Blobs).
    pub page_size: u32,
    /// The first back-off pause; it doubles with every attempt. A Retry-After is not touched by it.
    pub pace: Duration,
}

impl Default for SessionOptions {
    fn default() -> Self {
        Self { page_size: 5000, pace: Duration::from_millis(500) }
    }
}

/// Which service a call is for; decides the token's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Audience {
    /// Azure Resource Manager.
    Arm,
    /// Blob storage.
    Storage,
}

/// What the policies need to know about the call they carry.
pub(crate) struct CallContext {
    pub(crate) audience: Audience,
    /// The only origin the token may be sent to.
    pub(crate) home: Url,
    /// Sending it twice does no harm.
    pub(crate) repeatable: bool,
    /// Never sent twice, whatever the answer: the caller repeats it in its own way.
    pub(crate) once: bool,
    pub(crate) way: Credential,
    pub(crate) pace: Duration,
    pub(crate) listener: Option<WaitListener>,
}

/// One call to make.
#[derive(Clone)]
pub(crate) struct ApiRequest {
    /// What it is for, as an infinitive.
    pub(crate) tried: String,
    /// The role that allows it, for advice.
    pub(crate) role: &'static str,
    pub(crate) audience: Audience,
    pub(crate) home: Url,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<(&'static str, Bytes)>,
    pub(crate) repeatable: bool,
    pub(crate) way: Credential,
}

impl ApiRequest {
    /// A read.
    pub(crate) fn get(tried: impl Into<String>, role: &'static str, audience: Audience, home: &Url, url: Url) -> Self {
        Self {
            tried: tried.into(),
            role,
            audience,
            home: home.clone(),
            method: Method::Get,
            url,
            headers: Vec::new(),
            body: None,
            repeatable: true,
            way: Credential::Token,
        }
    }

    /// The same call with another method; `repeatable` says whether sending it twice does no harm.
    pub(crate) fn method(mut self, method: Method, repeatable: bool) -> Self {
        self.method = method;
        self.repeatable = repeatable;
        self
    }

    /// The same call with a body.
    pub(crate) fn body(mut self, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        self.body = Some((content_type, body.into()));
        self
    }

    /// The same call with one more header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same call by another right.
    pub(crate) fn by(mut self, way: Credential) -> Self {
        self.way = way;
        self
    }

    /// Who is asked for what, for the wording of a fault.
    pub(crate) fn asked(&self) -> RequestContext {
        let below = self.url.path().strip_prefix(self.home.path().trim_end_matches('/'));
        let container = below.and_then(|path| path.split('/').find(|part| !part.is_empty()));
        RequestContext {
            audience: self.audience,
            way: self.way.clone(),
            home: self.home.clone(),
            container: container.filter(|_| self.audience == Audience::Storage).map(str::to_owned),
            once: !self.repeatable,
            writes: self.method != Method::Get,
            ..RequestContext::new(&self.tried, self.role, &self.url)
        }
    }

    fn request(&self) -> Request {
        let mut request = Request::new(self.url.clone(), self.method);
        for (name, value) in &self.headers {
            request.insert_header(HeaderName::from_static(name), HeaderValue::from(value.clone()));
        }
        if let Some((content_type, body)) = &self.body {
            request.insert_header(HeaderName::from_static("content-type"), HeaderValue::from_static(content_type));
            request.set_body(body.clone());
        }
        request
    }
}

/// An answer, of any status, with its whole body.
pub(crate) struct ApiResponse {
    pub(crate) asked: RequestContext,
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    pub(crate) body: Bytes,
}

impl ApiResponse {
    /// The answer, when its status says success.
    pub(crate) fn success(self) -> Result<Self, Fault> {
        if (200..300).contains(&self.status) { Ok(self) } else { Err(self.fault()) }
    }

    /// What an unsuccessful answer means.
    pub(crate) fn fault(&self) -> Fault {
        explain::answer(&self.asked, self.status, &self.headers, &self.body)
    }

    /// The fault of an answer that is not what the service promises.
    pub(crate) fn broken(&self, reason: impl Into<String>) -> Fault {
        explain::broken(&self.asked, self.status, &self.headers, reason)
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Result<serde_json::Value, Fault> {
        super::wire::json::parse(&self.body).map_err(|reason| self.unread(reason))
    }

    /// The body as text; bytes that are not UTF-8 are replaced, a byte order mark is dropped.
    pub(crate) fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body))
    }

    /// The fault of an answer that could not be read. Says so when a web page came instead, as from a proxy or a hotel's sign-in page.
    pub(crate) fn unread(&self, reason: impl Into<String>) -> Fault {
        if explain::is_web_page(content_type(&self.headers), &self.body) {
            explain::page(&self.asked, self.status, &self.headers)
        } else {
            self.broken(reason)
        }
    }
}

fn content_type(headers: &Headers) -> &str {
    headers.get_optional_str(&HeaderName::from_static("content-type")).unwrap_or("")
}

/// The signed-in pipeline of one cloud, or that of one account. Clones share connections, tokens and keys.
#[derive(Clone)]
pub(crate) struct AzureSession {
    pipeline: Pipeline,
    cloud: Arc<Cloud>,
    arm: Url,
    tuning: SessionOptions,
    listener: Option<WaitListener>,
    ways: Arc<Credentials>,
}

impl AzureSession {
    pub(crate) fn new(cloud: &Cloud, arm: Url, tokens: super::auth::TokenCache, tuning: SessionOptions) -> Self {
        Self::with(Some(Arc::new(tokens)), cloud.clone(), arm, Credentials::of(cloud.clone()), tuning)
    }

    /// The pipeline of one account, without a sign-in. What would need one is refused before it is sent.
    pub(crate) fn of_account(access: AccountAccess, tuning: SessionOptions) -> Self {
        let endpoint = access.endpoint().to_owned();
        let cloud = Cloud {
            name: "account".into(),
            arm: endpoint.clone(),
            authority: endpoint.clone(),
            blob: Some(endpoint),
            storage_hosts: Vec::new(),
        };
        let arm = access.url().clone();
        Self::with(None, cloud, arm, Credentials::only(access), tuning)
    }

    fn with(
        tokens: Option<Arc<super::auth::TokenCache>>,
        cloud: Cloud,
        arm: Url,
        ways: Credentials,
        tuning: SessionOptions,
    ) -> Self {
        let pipeline = pipeline(vec![Arc::new(authorize::Authorize::new(tokens))]);
        Self { pipeline, cloud: Arc::new(cloud), arm, tuning, listener: None, ways: Arc::new(ways) }
    }

    /// By which right each account is read.
    pub(crate) fn ways(&self) -> &Credentials {
        &self.ways
    }

    pub(crate) fn cloud(&self) -> &Cloud {
        &self.cloud
    }

    /// Base address of Azure Resource Manager.
    pub(crate) fn arm(&self) -> &Url {
        &self.arm
    }

    pub(crate) fn page_size(&self) -> u32 {
        self.tuning.page_size.clamp(1, 5000)
    }

    pub(crate) fn telling(&self, listener: &WaitListener) -> Self {
        Self { listener: Some(Arc::clone(listener)), ..self.clone() }
    }

    /// Sends a call and gives its answer when that says success.
    pub(crate) async fn send(&self, call: ApiRequest) -> Result<ApiResponse, Fault> {
        self.exchange(call).await?.success()
    }

    /// Sends a call and gives its answer, whatever the status.
    pub(crate) async fn exchange(&self, call: ApiRequest) -> Result<ApiResponse, Fault> {
        let trip = self.trip(&call, false);
        exchange(&self.pipeline, &call, trip).await
    }

    fn trip(&self, call: &ApiRequest, once: bool) -> CallContext {
        CallContext {
            audience: call.audience,
            home: call.home.clone(),
            repeatable: call.repeatable,
            once,
            way: call.way.clone(),
            pace: self.tuning.pace,
            listener: self.listener.clone(),
        }
    }
}

/// A pipeline with our transport and our retries; `azure_core`'s own retries are off, because two loops multiply.
pub(crate) fn pipeline(per_try: Vec<Arc<dyn azure_core::http::policies::Policy>>) -> Pipeline {
    let repeat: Arc<dyn azure_core::http::policies::Policy> = Arc::new(retry::RetryPolicy);
    Pipeline::new(Some("blobfreight"), Some(env!("CARGO_PKG_VERSION")), options(), vec![repeat], per_try, None)
}

/// The same for an Azure machine's metadata service.
pub(crate) fn metadata_options() -> ClientOptions {
    ClientOptions { transport: Some(Transport::new(client::metadata_transport())), ..options() }
}

/// Options with our transport and no retries.
pub(crate) fn options() -> ClientOptions {
    ClientOptions {
        transport: Some(Transport::new(client::transport())),
        retry: RetryOptions::none(),
        ..ClientOptions::default()
    }
}

/// Sends a call through `pipeline`.
pub(crate) async fn exchange(pipeline: &Pipeline, call: &ApiRequest, trip: CallContext) -> Result<ApiResponse, Fault> {
    let asked = call.asked();
    let context = Context::new().with_value(trip);
    let options = PipelineSendOptions { skip_checks: true, ..PipelineSendOptions::default() };
    match pipeline.send(&context, &mut call.request(), Some(options)).await {
        Ok(response) => {
            let (status, headers, body) = response.deconstruct();
            Ok(ApiResponse { asked, status: u16::from(status), headers, body: body.into() })
        }
        Err(error) => Err(explain::failure(&asked, &error)),
    }
}
