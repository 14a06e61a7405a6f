//! Calls that go to Azure: each is one method of the backend, and its answer in the words of the protocol.

use std::sync::Arc;
use std::time::Duration;

use super::rehearsal::Rehearsal;
use crate::azure::Azure;
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::jobs::{automation, find};
use crate::azure::model::{Identity, Job, JobAddress, SignInMethod};
use crate::azure::session::SignInRequest;
use crate::azure::transport::{CallEvent, CallListener};
use crate::driver::backend::ProgressSink;
use crate::protocol::message::{Call, ListFile, ProgressEvent, Reply};

/// Signs in. A rehearsal starts its simulated Azure first, once.
///
/// # Errors
/// The rehearsal does not start, or as [`Azure::sign_in`].
pub(super) async fn sign_in(rehearsal: &Rehearsal, request: SignInRequest<'_>) -> Result<(Azure, Identity), Fault> {
    if request.method == SignInMethod::Rehearsal || request.cloud.name == Rehearsal::NAME {
        return rehearsal.sign_in().await;
    }
    Azure::sign_in_as(request).await
}

/// The same session; it reports its waits to `tell`.
pub(super) fn telling(azure: &Azure, tell: ProgressSink) -> Azure {
    azure.with_listener(&listener(tell))
}

/// Tells the events of a call in the words of the protocol.
pub(super) fn listener(tell: ProgressSink) -> CallListener {
    Arc::new(move |event| {
        tell(match event {
            CallEvent::Waits(wait) => ProgressEvent::Waits {
                delay: Duration::from_secs(wait.seconds),
                reason: wait.reason,
                asked: wait.requested,
            },
            CallEvent::SignIn(prompt) => ProgressEvent::SignIn(prompt),
        });
    })
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
    Ok(match call {
        Call::Tenants => Reply::Tenants(azure.tenants().await?),
        Call::Subscriptions => Reply::Subscriptions(azure.subscriptions().await?),
        Call::Accounts(subscription) => Reply::Accounts(azure.storage_accounts(&subscription).await?),
        Call::Account(id) => Reply::Account(Box::new(azure.storage_account(&id).await?)),
        Call::Groups(subscription) => Reply::Groups(azure.resource_groups(&subscription).await?),
        Call::CreateGroup { subscription, group } => {
            Reply::Group(azure.create_resource_group(&subscription, &group).await?)
        }
        Call::RequestText { form, job, new } => {
            Reply::RequestText(automation::text(form, &azure.cloud().arm, &job, &new))
        }
        Call::Services(query) => Reply::Services(azure.services(&query).await?),
        Call::Provider(service, subscription) => Reply::Provider(azure.provider(service, &subscription).await?),
        Call::Register(service, subscription) => Reply::Provider(azure.register(service, &subscription).await?),
        Call::Locks(account) => Reply::Locks(azure.locks(&account).await?),
        Call::RemoveLock { account, lock } => Reply::Locks(azure.remove_lock(&account, &lock).await?),
        Call::Permissions(scope) => Reply::Permissions(azure.permissions(&scope).await?),
        Call::BlobSettings(account) => Reply::BlobSettings(Box::new(azure.blob_settings(&account).await?)),
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
        other => return ask_of_jobs(azure, other).await,
    })
}

/// Asks the service that the call names.
async fn ask_of_jobs(azure: &Azure, call: Call) -> Result<Reply, Fault> {
    let of = |job: &JobAddress| azure.jobs(job.service);
    Ok(match call {
        Call::Locations(service, query) => Reply::Locations(azure.jobs(service).locations(&query).await?),
        Call::Job(job) => Reply::Job(of(&job).get(&job).await?.map(Box::new)),
        Call::FindJob { job, tag } => Reply::Job(find(of(&job), &job, (tag.0, &tag.1)).await?.map(Box::new)),
        Call::CheckJob { job, new } => Reply::Checked(of(&job).check(&job, &new).await?),
        Call::CreateJob { job, new } => read_back(of(&job).create(&job, &new).await?),
        Call::UpdateJob { job, change } => read_back(of(&job).update(&job, &change).await?),
        Call::Mitigate { job, drive, resolution } => {
            read_back(of(&job).mitigate(&job, drive.as_deref(), &resolution).await?)
        }
        Call::DeleteJob(job) => {
            of(&job).delete(&job).await?;
            Reply::Deleted
        }
        Call::Jobs { service, subscription } => {
            Reply::Jobs(azure.jobs(service).list_by_subscription(&subscription).await?)
        }
        Call::Keys(job) => Reply::Keys(of(&job).bitlocker_keys(&job).await?),
        other => return Err(misdirected(&other)),
    })
}

fn read_back(job: Job) -> Reply {
    Reply::Job(Some(Box::new(job)))
}

/// A call that is answered on this machine came here; only a mistake in `Live::call` does that.
fn misdirected(call: &Call) -> Fault {
    let what = match call {
        Call::SignIn { .. } | Call::SignOut(_) | Call::ForgetSignIn(_) => "a sign-in",
        _ => "a call for this machine",
    };
    Fault::local("ask Azure", format!("{what} was sent there by a mistake of the program"))
}
