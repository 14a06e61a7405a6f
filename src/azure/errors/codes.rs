//! The meaning of well-known error codes and statuses, and the advice.

use super::{
    data_box_codes,
    meaning::{CodeMeaning, meaning, of_kind, quoted_meaning},
    resource_codes,
};
use crate::azure::{fault::FaultKind, request::RequestContext};

const SIGN_IN: &str = "Sign in again, to the right tenant and cloud.";

/// The meaning of a well-known code (Microsoft pages: Common REST API error codes, Blob service error codes,
/// Troubleshoot common Azure deployment errors).
pub(super) fn code(code: &str, context: &RequestContext, message: &str) -> Option<CodeMeaning> {
    sign_in(code)
        .or_else(|| access(code, context))
        .or_else(|| resource_codes::code(code, message))
        .or_else(|| data_box_codes::code(code))
        .or_else(|| missing(code, message))
        .or_else(|| request(code))
}

fn sign_in(code: &str) -> Option<CodeMeaning> {
    Some(match code {
        "InvalidAuthenticationToken" | "InvalidAuthenticationInfo" => {
            meaning("the service does not accept this sign-in", SIGN_IN)
        }
        "InvalidAuthenticationTokenTenant" => {
            meaning("the sign-in belongs to another tenant than the subscription", SIGN_IN)
        }
        "ExpiredAuthenticationToken" => meaning("the sign-in has expired", "Sign in again."),
        "AuthenticationFailed" => of_kind(
            FaultKind::SignedOut,
            quoted_meaning(
                "the service could not verify the sign-in",
                "Sign in again, and check this machine's clock.",
            ),
        ),
        "invalid_client" => of_kind(
            FaultKind::SignedOut,
            quoted_meaning(
                "the client id or its secret is wrong or expired",
                "Check AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.",
            ),
        ),
        "unauthorized_client" | "invalid_grant" => {
            of_kind(FaultKind::SignedOut, quoted_meaning("the authority refuses this sign-in", SIGN_IN))
        }
        _ => return None,
    })
}

fn access(code: &str, context: &RequestContext) -> Option<CodeMeaning> {
    let role = context.role;
    Some(match code {
        "AuthorizationFailed" | "LinkedAuthorizationFailed" => quoted_meaning(
            "your account has no role that allows it",
            format!(
                "Ask an owner for the role {role}; a new role counts after a few minutes, and after signing in again."
            ),
        ),
        "AuthorizationPermissionMismatch" => meaning(
            "your account has no role for the data in this storage account",
            format!(
                "Ask for the role {role} on the account or container; Owner and Contributor alone do not give access to blobs."
            ),
        ),
        "AuthorizationFailure" => meaning(
            "the account's network rules do not let this machine in",
            "Add this machine's address under the storage account's Networking, or connect from an allowed network.",
        ),
        "AuthorizationSourceIPMismatch" | "IPAuthorizationFailed" => meaning(
            "the account does not let this machine's address in",
            "Add this machine's address under the storage account's Networking.",
        ),
        "InsufficientAccountPermissions" => {
            meaning("your account may not do this here", format!("Ask for the role {role}."))
        }
        "KeyBasedAuthenticationNotPermitted" => meaning(
            "the account does not accept account keys",
            format!("Sign in with a Microsoft Entra identity that has the role {role}."),
        ),
        "PublicAccessNotPermitted" | "NoAuthenticationInformation" => meaning(
            "the account does not let anybody in without signing in",
            format!("Sign in with an identity that has the role {role}."),
        ),
        "AccountIsDisabled" => of_kind(
            FaultKind::Denied,
            meaning(
                "the storage account is disabled",
                "Ask the subscription's owner; unpaid and cancelled subscriptions disable their accounts.",
            ),
        ),
        _ => return None,
    })
}

fn missing(code: &str, message: &str) -> Option<CodeMeaning> {
    let provider = provider(message);
    Some(match code {
        "SubscriptionNotFound" => quoted_meaning(
            "the subscription does not exist, or this sign-in cannot see it",
            "Check the subscription and the tenant you signed in to.",
        ),
        "InvalidSubscriptionId" => {
            quoted_meaning("this is not a subscription", "Choose the subscription from the list.")
        }
        "ResourceGroupNotFound" => {
            quoted_meaning("the resource group does not exist", "Choose another resource group, or create it first.")
        }
        "ResourceNotFound" | "ParentResourceNotFound" | "JobNotFound" => quoted_meaning(
            "it does not exist",
            "It may have been deleted or moved; check the name and the resource group.",
        ),
        "ContainerNotFound" => {
            meaning("the container does not exist", "It may have been deleted; list the containers again.")
        }
        "ContainerBeingDeleted" => {
            meaning("the container is being deleted", "Wait half a minute and try again, or use another container.")
        }
        "BlobNotFound" => meaning("the blob does not exist", "It may have been deleted; list the folder again."),
        "MissingSubscriptionRegistration" | "SubscriptionNotRegistered" => of_kind(
            FaultKind::Conflict,
            quoted_meaning(
                "the subscription is not registered for this service",
                format!("Register the provider {provider}, which the role Contributor on the subscription allows."),
            ),
        ),
        "NoRegisteredProviderFound"
        | "InvalidApiVersionParameter"
        | "InvalidResourceType"
        | "InvalidResourceNamespace" => quoted_meaning(
            "Azure no longer offers this service in the form this program speaks",
            match provider {
                DATA_BOX => format!("See what the provider {provider} offers in your subscription and cloud."),
                provider => format!(
                    "See what the provider {provider} offers in your subscription; Azure may have retired it in favour of Data Box."
                ),
            },
        ),
        _ => return None,
    })
}

const DATA_BOX: &str = "Microsoft.DataBox";

/// The resource provider that a message is about.
fn provider(message: &str) -> &'static str {
    let names_data_box = message.to_ascii_lowercase().contains(&DATA_BOX.to_ascii_lowercase());
    if names_data_box { DATA_BOX } else { "Microsoft.ImportExport" }
}

fn request(code: &str) -> Option<CodeMeaning> {
    Some(match code {
        "InvalidQueryParameterValue" | "OutOfRangeQueryParameterValue" => quoted_meaning(
            "the service does not accept a value in the request",
            "List the folder again from its start.",
        ),
        "InvalidHeaderValue" | "UnsupportedHeader" => quoted_meaning(
            "the service does not accept a header of the request",
            "An emulator may be too old for this program; update it.",
        ),
        "InvalidUri" | "InvalidResourceName" => {
            quoted_meaning("the service does not accept this name", "Check the name.")
        }
        "ServerBusy" => {
            of_kind(FaultKind::Throttled, meaning("the storage service is busy", "Wait a little and try again."))
        }
        "OperationTimedOut" => meaning("the storage service took too long", "Try again; a narrower prefix is quicker."),
        "InternalError" | "InternalServerError" => {
            meaning("the service failed inside", "Try again; if it stays so, give Microsoft support the request id.")
        }
        "TooManyRequests" | "SubscriptionRequestsThrottled" => of_kind(
            FaultKind::Throttled,
            meaning("too many requests were made for this subscription", "Wait a little and try again."),
        ),
        "JobStateConflict" | "InvalidJobState" | "OperationNotAllowed" | "Conflict" => {
            quoted_meaning("the job's state does not allow it", "Read the job again to see where it stands.")
        }
        _ => return None,
    })
}

/// The reason and the advice for a status where the service gives neither code nor message.
pub(super) fn status(status: u16, context: &RequestContext) -> (String, Option<String>) {
    let host = &context.host;
    let (reason, advice) = match status {
        401 => ("the service does not accept this sign-in".to_owned(), SIGN_IN.to_owned()),
        403 => ("your account is not allowed to".to_owned(), format!("Ask for the role {}.", context.role)),
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
