//! Refusals of a given key or signature: the service's own detail is quoted, and no role is advised for a sign-in that was not used.

use blobfreight::azure::{
    Azure,
    credentials::AccountAccess,
    fault::{Fault, FaultKind},
};

use crate::http::backend::server::{Reply, Server, quick, xml};

const SIG: &str = "x+Yz0123456789/abcdefghijklmnopqrstuvw+ABCE=";

fn error(code: &str, more: &str) -> Reply {
    xml(403, &format!("<Error><Code>{code}</Code><Message>Refused.\nRequestId:1</Message>{more}</Error>"))
        .header("x-ms-error-code", code)
}

async fn refused(variable: &str, value: &str, reply: Reply) -> Fault {
    let server = Server::start(&[("GET /acct/", reply)]);
    let lookup = |name: &str| (name == variable).then(|| value.to_owned());
    let access = AccountAccess::from_env(Some(&server.blob()), lookup).unwrap();
    Azure::for_account_with(access, quick()).containers(&server.blob(), None).await.unwrap_err()
}

fn sas(more: &str) -> String {
    let sig = percent_encoding::utf8_percent_encode(SIG, percent_encoding::NON_ALPHANUMERIC);
    format!("sv=2023-11-03&ss=b&srt=sco&sp=rl&se=2199-01-01T00:00Z{more}&sig={sig}")
}

#[tokio::test]
async fn the_services_own_detail_is_quoted_without_the_signature() {
    let detail = "<AuthenticationErrorDetail>Signature not valid in the specified time frame: Start [Mon, 01 Jan 2199 00:00:00 GMT] - Expiry [Tue, 02 Jan 2199 00:00:00 GMT] - Current [Thu, 26 Nov 2026 07:00:00 GMT]</AuthenticationErrorDetail>";
    let fault = refused("AZURE_STORAGE_SAS_TOKEN", &sas("&st=2198-12-31"), error("AuthenticationFailed", detail)).await;
    assert!(fault.reason.contains("begins only at 2198-12-31T00:00:00Z (st)"), "{fault}");
    assert!(
        fault.reason.contains("the service says: Signature not valid in the specified time frame: Start [Mon"),
        "{fault}"
    );

    let detail = format!(
        "<AuthenticationErrorDetail>The MAC signature found in the HTTP request '{SIG}' is not the same as any computed signature. Server used following string to sign: 'GET\n\n'.</AuthenticationErrorDetail>"
    );
    for (variable, value) in [("AZURE_STORAGE_SAS_TOKEN", sas("")), ("AZURE_STORAGE_KEY", "a2V5".to_owned())] {
        let fault = refused(variable, &value, error("AuthenticationFailed", &detail)).await;
        assert!(fault.reason.contains("is not the same as any computed signature"), "{fault}");
        assert!(!fault.to_string().contains(&SIG[..9]) && !fault.to_string().contains("GET"), "{fault}");
    }
}

#[tokio::test]
async fn a_signature_for_other_addresses_is_not_blamed_on_the_accounts_network() {
    for code in ["AuthorizationSourceIPMismatch", "AuthorizationFailure"] {
        let fault = refused("AZURE_STORAGE_SAS_TOKEN", &sas("&sip=203.0.113.7"), error(code, "")).await;
        assert!(fault.reason.contains("for other addresses than this machine's (sip=203.0.113.7)"), "{fault}");
        assert!(!fault.to_string().contains("Networking"), "{fault}");
    }
    let fault = refused("AZURE_STORAGE_SAS_TOKEN", &sas(""), error("AuthorizationSourceIPMismatch", "")).await;
    assert!(fault.advice.unwrap().contains("Networking"));
}

#[tokio::test]
async fn a_clock_that_is_off_is_named() {
    let late = error("AuthenticationFailed", "").header("date", "Thu, 01 Jan 2099 00:00:00 GMT");
    let fault = refused("AZURE_STORAGE_KEY", "a2V5", late).await;
    assert!(fault.reason.contains("minutes behind the service's"), "{fault}");
    assert!(fault.advice.unwrap().contains("clock"));
}

#[tokio::test]
async fn no_role_is_advised_for_a_sign_in_that_was_not_used() {
    for code in [
        "AuthorizationPermissionMismatch",
        "InsufficientAccountPermissions",
        "AuthorizationFailure",
        "",
        "AuthorizationFailed",
    ] {
        for (variable, value) in [("AZURE_STORAGE_SAS_TOKEN", sas("")), ("AZURE_STORAGE_KEY", "a2V5".to_owned())] {
            let fault = refused(variable, &value, error(code, "")).await;
            assert_eq!(fault.kind, FaultKind::Denied, "{fault}");
            let said = fault.to_string();
            assert!(!said.contains("role") && !said.contains("your account"), "{variable} {code}: {said}");
        }
    }
}
