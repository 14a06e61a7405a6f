//! No key, signature or token in anything a person or a log could see, whatever goes wrong.

use std::io::Write;
use std::sync::{Arc, Mutex};

use blobfreight::{
    azure::Azure,
    sim::{FaultAction, FaultRule},
};
use tracing_subscriber::{filter::Targets, layer::SubscriberExt};

use crate::http::access::simulated_azure::{SimulatedAzure, containers};

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

async fn said_when_things_go_wrong(simulated: &SimulatedAzure, azure: &Azure, endpoint: &str) -> String {
    let mut said = format!("{azure:?} {:?} {:?}", azure.account(), azure.blob_access(endpoint));
    let status = |status| FaultAction::Status { status, code: None, retry_after: None };
    for kind in [
        status(400),
        status(401),
        status(403),
        status(404),
        status(500),
        FaultAction::Drop,
        FaultAction::Broken,
        FaultAction::Cut { after: 9 },
        FaultAction::Expired,
    ] {
        simulated.sim.faults().add(FaultRule { times: 9, ..FaultRule::next("comp=list", kind) });
        for fault in [
            containers(azure, endpoint).await.err(),
            azure.listing_chunks("list it", endpoint, Some("book"), &[("prefix", "a")]).await.err(),
        ] {
            said.push_str(&fault.map(|fault| format!("\n{fault}\n{fault:?}")).unwrap_or_default());
        }
        simulated.sim.faults().clear();
    }
    said
}

#[tokio::test]
async fn no_secret_is_ever_said() {
    let log = Log::default();
    let writer = log.clone();
    // As the program logs: everything of its own, nothing of the libraries.
    let ours = Targets::new().with_target("blobfreight", tracing::Level::TRACE);
    let lines = tracing_subscriber::fmt::layer().with_writer(move || writer.clone());
    let _logging = tracing::subscriber::set_default(tracing_subscriber::registry().with(ours).with(lines));

    let simulated = SimulatedAzure::new().await;
    let sas = simulated.sas("rl", "sco", "2199-01-01T00:00:00Z");
    let signature = sas.split("sig=").nth(1).unwrap().to_owned();
    let key = simulated.ends().storage_key.clone();
    let endpoint = simulated.ends().blob.clone();
    let mut said = String::new();
    for azure in [simulated.opened("AZURE_STORAGE_KEY", &key), simulated.opened("AZURE_STORAGE_SAS_TOKEN", &sas)] {
        said += &said_when_things_go_wrong(&simulated, &azure, &endpoint).await;
    }
    let signed_in = simulated.signed_in().await;
    let listed = simulated.endpoint("northlightbackup");
    containers(&signed_in, &listed).await.unwrap();
    said += &said_when_things_go_wrong(&simulated, &signed_in, &listed).await;
    drop(simulated);
    // Nothing listens any more.
    said.push_str(&containers(&signed_in, &listed).await.unwrap_err().to_string());
    said += &String::from_utf8_lossy(&log.0.lock().unwrap());

    assert!(said.matches("Could not").count() > 20, "the faults are there: {said}");
    for secret in [key.as_str(), &key[..20], &signature, "sig=", "SharedKey ", "Bearer ey"] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}
