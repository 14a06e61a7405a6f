//! A session with one Azure cloud, or with one storage account: it joins tokens, credentials and the transport.

use std::{sync::Arc, time::Duration};

use azure_core::http::{Pipeline, Url};

use super::{SessionOptions, SignInRequest};
use crate::azure::{
    auth::{self, Authorize, CredentialConfig, TokenCache},
    cloud::Cloud,
    credentials::{AccountAccess, Credentials},
    fault::Fault,
    model::Identity,
    request::{ApiRequest, Audience},
    transport::{self, ApiResponse, BodyChunks, CallEvent, CallListener, RetryWait, SendOptions},
    wire::headers::whole_seconds,
};

/// The signed-in pipeline of one cloud, or that of one account. Clones share connections, tokens and keys.
#[derive(Clone)]
pub(crate) struct AzureSession {
    pipeline: Pipeline,
    cloud: Arc<Cloud>,
    arm: Url,
    options: SessionOptions,
    listener: Option<CallListener>,
    credentials: Arc<Credentials>,
    tokens: Option<Arc<TokenCache>>,
}

impl AzureSession {
    /// Signs in to `cloud` and gets the first token, so that a wrong sign-in fails here and not later.
    pub(crate) async fn sign_in(
        SignInRequest { cloud, method, tenant, options, person, ask, listener }: SignInRequest<'_>,
    ) -> Result<(Self, Identity), Fault> {
        let config = CredentialConfig::new(cloud, method, tenant, options.backoff, person);
        let arm = config.arm_url()?;
        let (tokens, identity) = auth::sign_in(config, ask, listener.as_ref()).await?;
        let credentials = Credentials::for_cloud(cloud.clone());
        let session = Self::with(Some(Arc::new(tokens)), cloud.clone(), arm, credentials, options);
        Ok((Self { listener, ..session }, identity))
    }

    /// A session with one account, without a sign-in. A request that needs a sign-in fails before it is sent.
    pub(crate) fn for_account(access: AccountAccess, options: SessionOptions) -> Self {
        let endpoint = access.endpoint().to_owned();
        let cloud = Cloud {
            name: "account".into(),
            arm: endpoint.clone(),
            authority: endpoint.clone(),
            blob: Some(endpoint),
            storage_hosts: Vec::new(),
        };
        let arm = access.url().clone();
        Self::with(None, cloud, arm, Credentials::for_account(access), options)
    }

    fn with(
        tokens: Option<Arc<TokenCache>>,
        cloud: Cloud,
        arm: Url,
        credentials: Credentials,
        options: SessionOptions,
    ) -> Self {
        let pipeline = transport::pipeline(vec![Arc::new(Authorize::new(tokens.clone()))]);
        let (cloud, credentials) = (Arc::new(cloud), Arc::new(credentials));
        Self { pipeline, cloud, arm, options, listener: None, credentials, tokens }
    }

    /// Gets a token and leaves it in the cache.
    pub(crate) async fn get_token(&self, audience: Audience) -> Result<(), Fault> {
        let tokens = self.tokens.as_ref().ok_or_else(|| Fault::local("get a token", "this session has no sign-in"))?;
        tokens.get(audience, self.listener.as_ref()).await.map(drop)
    }

    /// Which credential each account is read with.
    pub(crate) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    pub(crate) fn cloud(&self) -> &Cloud {
        &self.cloud
    }

    /// Base address of Azure Resource Manager.
    pub(crate) fn arm(&self) -> &Url {
        &self.arm
    }

    pub(crate) fn page_size(&self) -> u32 {
        self.options.page_size.clamp(1, 5000)
    }

    /// Whether listings are asked for in Apache Arrow at all.
    pub(crate) fn takes_arrow(&self) -> bool {
        self.options.arrow
    }

    pub(crate) fn with_listener(&self, listener: &CallListener) -> Self {
        Self { listener: Some(Arc::clone(listener)), ..self.clone() }
    }

    /// The first back-off pause.
    pub(crate) fn backoff(&self) -> Duration {
        self.options.backoff
    }

    /// Tells the listener of a pause, and waits.
    pub(crate) async fn pause(&self, pause: Duration, attempt: u32, reason: &str) {
        if let Some(listener) = &self.listener {
            let seconds = whole_seconds(pause);
            listener(CallEvent::Waits(RetryWait { seconds, attempt, reason: reason.to_owned(), requested: false }));
        }
        tokio::time::sleep(pause).await;
    }

    /// Sends a request and gives its response when the status says success.
    pub(crate) async fn send(&self, request: ApiRequest) -> Result<ApiResponse, Fault> {
        self.exchange(request).await?.success()
    }

    /// Sends a request and gives its response, whatever the status.
    pub(crate) async fn exchange(&self, request: ApiRequest) -> Result<ApiResponse, Fault> {
        let send_options = self.send_options(&request, false);
        transport::exchange(&self.pipeline, &request, send_options).await
    }

    /// Sends a request, once, and gives its response before the body is here, when its status says success.
    pub(crate) async fn open(&self, request: ApiRequest) -> Result<BodyChunks, Fault> {
        let send_options = self.send_options(&request, true);
        transport::open(&self.pipeline, &request, send_options).await
    }

    fn send_options(&self, request: &ApiRequest, no_retry: bool) -> SendOptions {
        SendOptions {
            audience: request.audience,
            base_url: request.base_url.clone(),
            idempotent: request.idempotent,
            no_retry,
            credential: request.credential.clone(),
            backoff: self.options.backoff,
            listener: self.listener.clone(),
        }
    }
}
