//! Which service takes a job, where its drives go, what it thinks of a job before it exists, and the locks it leaves.

use blobfreight::azure::{
    fault::FaultKind,
    model::{CheckResult, CheckSubject, LocationName, LocationQuery, Offer, ServiceName},
};
use serde_json::{Value, json as value};

use super::{address, data_box, new_job};
use crate::http::backend::server::{Reply, Server, json};

const DATA_BOX: &str = "GET /subscriptions/s/providers/Microsoft.DataBox";
const CLASSIC: &str = "GET /subscriptions/s/providers/Microsoft.ImportExport";
const REGION: &str = "POST /subscriptions/s/resourceGroups/film-rg/providers/Microsoft.DataBox/locations/westus";

fn query() -> LocationQuery {
    LocationQuery {
        subscription: "s".into(),
        resource_group: "film-rg".into(),
        region: LocationName::new("West US"),
        country_code: "US".into(),
    }
}

fn provider(registration: &str, version: &str) -> Reply {
    let jobs = format!(r#"{{"resourceType":"jobs","apiVersions":["{version}"]}}"#);
    json(200, &format!(r#"{{"registrationState":"{registration}","resourceTypes":[{jobs}]}}"#))
}

fn skus(enabled: bool, reason: &str) -> Reply {
    json(
        200,
        &format!(
            r#"{{"value":[{{"sku":{{"name":"DataBox"}},"enabled":true}},{{"sku":{{"name":"DataBoxCustomerDisk"}},"enabled":{enabled},"properties":{{
            "dataLocationToServiceLocationMap":[{{"dataLocation":"westus","serviceLocation":"westus2"}}],"disabledReason":"{reason}"}}}}]}}"#
        ),
    )
}

fn denied() -> Reply {
    json(403, r#"{"error":{"code":"AuthorizationFailed","message":"no permission for availableSkus/action"}}"#)
}

async fn offers(script: &[(&str, Reply)]) -> Vec<Offer> {
    let server = Server::start(script);
    let offers = server.session().await.services(&query()).await.unwrap();
    assert_eq!(
        offers.iter().map(|offer| offer.service).collect::<Vec<_>>(),
        [ServiceName::DataBox, ServiceName::ImportExport]
    );
    offers.into_iter().map(|offer| offer.offer).collect()
}

#[tokio::test]
async fn a_service_is_offered_only_where_it_said_so() {
    let ask = format!("{REGION}/availableSkus");
    let both = |sku: Reply| {
        vec![
            (DATA_BOX, provider("Registered", "2025-07-01")),
            (CLASSIC, provider("Registered", "2021-01-01")),
            (ask.as_str(), sku),
        ]
    };
    assert_eq!(offers(&both(skus(true, "None"))).await, [Offer::Offered, Offer::Offered]);
    let refused = offers(&both(skus(false, "OfferType"))).await;
    assert!(matches!(&refused[0], Offer::NotOffered(why) if why.contains("OfferType")), "{refused:?}");
    let unasked = offers(&both(denied())).await;
    assert!(matches!(&unasked[0], Offer::Unknown(why) if why.contains("cannot be asked")), "{unasked:?}");
    let unregistered = json(409, r#"{"error":{"code":"MissingSubscriptionRegistration","message":"no"}}"#);
    assert_eq!(offers(&both(unregistered)).await[0], Offer::NotRegistered);
}

#[tokio::test]
async fn a_cloud_without_a_service_and_one_that_is_not_registered_are_told_apart() {
    let unknown = json(404, r#"{"error":{"code":"InvalidResourceNamespace","message":"no such namespace"}}"#);
    let found = offers(&[(DATA_BOX, unknown), (CLASSIC, provider("NotRegistered", "2021-01-01"))]).await;
    assert!(matches!(&found[0], Offer::NotOffered(why) if why.contains("Microsoft.DataBox")), "{found:?}");
    assert_eq!(found[1], Offer::NotRegistered);
    let found = offers(&[(DATA_BOX, denied()), (CLASSIC, provider("Registered", "2014-01-01"))]).await;
    assert!(
        matches!((&found[0], &found[1]), (Offer::Unknown(_), Offer::NotOffered(why)) if why.contains("2014-01-01")),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_country_that_is_not_known_is_not_guessed() {
    let script = [(DATA_BOX, provider("Registered", "2025-07-01")), (CLASSIC, provider("Registered", "2021-01-01"))];
    let server = Server::start(&script);
    let anywhere = LocationQuery { country_code: String::new(), ..query() };
    let offers = server.session().await.services(&anywhere).await.unwrap();
    assert!(matches!(offers[0].offer, Offer::Unknown(_)));
    assert_eq!(
        (offers[0].registration.as_str(), offers[0].versions.as_slice()),
        ("Registered", ["2025-07-01".to_owned()].as_slice())
    );
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn either_service_can_be_registered() {
    let path = "POST /subscriptions/s/providers/Microsoft.DataBox/register";
    let script = [(path, provider("Registering", "2025-07-01")), (DATA_BOX, provider("Registered", "2025-07-01"))];
    let server = Server::start(&script);
    let provider = server.session().await.register(ServiceName::DataBox, "s").await.unwrap();
    assert_eq!(provider.registration, "Registered");
}

#[tokio::test]
async fn drives_go_where_the_service_says_for_the_region_of_the_account() {
    let [ask, region] = ["availableSkus", "regionConfiguration"].map(|question| format!("{REGION}/{question}"));
    let dock = r#"{"datacenterAddressResponse":{"datacenterAddressType":"DatacenterAddressLocation","company":"DC","street1":"1 Dock","country":"US",
        "supportedCarriersForReturnShipment":["UPS"],"dataCenterAzureLocation":"westus2"}}"#;
    let server = Server::start(&[(&ask, skus(true, "None")), (&region, json(200, dock))]);
    let places = data_box(&server.session().await).locations(&query()).await.unwrap();
    assert_eq!(
        (places.len(), places[0].name.as_str(), places[0].carriers.as_slice()),
        (1, "westus2", ["UPS".to_owned()].as_slice())
    );
    assert!(places[0].address.is_complete() && places[0].is_open());
    let sent: Vec<Value> = server.seen().iter().map(|seen| serde_json::from_str(&seen.body).unwrap()).collect();
    assert_eq!(
        sent[0],
        value!({"transferType": "ExportFromAzure", "country": "US", "location": "westus", "skuNames": ["DataBoxCustomerDisk"]})
    );
    assert_eq!(
        sent[1],
        value!({"datacenterAddressRequest": {"storageLocation": "westus", "skuName": "DataBoxCustomerDisk"}})
    );
    let instruction = r#"{"datacenterAddressResponse":{"datacenterAddressType":"DatacenterAddressInstruction","communicationInstruction":"Write to the dock."}}"#;
    let server = Server::start(&[(&ask, skus(true, "None")), (&region, json(200, instruction))]);
    let places = data_box(&server.session().await).locations(&query()).await.unwrap();
    assert_eq!(
        (places[0].address.is_complete(), places[0].address.instruction.as_str()),
        (false, "Write to the dock.")
    );
}

#[tokio::test]
async fn a_job_is_checked_before_it_exists_and_who_may_not_ask_is_told_the_role() {
    let check = format!("{REGION}/validateInputs");
    let answer = r#"{"properties":{"status":"InputsRevisitRequired","individualResponseDetails":[
        {"validationType":"ValidateDataTransferDetails","status":"Invalid","error":{"code":"SsemUserErrorX","message":"No such list."}},
        {"validationType":"ValidateSkuAvailability","status":"Valid","error":{"code":"Success","target":"KeyEncryptionKey","details":[],"additionalInfo":[]}}]}}"#;
    let server = Server::start(&[(&check, json(200, answer)), (&check, denied())]);
    let azure = server.session().await;
    let checks = data_box(&azure).check(&address(), &new_job()).await.unwrap();
    let of = |subject: CheckSubject| checks.iter().find(|check| check.subject == subject).unwrap();
    assert_eq!((checks.len(), &of(CheckSubject::Selection).result), (6, &CheckResult::Invalid));
    assert!(of(CheckSubject::Availability).passed() && of(CheckSubject::Availability).error.is_none());
    let sent: Value = serde_json::from_str(&server.seen()[0].body).unwrap();
    assert_eq!(sent["individualRequestDetails"].as_array().unwrap().len(), 6);
    let fault = data_box(&azure).check(&address(), &new_job()).await.unwrap_err();
    assert!(fault.kind == FaultKind::Denied && fault.to_string().contains("Data Box Contributor"), "{fault}");
}

#[tokio::test]
async fn the_lock_of_an_account_is_listed_and_removed_and_one_above_it_is_not() {
    let account = "/subscriptions/s/resourceGroups/film-rg/providers/Microsoft.Storage/storageAccounts/films";
    let locks = format!("{account}/providers/Microsoft.Authorization/locks");
    let (get, delete) = (format!("GET {locks}"), format!("DELETE {locks}/DATABOX_SERVICE"));
    let lock = |scope: &str, name: &str| {
        format!(
            r#"{{"id":"{scope}/providers/Microsoft.Authorization/locks/{name}","name":"{name}","properties":{{"level":"CanNotDelete","notes":"n"}}}}"#
        )
    };
    let both = format!(r#"{{"value":[{},{}]}}"#, lock(account, "DATABOX_SERVICE"), lock("/subscriptions/s", "keep"));
    let left = format!(r#"{{"value":[{}]}}"#, lock("/subscriptions/s", "keep"));
    let server = Server::start(&[
        (&get, json(200, &both)),
        (&delete, denied()),
        (&delete, json(200, "")),
        (&get, json(200, &left)),
    ]);
    let azure = server.session().await;
    let found = azure.locks(account).await.unwrap();
    assert!(found[0].is_of_data_box() && !found[1].is_of_data_box());
    let fault = azure.remove_lock(account, &found[0]).await.unwrap_err();
    assert!(fault.kind == FaultKind::Denied && fault.to_string().contains("Owner"), "{fault}");
    assert_eq!(azure.remove_lock(account, &found[0]).await.unwrap().len(), 1);
    let asked = server.seen().len();
    assert_eq!(azure.remove_lock(account, &found[1]).await.unwrap_err().kind, FaultKind::BadRequest);
    assert_eq!(server.seen().len(), asked);
}
