//! What a person may do, as Azure Resource Manager reports it, and the settings of an account: against the simulated Azure with each set of
//! roles.

use blobfreight::azure::Azure;
use blobfreight::azure::fault::FaultKind;
use blobfreight::azure::model::{Allowed, allows, allows_data};
use blobfreight::sim::{self, Acceptance, FaultAction, FaultRule, PersonRoles, Sim, SimOptions};

use crate::http::backend::rehearsal::sign_in;
use crate::http::backend::server::quick;

const READ: &str = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read";
const WRITE: &str = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write";
const CREATE: &str = "Microsoft.DataBox/jobs/write";
const KEYS: &str = "Microsoft.DataBox/jobs/listCredentials/action";

async fn azure() -> (Sim, Azure) {
    let sim = sim::start(SimOptions { clock_rate: 0.0, ..SimOptions::default() }).await.unwrap();
    let azure = sign_in(&sim, quick()).await.0;
    (sim, azure)
}

#[tokio::test]
async fn w63_each_set_of_roles_allows_what_its_name_says_and_the_services_keep_to_it() {
    for (roles, expected) in [
        (PersonRoles::Owner, [true, true, true, true]),
        (PersonRoles::Reader, [false, false, false, false]),
        (PersonRoles::NoKeyRight, [true, true, true, false]),
        (PersonRoles::DataRoleOnly, [true, true, false, false]),
    ] {
        let (sim, azure) = azure().await;
        sim.switch(|switches| switches.permissions = roles);
        let ends = sim.endpoints().clone();
        let on_account = azure.permissions(&ends.storage_account).await.unwrap();
        let group = format!("/subscriptions/{}/resourceGroups/{}", ends.subscription, ends.resource_group);
        let on_group = azure.permissions(&group).await.unwrap();
        let told = [
            allows_data(&on_account.permissions, READ),
            allows_data(&on_account.permissions, WRITE),
            allows(&on_group.permissions, CREATE),
            allows(&on_group.permissions, KEYS),
        ];
        assert_eq!(told.map(|allowed| allowed == Allowed::Yes), expected, "{roles:?}");

        let listed = azure.containers(&format!("{}/", ends.blob), None).await;
        assert_eq!(listed.is_ok(), expected[0], "{roles:?}: {listed:?}");
    }
}

#[tokio::test]
async fn w63_deny_assignments_are_read_where_they_may_be_and_are_unknown_with_the_reason_elsewhere() {
    let (sim, azure) = azure().await;
    let ends = sim.endpoints().clone();
    let group = format!("/subscriptions/{}/resourceGroups/{}", ends.subscription, ends.resource_group);
    assert_eq!(azure.permissions(&group).await.unwrap().denials, Ok(Vec::new()));
    sim.switch(|switches| switches.denied = Some(CREATE.to_owned()));
    let denials = azure.permissions(&group).await.unwrap().denials.unwrap();
    assert!(denials.len() == 1 && denials[0].denies(CREATE) && !denials[0].denies(KEYS), "{denials:?}");
    let refused = FaultAction::Status { status: 403, code: Some("AuthorizationFailed".into()), retry_after: None };
    sim.faults().add(FaultRule::next("denyAssignments", refused));
    let rights = azure.permissions(&ends.storage_account).await.unwrap();
    assert_eq!(rights.denials, Err("you are not allowed to look".to_owned()));
    assert!(!rights.permissions.is_empty(), "the roles are known all the same");
}

#[tokio::test]
async fn w63_who_may_not_look_is_denied_and_an_unknown_group_is_not_there() {
    let (sim, azure) = azure().await;
    sim.switch(|switches| switches.see_permissions = Acceptance::Refused);
    let ends = sim.endpoints().clone();
    let denied = azure.permissions(&ends.storage_account).await.unwrap_err();
    assert_eq!((denied.kind, denied.code.as_deref()), (FaultKind::Denied, Some("AuthorizationFailed")), "{denied}");
    let nowhere = format!("/subscriptions/{}/resourceGroups/nowhere", ends.subscription);
    assert_eq!(azure.permissions(&nowhere).await.unwrap_err().kind, FaultKind::Gone);
}

#[tokio::test]
async fn w63_the_settings_of_an_account_are_read_and_one_that_may_not_be_read_is_unknown_with_the_reason() {
    let (sim, azure) = azure().await;
    let ends = sim.endpoints().clone();
    let archive = azure.blob_settings(&ends.storage_account).await.unwrap();
    assert_eq!((archive.versioning, archive.lifecycle), (Ok(true), Ok(Vec::new())), "no policy is an answer");

    let scans = ends.storage_account.replace("northlightarchive", "northlightscans");
    let settings = azure.blob_settings(&scans).await.unwrap();
    let rules = settings.lifecycle.unwrap();
    assert!(rules[0].archives && !rules[0].deletes, "{rules:?}");
    assert_eq!(settings.replicated_into, Ok(Vec::new()));

    let denied = FaultAction::Status { status: 403, code: Some("AuthorizationFailed".into()), retry_after: None };
    sim.faults().add(FaultRule::next("managementPolicies", denied));
    let settings = azure.blob_settings(&scans).await.unwrap();
    assert_eq!(settings.lifecycle, Err("you are not allowed to look".to_owned()));
    assert_eq!(settings.versioning, Ok(false));
}
