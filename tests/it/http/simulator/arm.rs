//! Sign-in, subscriptions, groups, accounts, providers and locations.

use blobfreight::sim::{SimError, SimOptions, start};
use serde_json::Value;

use crate::http::simulator::wire::Wire;

async fn all(wire: &Wire, path: &str) -> (Vec<Value>, usize) {
    let (mut found, mut pages, mut url) = (Vec::new(), 0, path.to_owned());
    loop {
        let page = wire.get(&url).await.json();
        found.extend(page["value"].as_array().unwrap().iter().cloned());
        pages += 1;
        match page["nextLink"].as_str() {
            Some(next) => next.clone_into(&mut url),
            None => return (found, pages),
        }
    }
}

#[tokio::test]
async fn it_listens_on_loopback_only() {
    let error =
        start(SimOptions { listen: "0.0.0.0:0".parse().unwrap(), ..SimOptions::default() }).await.err().unwrap();
    assert!(matches!(error, SimError::NotLoopback(_)) && error.to_string().contains("loopback"), "{error}");
}

#[tokio::test]
async fn a_token_is_given_for_any_secret_but_the_wrong_one_and_opens_the_service_it_is_for() {
    let wire = Wire::new().await;
    let token = async |form: &str| {
        let url = format!("{}/{}/oauth2/v2.0/token", wire.ends().authority, wire.ends().tenant);
        wire.send("POST", &url, &[("content-type", "application/x-www-form-urlencoded")], form.to_owned()).await
    };
    let base = "grant_type=client_credentials&client_id=app&scope=";
    let wrong = token(&format!("{base}x%2F.default&client_secret=wrong-secret")).await;
    assert_eq!(wrong.status, 401);
    assert!(wrong.json()["error_description"].as_str().unwrap().starts_with("AADSTS7000215: "));
    let given = async |scope: &str| {
        let answer = token(&format!("{base}{scope}&client_secret=s")).await.json();
        assert_eq!(answer["token_type"], "Bearer");
        format!("Bearer {}", answer["access_token"].as_str().unwrap())
    };
    let arm = given("https%3A%2F%2Fmanagement.azure.com%2F.default").await;
    let storage = given("https%3A%2F%2Fstorage.azure.com%2F.default").await;
    let subscriptions = format!("{}/subscriptions?api-version=2022-12-01", wire.ends().arm);
    let containers = format!("{}/?comp=list", wire.ends().blob);
    for (url, good, bad) in [(&subscriptions, &arm, &storage), (&containers, &storage, &arm)] {
        assert_eq!(wire.send("GET", url, &[("authorization", good)], "").await.status, 200);
        for refused in [bad.as_str(), "Bearer x", ""] {
            let answer = wire.send("GET", url, &[("authorization", refused)], "").await;
            assert_eq!(answer.status, 401, "{url} {refused}");
            assert!(answer.header("www-authenticate").starts_with("Bearer authorization_uri="));
        }
    }
    let discovery = format!("{}/{}/v2.0/.well-known/openid-configuration", wire.ends().authority, wire.ends().tenant);
    let document = wire.send("GET", &discovery, &[], "").await.json();
    assert!(document["token_endpoint"].as_str().unwrap().ends_with("/oauth2/v2.0/token"));
}

#[tokio::test]
async fn lists_come_in_pages_and_name_what_a_wizard_must_know() {
    let wire = Wire::new().await;
    let (subscriptions, pages) = all(&wire, "/subscriptions?api-version=2022-12-01").await;
    assert!(subscriptions.len() >= 2 && pages >= 2);
    assert_eq!(subscriptions[0]["subscriptionId"].as_str(), Some(wire.ends().subscription.as_str()));
    let mut kinds = Vec::new();
    for subscription in &subscriptions {
        let id = subscription["id"].as_str().unwrap();
        let (groups, _) = all(&wire, &format!("{id}/resourcegroups?api-version=2024-03-01")).await;
        let (accounts, _) =
            all(&wire, &format!("{id}/providers/Microsoft.Storage/storageAccounts?api-version=2023-05-01")).await;
        for account in &accounts {
            let place = account["id"].as_str().unwrap();
            assert!(groups.iter().any(|g| place.starts_with(&format!("{}/", g["id"].as_str().unwrap()))), "{place}");
            let one = wire.get(&format!("{place}?api-version=2023-05-01")).await.json();
            assert_eq!(&one, account);
        }
        kinds.extend(accounts);
    }
    let has = |what: fn(&Value) -> bool| kinds.iter().any(what);
    assert!(has(|a| a["kind"] == "FileStorage") && has(|a| a["properties"]["isHnsEnabled"] == true));
    assert!(
        has(|a| a["properties"]["isNfsV3Enabled"] == true) && has(|a| a["properties"]["allowSharedKeyAccess"] == false)
    );
    assert!(has(|a| a["properties"]["networkAcls"]["bypass"] == "Logging, Metrics"));
    assert!(has(|a| a["location"] == "koreasouth") && has(|a| a["location"] == "northeurope"));
    let keys = wire
        .arm("POST", &format!("{}/listKeys?api-version=2023-05-01", wire.ends().storage_account), &Value::Null)
        .await
        .json();
    assert_eq!(keys["keys"][0]["value"].as_str(), Some(wire.ends().storage_key.as_str()));
}

#[tokio::test]
async fn the_second_subscription_must_register_the_provider_first() {
    let wire = Wire::new().await;
    let (subscriptions, _) = all(&wire, "/subscriptions?api-version=2022-12-01").await;
    let second = subscriptions[1]["id"].as_str().unwrap().to_owned();
    let provider = format!("{second}/providers/Microsoft.ImportExport");
    let job = format!(
        "{second}/resourceGroups/korea-office{}/jobs/j-1?api-version=2021-01-01",
        "/providers/Microsoft.ImportExport"
    );
    let mut body = wire.export();
    body["location"] = "koreasouth".into();
    body["properties"]["storageAccountId"] =
        format!("{second}/resourceGroups/korea-office/providers/Microsoft.Storage/storageAccounts/northlightseoul")
            .into();
    let state = wire.get(&format!("{provider}?api-version=2024-03-01")).await.json();
    assert_eq!(state["registrationState"], "NotRegistered");
    let refused = wire.arm("PUT", &job, &body).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "MissingSubscriptionRegistration"));
    let registered =
        wire.arm("POST", &format!("{provider}/register?api-version=2024-03-01"), &Value::Null).await.json();
    assert_eq!(registered["registrationState"], "Registered");
    let made = wire.arm("PUT", &job, &body).await;
    assert_eq!(made.status, 201);
    let address = &made.json()["properties"]["shippingInformation"];
    assert!(
        address["additionalInformation"].as_str().unwrap().contains("inbound ID"),
        "Korea South ships to Australia: {address}"
    );
    let third =
        job.replace(&second, subscriptions[2]["id"].as_str().unwrap()).replace("korea-office", "contracts-2014");
    assert_eq!(wire.arm("PUT", &third, &body).await.code(), "ReadOnlyDisabledSubscription");
}

#[tokio::test]
async fn locations_keep_the_dirt_of_real_answers_and_lead_nowhere() {
    let wire = Wire::new().await;
    let list = wire.get("/providers/Microsoft.ImportExport/locations?api-version=2021-01-01").await.json();
    let list = list["value"].as_array().unwrap();
    assert_eq!(list.len(), 32);
    for location in list {
        let p = &location["properties"];
        let (street, city) = (p["streetAddress1"].as_str().unwrap(), p["city"].as_str().unwrap());
        assert!(street == " " && city == " " || street.contains("do not ship") && city == "Nowhere", "{location}");
    }
    let has = |test: fn(&Value) -> bool| list.iter().any(|l| test(&l["properties"]));
    assert!(has(|p| p["phone"].is_null()) && has(|p| p["phone"] == "") && has(|p| p["countryOrRegion"] == ""));
    assert!(has(|p| p["streetAddress1"].as_str().unwrap().starts_with('\n')));
    for name in ["koreasouth", "Korea%20South", "KOREASOUTH"] {
        let one = wire
            .get(&format!("/providers/Microsoft.ImportExport/locations/{name}?api-version=2016-11-01"))
            .await
            .json();
        assert_eq!(one["name"], "Korea South");
        assert_eq!(
            one["properties"]["alternateLocations"][0],
            "/providers/Microsoft.ImportExport/locations/australiasoutheast"
        );
    }
    let missing = wire.get("/providers/Microsoft.ImportExport/locations/swedencentral?api-version=2021-01-01").await;
    assert_eq!((missing.status, missing.code().as_str()), (404, "LocationNotFound"));
}
