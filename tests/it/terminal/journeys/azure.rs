//! A simulated Azure in a process of its own, and how the program under test is told of it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::support::pty::{Home, Start};

/// The simulated Azure; ends with the test.
pub(super) struct Azure {
    process: Child,
    endpoints: Value,
}

impl Azure {
    /// Starts it, with a clock as slow as the real one.
    pub(super) fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_blobfreight"))
            .args(["simulate", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the simulated Azure starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let endpoints = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error} in {line:?}"));
        Self { process, endpoints }
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.endpoints[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.endpoints))
    }

    /// The program, configured for this Azure and with a service principal it accepts.
    pub(super) fn program(&self, home: &Home, arguments: &[&str]) -> Start {
        let config = format!(
            "cloud = \"sim\"\n[clouds.sim]\narm = \"{}\"\nauthority = \"{}\"\n",
            self.get("arm"),
            self.get("authority")
        );
        std::fs::write(home.config(), config).unwrap();
        home.blobfreight(arguments)
            .env("AZURE_TENANT_ID", self.get("tenant"))
            .env("AZURE_CLIENT_ID", "11111111-2222-3333-4444-555555555555")
            .env("AZURE_CLIENT_SECRET", "anything")
    }

    /// What Resource Manager answers to a GET with this api-version.
    fn read(&self, path: &str, version: &str) -> Value {
        let url = format!("{}{path}?api-version={version}", self.get("arm").trim_end_matches('/'));
        send(client().get(url).bearer_auth(self.get("token")))
    }

    /// Lets simulated time pass.
    pub(super) fn advance_hours(&self, hours: u32) {
        let url = format!("{}/simulator/clock", self.get("arm").trim_end_matches('/'));
        send(client().post(url).body(format!("{{\"advanceHours\":{hours}}}")));
    }

    /// A job of the classic service in the first subscription, as the service has it.
    pub(super) fn job(&self, group: &str, name: &str) -> Value {
        self.read(&self.path("Microsoft.ImportExport", group, name), "2021-01-01")
    }

    /// Makes a job of the classic service, as another program would.
    pub(super) fn create_job(&self, name: &str) {
        let path = self.path("Microsoft.ImportExport", self.get("resourceGroup"), name);
        let url = format!("{}{path}?api-version=2021-01-01", self.get("arm").trim_end_matches('/'));
        let body = json!({
            "location": "westeurope",
            "properties": {
                "storageAccountId": self.get("storageAccount"), "jobType": "Export", "diagnosticsPath": "waimportexport",
                "logLevel": "Verbose", "backupDriveManifest": true,
                "returnAddress": {
                    "recipientName": "A", "streetAddress1": "1 Way", "city": "Ghent", "postalCode": "9000",
                    "countryOrRegion": "Belgium", "phone": "+32 0", "email": "ops@example.com",
                },
                "returnShipping": { "carrierName": "FedEx", "carrierAccountNumber": "000" },
                "export": { "blobList": { "blobPathPrefix": ["/books/"] } },
            },
        });
        send(client().put(url).bearer_auth(self.get("token")).body(body.to_string()));
    }

    /// How many jobs the classic service has in the first subscription.
    pub(super) fn jobs(&self) -> usize {
        let path = format!("/subscriptions/{}/providers/Microsoft.ImportExport/jobs", self.get("subscription"));
        self.read(&path, "2021-01-01")["value"].as_array().map_or(0, Vec::len)
    }

    /// A job of Data Box in the first subscription, with its details.
    pub(super) fn data_box_job(&self, group: &str, name: &str) -> Value {
        self.read(&self.path("Microsoft.DataBox", group, name), "2025-07-01&$expand=details")
    }

    fn path(&self, provider: &str, group: &str, name: &str) -> String {
        let subscription = self.get("subscription");
        format!("/subscriptions/{subscription}/resourceGroups/{group}/providers/{provider}/jobs/{name}")
    }

    /// Adds a fault to the script of the simulated Azure.
    pub(super) fn fault(&self, fault: &str) {
        let url = format!("{}/simulator/faults", self.get("arm").trim_end_matches('/'));
        send(client().post(url).body(fault.to_owned()));
    }

    /// Sets a switch of the simulated Azure, e.g. `createSeconds` to 1.
    pub(super) fn switch(&self, switches: &str) {
        let url = format!("{}/simulator/switches", self.get("arm").trim_end_matches('/'));
        send(client().post(url).body(switches.to_owned()));
    }
}

impl Drop for Azure {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The text of a page; redirects are followed, as by a browser.
pub(super) fn page(address: &str) -> String {
    let page = async { client().get(address).send().await.unwrap().text().await.unwrap() };
    tokio::runtime::Runtime::new().unwrap().block_on(page)
}

fn client() -> reqwest::Client {
    blobfreight::azure::transport::init();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

fn send(request: reqwest::RequestBuilder) -> Value {
    tokio::runtime::Runtime::new().unwrap().block_on(async move {
        let answer = request.send().await.unwrap().error_for_status().unwrap();
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default()
    })
}
