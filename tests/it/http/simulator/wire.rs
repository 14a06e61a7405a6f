//! A plain HTTP client for one simulated Azure; it knows no rule of the services.

use blobfreight::sim::{Sim, SimEndpoints, SimOptions, start};
use reqwest::Method;
use serde_json::{Value, json};

pub(super) struct Wire {
    pub sim: Sim,
    pub client: reqwest::Client,
}

pub(super) struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// The error code of a JSON or XML body, `""` without one.
    pub(super) fn code(&self) -> String {
        match serde_json::from_str::<Value>(&self.text) {
            Ok(body) => body["error"]["code"].as_str().unwrap_or("").to_owned(),
            Err(_) => between(&self.text, "<Code>", "</Code>").first().cloned().unwrap_or_default(),
        }
    }
}

pub(super) fn between(text: &str, open: &str, close: &str) -> Vec<String> {
    text.split(open).skip(1).filter_map(|t| t.split(close).next()).map(str::to_owned).collect()
}

impl Wire {
    /// A simulated Azure whose clock moves only when told to.
    pub(super) async fn new() -> Self {
        Self::with(SimOptions { clock_rate: 0.0, ..SimOptions::default() }).await
    }

    pub(super) async fn with(settings: SimOptions) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { sim: start(settings).await.unwrap(), client: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    pub(super) fn ends(&self) -> &SimEndpoints {
        self.sim.endpoints()
    }

    pub(super) async fn send(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: impl Into<reqwest::Body>,
    ) -> Answer {
        let mut request = self.client.request(Method::from_bytes(method.as_bytes()).unwrap(), url).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, text: response.text().await.unwrap() }
    }

    /// A request to Resource Manager with a good token; `path` begins with a slash.
    pub(super) async fn arm(&self, method: &str, path: &str, body: &Value) -> Answer {
        let token = format!("Bearer {}", self.ends().token);
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.ends().arm) };
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.send(method, &url, &[("authorization", &token), ("content-type", "application/json")], body).await
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.arm("GET", path, &Value::Null).await
    }

    /// A request to the sample account with a good token; `path` begins after the account's endpoint.
    pub(super) async fn blob(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let token = format!("Bearer {}", self.ends().token);
        let usual = [("authorization", token.as_str()), ("x-ms-version", "2021-12-02")];
        let given = |name: &str| headers.iter().any(|(other, _)| *other == name);
        let all: Vec<(&str, &str)> =
            usual.into_iter().filter(|(name, _)| !given(name)).chain(headers.iter().copied()).collect();
        self.send(method, &format!("{}{path}", self.ends().blob), &all, body.to_owned()).await
    }

    pub(super) fn job(&self, name: &str) -> String {
        let (sub, group) = (&self.ends().subscription, &self.ends().resource_group);
        format!(
            "/subscriptions/{sub}/resourceGroups/{group}/providers/Microsoft.ImportExport/jobs/{name}?api-version=2021-01-01"
        )
    }

    /// A body that creates a job exporting two containers.
    pub(super) fn export(&self) -> Value {
        json!({
            "location": "westeurope",
            "properties": {
                "storageAccountId": self.ends().storage_account, "jobType": "Export", "diagnosticsPath": "waimportexport",
                "logLevel": "Verbose", "backupDriveManifest": true,
                "returnAddress": {
                    "recipientName": "A", "streetAddress1": "1 Way", "city": "Ghent", "postalCode": "9000",
                    "countryOrRegion": "Belgium", "phone": "+32 0", "email": "ops@example.com",
                },
                "returnShipping": { "carrierName": "FedEx", "carrierAccountNumber": "000" },
                "export": { "blobList": { "blobPath": ["book/manuscript.docx"], "blobPathPrefix": ["/books/"] } },
            },
        })
    }

    pub(super) async fn create(&self, name: &str, body: &Value) -> Answer {
        self.arm("PUT", &self.job(name), body).await
    }

    pub(super) async fn ship(&self, name: &str, drives: u32) -> Answer {
        let package = json!({ "carrierName": "FedEx", "trackingNumber": "77", "driveCount": drives });
        self.arm(
            "PATCH",
            &self.job(name),
            &json!({ "properties": { "state": "Shipping", "deliveryPackage": package } }),
        )
        .await
    }

    pub(super) async fn read(&self, name: &str) -> Value {
        self.get(&self.job(name)).await.json()["properties"].clone()
    }

    pub(super) fn hours(&self, hours: i64) {
        self.sim.advance(jiff::SignedDuration::from_hours(hours));
    }
}
