//! The jobs of all subscriptions behind the start screen, and drafts for jobs that other programs made: everything is read, nothing is
//! changed at the service.

use std::sync::Arc;

use blobfreight::azure::cloud::Cloud;
use blobfreight::azure::model::{JobAddress, ServiceName, SignInMethod};
use blobfreight::draft::store::DraftStore;
use blobfreight::draft::{Draft, ExportFacts, NextTask, TaskKind, UsedSignIn};
use blobfreight::driver::backend::Backend;
use blobfreight::driver::live::{CLOCK_RATE, LiveBackend, drafts_in};
use blobfreight::protocol::message::{Call, Reply};
use blobfreight::protocol::overview::{JobsOverview, OverviewSignIn};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;
use blobfreight::sim::{FaultAction, FaultRule};
use serde_json::json;
use tempfile::TempDir;

use crate::http::simulator::wire::Wire;
use crate::http::simulator::wire_data_box::{disk_export, settled};

struct Program {
    home: TempDir,
    backend: LiveBackend,
}

impl Program {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let backend = LiveBackend::new(home.path().to_owned(), CLOCK_RATE);
        Self { home, backend }
    }

    async fn ask(&self, call: Call) -> Reply {
        self.backend.call(call, Arc::new(|_| {})).await.unwrap()
    }

    async fn overview(&self, wire: &Wire) -> JobsOverview {
        let Reply::JobsOverview(found) = self.ask(Call::JobsOverview(vec![sign_in(wire)])).await else { panic!() };
        *found
    }

    async fn take(&self, wire: &Wire, job: &JobAddress, another: bool) -> (Draft, Vec<String>) {
        let call = Call::TakeJob { sign_in: Box::new(sign_in(wire)), job: job.clone(), another };
        match self.ask(call).await {
            Reply::Taken { draft, untold } => (*draft, untold),
            Reply::Opened { draft, read_only: None } => (*draft, Vec::new()),
            other => panic!("{other:?}"),
        }
    }

    fn drafts(&self) -> Vec<String> {
        let store = DraftStore::open(&drafts_in(self.home.path())).unwrap();
        store.list().unwrap().into_iter().map(|entry| entry.id.to_string()).collect()
    }
}

fn sign_in(wire: &Wire) -> OverviewSignIn {
    let ends = wire.ends();
    let cloud = Cloud {
        name: "sim".into(),
        arm: ends.arm.clone(),
        authority: ends.authority.clone(),
        blob: None,
        storage_hosts: Vec::new(),
    };
    let method = SignInMethod::Rehearsal;
    OverviewSignIn {
        sign_in: UsedSignIn { cloud: cloud.name.clone(), tenant: Some(ends.tenant.clone()), method },
        cloud,
    }
}

fn names(found: &JobsOverview) -> Vec<&str> {
    let mut names: Vec<&str> = found.jobs.iter().map(|found| found.address.name.as_str()).collect();
    names.sort_unstable();
    names
}

/// The requests that are no reads; those of a question are reads.
fn writes(wire: &Wire) -> Vec<String> {
    let journal = wire.sim.journal();
    let writes = journal.iter().filter(|(method, target, _)| method != "GET" && !target.contains("/token"));
    writes.map(|(method, target, _)| format!("{method} {target}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn w52_the_jobs_of_both_services_are_found_and_what_fails_is_named_beside_them() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.create("day-export", &wire.export()).await;
    let program = Program::new();
    let before = writes(&wire);
    let found = program.overview(&wire).await;
    assert_eq!(names(&found), ["day-export", "night-export"]);
    assert!(found.subscriptions > 0 && found.unread.is_empty() && found.left_out == 0, "{found:?}");

    let denial = FaultAction::Status { status: 403, code: Some("AuthorizationFailed".into()), retry_after: None };
    wire.sim.faults().add(FaultRule::next("/Microsoft.DataBox/jobs", denial));
    let found = program.overview(&wire).await;
    assert!(names(&found).contains(&"day-export") && found.unread.len() == 1, "{found:?}");
    assert!(found.unread[0].of.starts_with("Azure Data Box in "), "{}", found.unread[0].of);
    let missing =
        FaultAction::Status { status: 409, code: Some("MissingSubscriptionRegistration".into()), retry_after: None };
    wire.sim.faults().add(FaultRule::next("/Microsoft.DataBox/jobs", missing));
    assert!(program.overview(&wire).await.unread.is_empty(), "a subscription without the service has no jobs of it");
    assert_eq!(writes(&wire), before, "nothing was changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn w52_a_job_that_another_program_made_opens_as_a_draft_once_and_nothing_is_created() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    let (one, two) = (Program::new(), Program::new());
    let found = one.overview(&wire).await;
    let before = writes(&wire);
    let address = found.jobs[0].address.clone();
    let (draft, untold) = one.take(&wire, &address, false).await;
    assert_eq!((draft.step, draft.job_service()), (Step::Ship, Some(ServiceName::DataBox)));
    assert!(draft.has_job() && draft.open_create().is_none() && draft.job_address().unwrap().is_same(&address));
    assert_eq!(NextTask::of(&ExportFacts::of_draft(&draft)).kind, TaskKind::Ship);
    let rules = ["/book/", "/books/"].map(|prefix| Rule::Prefix(prefix.into()));
    assert_eq!(draft.selection.rules.as_slice(), rules);
    assert_eq!(draft.account.as_ref().unwrap().account.id, wire.ends().storage_account);
    assert_eq!((draft.address.address.city.as_str(), draft.address.address.country.as_str()), ("Oslo", "NO"));
    assert!(draft.address.shipping.account_number.is_empty(), "a secret of the carrier");
    assert!(untold.is_empty(), "{untold:?}");

    one.backend.close_draft();
    assert_eq!(one.take(&wire, &address, false).await.0.id, draft.id, "the draft that has the job is opened");
    assert_eq!(one.drafts(), [draft.id.to_string()]);
    assert_eq!(two.take(&wire, &address, false).await.0.id, draft.id, "every program gives it the same name");
    assert_eq!(writes(&wire), before, "nothing was created or changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn w52_a_new_draft_of_a_job_made_elsewhere_has_its_answers_and_a_name_of_its_own() {
    let wire = Wire::new().await;
    let mut export = wire.export();
    export["tags"] = json!({ "ticket": "4711", "blobfreight-draft": "20260101-0000-00000000" });
    wire.create("day-export", &export).await;
    let program = Program::new();
    let address = program.overview(&wire).await.jobs[0].address.clone();
    let (draft, untold) = program.take(&wire, &address, true).await;
    assert!(!draft.has_job() && draft.job_address().is_none(), "it is of another job");
    assert_ne!(draft.options.name, address.name);
    assert_eq!(
        (draft.options.resource_group.as_str(), draft.options.tags.as_str()),
        (address.resource_group.as_str(), "ticket=4711")
    );
    assert!(!draft.selection.rules.is_empty() && !draft.address.address.city.is_empty());
    assert!(untold.iter().any(|sentence| sentence.starts_with("The carrier account number")), "{untold:?}");
}
