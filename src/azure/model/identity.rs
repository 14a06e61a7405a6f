//! The identity that is signed in, and the methods to sign in. Tokens and secrets stay inside `auth`.

use serde::{Deserialize, Serialize};

/// A way to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignInMethod {
    /// A person, on the authority's page in a browser on this machine.
    Browser,
    /// A person, who types a code on the authority's page, on any machine.
    DeviceCode,
    /// Azure CLI (`az login`), then Azure Developer CLI (`azd auth login`).
    DeveloperTools,
    /// A service principal in `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET`.
    Environment,
    /// A federated token file, as in Kubernetes (`AZURE_FEDERATED_TOKEN_FILE`).
    WorkloadIdentity,
    /// The identity of the virtual machine or app this runs on.
    ManagedIdentity,
    /// The simulated Azure of a rehearsal.
    Rehearsal,
}

impl SignInMethod {
    /// The methods on offer, the one that fits first: the browser where `has_browser`, else the device code. A rehearsal signs in
    /// by itself.
    pub fn choices(has_browser: bool) -> [Self; 6] {
        let (first, second) =
            if has_browser { (Self::Browser, Self::DeviceCode) } else { (Self::DeviceCode, Self::Browser) };
        [first, second, Self::DeveloperTools, Self::Environment, Self::WorkloadIdentity, Self::ManagedIdentity]
    }

    /// Whether a person signs in on a page of the authority.
    pub fn asks_person(self) -> bool {
        matches!(self, Self::Browser | Self::DeviceCode)
    }

    /// Name on screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Browser => "Browser",
            Self::DeviceCode => "Device code",
            Self::DeveloperTools => "Azure CLI or Azure Developer CLI",
            Self::Environment => "Service principal from the environment",
            Self::WorkloadIdentity => "Workload identity",
            Self::ManagedIdentity => "Managed identity",
            Self::Rehearsal => "Rehearsal",
        }
    }

    /// Its requirements, one line.
    pub fn needs(self) -> &'static str {
        match self {
            Self::Browser => "Opens the sign-in page in your browser, and shows its address.",
            Self::DeviceCode => "Shows a code to type in a browser, also on another machine: for SSH and servers.",
            Self::DeveloperTools => "Run `az login` (or `azd auth login`) in another terminal first.",
            Self::Environment => "Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET before you start.",
            Self::WorkloadIdentity => "Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE.",
            Self::ManagedIdentity => "Works on an Azure machine or app that has an identity.",
            Self::Rehearsal => "Needs nothing: no account, no network.",
        }
    }
}

/// The person or application that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// User name, e-mail or application id, whichever the token names, e.g. `ada@example.com`.
    pub who: String,
    /// Tenant GUID, where the token names it.
    pub tenant: Option<String>,
    /// The method.
    pub method: SignInMethod,
}
