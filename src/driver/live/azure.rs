//! Calls that go to Azure: each is one method of the backend, and its answer in the words of the protocol.

use std::sync::Arc;
use std::time::Duration;

use super::rehearsal::Rehearsal;
use crate::azure::Azure;
use crate::azure::cloud::Cloud;
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::jobs::find;
use crate::azure::model::{Identity, Job, SignInMethod};
use crate::driver::backend::ProgressSink;
use crate::protocol::message::{Call, ListFile, ProgressEvent, Reply};

/// Signs in. A rehearsal starts its simulated Azure first, once.
///
/// # Errors
/// The rehearsal does not start, or as [`Azure::sign_in`].
pub(super) async fn sign_in(
    rehearsal: &Rehearsal,
    cloud: Cloud,
    method: SignInMethod,
    tenant: Option<&str>,
) -> Result<(Azure, Identity), Fault> {
    if method == SignInMethod::Rehearsal || cloud.name == Rehearsal::NAME {
        return rehearsal.sign_in().await;
    }
    Azure::sign_in(&cloud, method, tenant).await
}

/// The same session, with its waits told to `tell`.
pub(super) fn telling(azure: &Azure, tell: ProgressSink) -> Azure {
    azure.with_wait_listener(Arc::new(move |wait| {
        tell(ProgressEvent::Waits {
            delay: Duration::from_secs(wait.seconds),
            reason: wait.reason,
            asked: wait.requested,
        });
    }))
}

/// The answer to a call that needs a session when there is none.
pub(super) fn signed_out() -> Fault {
    Fault { kind: FaultKind::SignedOut, ..Fault::local("ask Azure", "nobody is signed in") }
        .advise("Go to the sign-in step and sign in.")
}

/// Asks Azure.
///
/// # Errors
/// As the service answers.
pub(super) async fn ask(azure: &Azure, call: Call) -> Result<Reply, Fault> {
    let jobs = azure.jobs();
    Ok(match call {
        Call::Subscriptions => Reply::Subscriptions(azure.subscriptions().await?),
        Call::Accounts(subscription) => Reply::Accounts(azure.storage_accounts(&subscription).await?),
        Call::Account(id) => Reply::Account(Box::new(azure.storage_account(&id).await?)),
        Call::Groups(subscription) => Reply::Groups(azure.resource_groups(&subscription).await?),
        Call::Provider(subscription) => Reply::Provider(azure.provider(&subscription).await?),
        Call::Register(subscription) => Reply::Provider(azure.register(&subscription).await?),
        Call::Containers { endpoint, marker } => {
            Reply::Containers(azure.containers(&endpoint, marker.as_deref()).await?)
        }
        Call::Entries { endpoint, container, prefix, deleted: true, marker } => {
            Reply::Entries(azure.entries(&endpoint, &container, &prefix, marker.as_deref()).await?)
        }
        Call::Entries { endpoint, container, prefix, deleted: false, marker } => {
            Reply::Entries(azure.entries_starting_with(&endpoint, &container, &prefix, marker.as_deref()).await?)
        }
        Call::History { endpoint, container, blob, marker } => {
            Reply::History(azure.history(&endpoint, &container, &blob, marker.as_deref()).await?)
        }
        Call::Access(endpoint) => Reply::Access(azure.blob_access(&endpoint)),
        Call::UploadList(list) => {
            let ListFile { endpoint, container, name, xml } = list;
            Reply::Uploaded(azure.upload_list(&endpoint, &container, &name, xml.into_bytes()).await?)
        }
        Call::Locations => Reply::Locations(jobs.locations().await?),
        Call::Job(job) => Reply::Job(jobs.get(&job).await?.map(Box::new)),
        Call::FindJob { job, tag } => Reply::Job(find(jobs, &job, (tag.0, &tag.1)).await?.map(Box::new)),
        Call::CreateJob { job, new } => read_back(jobs.create(&job, &new).await?),
        Call::UpdateJob { job, change } => read_back(jobs.update(&job, &change).await?),
        Call::Keys(job) => Reply::Keys(jobs.bitlocker_keys(&job).await?),
        other => return Err(misdirected(&other)),
    })
}

fn read_back(job: Job) -> Reply {
    Reply::Job(Some(Box::new(job)))
}

/// A call that is answered on this machine came here; only a mistake in `Live::call` does that.
fn misdirected(call: &Call) -> Fault {
    let what = match call {
        Call::SignIn { .. } => "a sign-in",
        _ => "a call for this machine",
    };
    Fault::local("ask Azure", format!("{what} was sent there by a mistake of the program"))
}
