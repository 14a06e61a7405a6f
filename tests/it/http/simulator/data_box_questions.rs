//! What a client asks the simulated Microsoft.DataBox before it creates a job: offers, addresses, checks, versions, registration.

use serde_json::{Value, json};

use crate::http::simulator::wire::Wire;
use crate::http::simulator::wire_data_box::{disk_export, put};

fn skus(country: &str, region: &str) -> Value {
    json!({ "transferType": "ExportFromAzure", "country": country, "location": region, "skuNames": ["DataBoxCustomerDisk"] })
}

#[tokio::test]
async fn the_sku_is_offered_within_the_commerce_boundary_of_the_region_and_names_where_the_disks_go() {
    let wire = Wire::new().await;
    let asked = async |country: &str, region: &str| {
        wire.ask("availableSkus", &skus(country, region)).await.json()["value"][0].clone()
    };
    let offered = asked("NO", "westeurope").await;
    assert_eq!((&offered["enabled"], &offered["properties"]["disabledReason"]), (&json!(true), &json!("None")));
    let map = |sku: &Value| sku["properties"]["dataLocationToServiceLocationMap"].clone();
    assert_eq!(map(&offered), json!([{ "dataLocation": "westeurope", "serviceLocation": "westeurope" }]));
    let north = asked("no", "North Europe").await;
    assert_eq!(map(&north), json!([{ "dataLocation": "northeurope", "serviceLocation": "westeurope" }]));
    let far = asked("US", "westeurope").await;
    assert_eq!((&far["enabled"], &far["properties"]["disabledReason"]), (&json!(false), &json!("Country")));
    assert!(far["properties"]["disabledReasonMessage"].as_str().unwrap().contains("country"));
    let nowhere = asked("SE", "swedencentral").await;
    assert_eq!((&nowhere["properties"]["disabledReason"], map(&nowhere)), (&json!("Region"), json!([])));
    let other = json!({ "transferType": "ExportFromAzure", "country": "NO", "location": "westeurope", "skuNames": ["DataBox"] });
    assert_eq!(wire.ask("availableSkus", &other).await.json()["value"], json!([]));
    assert_eq!(wire.ask("availableSkus", &json!({})).await.code(), "MissingRequiredProperty");
    let at_subscription = format!(
        "/subscriptions/{}/providers/Microsoft.DataBox/locations/westeurope/availableSkus?api-version=2025-07-01",
        wire.ends().subscription
    );
    assert_eq!(wire.arm("POST", &at_subscription, &skus("NO", "westeurope")).await.status, 404, "group scope only");
}

#[tokio::test]
async fn one_region_has_an_address_and_another_only_an_instruction() {
    let wire = Wire::new().await;
    let asked = async |region: &str| {
        let body =
            json!({ "datacenterAddressRequest": { "storageLocation": region, "skuName": "DataBoxCustomerDisk" } });
        wire.ask("regionConfiguration", &body).await.json()["datacenterAddressResponse"].clone()
    };
    let address = asked("northeurope").await;
    assert_eq!(address["datacenterAddressType"], "DatacenterAddressLocation");
    assert_eq!((&address["country"], &address["dataCenterAzureLocation"]), (&json!("NL"), &json!("westeurope")));
    assert!(address["street1"].as_str().unwrap().contains("do not ship"), "{address}");
    assert!(address["supportedCarriersForReturnShipment"].as_array().unwrap().contains(&json!("DHL")));
    let instruction = asked("UKWest").await;
    assert_eq!(instruction["datacenterAddressType"], "DatacenterAddressInstruction");
    assert!(instruction["communicationInstruction"].as_str().unwrap().contains("rehearsal@example.invalid"));
    assert!(instruction["street1"].is_null(), "{instruction}");
    let transport = json!({ "transportAvailabilityRequest": { "skuName": "DataBoxCustomerDisk" } });
    let transport = wire.ask("regionConfiguration", &transport).await.json();
    assert_eq!(
        transport["transportAvailabilityResponse"]["transportAvailabilityDetails"][0]["shipmentType"],
        "CustomerManaged"
    );
    assert!(transport["datacenterAddressResponse"].is_null());
}

/// All six checks of a good job.
fn checks(wire: &Wire) -> Value {
    let details = disk_export(wire)["properties"]["details"].clone();
    let device = "DataBoxCustomerDisk";
    json!({
        "validationCategory": "JobCreationValidation",
        "individualRequestDetails": [
            { "validationType": "ValidateSubscriptionIsAllowedToCreateJob" },
            { "validationType": "ValidateSkuAvailability", "deviceType": device, "transferType": "ExportFromAzure", "country": "NO", "location": "westeurope" },
            { "validationType": "ValidateCreateOrderLimit", "deviceType": device },
            { "validationType": "ValidateDataTransferDetails", "deviceType": device, "transferType": "ExportFromAzure", "dataExportDetails": details["dataExportDetails"] },
            { "validationType": "ValidateAddress", "deviceType": device, "shippingAddress": details["shippingAddress"] },
            { "validationType": "ValidatePreferences", "deviceType": device },
        ],
    })
}

#[tokio::test]
async fn six_good_checks_carry_an_error_of_the_code_success() {
    let wire = Wire::new().await;
    let answer = wire.ask("validateInputs", &checks(&wire)).await.json();
    assert_eq!(answer["properties"]["status"], "AllValidToProceed");
    let answers = answer["properties"]["individualResponseDetails"].as_array().unwrap();
    assert_eq!(answers.len(), 6);
    for answer in answers {
        assert_eq!(answer["error"]["code"], "Success", "{answer}");
        let word = if answer["validationType"] == "ValidateAddress" { "validationStatus" } else { "status" };
        assert_eq!(answer[word], "Valid", "{answer}");
    }
    assert_eq!(answers[4]["alternateAddresses"][0]["city"], "OSLO");
}

#[tokio::test]
async fn a_bad_check_says_which_and_why() {
    let wire = Wire::new().await;
    let outcome = async |change: fn(&mut Value)| {
        let mut body = checks(&wire);
        change(&mut body["individualRequestDetails"]);
        let answer = wire.ask("validateInputs", &body).await.json()["properties"].clone();
        let bad = answer["individualResponseDetails"].as_array().unwrap().iter();
        let bad = bad.filter(|a| a["status"] != "Valid" && a["validationStatus"] != "Valid");
        let bad: Vec<String> = bad
            .map(|a| format!("{} {}", a["validationType"].as_str().unwrap(), a["error"]["code"].as_str().unwrap()))
            .collect();
        (answer["status"].as_str().unwrap().to_owned(), bad)
    };
    let revisit = |what: &str| ("InputsRevisitRequired".to_owned(), vec![what.to_owned()]);
    assert_eq!(
        outcome(|b| b[1]["country"] = json!("US")).await,
        revisit("ValidateSkuAvailability SsemUserErrorSkuNotAvailable")
    );
    assert_eq!(
        outcome(|b| b[3]["dataExportDetails"][0]["accountDetails"]["storageAccountId"] = json!("/x")).await,
        revisit("ValidateDataTransferDetails StorageAccountNotFound")
    );
    let no_file = |b: &mut Value| {
        b[3]["dataExportDetails"][0]["transferConfiguration"]["transferFilterDetails"]["include"] = json!({
            "dataAccountType": "StorageAccount", "filterFileDetails": [{ "filterFileType": "AzureBlob", "filterFilePath": "lab/none.xml" }],
        });
    };
    assert_eq!(outcome(no_file).await, revisit("ValidateDataTransferDetails SsemUserErrorFilterFileNotFound"));
    assert_eq!(
        outcome(|b| b[4]["shippingAddress"]["postalCode"] = json!("00000")).await,
        revisit("ValidateAddress Success")
    );
    assert_eq!(
        outcome(|b| b[4]["shippingAddress"]["streetAddress1"] = json!("Way")).await,
        revisit("ValidateAddress Success")
    );
    let wish = |b: &mut Value| b[5]["preference"] = json!({ "preferredDataCenterRegion": ["atlantis"] });
    assert_eq!(outcome(wish).await, revisit("ValidatePreferences SsemUserErrorInvalidPreference"));
}

#[tokio::test]
async fn in_a_disabled_subscription_the_other_checks_are_skipped() {
    let wire = Wire::new().await;
    let disabled =
        wire.get("/subscriptions?api-version=2022-12-01").await.json()["nextLink"].as_str().unwrap().to_owned();
    let disabled = wire.get(&disabled).await.json()["value"][0]["id"].as_str().unwrap().to_owned();
    let path =
        format!("{disabled}/providers/Microsoft.DataBox/locations/westeurope/validateInputs?api-version=2025-07-01");
    let status = async |body: &Value| {
        let answer = wire.arm("POST", &path, body).await.json()["properties"].clone();
        let all = answer["individualResponseDetails"].as_array().unwrap().clone();
        let words = all.iter().map(|a| a["status"].as_str().unwrap_or("address").to_owned()).collect::<Vec<_>>();
        (answer["status"].as_str().unwrap().to_owned(), words)
    };
    let mut body = checks(&wire);
    let (overall, words) = status(&body).await;
    assert_eq!(
        (overall.as_str(), &words[..2]),
        ("InputsRevisitRequired", &["Invalid".to_owned(), "Skipped".to_owned()][..])
    );
    body["individualRequestDetails"].as_array_mut().unwrap().remove(0);
    assert_eq!(status(&body).await.0, "CertainInputValidationsSkipped");
}

#[tokio::test]
async fn an_ambiguous_address_comes_with_the_houses_it_may_mean() {
    let wire = Wire::new().await;
    let path = format!(
        "/subscriptions/{}/providers/Microsoft.DataBox/locations/westeurope/validateAddress?api-version=2025-07-01",
        wire.ends().subscription
    );
    let mut address = disk_export(&wire)["properties"]["details"]["shippingAddress"].clone();
    address["streetAddress1"] = json!("Example Way");
    let body =
        json!({ "validationType": "ValidateAddress", "deviceType": "DataBoxCustomerDisk", "shippingAddress": address });
    let answer = wire.arm("POST", &path, &body).await.json()["properties"].clone();
    assert_eq!(answer["validationStatus"], "Ambiguous");
    let streets: Vec<&str> = answer["alternateAddresses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["streetAddress1"].as_str().unwrap())
        .collect();
    assert_eq!(streets, ["1 EXAMPLE WAY", "2 EXAMPLE WAY"]);
}

#[tokio::test]
async fn the_provider_is_registered_and_can_be_unregistered() {
    let wire = Wire::new().await;
    let provider = format!("/subscriptions/{}/providers/microsoft.databox", wire.ends().subscription);
    let version = "api-version=2021-04-01";
    let described = wire.get(&format!("{provider}?{version}")).await.json();
    assert_eq!(
        (&described["namespace"], &described["registrationState"]),
        (&json!("Microsoft.DataBox"), &json!("Registered"))
    );
    let jobs = described["resourceTypes"].as_array().unwrap().iter().find(|t| t["resourceType"] == "jobs").unwrap();
    assert_eq!(jobs["apiVersions"], json!(["2025-07-01", "2025-02-01", "2023-12-01", "2022-12-01"]));
    assert!(jobs["locations"].as_array().unwrap().contains(&json!("West Europe")));
    let taken = wire.arm("POST", &format!("{provider}/unregister?{version}"), &Value::Null).await.json();
    assert_eq!(taken["registrationState"], "NotRegistered");
    let refused = put(&wire, "night-export", &disk_export(&wire)).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "MissingSubscriptionRegistration"));
    assert!(refused.text.contains("Microsoft.DataBox"), "{}", refused.text);
    assert_eq!(wire.ask("availableSkus", &skus("NO", "westeurope")).await.code(), "MissingSubscriptionRegistration");
    assert_eq!(wire.create("classic", &wire.export()).await.status, 201, "the other provider still is");
    wire.arm("POST", &format!("{provider}/register?{version}"), &Value::Null).await;
    assert_eq!(put(&wire, "night-export", &disk_export(&wire)).await.status, 202);
    let other = wire.get(&format!("{}?{version}", provider.replace("databox", "nothing"))).await;
    assert_eq!((other.status, other.code().as_str()), (404, "InvalidResourceNamespace"));
}

#[tokio::test]
async fn four_versions_are_known_and_a_path_is_read_without_regard_to_case() {
    let wire = Wire::new().await;
    put(&wire, "Night-Export", &disk_export(&wire)).await;
    for version in ["2022-12-01", "2023-12-01", "2025-02-01", "2025-07-01"] {
        let path = wire.disk_job("night-EXPORT").replace("2025-07-01", version);
        let shouted =
            path.replace("resourceGroups", "RESOURCEGROUPS").replace("Microsoft.DataBox", "microsoft.databox");
        assert_eq!(wire.get(&shouted).await.json()["name"], "Night-Export", "{version}");
    }
    let unknown = wire.get(&wire.disk_job("night-export").replace("2025-07-01", "2020-11-01")).await;
    assert_eq!((unknown.status, unknown.code().as_str()), (400, "InvalidApiVersionParameter"));
    assert!(unknown.text.contains("2022-12-01,2023-12-01,2025-02-01,2025-07-01"), "{}", unknown.text);
    let path = wire.disk_job("night-export");
    assert_eq!(wire.get(path.split('?').next().unwrap()).await.code(), "MissingApiVersionParameter");
    let operations = wire.get("/providers/Microsoft.DataBox/operations?api-version=2025-07-01").await.json();
    let names: Vec<&str> =
        operations["value"].as_array().unwrap().iter().map(|o| o["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"Microsoft.DataBox/jobs/listCredentials/action"), "{names:?}");
}

#[tokio::test]
async fn lists_go_on_with_the_host_the_client_used() {
    let wire = Wire::new().await;
    for n in 0..5 {
        assert_eq!(put(&wire, &format!("job-{n}"), &disk_export(&wire)).await.status, 202);
    }
    let at_subscription =
        format!("/subscriptions/{}/providers/Microsoft.DataBox/jobs?api-version=2025-07-01", wire.ends().subscription);
    for list in [wire.disk_jobs(), at_subscription] {
        let (mut url, mut names) = (list, Vec::new());
        loop {
            let page = wire.get(&url).await.json();
            names.extend(page["value"].as_array().unwrap().iter().map(|j| j["name"].as_str().unwrap().to_owned()));
            assert!(
                page["value"][0]["id"].as_str().unwrap().contains("/resourcegroups/"),
                "as recorded, in lower case"
            );
            match page["nextLink"].as_str() {
                Some(next) => next.clone_into(&mut url),
                None => break,
            }
            assert!(url.starts_with(&wire.ends().arm), "{url}");
        }
        assert_eq!(names, ["job-0", "job-1", "job-2", "job-3", "job-4"]);
    }
    let port = wire.sim.address().port();
    let token = format!("Bearer {}", wire.ends().token);
    let page = wire
        .send("GET", &format!("http://localhost:{port}{}", wire.disk_jobs()), &[("authorization", &token)], "")
        .await
        .json();
    assert!(page["nextLink"].as_str().unwrap().starts_with(&format!("http://localhost:{port}/")), "{page}");
}
