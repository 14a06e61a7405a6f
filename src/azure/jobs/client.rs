//! A resource provider in one session: sends its operations in the api-version that it offers.

use azure_core::http::Method;
use serde_json::Value;

use super::version::ApiVersion;
use crate::azure::{
    fault::Fault,
    request::{
        ApiRequest,
        roles::{CONTRIBUTOR, READER},
    },
    session::AzureSession,
    transport::{ApiResponse, CallListener},
};

/// The provider in one session. Clones share the api-version that works.
#[derive(Clone)]
pub(super) struct ProviderClient {
    session: AzureSession,
    version: ApiVersion,
}

/// One operation of a provider.
pub(super) struct Operation<'a> {
    pub(super) tried: String,
    pub(super) role: &'static str,
    pub(super) path: Vec<&'a str>,
    /// Options beside the api-version, e.g. `$expand=details`.
    pub(super) query: &'static [(&'static str, &'static str)],
    pub(super) method: Method,
    /// Sending it twice does no harm.
    pub(super) idempotent: bool,
    pub(super) body: Option<Value>,
}

impl ProviderClient {
    pub(super) fn new(session: AzureSession, spoken: &'static [&'static str]) -> Self {
        Self { session, version: ApiVersion::of(spoken) }
    }

    pub(super) fn session(&self) -> &AzureSession {
        &self.session
    }

    pub(super) fn with_listener(&self, listener: &CallListener) -> Self {
        Self { session: self.session.with_listener(listener), version: self.version.clone() }
    }

    /// The operation as a request in the api-version that works.
    pub(super) fn request(&self, operation: &Operation<'_>) -> Result<ApiRequest, Fault> {
        self.request_in(self.version.get(), operation)
    }

    fn request_in(&self, version: &str, operation: &Operation<'_>) -> Result<ApiRequest, Fault> {
        let query: Vec<(&str, &str)> =
            std::iter::once(("api-version", version)).chain(operation.query.iter().copied()).collect();
        let request = self.session.arm_query(&operation.tried, operation.role, &operation.path, &query)?;
        let request = request.method(operation.method, operation.idempotent);
        Ok(match &operation.body {
            Some(body) => request.body("application/json", body.to_string()),
            None => request,
        })
    }

    /// Runs an operation; once more with another api-version when the service does not offer ours. It did nothing then.
    pub(super) async fn run(&self, operation: &Operation<'_>) -> Result<ApiResponse, Fault> {
        let version = self.version.get();
        let response = self.session.exchange(self.request_in(version, operation)?).await?;
        if response.status == 400 || response.status == 404 {
            let code = response.fault().code;
            if self.version.learn(version, code.as_deref(), &response.body) {
                return self.session.exchange(self.request(operation)?).await;
            }
        }
        Ok(response)
    }
}

impl<'a> Operation<'a> {
    pub(super) fn read(tried: impl Into<String>, path: Vec<&'a str>) -> Self {
        Self { tried: tried.into(), role: READER, path, query: &[], method: Method::Get, idempotent: true, body: None }
    }

    pub(super) fn write(tried: impl Into<String>, path: Vec<&'a str>, method: Method, body: Option<Value>) -> Self {
        Self { role: CONTRIBUTOR, method, idempotent: false, body, ..Self::read(tried, path) }
    }

    /// A POST that only reads.
    pub(super) fn question(tried: impl Into<String>, path: Vec<&'a str>, body: Option<Value>) -> Self {
        Self { idempotent: true, ..Self::write(tried, path, Method::Post, body) }
    }
}

/// Codes of the services for a job or location that does not exist.
const ABSENT: [&str; 5] =
    ["ResourceNotFound", "NotFound", "JobNotFound", "LocationNotFound", "SsemUserErrorEntityNotFound"];

/// Whether a 404 means that the job or location itself is missing. A missing resource group, a missing service and a proxy's page
/// come with other codes or none.
pub(super) fn is_absent(response: &ApiResponse) -> bool {
    response.status == 404 && response.fault().code.is_some_and(|code| ABSENT.contains(&code.as_str()))
}
