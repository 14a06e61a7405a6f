//! How a session signs in: the cloud, the method and the tenant.

use std::time::Duration;

use azure_core::http::Url;

use crate::azure::{
    cloud::Cloud,
    fault::{Fault, FaultKind},
    model::SignInMethod,
};

use super::PersonOptions;

/// The choices that a credential is made from. Kept, because a token that the service refuses is replaced through a new credential:
/// an old one would give the refused token again.
#[derive(Clone, Debug)]
pub(crate) struct CredentialConfig {
    pub(super) cloud: Cloud,
    pub(super) method: SignInMethod,
    pub(super) tenant: Option<String>,
    pub(super) backoff: Duration,
    pub(super) person: PersonOptions,
}

impl CredentialConfig {
    /// `tenant` is a tenant GUID or domain; a blank one counts as none.
    pub(crate) fn new(
        cloud: &Cloud,
        method: SignInMethod,
        tenant: Option<&str>,
        backoff: Duration,
        person: PersonOptions,
    ) -> Self {
        let tenant = tenant.map(str::trim).filter(|tenant| !tenant.is_empty()).map(str::to_owned);
        Self { cloud: cloud.clone(), method, tenant, backoff, person }
    }

    /// The address of Azure Resource Manager.
    ///
    /// # Errors
    /// The cloud of the configuration file has endpoints that cannot be used.
    pub(crate) fn arm_url(&self) -> Result<Url, Fault> {
        let refuse = |reason| Fault::local(self.tried(), reason).advise("Correct the cloud in the configuration file.");
        match self.cloud.refusal() {
            Some(reason) => Err(refuse(reason)),
            None => Url::parse(&self.cloud.arm).map_err(|_| refuse(format!("`{}` is not an address", self.cloud.arm))),
        }
    }

    /// The purpose as an infinitive, e.g. `sign in to Azure (public) with the managed identity`.
    pub(super) fn tried(&self) -> String {
        match self.method {
            SignInMethod::Rehearsal => "sign in to the rehearsal".to_owned(),
            SignInMethod::Browser => format!("sign in to {} in a browser", self.cloud.title()),
            SignInMethod::DeviceCode => format!("sign in to {} with a device code", self.cloud.title()),
            method => format!("sign in to {} with {}", self.cloud.title(), lower_first(method.title())),
        }
    }
}

fn lower_first(title: &str) -> String {
    match title {
        "Azure CLI or Azure Developer CLI" => "the Azure CLI or the Azure Developer CLI".to_owned(),
        other => format!("the {}{}", other[..1].to_lowercase(), &other[1..]),
    }
}

/// The authority did not answer in time. Whether the sign-in still counts is not known, so that a scan waits and asks again.
pub(super) fn no_answer(tried: &str) -> Fault {
    let fault = Fault::local(tried, "there was no answer within 30 seconds");
    Fault { kind: FaultKind::Offline, ..fault }.advise("Check the network and the proxy (HTTPS_PROXY), then try again.")
}

pub(super) fn signed_out(tried: &str, reason: impl Into<String>) -> Fault {
    Fault { kind: FaultKind::SignedOut, ..Fault::local(tried, reason) }
}
