//! What the simulated Microsoft.DataBox refuses of a PUT or a PATCH, and what a PATCH changes.

use serde_json::{Value, json};

use crate::http::simulator::wire::Wire;
use crate::http::simulator::wire_data_box::{disk_export, put, read, settled};

/// The same job with a key in a key vault, and the identity that opens it.
fn with_key(wire: &Wire) -> Value {
    let mut body = disk_export(wire);
    let group = "/subscriptions/5e4e/resourceGroups/rg/providers";
    let identity = format!("{group}/Microsoft.ManagedIdentity/userAssignedIdentities/export");
    body["properties"]["details"]["keyEncryptionKey"] = json!({
        "kekType": "CustomerManaged", "kekUrl": "https://media-vault.vault.azure.net/keys/export",
        "kekVaultResourceID": format!("{group}/Microsoft.KeyVault/vaults/media-vault"),
        "identityProperties": { "type": "UserAssigned", "userAssigned": { "resourceId": identity } },
    });
    body["identity"] = json!({ "type": "UserAssigned", "userAssignedIdentities": { identity: {} } });
    body
}

#[tokio::test]
async fn w76_a_key_of_the_customer_is_refused_for_each_part_that_is_wrong_and_shown_where_it_is_right() {
    let wire = Wire::new().await;
    let key = "/properties/details/keyEncryptionKey";
    for (at, value, code) in [
        ("/kekType", json!("Mine"), "InvalidPropertyValue"),
        ("/kekUrl", json!(""), "MissingRequiredProperty"),
        ("/kekUrl", json!("http://media-vault.vault.azure.net/keys/k"), "SsemUserErrorKeyVaultUrlWithInvalidScheme"),
        ("/kekUrl", json!("https://media-vault.example/keys/k"), "SsemUserErrorKeyVaultUrlInvalidHost"),
        ("/kekUrl", json!("https://media-vault.vault.azure.net/secrets/k"), "SsemUserErrorInvalidKeyVaultUrl"),
        ("/kekVaultResourceID", json!("/other"), "SsemUserErrorKeyVaultDetailsNotFound"),
        ("/identityProperties/type", json!("SystemAssigned"), "SsemUserErrorSystemAssignedIdentityAbsent"),
        ("/identityProperties/userAssigned/resourceId", json!("/x"), "SsemUserErrorUserAssignedIdentityAbsent"),
    ] {
        let mut body = with_key(&wire);
        *body.pointer_mut(&format!("{key}{at}")).unwrap() = value;
        let refused = put(&wire, "night-export", &body).await;
        assert_eq!((refused.status, refused.json()["error"]["code"].as_str()), (400, Some(code)), "{at}");
    }
    wire.switch(&json!({ "vaultAccess": "unprotected" })).await;
    let refused = put(&wire, "night-export", &with_key(&wire)).await.json();
    assert_eq!(refused["error"]["code"], "SsemUserErrorSoftDeleteAndPurgeProtectionNotEnabled");
    wire.switch(&json!({ "vaultAccess": "granted" })).await;
    settled(&wire, "night-export", &with_key(&wire)).await;
    let job = read(&wire, "night-export").await;
    assert_eq!(job.pointer(key), with_key(&wire).pointer(key));
    let listed = job["identity"]["userAssignedIdentities"].as_object().unwrap();
    assert!(listed.values().all(|identity| identity["principalId"].is_string()), "{job:#}");
}

#[tokio::test]
async fn a_put_that_breaks_a_rule_is_refused_with_its_own_code_and_locks_nothing() {
    const MISSING: &str = "MissingRequiredProperty";
    const INVALID: &str = "InvalidPropertyValue";
    let cases: [(&str, Value, &str); 20] = [
        ("/location", Value::Null, MISSING),
        ("/location", json!("atlantis"), "LocationNotAvailableForResourceType"),
        ("/sku/name", json!("DataBox"), INVALID),
        ("/properties/transferType", Value::Null, MISSING),
        ("/properties/transferType", json!("ImportToAzure"), INVALID),
        ("/properties/details", Value::Null, MISSING),
        ("/properties/details/jobDetailsType", json!("DataBox"), INVALID),
        ("/properties/details/contactDetails", Value::Null, MISSING),
        ("/properties/details/contactDetails/contactName", json!(" "), MISSING),
        ("/properties/details/contactDetails/phone", Value::Null, MISSING),
        ("/properties/details/contactDetails/emailList", json!([]), MISSING),
        ("/properties/details/shippingAddress/streetAddress1", json!(""), MISSING),
        ("/properties/details/shippingAddress/country", Value::Null, MISSING),
        ("/properties/details/shippingAddress/addressType", json!("Castle"), INVALID),
        ("/properties/details/returnToCustomerPackageDetails", Value::Null, MISSING),
        ("/properties/details/dataExportDetails", json!([]), INVALID),
        (
            "/properties/details/dataExportDetails/0/accountDetails/storageAccountId",
            json!("/x"),
            "StorageAccountNotFound",
        ),
        ("/properties/details/dataExportDetails/0/logCollectionLevel", json!("All"), INVALID),
        (
            "/properties/details/dataExportDetails/0/transferConfiguration/transferConfigurationType",
            Value::Null,
            MISSING,
        ),
        (
            "/properties/details/dataExportDetails/0/transferConfiguration/transferFilterDetails/include/blobFilterDetails",
            json!({}),
            MISSING,
        ),
    ];
    let wire = Wire::new().await;
    for (member, value, code) in cases {
        let mut body = disk_export(&wire);
        let (parent, name) = member.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap_or_else(|| panic!("{parent} is not in the body"))[name] = value;
        let answer = put(&wire, "night-export", &body).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, code), "{member}: {}", answer.text);
        assert_eq!(wire.get(&wire.disk_job("night-export")).await.status, 404, "{member}");
    }
    for name in ["ab", "has%20blank", &"a".repeat(25)] {
        assert_eq!(put(&wire, name, &disk_export(&wire)).await.code(), "SsemUserErrorInvalidOrderName", "{name}");
    }
    let locks =
        format!("{}/providers/Microsoft.Authorization/locks?api-version=2016-09-01", wire.ends().storage_account);
    assert_eq!(wire.get(&locks).await.json()["value"], json!([]));
}

#[tokio::test]
async fn a_patch_replaces_whole_members_as_a_long_operation_and_leaves_the_rest_alone() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    let patch = async |body: Value| wire.arm("PATCH", &wire.disk_job("night-export"), &body).await;
    let details = |details: Value| json!({ "properties": { "details": details } });
    let contact =
        json!({ "contactName": "Grace Hopper", "phone": "1", "emailList": ["g@example.com", "h@example.com"] });
    let answer = patch(json!({ "tags": { "a": "b" }, "properties": { "details": {
        "contactDetails": contact, "returnToCustomerPackageDetails": { "carrierName": "UPS" },
    } } }))
    .await;
    assert_eq!((answer.status, answer.text.as_str()), (202, ""));
    assert!(answer.header("location").contains("/operationResults/"));
    let job = read(&wire, "night-export").await;
    let d = &job["properties"]["details"];
    assert_eq!((&job["tags"], &d["contactDetails"]["contactName"]), (&json!({ "a": "b" }), &json!("Grace Hopper")));
    assert_eq!(d["contactDetails"]["notificationPreference"].as_array().unwrap().len(), 4, "kept");
    assert_eq!(d["shippingAddress"]["city"], "Oslo");
    let secrets = wire.disk_post("night-export", "listCredentials", &Value::Null).await.json();
    assert!(secrets["value"][0]["jobSecrets"]["carrierAccountNumber"].is_null(), "the whole package was replaced");
    let code = async |body: Value| {
        let answer = patch(body).await;
        (answer.status, answer.code())
    };
    let no = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(code(details(json!({ "contactDetails": { "phone": "2" } }))).await, no(400, "MissingRequiredProperty"));
    let fixed = no(400, "SsemUserErrorPropertyNotUpdatable");
    assert_eq!(code(json!({ "location": "westus" })).await, fixed);
    assert_eq!(code(json!({ "properties": { "transferType": "ImportToAzure" } })).await, fixed);
    assert_eq!(code(details(json!({ "dataExportDetails": [] }))).await, fixed);
    assert_eq!(code(details(json!({ "enableManifestBackup": true }))).await, fixed);
    let missing = wire.arm("PATCH", &wire.disk_job("other-job"), &json!({})).await;
    assert_eq!((missing.status, missing.code().as_str()), (404, "ResourceNotFound"));
    wire.mark("night-export").await;
    let address = json!({ "shippingAddress": { "streetAddress1": "2 Way", "country": "NO" } });
    assert_eq!(code(details(address)).await, no(400, "SsemUserErrorAddressNotEditable"));
    assert_eq!(code(details(json!({ "contactDetails": contact }))).await, no(202, ""));
    wire.hours(140);
    assert_eq!(code(details(json!({ "contactDetails": contact }))).await, no(409, "SsemUserErrorInvalidOrderState"));
}
