//! Tests of the wording: what a person reads for each kind of failure.

use azure_core::http::{
    Url,
    headers::{HeaderName, Headers},
};

use super::*;
use crate::azure::{
    fault::{FaultKind, Retry},
    request::RequestContext,
};

fn context() -> RequestContext {
    let url = Url::parse("https://acct.blob.core.windows.net/").unwrap();
    RequestContext::new("list the containers of acct", "Storage Blob Data Reader", &url)
}

fn headers(pairs: &[(&'static str, &str)]) -> Headers {
    let mut headers = Headers::new();
    for (name, value) in pairs {
        headers.insert(HeaderName::from_static(name), (*value).to_owned());
    }
    headers
}

#[test]
fn a_missing_role_is_named() {
    let body = "\u{feff}<?xml version=\"1.0\"?><Error><Code>AuthorizationPermissionMismatch</Code><Message>This request is not authorized.\nRequestId:77\nTime:2026</Message></Error>";
    let fault = failed_response(&context(), 403, &headers(&[]), body.as_bytes());
    assert_eq!(fault.kind, FaultKind::Denied);
    assert_eq!(fault.request_id.as_deref(), Some("77"));
    assert!(fault.advice.as_deref().unwrap().contains("Storage Blob Data Reader"), "{fault}");
}

#[test]
fn nested_details_are_read_and_a_long_message_is_cut_to_one_line() {
    let long = "x".repeat(900);
    let body = format!(
        r#"{{"error":{{"code":"BadRequest","message":"bad","details":[{{"message":"phone \u001b[31mis missing\n{long}"}},{{"message":"{long}"}}]}}}}"#
    );
    let fault = failed_response(&context(), 400, &headers(&[("x-ms-request-id", "r-1")]), body.as_bytes());
    assert!(fault.reason.starts_with("bad; phone [31mis missing; xxx"), "{}", fault.reason);
    assert!(fault.reason.chars().count() <= 300 && !fault.reason.chars().any(char::is_control));
    assert_eq!(fault.reference(), "HTTP 400 · BadRequest · request r-1");
}

#[test]
fn the_service_is_quoted_where_it_names_what_is_missing() {
    let body = br#"{"error":{"code":"AuthorizationFailed","message":"The client 'a' does not have authorization to perform action 'Microsoft.ImportExport/jobs/write'."}}"#;
    let fault = failed_response(&context(), 403, &headers(&[]), body);
    assert!(fault.reason.contains("'Microsoft.ImportExport/jobs/write'"), "{fault}");
}

#[test]
fn older_and_oauth_envelopes_are_understood() {
    let odata = br#"{"odata.error":{"code":"Odd","message":{"lang":"en","value":"an old sentence"}}}"#;
    assert_eq!(failed_response(&context(), 400, &headers(&[]), odata).reason, "an old sentence");
    let oauth = br#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}"#;
    let fault = failed_response(&context(), 401, &headers(&[]), oauth);
    assert_eq!((fault.kind, fault.code.as_deref()), (FaultKind::SignedOut, Some("invalid_client")));
}

#[test]
fn every_status_has_a_sentence_even_without_a_body() {
    for status in 300..600 {
        let fault = failed_response(&context(), status, &headers(&[]), b"");
        assert!(!fault.reason.is_empty() && fault.status == Some(status), "{status}");
    }
    assert_eq!(failed_response(&context(), 429, &headers(&[("retry-after", "9")]), b"").retry, Retry::After(9));
    assert_eq!(failed_response(&context(), 403, &headers(&[]), b"").retry, Retry::Never);
}

#[test]
fn a_web_page_is_called_one() {
    let fault = failed_response(
        &context(),
        502,
        &headers(&[("content-type", "text/html")]),
        b"<html><body>Bad gateway</body></html>",
    );
    assert!(fault.reason.contains("web page"), "{fault}");
}

#[test]
fn a_registration_that_is_missing_is_named_after_the_service_that_was_asked() {
    for (namespace, other) in
        [("Microsoft.DataBox", "Microsoft.ImportExport"), ("Microsoft.ImportExport", "Microsoft.DataBox")]
    {
        let message = format!("The subscription is not registered to use namespace '{namespace}'.");
        let body = format!(r#"{{"error":{{"code":"MissingSubscriptionRegistration","message":"{message}"}}}}"#);
        let fault = failed_response(&context(), 409, &headers(&[]), body.as_bytes());
        assert_eq!(fault.kind, FaultKind::Conflict);
        let advice = fault.advice.unwrap();
        assert!(advice.contains(&format!("Register the provider {namespace},")) && !advice.contains(other), "{advice}");
    }
}

#[test]
fn a_key_that_the_customer_keeps_has_words_and_the_service_is_quoted() {
    let codes = [
        "EncryptionKeyDisabled",
        "EncryptionKeyExpired",
        "KeyDetailsNotFound",
        "KeyVaultDetailsNotFound",
        "KeyVaultBadRequestException",
        "SystemAssignedIdentityAbsent",
        "UserAssignedIdentityAbsent",
        "KekUserIdentityNotFound",
        "UserAssignedLimitReached",
        "CrossTenantIdentityAccessForbidden",
        "EncryptionKeyTypeNotSupported",
        "SoftDeleteAndPurgeProtectionNotEnabled",
        "InvalidKeyVaultUrl",
        "KeyVaultUrlWithInvalidScheme",
        "KeyVaultUrlInvalidHost",
    ];
    for code in codes {
        let body = format!(r#"{{"error":{{"code":"SsemUserError{code}","message":"own words","details":[null]}}}}"#);
        let fault = failed_response(&context(), 400, &headers(&[]), body.as_bytes());
        assert!(
            fault.advice.is_some() && fault.reason.contains("(the service says: own words)"),
            "{code}: {}",
            fault.reason
        );
        assert_eq!((fault.kind, fault.code), (FaultKind::Conflict, Some(format!("SsemUserError{code}"))));
    }
    let other = br#"{"error":{"code":"SsemUserErrorNobodyKnows","message":"own words"}}"#;
    assert_eq!(failed_response(&context(), 400, &headers(&[]), other).reason, "own words");
}
