//! The jobs of all subscriptions, for the start screen: read without asking anybody to sign in, with a limit of number and time.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::time::{Instant, timeout_at};

use crate::azure::Azure;
use crate::azure::auth::PersonOptions;
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{AskPerson, Identity, Job, ServiceName, Subscription};
use crate::azure::session::SignInRequest;
use crate::protocol::overview::{FoundJob, JobsOverview, OverviewSignIn, UnreadJobs};

/// The most subscriptions that are asked.
pub(crate) const MOST: usize = 50;
/// Requests that are under way at once.
pub(crate) const AT_ONCE: usize = 4;
/// The time for all of it.
pub(crate) const TIME: Duration = Duration::from_secs(60);

/// Signs in without a person.
///
/// # Errors
/// The sign-in needs a person, or fails.
pub(super) async fn sign_in(person: &PersonOptions, with: &OverviewSignIn) -> Result<(Azure, Identity), Fault> {
    let request = SignInRequest {
        person: person.clone(),
        ask: AskPerson::Never,
        ..SignInRequest::new(&with.cloud, with.sign_in.method, with.sign_in.tenant.as_deref())
    };
    Azure::sign_in_as(request).await
}

/// The jobs that these sign-ins see. What cannot be read is named beside those that can.
///
/// # Errors
/// No sign-in works.
pub(super) async fn jobs(person: &PersonOptions, sign_ins: Vec<OverviewSignIn>) -> Result<JobsOverview, Fault> {
    let until = Instant::now() + TIME;
    let (mut overview, mut failed) = (JobsOverview::default(), Vec::new());
    let mut worked = false;
    for with in sign_ins {
        match in_time(until, subscriptions(person, &with)).await {
            Ok((azure, subscriptions)) => {
                worked = true;
                read_all(&mut overview, &azure, &with, subscriptions, until).await;
            }
            Err(fault) => failed.push((with, fault)),
        }
    }
    if !worked && let Some((_, fault)) = failed.into_iter().next() {
        return Err(fault);
    }
    Ok(overview)
}

async fn subscriptions(person: &PersonOptions, with: &OverviewSignIn) -> Result<(Azure, Vec<Subscription>), Fault> {
    let (azure, _) = sign_in(person, with).await?;
    let subscriptions = azure.subscriptions().await?;
    Ok((azure, subscriptions))
}

async fn read_all(
    overview: &mut JobsOverview,
    azure: &Azure,
    with: &OverviewSignIn,
    subscriptions: Vec<Subscription>,
    until: Instant,
) {
    let seen =
        |overview: &JobsOverview, found: &FoundJob| overview.jobs.iter().any(|one| one.address.is_same(&found.address));
    overview.left_out += subscriptions.len().saturating_sub(MOST);
    let asked: Vec<Subscription> = subscriptions.into_iter().take(MOST).collect();
    let mut answers = stream::iter(asked)
        .map(|subscription| async move {
            let listed = read_one(azure, &subscription, until).await;
            (subscription, listed)
        })
        .buffer_unordered(AT_ONCE);
    while let Some((subscription, listed)) = answers.next().await {
        if Instant::now() >= until {
            overview.left_out += 1;
            continue;
        }
        overview.subscriptions += usize::from(listed.iter().any(|(_, listed)| listed.is_ok()));
        for (service, listed) in listed {
            match listed {
                Ok(jobs) => {
                    let found = jobs.into_iter().filter_map(|job| {
                        Some(FoundJob {
                            address: job.address()?,
                            job,
                            sign_in: with.sign_in.clone(),
                            seen_before: None,
                        })
                    });
                    for found in found {
                        if !seen(overview, &found) {
                            overview.jobs.push(found);
                        }
                    }
                }
                Err(fault) => {
                    let of = format!("{} in {}", service.title(), subscription.name);
                    overview.unread.push(UnreadJobs { of, fault });
                }
            }
        }
    }
}

/// The jobs of both services in a subscription.
async fn read_one(
    azure: &Azure,
    subscription: &Subscription,
    until: Instant,
) -> Vec<(ServiceName, Result<Vec<Job>, Fault>)> {
    let mut listed = Vec::new();
    for service in ServiceName::ALL {
        let jobs = in_time(until, azure.jobs(service).list_by_subscription(&subscription.id)).await;
        listed.push((service, without_registration(jobs)));
    }
    listed
}

/// A subscription that is not registered for a service has no jobs of it.
pub(crate) fn without_registration<T: Default>(jobs: Result<T, Fault>) -> Result<T, Fault> {
    match jobs {
        Err(fault)
            if matches!(
                fault.code.as_deref(),
                Some("MissingSubscriptionRegistration" | "SubscriptionNotRegistered")
            ) =>
        {
            Ok(T::default())
        }
        jobs => jobs,
    }
}

/// The work, or a fault once the time is over.
pub(crate) async fn in_time<T>(until: Instant, work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    timeout_at(until, work).await.unwrap_or_else(|_| {
        let late = Fault::local("list the jobs", format!("it took more than {} seconds", TIME.as_secs()));
        Err(Fault { kind: FaultKind::Offline, ..late })
    })
}
