//! The rules of Microsoft.ImportExport: what is refused, with which status and code, and what an accepted job looks like.

use serde_json::{Value, json};

use crate::http::simulator::wire::Wire;

/// A change to a good body, and the refusal that must follow.
type Case = (&'static str, fn(&mut Value), u16, &'static str);

fn without(body: &mut Value, pointer: &str) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key);
}

#[tokio::test]
async fn a_put_that_breaks_a_rule_is_refused_with_its_own_code_and_stores_nothing() {
    const MISSING: &str = "MissingRequiredProperty";
    const INVALID: &str = "InvalidPropertyValue";
    let cases: [Case; 25] = [
        ("no location", |b| without(b, "/location"), 400, MISSING),
        ("unknown location", |b| b["location"] = json!("atlantis"), 400, "LocationNotAvailableForResourceType"),
        ("no properties", |b| without(b, "/properties"), 400, MISSING),
        ("no account", |b| without(b, "/properties/storageAccountId"), 400, MISSING),
        ("no such account", |b| b["properties"]["storageAccountId"] = json!("/x"), 400, "StorageAccountNotFound"),
        ("no job type", |b| without(b, "/properties/jobType"), 400, MISSING),
        ("unknown job type", |b| b["properties"]["jobType"] = json!("Copy"), 400, INVALID),
        ("no return address", |b| without(b, "/properties/returnAddress"), 400, MISSING),
        ("no name", |b| without(b, "/properties/returnAddress/recipientName"), 400, MISSING),
        ("empty street", |b| b["properties"]["returnAddress"]["streetAddress1"] = json!(" "), 400, MISSING),
        ("no city", |b| without(b, "/properties/returnAddress/city"), 400, MISSING),
        ("no postal code", |b| without(b, "/properties/returnAddress/postalCode"), 400, MISSING),
        ("no country", |b| without(b, "/properties/returnAddress/countryOrRegion"), 400, MISSING),
        ("no phone", |b| without(b, "/properties/returnAddress/phone"), 400, MISSING),
        ("no mail", |b| without(b, "/properties/returnAddress/email"), 400, MISSING),
        ("no carrier account", |b| without(b, "/properties/returnShipping/carrierAccountNumber"), 400, MISSING),
        ("no selection", |b| without(b, "/properties/export"), 400, MISSING),
        ("empty selection", |b| b["properties"]["export"] = json!({ "blobList": { "blobPath": [] } }), 400, MISSING),
        ("a text for a list", |b| b["properties"]["export"]["blobList"]["blobPath"] = json!("a/b"), 400, INVALID),
        ("both lists", |b| b["properties"]["export"]["blobListBlobPath"] = json!("a/b.xml"), 400, INVALID),
        (
            "a list too large",
            |b| b["properties"]["export"]["blobList"]["blobPath"] = json!(["a".repeat(32_768)]),
            400,
            "BlobListTooLarge",
        ),
        ("drives of an export", |b| b["properties"]["driveList"] = json!([{ "driveId": "1" }]), 400, INVALID),
        ("an export that imports", |b| b["properties"]["jobType"] = json!("Import"), 400, INVALID),
        ("a state", |b| b["properties"]["state"] = json!("Shipping"), 400, INVALID),
        (
            "eleven drives",
            |b| {
                b["properties"]["deliveryPackage"] =
                    json!({ "carrierName": "F", "trackingNumber": "1", "driveCount": 11 });
            },
            400,
            INVALID,
        ),
    ];
    let wire = Wire::new().await;
    for (what, change, status, code) in cases {
        let mut body = wire.export();
        change(&mut body);
        let answer = wire.create("job-1", &body).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{what}: {}", answer.text);
        assert!(!answer.header("x-ms-request-id").is_empty(), "{what}");
        assert_eq!(wire.get(&wire.job("job-1")).await.status, 404, "{what}");
    }
}

#[tokio::test]
async fn job_names_follow_the_naming_rules() {
    let wire = Wire::new().await;
    let long = "a".repeat(65);
    for bad in ["a", "1job", "my_job", "my.job", "j%20b", &long] {
        let answer = wire.create(bad, &wire.export()).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "InvalidResourceName"), "{bad}");
    }
    for good in ["ab", "Job-1", &"a".repeat(64)] {
        assert_eq!(wire.create(good, &wire.export()).await.status, 201, "{good}");
    }
    assert_eq!(wire.create("JOB-1", &wire.export()).await.status, 200, "names differ in case only: the same job");
}

#[tokio::test]
async fn an_accepted_job_is_filled_in_and_echoes_its_location_in_two_spellings() {
    let wire = Wire::new().await;
    let mut body = wire.export();
    body["location"] = json!("northeurope");
    without(&mut body, "/properties/logLevel");
    let made = wire.create("job-1", &body).await.json();
    assert_eq!(
        (made["location"].as_str(), made["properties"]["state"].as_str()),
        (Some("northeurope"), Some("Creating"))
    );
    assert_eq!(made["properties"]["logLevel"], "Error");
    assert_eq!(made["properties"]["encryptionKey"]["kekType"], "MicrosoftManaged");
    assert_eq!(made["identity"]["type"], "None");
    let read = wire.get(&wire.job("job-1")).await.json();
    assert_eq!(read["location"], "North Europe");
    let address = &read["properties"]["shippingInformation"];
    assert_eq!(address["countryOrRegion"], "Netherlands (NL)", "North Europe is closed: ship to West Europe");
    assert!(address["streetAddress1"].as_str().unwrap().contains("do not ship"));
}

#[tokio::test]
async fn a_patch_follows_the_rules_of_the_state_the_job_is_in() {
    let wire = Wire::new().await;
    let package = json!({ "carrierName": "FedEx", "trackingNumber": "1" });
    assert_eq!(wire.create("job-1", &wire.export()).await.status, 201);
    let patch = async |properties: Value| {
        let answer = wire.arm("PATCH", &wire.job("job-1"), &json!({ "properties": properties })).await;
        (answer.status, answer.code())
    };
    let no = |status: u16, code: &str| (status, code.to_owned());
    let yes = no(200, "");
    assert_eq!(patch(json!({ "state": "Shipping" })).await, no(400, "MissingRequiredProperty"), "no delivery package");
    assert_eq!(patch(json!({ "state": "Received" })).await, no(400, "InvalidPropertyValue"));
    assert_eq!(patch(json!({ "cancelRequested": false })).await, no(400, "InvalidPropertyValue"));
    assert_eq!(
        patch(json!({ "deliveryPackage": { "carrierName": "FedEx" } })).await,
        no(400, "MissingRequiredProperty")
    );
    assert_eq!(patch(json!({ "export": {} })).await, no(400, "PropertyCannotBeUpdated"));
    assert_eq!(patch(json!({ "deliveryPackage": package })).await, yes, "a tracking number alone");
    assert_eq!(wire.read("job-1").await["state"], "Creating", "does not ship the job");
    assert_eq!(patch(json!({ "state": "Shipping" })).await, yes);
    assert_eq!(wire.read("job-1").await["state"], "Shipping");
    assert_eq!(patch(json!({ "state": "Shipping" })).await, no(409, "JobStateConflict"));
    assert_eq!(wire.create("job-1", &wire.export()).await.code(), "JobAlreadyExists");
    assert_eq!(wire.arm("DELETE", &wire.job("job-1"), &Value::Null).await.code(), "JobStateConflict");
    wire.hours(50);
    assert_eq!(patch(json!({ "deliveryPackage": package })).await, no(409, "JobStateConflict"), "drives have arrived");
    assert_eq!(patch(json!({ "logLevel": "Error" })).await, yes);
    wire.hours(90);
    assert_eq!(wire.read("job-1").await["state"], "Packaging");
    assert_eq!(patch(json!({ "cancelRequested": true })).await, no(409, "JobStateConflict"));
    assert_eq!(patch(json!({ "logLevel": "Verbose" })).await, no(409, "JobStateConflict"));
    wire.hours(40);
    let gone = wire.arm("DELETE", &wire.job("job-1"), &Value::Null).await;
    assert_eq!((gone.status, gone.text.as_str()), (200, ""));
    assert_eq!(wire.arm("DELETE", &wire.job("job-1"), &Value::Null).await.code(), "ResourceNotFound");
}

#[tokio::test]
async fn each_api_version_has_its_spelling_and_others_are_refused() {
    let wire = Wire::new().await;
    let mut body = wire.export();
    body["properties"]["export"] = json!({ "blobListblobPath": "lab/list.xml" });
    wire.create("job-1", &body).await;
    let at = |version: &str| wire.job("job-1").replace("2021-01-01", version);
    let old = wire.get(&at("2016-11-01")).await.json();
    assert_eq!(old["properties"]["export"], json!({ "blobListblobPath": "lab/list.xml" }));
    assert!(old["systemData"].is_null());
    for version in ["2020-08-01", "2021-01-01"] {
        let new = wire.get(&at(version)).await.json();
        assert_eq!(new["properties"]["export"], json!({ "blobListBlobPath": "lab/list.xml" }), "{version}");
        assert!(new["systemData"]["createdAt"].is_string(), "{version}");
    }
    let unknown = wire.get(&at("2019-01-01")).await;
    assert_eq!((unknown.status, unknown.code().as_str()), (400, "InvalidApiVersionParameter"));
    assert!(unknown.text.contains("2016-11-01,2020-08-01,2021-01-01"));
    assert_eq!(wire.get(wire.job("job-1").split('?').next().unwrap()).await.code(), "MissingApiVersionParameter");
}

#[tokio::test]
async fn lists_are_paged_filtered_and_leave_drives_out() {
    let wire = Wire::new().await;
    for n in 0..7 {
        wire.create(&format!("job-{n}"), &wire.export()).await;
    }
    wire.ship("job-3", 1).await;
    wire.hours(70);
    let base = wire.job("").replace("jobs/?", "jobs?");
    let mut url = format!("{base}&$top=3");
    let mut names = Vec::new();
    loop {
        let page = wire.get(&url).await.json();
        let value = page["value"].as_array().unwrap();
        assert!(value.len() <= 3 && value.iter().all(|j| j["properties"]["driveList"].is_null()));
        names.extend(value.iter().map(|j| j["name"].as_str().unwrap().to_owned()));
        match page["nextLink"].as_str() {
            Some(next) => next.clone_into(&mut url),
            None => break,
        }
    }
    assert_eq!(names, (0..7).map(|n| format!("job-{n}")).collect::<Vec<_>>());
    let filtered = wire
        .get(&format!("{base}&$filter=type%20eq%20%27Export%27%20and%20state%20eq%20%27Transferring%27"))
        .await
        .json();
    assert_eq!(filtered["value"][0]["name"], "job-3");
    assert_eq!(filtered["value"].as_array().unwrap().len(), 1);
    for (bad, code) in
        [("$top=101", "InvalidQueryParameter"), ("$top=0", "InvalidQueryParameter"), ("$filter=x", "InvalidFilter")]
    {
        assert_eq!(wire.get(&format!("{base}&{bad}")).await.code(), code);
    }
}
