//! Turns a failed sign-in into a fault of one sentence. The tools' own messages are several lines long and repeat themselves.

use azure_core::{Error, http::Url};

use super::{CredentialConfig, config::signed_out, entra::message, tool_errors};
use crate::azure::{
    errors::{self, chain},
    fault::{Fault, FaultKind},
    model::SignInMethod,
    request::{RequestContext, roles::READER},
};

/// Whether a tool is not installed, rather than not signed in.
pub(super) fn is_missing_tool(error: &Error) -> bool {
    let text = text(error);
    text.contains("not found on PATH") || text.contains("wasn't found on PATH")
}

/// The fault of a failed sign-in.
pub(super) fn explain(config: &CredentialConfig, error: &Error) -> Fault {
    let tried = config.tried();
    if let Some(fault) = chain(error).find_map(|cause| cause.downcast_ref::<Fault>()) {
        let tried = if fault.tried.is_empty() { tried } else { fault.tried.clone() };
        return Fault { tried, ..fault.clone() };
    }
    let text = text(error);
    if config.method == SignInMethod::DeveloperTools {
        return tool_errors::explain(&tried, &text);
    }
    if is_network(error) {
        return network(config, error);
    }
    let fault = signed_out(&tried, message(&text));
    match config.method {
        SignInMethod::WorkloadIdentity => {
            fault.advise("Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE.")
        }
        SignInMethod::ManagedIdentity => {
            fault.advise("Use it on an Azure machine or app that has an identity, or sign in another way.")
        }
        _ => fault.advise("Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET."),
    }
}

fn is_network(error: &Error) -> bool {
    chain(error).any(|cause| cause.downcast_ref::<reqwest::Error>().is_some())
}

fn network(config: &CredentialConfig, error: &Error) -> Fault {
    if config.method == SignInMethod::ManagedIdentity {
        let reason = "this machine has no managed identity endpoint; it is not an Azure machine";
        return Fault { kind: FaultKind::SignedOut, ..Fault::local(config.tried(), reason) }
            .advise("Sign in another way.");
    }
    let context = Url::parse(&config.cloud.authority).map(|url| RequestContext::new(&config.tried(), READER, &url));
    match context {
        Ok(context) => errors::network_failure(&context, error),
        Err(_) => Fault::local(config.tried(), "the authority is not an address"),
    }
}

/// The messages of the error and of every error below it, one a line.
fn text(error: &Error) -> String {
    std::iter::once(error.to_string()).chain(chain(error).map(ToString::to_string)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::azure::auth::PersonOptions;
    use crate::azure::cloud::Cloud;
    use azure_core::error::ErrorKind;

    fn said(method: SignInMethod, text: &str) -> Fault {
        let config =
            CredentialConfig::new(&Cloud::public(), method, None, std::time::Duration::ZERO, PersonOptions::default());
        explain(&config, &Error::with_message(ErrorKind::Credential, text.to_owned()))
    }

    #[test]
    fn each_way_the_tools_fail_is_one_sentence_with_what_to_do() {
        for (text, reason, advice) in [
            (
                "AzureCliCredential authentication failed. az not found on PATH\nTo troubleshoot, visit https://aka.ms/x",
                "installed",
                "az login",
            ),
            (
                "AzureCliCredential authentication failed. Please run 'az login' to setup account.\nTo troubleshoot, visit x",
                "not signed in",
                "`az login`",
            ),
            (
                "AzureDeveloperCliCredential authentication failed.\nERROR: not logged in, run `azd auth login` to login",
                "Developer CLI is not signed in",
                "`azd auth login`",
            ),
            ("expires_on field not found. Please use Azure CLI 2.54.0 or newer.", "too old", "az upgrade"),
            ("AADSTS70043: The refresh token has expired", "has expired (AADSTS70043", "`az login`"),
        ] {
            let fault = said(SignInMethod::DeveloperTools, text);
            assert_eq!(fault.kind, FaultKind::SignedOut);
            assert!(fault.reason.contains(reason) && fault.advice.clone().unwrap().contains(advice), "{fault}");
            assert!(!fault.to_string().contains("troubleshoot") && !fault.to_string().contains('\n'), "{fault}");
        }
    }

    #[test]
    fn the_authoritys_own_code_is_kept() {
        let text = "ClientSecretCredential authentication failed. AADSTS7000215: Invalid client secret provided. Trace ID: 1 Correlation ID: 2";
        assert_eq!(said(SignInMethod::Environment, text).reason, "AADSTS7000215: Invalid client secret provided");
    }
}
