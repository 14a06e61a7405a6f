//! A simulated Azure in this process, which outlives every killed program, and what it holds in the end.

use std::time::Duration;

use blobfreight::azure::model::ServiceName;
use blobfreight::sim::{self, SeenRequest, Sim};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::support::pty::{Home, Start};

pub(crate) struct Service {
    runtime: Runtime,
    pub sim: Sim,
    /// The service that takes the jobs.
    pub name: ServiceName,
}

impl Service {
    /// Each answer comes after `latency`; Data Box makes a job within a second.
    pub(crate) fn start(name: ServiceName, latency: Duration) -> Self {
        blobfreight::azure::transport::init();
        let runtime = Runtime::new().unwrap();
        let settings = sim::SimOptions { latency, ..sim::SimOptions::default() };
        let sim = runtime.block_on(sim::start(settings)).unwrap();
        sim.switch(|switches| (switches.create_seconds, switches.retry_after) = (1, Some(1)));
        Self { runtime, sim, name }
    }

    /// The program, configured for this Azure and with a service principal it accepts.
    pub(crate) fn program(&self, home: &Home, arguments: &[&str]) -> Start {
        let ends = self.sim.endpoints();
        let config =
            format!("cloud = \"sim\"\n[clouds.sim]\narm = \"{}\"\nauthority = \"{}\"\n", ends.arm, ends.authority);
        std::fs::write(home.config(), config).unwrap();
        home.blobfreight(arguments)
            .env("AZURE_TENANT_ID", &ends.tenant)
            .env("AZURE_CLIENT_ID", "11111111-2222-3333-4444-555555555555")
            .env("AZURE_CLIENT_SECRET", "anything")
    }

    /// The jobs that carry the tag of a draft, whatever they are called.
    pub(crate) fn jobs_of(&self, draft: &str) -> Vec<Value> {
        let ends = self.sim.endpoints();
        let version = match self.name {
            ServiceName::ImportExport => "2021-01-01",
            ServiceName::DataBox => "2025-07-01",
        };
        let provider = self.name.namespace();
        let mut url =
            format!("{}/subscriptions/{}/providers/{provider}/jobs?api-version={version}", ends.arm, ends.subscription);
        let mut jobs = Vec::new();
        loop {
            let page: Value = serde_json::from_str(&self.get(&url)).unwrap();
            jobs.extend(page["value"].as_array().unwrap().iter().cloned());
            match page["nextLink"].as_str() {
                Some(next) => next.clone_into(&mut url),
                None => break,
            }
        }
        jobs.retain(|job| job["tags"]["blobfreight-draft"] == draft);
        jobs
    }

    /// The paths of the lists that were uploaded for a draft, from what the service saw.
    pub(crate) fn lists_of(&self, draft: &str) -> Vec<String> {
        let account = self.sim.endpoints().blob.rsplit('/').next().unwrap().to_owned();
        let put = |(method, target, _): SeenRequest| {
            let path = target.strip_prefix(&format!("/{account}/"))?.to_owned();
            (method == "PUT" && path.contains(draft) && !path.contains('?')).then_some(path)
        };
        let mut paths: Vec<String> = self.sim.journal().into_iter().filter_map(put).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// A blob of the main account, as it is now.
    pub(crate) fn blob(&self, path: &str) -> String {
        self.get(&format!("{}/{path}", self.sim.endpoints().blob))
    }

    /// Cancels a job behind the program's back.
    pub(crate) fn cancel(&self, group: &str, job: &str) {
        let ends = self.sim.endpoints();
        let (arm, subscription, provider) = (&ends.arm, &ends.subscription, self.name.namespace());
        let job = format!("{arm}/subscriptions/{subscription}/resourceGroups/{group}/providers/{provider}/jobs/{job}");
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let cancel = client.post(format!("{job}/cancel?api-version=2025-07-01")).bearer_auth(&ends.token);
        let body = r#"{"reason":"no longer needed"}"#;
        let cancel = cancel.header("content-type", "application/json").body(body);
        self.runtime.block_on(async { cancel.send().await.unwrap().error_for_status().unwrap() });
    }

    /// A job of Import/Export whose drives are back, with its logs; returns its resource group.
    pub(crate) fn finished_job(&self, name: &str) -> String {
        let ends = self.sim.endpoints();
        let (arm, subscription, group) = (&ends.arm, &ends.subscription, &ends.resource_group);
        let job = format!(
            "{arm}/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.ImportExport/jobs/{name}?api-version=2021-01-01"
        );
        let whole = json!({
            "location": "westeurope",
            "properties": {
                "storageAccountId": ends.storage_account, "jobType": "Export", "diagnosticsPath": "waimportexport",
                "logLevel": "Verbose", "backupDriveManifest": true,
                "returnAddress": {
                    "recipientName": "A", "streetAddress1": "1 Way", "city": "Ghent", "postalCode": "9000",
                    "countryOrRegion": "Belgium", "phone": "+32 0", "email": "ops@example.com",
                },
                "returnShipping": { "carrierName": "FedEx", "carrierAccountNumber": "000" },
                "export": { "blobList": { "blobPathPrefix": ["/books/"] } },
            },
        });
        let package = json!({ "carrierName": "FedEx", "trackingNumber": "77", "driveCount": 1 });
        let shipped = json!({ "properties": { "state": "Shipping", "deliveryPackage": package } });
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        for (method, body) in [(reqwest::Method::PUT, whole), (reqwest::Method::PATCH, shipped)] {
            let request = client.request(method, &job).bearer_auth(&ends.token);
            let request = request.header("content-type", "application/json").body(body.to_string());
            self.runtime.block_on(async { request.send().await.unwrap().error_for_status().unwrap() });
        }
        self.sim.advance(jiff::SignedDuration::from_hours(400));
        group.clone()
    }

    fn get(&self, url: &str) -> String {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let read = client.get(url).bearer_auth(&self.sim.endpoints().token).header("x-ms-version", "2021-12-02");
        self.runtime.block_on(async { read.send().await.unwrap().error_for_status().unwrap().text().await.unwrap() })
    }
}
