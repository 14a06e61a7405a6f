//! Signing in to the simulated Azure as a rehearsal does.

use blobfreight::azure::Azure;
use blobfreight::azure::cloud::Cloud;
use blobfreight::azure::model::{Identity, SignInMethod};
use blobfreight::azure::session::SessionOptions;
use blobfreight::sim::Sim;

/// The session and who is signed in, in the rehearsal's tenant.
pub(super) async fn sign_in(sim: &Sim, tuning: SessionOptions) -> (Azure, Identity) {
    let ends = sim.endpoints().clone();
    let cloud = Cloud {
        name: "rehearsal".into(),
        arm: ends.arm,
        authority: ends.authority,
        blob: None,
        storage_hosts: Vec::new(),
    };
    Azure::sign_in_with(&cloud, SignInMethod::Rehearsal, Some(&ends.tenant), tuning).await.unwrap()
}
