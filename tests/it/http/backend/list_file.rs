//! A list file goes into the account under a name of its own, is read back, and replaces nothing.

use blobfreight::azure::Azure;
use blobfreight::sim::{self, Sim};

use crate::http::backend::rehearsal::sign_in;
use crate::http::backend::server::{Server, quick, xml};

#[tokio::test]
async fn a_list_file_is_uploaded_and_its_container_made_when_missing() {
    let missing = xml(404, "<Error><Code>ContainerNotFound</Code><Message>no</Message></Error>");
    let blob = "PUT /acct/lists/2026/one%20list.xml";
    let back = "GET /acct/lists/2026/one%20list.xml";
    let server = Server::start(&[
        (blob, missing),
        (blob, xml(201, "")),
        ("PUT /acct/lists", xml(201, "")),
        (back, xml(200, "<BlobList/>")),
    ]);
    let azure = server.session().await;
    let name = azure.upload_list(&server.blob(), "lists", "2026/one list.xml", b"<BlobList/>".to_vec()).await.unwrap();
    assert_eq!(name, "2026/one list.xml");
    let seen = server.seen();
    assert_eq!(seen.iter().map(|seen| seen.what.as_str()).collect::<Vec<_>>(), [blob, "PUT /acct/lists", blob, back]);
    assert_eq!(seen[2].headers["if-none-match"], "*");
    assert_eq!((seen[2].body.as_str(), seen[2].headers["x-ms-blob-type"].as_str()), ("<BlobList/>", "BlockBlob"));
    assert_eq!(seen[1].query, "restype=container");
}

#[tokio::test]
async fn a_list_that_was_changed_on_its_way_is_no_list_of_a_job() {
    let put = "PUT /acct/lists/a.xml";
    let back = "GET /acct/lists/a.xml";
    let gone = xml(404, "<Error><Code>BlobNotFound</Code><Message>no</Message></Error>");
    for (answer, said) in [(xml(200, "<BlobList></BlobList>"), "not what was sent"), (gone, "not there")] {
        let server = Server::start(&[(put, xml(201, "")), (back, answer)]);
        let azure = server.session().await;
        let fault = azure.upload_list(&server.blob(), "lists", "a.xml", b"<BlobList/>".to_vec()).await.unwrap_err();
        assert!(fault.to_string().contains(said) && fault.to_string().contains("No job was created"), "{fault}");
    }
}

#[tokio::test]
async fn a_refusal_that_is_not_about_the_name_is_told_as_it_is() {
    let deleting = xml(409, "<Error><Code>ContainerBeingDeleted</Code><Message>wait</Message></Error>");
    let gone = xml(404, "<Error><Code>ContainerNotFound</Code><Message>no</Message></Error>");
    let server = Server::start(&[("PUT /acct/lists/a.xml", deleting), ("GET /acct/lists/a.xml", gone)]);
    let fault = server.session().await.upload_list(&server.blob(), "lists", "a.xml", b"<BlobList/>".to_vec()).await;
    assert_eq!(fault.unwrap_err().code.as_deref(), Some("ContainerBeingDeleted"));
}

async fn session(sim: &Sim) -> Azure {
    sign_in(sim, quick()).await.0
}

/// What the account holds under a name of the container `lists`.
async fn content(sim: &Sim, name: &str) -> String {
    let ends = sim.endpoints();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let read = client.get(format!("{}/lists/{name}", ends.blob)).bearer_auth(&ends.token);
    let answer = read.header("x-ms-version", "2021-12-02").send().await.unwrap();
    assert_eq!(answer.status(), 200, "{name}");
    answer.text().await.unwrap()
}

#[tokio::test]
async fn another_list_of_the_same_name_is_left_as_it_is_and_the_next_name_is_taken() {
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
    let (azure, blob) = (session(&sim).await, sim.endpoints().blob.clone());
    let upload = async |xml: &[u8]| azure.upload_list(&blob, "lists", "draft/a.xml", xml.to_vec()).await.unwrap();
    assert_eq!(upload(b"<BlobList>one</BlobList>").await, "draft/a.xml");
    assert_eq!(upload(b"<BlobList>two</BlobList>").await, "draft/a-2.xml");
    assert_eq!(upload(b"<BlobList>three</BlobList>").await, "draft/a-3.xml");
    assert_eq!(upload(b"<BlobList>two</BlobList>").await, "draft/a-2.xml", "a list that is there is not sent twice");
    assert_eq!(upload(b"<BlobList>one</BlobList>").await, "draft/a.xml");
    for (name, text) in [("a.xml", "one"), ("a-2.xml", "two"), ("a-3.xml", "three")] {
        assert_eq!(content(&sim, &format!("draft/{name}")).await, format!("<BlobList>{text}</BlobList>"));
    }
}

#[tokio::test]
async fn an_upload_whose_answer_was_lost_is_found_to_have_happened() {
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
    let (azure, blob) = (session(&sim).await, sim.endpoints().blob.clone());
    let lost = sim::FaultRule::next("draft/a.xml", sim::FaultAction::Lost);
    azure.upload_list(&blob, "lists", "other.xml", b"<BlobList/>".to_vec()).await.unwrap();
    sim.faults().add(sim::FaultRule { method: Some("PUT".into()), ..lost });
    let name = azure.upload_list(&blob, "lists", "draft/a.xml", b"<BlobList/>".to_vec()).await.unwrap();
    assert_eq!((name.as_str(), sim.faults().pending()), ("draft/a.xml", 0));
}

#[tokio::test]
async fn when_every_name_is_taken_that_is_said_and_nothing_is_written_over() {
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
    let (azure, blob) = (session(&sim).await, sim.endpoints().blob.clone());
    for number in 1..=50 {
        let xml = format!("<BlobList>{number}</BlobList>").into_bytes();
        azure.upload_list(&blob, "lists", "a.xml", xml).await.unwrap();
    }
    let fault = azure.upload_list(&blob, "lists", "a.xml", b"<BlobList>51</BlobList>".to_vec()).await.unwrap_err();
    assert!(fault.to_string().contains("50 other files"), "{fault}");
    assert_eq!(content(&sim, "a.xml").await, "<BlobList>1</BlobList>");
}
