//! Requests to the simulated Microsoft.DataBox, for the tests of it.

use serde_json::{Value, json};

use crate::http::simulator::wire::{Answer, Wire};

impl Wire {
    /// The path of a job of the sample group.
    pub(super) fn disk_job(&self, name: &str) -> String {
        let (sub, group) = (&self.ends().subscription, &self.ends().resource_group);
        format!(
            "/subscriptions/{sub}/resourceGroups/{group}/providers/Microsoft.DataBox/jobs/{name}?api-version=2025-07-01"
        )
    }

    /// The path of the group's list of jobs.
    pub(super) fn disk_jobs(&self) -> String {
        self.disk_job("").replace("jobs/?", "jobs?")
    }

    /// A question about the region of the sample account, asked in its group.
    pub(super) async fn ask(&self, question: &str, body: &Value) -> Answer {
        let path = self.disk_job("").replace("jobs/?", &format!("locations/westeurope/{question}?"));
        self.arm("POST", &path, body).await
    }

    /// An action on a job.
    pub(super) async fn disk_post(&self, name: &str, action: &str, body: &Value) -> Answer {
        self.arm("POST", &self.disk_job(name).replace('?', &format!("/{action}?")), body).await
    }

    /// Marks the disks of a job as shipped.
    pub(super) async fn mark(&self, name: &str) -> Answer {
        let package = json!({ "carrierName": "DHL", "trackingId": "77" });
        self.disk_post(name, "markDevicesShipped", &json!({ "deliverToDcPackageDetails": package })).await
    }

    /// Sets switches of the simulator.
    pub(super) async fn switch(&self, switches: &Value) -> Value {
        let answer =
            self.send("POST", &format!("{}/simulator/switches", self.ends().arm), &[], switches.to_string()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }
}

/// A body that creates a job exporting two containers.
pub(super) fn disk_export(wire: &Wire) -> Value {
    let filter =
        json!({ "dataAccountType": "StorageAccount", "blobFilterDetails": { "containerList": ["book", "books"] } });
    exporting(
        wire,
        &json!({ "transferConfigurationType": "TransferUsingFilter", "transferFilterDetails": { "include": filter } }),
    )
}

/// A body that creates a job with this `transferConfiguration`.
pub(super) fn exporting(wire: &Wire, transfer: &Value) -> Value {
    json!({
        "location": "WestEurope", "sku": { "name": "DataBoxCustomerDisk" }, "tags": { "ticket": "4711" },
        "properties": { "transferType": "ExportFromAzure", "details": {
            "jobDetailsType": "DataBoxCustomerDisk",
            "contactDetails": { "contactName": "Ada Lovelace", "phone": "+47 00000000", "emailList": ["ada@example.com"] },
            "shippingAddress": {
                "streetAddress1": "1 Example Way", "city": "Oslo", "postalCode": "0150", "country": "NO", "companyName": "Example AS",
            },
            "dataExportDetails": [{
                "transferConfiguration": transfer, "logCollectionLevel": "Verbose",
                "accountDetails": { "dataAccountType": "StorageAccount", "storageAccountId": wire.ends().storage_account },
            }],
            "returnToCustomerPackageDetails": { "carrierName": "DHL", "carrierAccountNumber": "123456789" },
            "enableManifestBackup": true,
        } },
    })
}

/// Asks for a job.
pub(super) async fn put(wire: &Wire, name: &str, body: &Value) -> Answer {
    wire.arm("PUT", &wire.disk_job(name), body).await
}

/// Creates a job that waits for its disks.
pub(super) async fn settled(wire: &Wire, name: &str, body: &Value) {
    let made = put(wire, name, body).await;
    assert_eq!(made.status, 202, "{}", made.text);
    wire.hours(1);
    assert_eq!(read(wire, name).await["properties"]["status"], "AwaitingShipmentDetails");
}

/// A job with all its details.
pub(super) async fn read(wire: &Wire, name: &str) -> Value {
    let answer = wire.get(&format!("{}&$expand=details", wire.disk_job(name))).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}
