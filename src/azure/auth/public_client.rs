//! The client of the authority for people: an application without a secret (a public client). `oauth2` has the protocol; requests go
//! through our transport, to the authority of the chosen cloud only.

use std::{future::Future, pin::Pin, time::Duration};

use azure_core::{
    credentials::AccessToken,
    http::{Method, Pipeline, Url},
    time::OffsetDateTime,
};
use oauth2::{
    AsyncHttpClient, AuthUrl, AuthorizationCode, ClientId, CsrfToken, DeviceAuthorizationUrl, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, Scope,
    StandardDeviceAuthorizationResponse, TokenResponse as _, TokenUrl, basic::BasicClient, basic::BasicTokenResponse,
};
use secrecy::{ExposeSecret, SecretString};

use super::{CredentialConfig, oauth_failure::OAuthFailure};
use crate::azure::{
    credentials::Credential,
    fault::Fault,
    request::{ApiRequest, Audience, roles::READER},
    transport::{self, SendOptions},
    urls,
};

/// The tenant of people who named none: the own tenant of whoever signs in (Microsoft page: OAuth 2.0 authorization code flow).
const OWN_TENANT: &str = "organizations";
/// Without it the authority gives no refresh token.
const OFFLINE_ACCESS: &str = "offline_access";
/// Grants that count once. A lost answer is not asked for again.
const SINGLE_USE: [&str; 2] =
    ["grant_type=authorization_code", "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"];
/// The longest a token is believed to count.
const LONGEST_LIFE: Duration = Duration::from_secs(86_400);

type Endpoints = BasicClient<EndpointSet, EndpointSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// An access token, and the refresh token that came with it.
pub(super) struct TokenSet {
    pub(super) access: AccessToken,
    pub(super) refresh: Option<SecretString>,
}

/// What a token is wanted for.
#[derive(Clone, Copy)]
pub(super) struct RequestedToken<'a> {
    /// Scopes of the service, e.g. `https://management.azure.com/.default`.
    pub(super) scopes: &'a [&'a str],
    /// What the token must say, as JSON: the answer to a claims challenge.
    pub(super) claims: Option<&'a str>,
}

impl RequestedToken<'_> {
    fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.scopes.iter().copied().chain([OFFLINE_ACCESS]).map(|scope| Scope::new(scope.to_owned()))
    }

    fn claims(&self) -> Option<(&'static str, String)> {
        self.claims.map(|claims| ("claims", claims.to_owned()))
    }
}

/// An authorization request: the page's address, and what its answer is checked with.
pub(super) struct Authorization {
    pub(super) address: Url,
    pub(super) state: CsrfToken,
    pub(super) verifier: PkceCodeVerifier,
    pub(super) redirect: RedirectUrl,
}

/// The client of one tenant.
pub(super) struct PublicClient {
    endpoints: Endpoints,
    pub(super) tried: String,
    backoff: Duration,
    pipeline: Pipeline,
}

impl PublicClient {
    pub(super) fn new(config: &CredentialConfig) -> Result<Self, Fault> {
        let tenant = config.tenant.as_deref().unwrap_or(OWN_TENANT);
        let endpoint = |name| {
            let authority = Url::parse(&config.cloud.authority).map_err(|_| "it is not an address".to_owned());
            authority.and_then(|authority| urls::join(&authority, &[tenant, "oauth2", "v2.0", name], &[]))
        };
        let unusable = |reason| {
            let what = format!("the authority `{}` cannot be used: {reason}", config.cloud.authority);
            Fault::local(config.tried(), what)
        };
        let endpoints = BasicClient::new(ClientId::new(config.person.client_id.clone()))
            .set_auth_uri(AuthUrl::from_url(endpoint("authorize").map_err(unusable)?))
            .set_device_authorization_url(DeviceAuthorizationUrl::from_url(endpoint("devicecode").map_err(unusable)?))
            .set_token_uri(TokenUrl::from_url(endpoint("token").map_err(unusable)?));
        let pipeline = transport::pipeline(Vec::new());
        Ok(Self { endpoints, tried: config.tried(), backoff: config.backoff, pipeline })
    }

    /// A request for authorization whose answer comes to this port.
    pub(super) fn authorization(&self, port: u16, wanted: RequestedToken<'_>) -> Result<Authorization, Fault> {
        // Entra takes any port of `localhost`, and of an address in numbers only what the application registered.
        let redirect = RedirectUrl::new(format!("http://localhost:{port}"));
        let redirect = redirect.map_err(|_| Fault::local(self.tried.clone(), "the local address is not one"))?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let request = self.endpoints.authorize_url(CsrfToken::new_random).add_scopes(wanted.scopes());
        let request = request.set_pkce_challenge(challenge).set_redirect_uri(std::borrow::Cow::Borrowed(&redirect));
        let request = request.add_extra_param("prompt", "select_account");
        let request = match wanted.claims() {
            Some((name, claims)) => request.add_extra_param(name, claims),
            None => request,
        };
        let (address, state) = request.url();
        Ok(Authorization { address, state, verifier, redirect })
    }

    /// The tokens for an authorization code.
    pub(super) async fn redeem(
        &self,
        code: AuthorizationCode,
        verifier: PkceCodeVerifier,
        redirect: RedirectUrl,
    ) -> Result<TokenSet, OAuthFailure> {
        let request = self.endpoints.exchange_code(code).set_pkce_verifier(verifier);
        let request = request.set_redirect_uri(std::borrow::Cow::Owned(redirect));
        let answer = request.request_async(self).await;
        answer.map(|response| tokens(&response)).map_err(|error| OAuthFailure::of(&self.tried, error))
    }

    /// New tokens for a refresh token.
    pub(super) async fn refresh(
        &self,
        refresh: &SecretString,
        wanted: RequestedToken<'_>,
    ) -> Result<TokenSet, OAuthFailure> {
        let refresh = RefreshToken::new(refresh.expose_secret().to_owned());
        let request = self.endpoints.exchange_refresh_token(&refresh).add_scopes(wanted.scopes());
        let request = match wanted.claims() {
            Some((name, claims)) => request.add_extra_param(name, claims),
            None => request,
        };
        let answer = request.request_async(self).await;
        answer.map(|response| tokens(&response)).map_err(|error| OAuthFailure::of(&self.tried, error))
    }

    /// A device code and the code to type.
    pub(super) async fn device_codes(
        &self,
        wanted: RequestedToken<'_>,
    ) -> Result<StandardDeviceAuthorizationResponse, OAuthFailure> {
        let request = self.endpoints.exchange_device_code().add_scopes(wanted.scopes());
        let request = match wanted.claims() {
            Some((name, claims)) => request.add_extra_param(name, claims),
            None => request,
        };
        request.request_async(self).await.map_err(|error| OAuthFailure::of(&self.tried, error))
    }

    /// Asks for the tokens until the person has signed in. A second of the authority's pauses takes `second`.
    pub(super) async fn poll(
        &self,
        codes: &StandardDeviceAuthorizationResponse,
        second: Duration,
        wanted: RequestedToken<'_>,
    ) -> Result<TokenSet, OAuthFailure> {
        let scopes: Vec<String> = wanted.scopes().map(|scope| scope.to_string()).collect();
        let request = self.endpoints.exchange_device_access_token(codes).add_extra_param("scope", scopes.join(" "));
        let sleep = |pause: Duration| tokio::time::sleep(pause.mul_f64(second.as_secs_f64()));
        let answer = request.request_async(self, sleep, None).await;
        answer.map(|response| tokens(&response)).map_err(|error| OAuthFailure::of_device(&self.tried, error))
    }

    /// Sends a request of `oauth2`. An answer that is not the authority's own JSON is a fault, as from a proxy.
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, Fault> {
        let broken = |_| Fault::local(self.tried.clone(), "the request to the authority is malformed");
        let url = Url::parse(&request.uri().to_string()).map_err(broken)?;
        let body = request.into_body();
        let single_use = SINGLE_USE.iter().any(|grant| contains(&body, grant.as_bytes()));
        let request = ApiRequest::get(&self.tried, READER, Audience::Arm, &url, url.clone());
        let request = request.method(Method::Post, !single_use).body("application/x-www-form-urlencoded", body);
        let send_options = SendOptions {
            audience: Audience::Arm,
            base_url: url,
            idempotent: !single_use,
            no_retry: false,
            credential: Credential::Token,
            backoff: self.backoff,
            listener: None,
        };
        let response = transport::exchange(&self.pipeline, &request, send_options).await?;
        if response.status >= 500 {
            return Err(Fault { unsettled: false, ..response.fault() });
        }
        response.json().map_err(|fault| Fault { unsettled: false, ..fault })?;
        let answer = oauth2::http::Response::builder().status(response.status);
        let answer = answer.header("content-type", "application/json").body(response.body.to_vec());
        answer.map_err(|_| Fault::local(self.tried.clone(), "the answer of the authority is malformed"))
    }
}

impl<'c> AsyncHttpClient<'c> for PublicClient {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Fault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.exchange(request))
    }
}

fn contains(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|window| window == part)
}

fn tokens(response: &BasicTokenResponse) -> TokenSet {
    let life = response.expires_in().unwrap_or_default().min(LONGEST_LIFE);
    TokenSet {
        access: AccessToken::new(response.access_token().secret().clone(), OffsetDateTime::now_utc() + life),
        refresh: response.refresh_token().map(|token| SecretString::from(token.secret().clone())),
    }
}
