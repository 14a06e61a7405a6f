//! A simulated Azure, sessions with it, and signatures made as an account's owner makes them.

use crate::support::pages::FlatListing;
use std::time::Duration;

use azure_core::{credentials::Secret, hmac::hmac_sha256};
use blobfreight::{
    azure::{
        Azure, cloud::Cloud, credentials::AccountAccess, fault::Fault, model::SignInMethod, session::SessionOptions,
    },
    sim::{self, FaultAction, Sim, SimEndpoints},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

pub(super) struct SimulatedAzure {
    pub sim: Sim,
}

impl SimulatedAzure {
    pub(super) async fn new() -> Self {
        Self::with(sim::SimOptions { clock_rate: 0.0, ..sim::SimOptions::default() }).await
    }

    pub(super) async fn with(options: sim::SimOptions) -> Self {
        blobfreight::azure::transport::init();
        Self { sim: sim::start(options).await.unwrap() }
    }

    pub(super) fn ends(&self) -> &SimEndpoints {
        self.sim.endpoints()
    }

    /// The blob endpoint of one of the simulated accounts.
    pub(super) fn endpoint(&self, account: &str) -> String {
        self.ends().blob.replace("northlightarchive", account)
    }

    /// A signed-in session that has listed the accounts of the first subscription.
    pub(super) async fn signed_in(&self) -> Azure {
        let ends = self.ends().clone();
        let cloud = Cloud {
            name: "lab".into(),
            arm: ends.arm,
            authority: ends.authority,
            blob: None,
            storage_hosts: Vec::new(),
        };
        let signed_in = Azure::sign_in_with(&cloud, SignInMethod::Rehearsal, Some(&ends.tenant), quick()).await;
        let azure = signed_in.unwrap().0;
        for subscription in azure.subscriptions().await.unwrap() {
            azure.storage_accounts(&subscription.id).await.unwrap();
        }
        azure
    }

    /// A session for the sample account, opened as the command line opens it.
    pub(super) fn opened(&self, variable: &str, value: &str) -> Azure {
        let lookup = |name: &str| (name == variable).then(|| value.to_owned());
        let address =
            if variable == "AZURE_STORAGE_CONNECTION_STRING" { None } else { Some(self.ends().blob.as_str()) };
        Azure::for_account_with(AccountAccess::from_env(address, lookup).unwrap(), quick())
    }

    /// An account SAS of the sample account.
    pub(super) fn sas(&self, permissions: &str, types: &str, end: &str) -> String {
        let text = format!("northlightarchive\n{permissions}\nb\n{types}\n\n{end}\n\n\n2021-12-02\n\n");
        let signature = self.signature(&text);
        format!("sv=2021-12-02&ss=b&srt={types}&sp={permissions}&se={}&sig={signature}", encode(end))
    }

    /// A service SAS of one container of the sample account.
    pub(super) fn container_sas(&self, container: &str) -> String {
        let end = "2199-01-01T00:00:00Z";
        let resource = format!("/blob/northlightarchive/{container}");
        let text = format!("rl\n\n{end}\n{resource}\n\n\n\n2021-12-02\nc\n\n\n\n\n\n\n");
        format!("sv=2021-12-02&sr=c&sp=rl&se={}&sig={}", encode(end), self.signature(&text))
    }

    fn signature(&self, text: &str) -> String {
        encode(&hmac_sha256(text, &Secret::new(self.ends().storage_key.clone())).unwrap())
    }

    /// How often something was asked for.
    pub(super) fn asked(&self, part: &str) -> usize {
        self.sim.journal().iter().filter(|(_, target, _)| target.contains(part)).count()
    }

    /// The next `times` requests whose address contains `path` are refused.
    pub(super) fn refuse(&self, path: &str, status: u16, code: &str, times: u32) {
        let kind = FaultAction::Status { status, code: Some(code.into()), retry_after: None };
        self.sim.faults().add(sim::FaultRule { times, ..sim::FaultRule::next(path, kind) });
    }
}

/// Pages of three, and pauses too short to notice.
pub(super) fn quick() -> SessionOptions {
    SessionOptions { page_size: 3, backoff: Duration::from_micros(1), ..SessionOptions::default() }
}

pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// Names of all containers.
pub(super) async fn containers(azure: &Azure, endpoint: &str) -> Result<Vec<String>, Fault> {
    let (mut names, mut marker) = (Vec::new(), None);
    loop {
        let page = azure.containers(endpoint, marker.as_deref()).await?;
        names.extend(page.items.into_iter().map(|container| container.name));
        marker = page.next;
        if marker.is_none() {
            return Ok(names);
        }
    }
}

/// Names of everything in a container, with the snapshots' times.
pub(super) async fn flat(
    azure: &Azure,
    endpoint: &str,
    container: &str,
) -> Result<Vec<(String, Option<String>)>, Fault> {
    let listing = FlatListing { snapshots: true, page_size: 3, ..FlatListing::of(endpoint, container) };
    let items = listing.all(azure).await?;
    Ok(items.into_iter().map(|item| (item.name, item.snapshot)).collect())
}
