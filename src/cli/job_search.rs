//! Finds jobs with both services, in one subscription or in all that the sign-in sees. What cannot be asked hides nothing of the rest.

use clap::Args;
use futures_util::{StreamExt as _, stream};
use tokio::time::Instant;

use super::common_args::SessionArgs;
use super::effective_config::EffectiveConfig;
use super::headless::Headless;
use super::print;
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{Job, JobAddress, ServiceName};
use crate::driver::live::overview::{AT_ONCE, MOST, TIME, in_time, without_registration};
use crate::wording::{many, some_of};

/// Candidates that a sentence names.
const NAMED: usize = 5;

/// Which job.
#[derive(Clone, Debug, Args)]
pub struct JobSelector {
    /// Name of the job
    #[arg(value_name = "JOB")]
    pub name: String,
    /// Its resource group; without it the job is looked for in all of them
    #[arg(long, short = 'g', value_name = "GROUP")]
    pub resource_group: Option<String>,
}

impl EffectiveConfig {
    /// The services to ask: that of `--service`, otherwise both. The configuration file names only the one for new jobs.
    fn services(&self) -> Vec<ServiceName> {
        self.service.map_or_else(|| ServiceName::ALL.to_vec(), |service| vec![service])
    }
}

/// The jobs that were found.
pub(super) struct ListedJobs {
    /// Those of the services that could be asked.
    pub(super) jobs: Vec<Job>,
    /// What could not be asked.
    pub(super) unavailable: Vec<UnaskedService>,
    /// Subscriptions that were not asked, because there are too many.
    pub(super) left_out: usize,
    /// More than one subscription was asked.
    pub(super) of_several: bool,
}

/// A service that could not be asked in a subscription.
#[derive(Clone, Debug)]
pub(super) struct UnaskedService {
    /// Which service.
    pub(super) service: ServiceName,
    /// The id of the subscription.
    pub(super) subscription: String,
    /// Its name; empty where it was named by its id.
    pub(super) subscription_name: String,
    /// Why.
    pub(super) fault: Fault,
}

impl UnaskedService {
    /// e.g. `Azure Data Box in Media production`.
    fn place(&self) -> String {
        match self.subscription_name.as_str() {
            "" => self.service.title().to_owned(),
            name => format!("{} in {name}", self.service.title()),
        }
    }
}

/// The subscriptions to ask: that of `--subscription`, otherwise all that the sign-in sees.
struct AskedSubscriptions {
    /// Id and name of each.
    asked: Vec<(String, String)>,
    left_out: usize,
}

impl AskedSubscriptions {
    async fn of(session: &Headless, ask: &SessionArgs) -> Result<Self, Fault> {
        if let Some(id) = &ask.subscription {
            return Ok(Self { asked: vec![(id.clone(), String::new())], left_out: 0 });
        }
        let all = session.azure.subscriptions().await?;
        if all.is_empty() {
            return Err(Fault::local("look for jobs", "this sign-in sees no subscription")
                .advise("Ask for the role Reader on one, or sign in to another tenant with --tenant."));
        }
        let left_out = all.len().saturating_sub(MOST);
        if left_out > 0 {
            let left_out = many(left_out as u64, "subscription");
            print::note(&format!("{left_out} not asked, {MOST} are at most; --subscription names one."));
        }
        Ok(Self { asked: all.into_iter().take(MOST).map(|one| (one.id, one.name)).collect(), left_out })
    }

    /// Asks each service in each subscription, a few at once, and keeps the order. Where several are asked, one that has nothing to do with a
    /// service has no jobs of it, and all of it takes a limited time.
    async fn each<T: Default, F: Future<Output = Result<T, Fault>>>(
        &self,
        services: &[ServiceName],
        one: impl Fn(ServiceName, String) -> F,
    ) -> (Vec<T>, Vec<UnaskedService>) {
        let until = Instant::now() + TIME;
        let several = self.asked.len() > 1;
        let pairs = self.asked.iter().flat_map(|at| services.iter().map(move |service| (*service, at.clone())));
        let answers = stream::iter(pairs).map(|(service, (subscription, subscription_name))| {
            let work = one(service, subscription.clone());
            async move {
                let answer = if several { without_registration(in_time(until, work).await) } else { work.await };
                answer.map_err(|fault| UnaskedService { service, subscription, subscription_name, fault })
            }
        });
        let answers: Vec<_> = answers.buffered(AT_ONCE).collect().await;
        let (mut found, mut unasked) = (Vec::new(), Vec::new());
        for answer in answers {
            match answer {
                Ok(answer) => found.push(answer),
                Err(one) => unasked.push(one),
            }
        }
        (found, unasked)
    }
}

/// The jobs of a subscription, or of all that the sign-in sees; of one resource group where `group` names it.
pub(super) async fn list(
    setting: &EffectiveConfig,
    session: &Headless,
    ask: &SessionArgs,
    group: Option<&str>,
) -> Result<ListedJobs, Fault> {
    let scope = AskedSubscriptions::of(session, ask).await?;
    let several = scope.asked.len() > 1;
    let listed = |service: ServiceName, subscription: String| async move {
        let service = session.azure.jobs(service);
        match group {
            None => service.list_by_subscription(&subscription).await,
            // Most subscriptions have no group of this name.
            Some(group) => match service.list_by_group(&subscription, group).await {
                Err(fault) if several && fault.kind == FaultKind::Gone => Ok(Vec::new()),
                listed => listed,
            },
        }
    };
    let (found, unavailable) = scope.each(&setting.services(), listed).await;
    if found.is_empty() {
        return Err(first(unavailable));
    }
    note(&unavailable);
    let jobs = found.into_iter().flatten().collect();
    Ok(ListedJobs { jobs, unavailable, left_out: scope.left_out, of_several: several })
}

/// The one job of a name, with its address. It is looked for in every subscription and resource group that the arguments leave open.
pub(super) async fn find(
    setting: &EffectiveConfig,
    session: &Headless,
    ask: &SessionArgs,
    which: JobSelector,
) -> Result<(JobAddress, Job), Fault> {
    let scope = AskedSubscriptions::of(session, ask).await?;
    let which = &which;
    let looked = |service: ServiceName, subscription: String| async move {
        let Some(group) = &which.resource_group else { return by_name(session, service, &subscription, which).await };
        let resource_group = group.clone();
        let at = JobAddress { service, subscription, resource_group, name: which.name.clone() };
        let job = session.azure.jobs(service).get(&at).await?;
        Ok(job.map(|job| (at, job)).into_iter().collect())
    };
    let (answers, unasked) = scope.each(&setting.services(), looked).await;
    if answers.is_empty() {
        return Err(first(unasked));
    }
    let mut found: Vec<(JobAddress, Job)> = answers.into_iter().flatten().collect();
    if found.len() > 1 {
        return Err(ambiguous(which, &found, &scope));
    }
    let Some(found) = found.pop() else { return Err(missing(which, &unasked, scope.left_out)) };
    note(&unasked);
    Ok(found)
}

/// The jobs of a name in a subscription, each read whole: a list leaves its drives out.
async fn by_name(
    session: &Headless,
    service: ServiceName,
    subscription: &str,
    which: &JobSelector,
) -> Result<Vec<(JobAddress, Job)>, Fault> {
    let service = session.azure.jobs(service);
    let mut found = Vec::new();
    for job in service.list_by_subscription(subscription).await? {
        let Some(at) = job.address().filter(|at| at.name.eq_ignore_ascii_case(&which.name)) else { continue };
        found.extend(service.get(&at).await?.map(|job| (at, job)));
    }
    Ok(found)
}

fn ambiguous(which: &JobSelector, found: &[(JobAddress, Job)], scope: &AskedSubscriptions) -> Fault {
    let tried = format!("choose the job {}", which.name);
    let name_of = |id: &str| {
        let known = scope.asked.iter().find(|(asked, name)| asked.eq_ignore_ascii_case(id) && !name.is_empty());
        known.map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    };
    let places = found.iter().map(|(at, _)| {
        format!("{} in the resource group {} of {}", at.service.word(), at.resource_group, name_of(&at.subscription))
    });
    let reason = format!("there are {} of this name: {}", found.len(), some_of(places, NAMED));
    Fault::local(tried, reason).advise("Say which with --subscription, -g or --service.")
}

fn missing(which: &JobSelector, unasked: &[UnaskedService], left_out: usize) -> Fault {
    let mut reason = match &which.resource_group {
        Some(group) => format!("the resource group {group} has no job of this name"),
        None => "there is no job of this name".to_owned(),
    };
    for one in unasked {
        reason = format!("{reason}, and {} could not be asked: {}", one.place(), one.fault);
    }
    if left_out > 0 {
        reason = format!("{reason}, and {} were not asked", many(left_out as u64, "subscription"));
    }
    Fault { kind: FaultKind::Gone, ..Fault::local(format!("find the job {}", which.name), reason) }
        .advise("`blobfreight jobs list` lists those there are.")
}

fn note(unasked: &[UnaskedService]) {
    for one in unasked {
        print::note(&format!("Jobs of {} are left out: {}", one.place(), one.fault));
    }
}

fn first(unasked: Vec<UnaskedService>) -> Fault {
    let first = unasked.into_iter().next().map(|one| one.fault);
    first.unwrap_or_else(|| Fault::local("ask for jobs", "no service was asked"))
}
