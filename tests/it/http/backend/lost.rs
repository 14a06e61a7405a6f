//! Writes whose answer never came: whether they happened is not known, and is never said to be.

use blobfreight::azure::{
    Azure,
    cloud::Cloud,
    jobs::find,
    model::{BlobList, JobAddress, JobChange, ServiceName, SignInMethod},
};

use crate::http::backend::jobs::{JOB, address, new_job};
use crate::http::backend::server::{Server, hang_up, json, quick};

fn inline() -> BlobList {
    BlobList::Inline { paths: Vec::new(), prefixes: vec!["/logs/".into()] }
}

#[tokio::test]
async fn a_write_says_that_its_outcome_is_unknown_and_a_read_or_a_refusal_does_not() {
    let put = format!("PUT {JOB}");
    let patch = format!("PATCH {JOB}");
    let ship = JobChange { ship: true, ..JobChange::default() };
    let cut = || json(200, r#"{"name":"nightly"}"#).cut();
    for (answer, unknown) in [
        (hang_up(), true),
        (cut(), true),
        (json(200, "<html>hotel</html>"), true),
        (json(500, "{}"), true),
        (json(504, "{}"), true),
        (json(400, "{}"), false),
        (json(403, "{}"), false),
        (json(409, "{}"), false),
    ] {
        let server =
            Server::start(&[(&put, answer.clone()), (&patch, answer.clone()), (&format!("GET {JOB}"), answer)]);
        let azure = server.session().await;
        let created = azure.jobs(ServiceName::ImportExport).create(&address(), &new_job(inline())).await.unwrap_err();
        let changed = azure.jobs(ServiceName::ImportExport).update(&address(), &ship).await.unwrap_err();
        assert_eq!((created.unsettled, changed.unsettled), (unknown, unknown), "{created} {changed}");
        assert!(!(unknown && created.to_string().contains("Could not")), "{created}");
        if let Err(read) = azure.jobs(ServiceName::ImportExport).get(&address()).await {
            assert!(!read.unsettled, "{read}");
        }
    }
}

#[tokio::test]
async fn a_job_that_was_taken_but_cannot_be_read_may_exist() {
    let server = Server::start(&[
        (&format!("PUT {JOB}"), json(202, "{}")),
        (&format!("GET {JOB}"), json(404, r#"{"error":{"code":"ResourceNotFound"}}"#)),
    ]);
    assert!(
        server
            .session()
            .await
            .jobs(ServiceName::ImportExport)
            .create(&address(), &new_job(inline()))
            .await
            .unwrap_err()
            .unsettled
    );
}

#[tokio::test]
async fn what_never_got_a_connection_was_never_sent() {
    let server = Server::start(&[]);
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let cloud = Cloud { arm: format!("http://{nobody}"), ..server.cloud() };
    let signed_in = Azure::sign_in_with(&cloud, SignInMethod::Rehearsal, Some("t"), quick()).await;
    let fault =
        signed_in.unwrap().0.jobs(ServiceName::ImportExport).create(&address(), &new_job(inline())).await.unwrap_err();
    assert!(!fault.unsettled && fault.to_string().contains("Could not create"), "{fault}");
}

const TAG: (&str, &str) = ("blobfreight-draft", "d1");
const WHOLE: &str = "GET /subscriptions/s/providers/Microsoft.ImportExport/jobs";

fn elsewhere() -> (String, &'static str) {
    let id = "/subscriptions/s/resourceGroups/other-rg/providers/Microsoft.ImportExport/jobs/older";
    let job = r#"{"id":"ID","name":"older","tags":{"blobfreight-draft":"d1"},"properties":{"jobType":"Export"}}"#;
    (job.replace("ID", id), "GET /subscriptions/s/resourceGroups/other-rg/providers/Microsoft.ImportExport/jobs/older")
}

#[tokio::test]
async fn a_job_of_the_draft_is_found_by_its_tag_in_another_group_and_on_a_later_page() {
    let (job, at) = elsewhere();
    let first = r#"{"value":[{"id":"/subscriptions/s/resourceGroups/g/providers/x/jobs/b","name":"b","properties":{"jobType":"Export"}}],"nextLink":"{here}/more"}"#;
    let second = format!(r#"{{"value":[{job}]}}"#);
    let server = Server::start(&[(WHOLE, json(200, first)), ("GET /more", json(200, &second)), (at, json(200, &job))]);
    let azure = server.session().await;
    let found = find(azure.jobs(ServiceName::ImportExport), &address(), TAG).await.unwrap().unwrap();
    let there = JobAddress {
        service: ServiceName::ImportExport,
        subscription: "s".into(),
        resource_group: "other-rg".into(),
        name: "older".into(),
    };
    assert_eq!(found.address(), Some(there));
}

#[tokio::test]
async fn without_a_job_of_the_draft_the_name_is_looked_up_and_may_be_a_strangers() {
    let none = r#"{"value":[]}"#;
    let missing = json(404, r#"{"error":{"code":"ResourceNotFound"}}"#);
    let name = format!("GET {JOB}");
    let server = Server::start(&[(WHOLE, json(200, none)), (&name, missing)]);
    assert!(find(server.session().await.jobs(ServiceName::ImportExport), &address(), TAG).await.unwrap().is_none());
    let server = Server::start(&[(WHOLE, json(200, none)), (&name, json(200, r#"{"name":"nightly"}"#))]);
    let found = find(server.session().await.jobs(ServiceName::ImportExport), &address(), TAG).await.unwrap().unwrap();
    assert_eq!(found.tag("blobfreight-draft"), None);
}

#[tokio::test]
async fn who_may_not_list_the_subscription_has_the_group_searched_and_a_broken_list_is_never_no_job() {
    let (job, at) = elsewhere();
    let there = JobAddress { resource_group: "other-rg".into(), ..address() };
    let group = "GET /subscriptions/s/resourceGroups/other-rg/providers/Microsoft.ImportExport/jobs";
    let denied = || json(403, r#"{"error":{"code":"AuthorizationFailed"}}"#);
    let listed = json(200, &format!(r#"{{"value":[{job}]}}"#));
    let server = Server::start(&[(WHOLE, denied()), (group, listed), (at, json(200, &job))]);
    assert_eq!(
        find(server.session().await.jobs(ServiceName::ImportExport), &there, TAG).await.unwrap().unwrap().name,
        "older"
    );
    for answer in [json(500, "{}"), json(200, "{}"), json(200, r#"{"value":["#), hang_up()] {
        let server = Server::start(&[(WHOLE, answer)]);
        assert!(find(server.session().await.jobs(ServiceName::ImportExport), &address(), TAG).await.is_err());
    }
}
