//! What well-known error codes and statuses mean for a person, and what to do about them.

use super::{FaultKind, RequestContext, resource};

/// The meaning of one code.
pub(super) struct CodeMeaning {
    /// Where the status alone would mislead.
    pub(super) kind: Option<FaultKind>,
    /// Why it failed, one sentence without a full stop.
    pub(super) reason: String,
    /// What to do about it.
    pub(super) advice: Option<String>,
    /// The service's own message says more (names, limits) and is worth showing.
    pub(super) quote: bool,
}

const SIGN_IN: &str = "Sign in again, to the right tenant and cloud.";

/// What `code` means, where it is a well-known one (Microsoft pages: Common REST API error codes, Blob service error codes,
/// Troubleshoot common Azure deployment errors).
pub(super) fn code(code: &str, asked: &RequestContext, message: &str) -> Option<CodeMeaning> {
    sign_in(code)
        .or_else(|| access(code, asked))
        .or_else(|| resource::code(code, message))
        .or_else(|| missing(code))
        .or_else(|| request(code))
}

pub(super) fn known(reason: &str, advice: impl Into<String>) -> CodeMeaning {
    CodeMeaning { kind: None, reason: reason.to_owned(), advice: Some(advice.into()), quote: false }
}

pub(super) fn quoting(reason: &str, advice: impl Into<String>) -> CodeMeaning {
    CodeMeaning { quote: true, ..known(reason, advice) }
}

pub(super) fn of_kind(kind: FaultKind, known: CodeMeaning) -> CodeMeaning {
    CodeMeaning { kind: Some(kind), ..known }
}

fn sign_in(code: &str) -> Option<CodeMeaning> {
    Some(match code {
        "InvalidAuthenticationToken" | "InvalidAuthenticationInfo" => {
            known("the service does not accept this sign-in", SIGN_IN)
        }
        "InvalidAuthenticationTokenTenant" => {
            known("the sign-in belongs to another tenant than the subscription", SIGN_IN)
        }
        "ExpiredAuthenticationToken" => known("the sign-in has expired", "Sign in again."),
        "AuthenticationFailed" => of_kind(
            FaultKind::SignedOut,
            quoting("the service could not verify the sign-in", "Sign in again, and check this machine's clock."),
        ),
        "invalid_client" => of_kind(
            FaultKind::SignedOut,
            quoting(
                "the client id or its secret is wrong or expired",
                "Check AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.",
            ),
        ),
        "unauthorized_client" | "invalid_grant" => {
            of_kind(FaultKind::SignedOut, quoting("the authority refuses this sign-in", SIGN_IN))
        }
        _ => return None,
    })
}

fn access(code: &str, asked: &RequestContext) -> Option<CodeMeaning> {
    let role = asked.role;
    Some(match code {
        "AuthorizationFailed" | "LinkedAuthorizationFailed" => quoting(
            "your account has no role that allows it",
            format!(
                "Ask an owner for the role {role}; a new role counts after a few minutes, and after signing in again."
            ),
        ),
        "AuthorizationPermissionMismatch" => known(
            "your account has no role for the data in this storage account",
            format!(
                "Ask for the role {role} on the account or container; Owner and Contributor alone do not give access to blobs."
            ),
        ),
        "AuthorizationFailure" => known(
            "the account's network rules do not let this machine in",
            "Add this machine's address under the storage account's Networking, or connect from an allowed network.",
        ),
        "AuthorizationSourceIPMismatch" | "IPAuthorizationFailed" => known(
            "the account does not let this machine's address in",
            "Add this machine's address under the storage account's Networking.",
        ),
        "InsufficientAccountPermissions" => {
            known("your account may not do this here", format!("Ask for the role {role}."))
        }
        "KeyBasedAuthenticationNotPermitted" => known(
            "the account does not accept account keys",
            format!("Sign in with a Microsoft Entra identity that has the role {role}."),
        ),
        "PublicAccessNotPermitted" | "NoAuthenticationInformation" => known(
            "the account does not let anybody in without signing in",
            format!("Sign in with an identity that has the role {role}."),
        ),
        "AccountIsDisabled" => of_kind(
            FaultKind::Denied,
            known(
                "the storage account is disabled",
                "Ask the subscription's owner; unpaid and cancelled subscriptions disable their accounts.",
            ),
        ),
        _ => return None,
    })
}

fn missing(code: &str) -> Option<CodeMeaning> {
    Some(match code {
        "SubscriptionNotFound" => quoting(
            "the subscription does not exist, or this sign-in cannot see it",
            "Check the subscription and the tenant you signed in to.",
        ),
        "InvalidSubscriptionId" => quoting("this is not a subscription", "Choose the subscription from the list."),
        "ResourceGroupNotFound" => {
            quoting("the resource group does not exist", "Choose another resource group, or create it first.")
        }
        "ResourceNotFound" | "ParentResourceNotFound" | "JobNotFound" => {
            quoting("it does not exist", "It may have been deleted or moved; check the name and the resource group.")
        }
        "ContainerNotFound" => {
            known("the container does not exist", "It may have been deleted; list the containers again.")
        }
        "ContainerBeingDeleted" => {
            known("the container is being deleted", "Wait half a minute and try again, or use another container.")
        }
        "BlobNotFound" => known("the blob does not exist", "It may have been deleted; list the folder again."),
        "MissingSubscriptionRegistration" | "SubscriptionNotRegistered" => of_kind(
            FaultKind::Conflict,
            quoting(
                "the subscription is not registered for this service",
                "Register the provider Microsoft.ImportExport, which the role Contributor on the subscription allows.",
            ),
        ),
        "NoRegisteredProviderFound"
        | "InvalidApiVersionParameter"
        | "InvalidResourceType"
        | "InvalidResourceNamespace" => quoting(
            "Azure no longer offers this service in the form this program speaks",
            "See what the provider Microsoft.ImportExport offers in your subscription; Azure may have retired it in favour of Data Box.",
        ),
        _ => return None,
    })
}

fn request(code: &str) -> Option<CodeMeaning> {
    Some(match code {
        "InvalidQueryParameterValue" | "OutOfRangeQueryParameterValue" => {
            quoting("the service does not accept a value in the request", "List the folder again from its start.")
        }
        "InvalidHeaderValue" | "UnsupportedHeader" => quoting(
            "the service does not accept a header of the request",
            "An emulator may be too old for this program; update it.",
        ),
        "InvalidUri" | "InvalidResourceName" => quoting("the service does not accept this name", "Check the name."),
        "ServerBusy" => {
            of_kind(FaultKind::Throttled, known("the storage service is busy", "Wait a little and try again."))
        }
        "OperationTimedOut" => known("the storage service took too long", "Try again; a narrower prefix is quicker."),
        "InternalError" | "InternalServerError" => {
            known("the service failed inside", "Try again; if it stays so, give Microsoft support the request id.")
        }
        "TooManyRequests" | "SubscriptionRequestsThrottled" => of_kind(
            FaultKind::Throttled,
            known("too many requests were made for this subscription", "Wait a little and try again."),
        ),
        "JobStateConflict" | "InvalidJobState" | "OperationNotAllowed" | "Conflict" => {
            quoting("the job's state does not allow it", "Read the job again to see where it stands.")
        }
        _ => return None,
    })
}

/// What a status means when the service says nothing else: a sentence and advice.
pub(super) fn status(status: u16, asked: &RequestContext) -> (String, Option<String>) {
    let host = &asked.host;
    let (reason, advice) = match status {
        401 => ("the service does not accept this sign-in".to_owned(), SIGN_IN.to_owned()),
        403 => ("your account is not allowed to".to_owned(), format!("Ask for the role {}.", asked.role)),
        404 | 410 => ("it does not exist".to_owned(), "Check the name; it may have been deleted.".to_owned()),
        407 => (
            "a proxy between you and Azure wants a sign-in of its own".to_owned(),
            "Set HTTPS_PROXY with user and password.".to_owned(),
        ),
        409 | 412 => ("its state does not allow it".to_owned(), "Read it again to see where it stands.".to_owned()),
        429 => ("the service asks to slow down".to_owned(), "Wait a little and try again.".to_owned()),
        500.. => (
            format!("{host} failed inside"),
            "Try again; if it stays so, give Microsoft support the request id.".to_owned(),
        ),
        400.. => (
            "the service refuses the request and does not say why".to_owned(),
            "Give Microsoft support the request id.".to_owned(),
        ),
        _ => (
            format!("{host} answered in a way Azure never does"),
            "Check the endpoint in the configuration.".to_owned(),
        ),
    };
    (reason, Some(advice))
}
