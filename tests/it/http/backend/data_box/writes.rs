//! What changes a job: what is sent, what is refused before it is sent, and writes whose answer never came.

use blobfreight::azure::{
    fault::FaultKind,
    model::{DeliveryPackage, JobChange, JobState},
};
use serde_json::{Value, json as value};

use super::{JOB, address, data_box, job, job_with, missing, new_job};
use crate::http::backend::server::{Reply, Seen, Server, hang_up, json};

fn body(seen: &Seen) -> Value {
    serde_json::from_str(&seen.body).unwrap_or_default()
}

fn shipped() -> JobChange {
    let parcel = DeliveryPackage { carrier: "UPS".into(), tracking_number: "1Z1".into(), ..DeliveryPackage::default() };
    JobChange { ship: true, delivery_package: Some(parcel), ..JobChange::default() }
}

fn cancelled() -> JobChange {
    JobChange { cancel: Some("No budget".into()), ..JobChange::default() }
}

/// An answer without a body.
fn taken() -> Reply {
    json(204, "")
}

#[tokio::test]
async fn an_existing_job_is_never_overwritten_and_both_refusals_of_its_name_are_conflicts() {
    let (put, get) = (format!("PUT {JOB}"), format!("GET {JOB}"));
    let refusal = r#"{"error":{"code":"SsemUserErrorX","message":"The name is in use."}}"#;
    for status in [400, 409] {
        let server = Server::start(&[(&put, json(status, refusal)), (&get, job("Created"))]);
        let fault = data_box(&server.session().await).create(&address(), &new_job()).await.unwrap_err();
        assert_eq!((fault.kind, fault.unsettled), (FaultKind::Conflict, false), "{fault}");
        assert!(fault.to_string().contains("The name is in use"), "{fault}");
    }
    let server = Server::start(&[(&put, json(400, refusal)), (&get, missing())]);
    let fault = data_box(&server.session().await).create(&address(), &new_job()).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::BadRequest, "{fault}");
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_is_not_sent_again_and_may_have_happened() {
    let [put, mark, cancel, delete] =
        [("PUT", ""), ("POST", "/markDevicesShipped"), ("POST", "/cancel"), ("DELETE", "")]
            .map(|(method, action)| format!("{method} {JOB}{action}"));
    let get = format!("GET {JOB}");
    for answer in [hang_up(), json(500, "{}"), json(504, "<html>gateway</html>")] {
        let writes = [&put, &mark, &cancel, &delete].map(|what| (what.as_str(), answer.clone()));
        let script: Vec<_> = writes.into_iter().chain([(get.as_str(), job("AwaitingShipmentDetails"))]).collect();
        let server = Server::start(&script);
        let azure = server.session().await;
        let jobs = data_box(&azure);
        let faults = [
            jobs.create(&address(), &new_job()).await.unwrap_err(),
            jobs.update(&address(), &shipped()).await.unwrap_err(),
            jobs.update(&address(), &cancelled()).await.unwrap_err(),
            jobs.delete(&address()).await.unwrap_err(),
        ];
        for fault in faults {
            assert!(fault.unsettled && !fault.to_string().contains("Could not"), "{fault}");
        }
        for write in [&put, &mark, &cancel, &delete] {
            assert_eq!(server.seen().iter().filter(|seen| seen.what == **write).count(), 1, "{write}");
        }
    }
}

#[tokio::test]
async fn shipping_is_told_once_with_what_the_service_takes() {
    let (mark, get) = (format!("POST {JOB}/markDevicesShipped"), format!("GET {JOB}"));
    let parcel = r#","deliverToDcPackageDetails":{"carrierName":"UPS","trackingId":"1Z1"}"#;
    let server = Server::start(&[
        (&get, job("AwaitingShipmentDetails")),
        (&mark, taken()),
        (&get, job_with("ShippedToAzureDC", parcel)),
    ]);
    let azure = server.session().await;
    let job = data_box(&azure).update(&address(), &shipped()).await.unwrap();
    assert_eq!(job.status.state, JobState::Shipped);
    let sent = server.seen().into_iter().find(|seen| seen.what == mark).unwrap();
    assert_eq!(body(&sent), value!({"deliverToDcPackageDetails": {"carrierName": "UPS", "trackingId": "1Z1"}}));
    // A second time is refused here. The correction that a person asks for is sent.
    let fault = data_box(&azure).update(&address(), &shipped()).await.unwrap_err();
    assert_eq!((fault.kind, fault.unsettled), (FaultKind::Conflict, false), "{fault}");
    assert!(fault.reason.contains("UPS 1Z1"), "{fault}");
    let correction = JobChange { ship: false, ..shipped() };
    assert!(data_box(&azure).update(&address(), &correction).await.is_ok());
    assert_eq!(server.seen().iter().filter(|seen| seen.what == mark).count(), 2);
}

#[tokio::test]
async fn a_change_of_address_goes_before_the_parcel_and_is_polled() {
    let [patch, mark, get] = ["PATCH ", "POST ", "GET "].map(|method| format!("{method}{JOB}"));
    let mark = format!("{mark}/markDevicesShipped");
    let denied = json(403, r#"{"error":{"code":"AuthorizationFailed","message":"no"}}"#);
    let server = Server::start(&[
        (&patch, json(202, "").header("location", &format!("{{here}}{JOB}"))),
        (&get, job("AwaitingShipmentDetails")),
        (&mark, denied),
    ]);
    let both = JobChange { return_address: Some(new_job().return_address), ..shipped() };
    let fault = data_box(&server.session().await).update(&address(), &both).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Denied);
    assert!(fault.to_string().contains("The address and the carrier were changed"), "what was done is said: {fault}");
    let details = body(&server.seen()[0])["properties"]["details"].clone();
    let members: Vec<_> = details.as_object().unwrap().keys().cloned().collect();
    assert_eq!(members, ["contactDetails", "shippingAddress"]);
}

#[tokio::test]
async fn a_cancel_goes_alone_with_its_reason_and_what_cannot_be_changed_is_not_sent() {
    let (cancel, get) = (format!("POST {JOB}/cancel"), format!("GET {JOB}"));
    let server = Server::start(&[(&cancel, taken()), (&get, job("Cancelled"))]);
    let azure = server.session().await;
    let job = data_box(&azure).update(&address(), &cancelled()).await.unwrap();
    assert_eq!(job.status.state, JobState::Cancelled);
    assert_eq!(body(&server.seen()[0]), value!({"reason": "No budget"}));
    let before = server.seen().len();
    let both = JobChange { ship: true, ..cancelled() };
    let manifests = JobChange { backup_manifest: Some(true), ..JobChange::default() };
    for change in [both, manifests, JobChange::default()] {
        assert_eq!(data_box(&azure).update(&address(), &change).await.unwrap_err().kind, FaultKind::Local);
    }
    assert_eq!(server.seen().len(), before);
}

#[tokio::test]
async fn what_the_service_took_is_not_said_to_have_failed_where_it_cannot_be_read() {
    let (cancel, get) = (format!("POST {JOB}/cancel"), format!("GET {JOB}"));
    let server = Server::start(&[(&cancel, taken()), (&get, json(500, "{}"))]);
    let fault = data_box(&server.session().await).update(&address(), &cancelled()).await.unwrap_err();
    assert!(fault.unsettled && fault.reason.contains("the service took it"), "{fault}");
}

#[tokio::test]
async fn a_missing_job_is_deleted_already_and_cannot_be_cancelled() {
    let (cancel, delete) = (format!("POST {JOB}/cancel"), format!("DELETE {JOB}"));
    let gateway = json(404, r#"{"error":{"code":"ResourceNotFound","message":"not found"}}"#);
    let server = Server::start(&[(&cancel, gateway), (&delete, taken())]);
    let azure = server.session().await;
    assert_eq!(data_box(&azure).delete(&address()).await, Ok(()));
    assert_eq!(data_box(&azure).update(&address(), &cancelled()).await.unwrap_err().kind, FaultKind::Gone);
}

#[tokio::test]
async fn a_decision_is_told_for_the_job_or_for_one_drive() {
    let (mitigate, get) = (format!("POST {JOB}/mitigate"), format!("GET {JOB}"));
    let server = Server::start(&[(&mitigate, taken()), (&get, job("DataCopy"))]);
    let azure = server.session().await;
    assert!(data_box(&azure).mitigate(&address(), None, "Resume").await.is_ok());
    assert!(data_box(&azure).mitigate(&address(), Some("WD-1"), "Restart").await.is_ok());
    assert_eq!(body(&server.seen()[0]), value!({"customerResolutionCode": "Resume"}));
    assert_eq!(body(&server.seen()[2]), value!({"serialNumberCustomerResolutionMap": {"WD-1": "Restart"}}));
}
