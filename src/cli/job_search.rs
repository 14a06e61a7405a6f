//! Finds jobs with both services. If one service fails, the jobs of the other are still listed.

use clap::Args;

use super::effective_config::EffectiveConfig;
use super::headless::Headless;
use super::print;
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{Job, JobAddress, ServiceName};

/// Which job.
#[derive(Clone, Debug, Args)]
pub struct JobSelector {
    /// Name of the job
    #[arg(value_name = "JOB")]
    pub name: String,
    /// Its resource group
    #[arg(long, short = 'g', value_name = "GROUP")]
    pub resource_group: String,
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
    /// The services that could not be asked, each with the reason.
    pub(super) unavailable: Vec<(ServiceName, Fault)>,
}

/// The jobs of a subscription, or of one resource group of it.
pub(super) async fn list(
    setting: &EffectiveConfig,
    session: &Headless,
    subscription: &str,
    group: Option<&str>,
) -> Result<ListedJobs, Fault> {
    let (mut jobs, mut faults) = (Vec::new(), Vec::new());
    let services = setting.services();
    for &name in &services {
        let service = session.azure.jobs(name);
        let listed = match group {
            Some(group) => service.list_by_group(subscription, group).await,
            None => service.list_by_subscription(subscription).await,
        };
        match listed {
            Ok(listed) => jobs.extend(listed),
            Err(fault) => faults.push((name, fault)),
        }
    }
    if faults.len() == services.len() {
        return Err(first(faults));
    }
    note(&faults);
    Ok(ListedJobs { jobs, unavailable: faults })
}

/// The one job of a name in a resource group, with its address.
pub(super) async fn find(
    setting: &EffectiveConfig,
    session: &Headless,
    subscription: &str,
    which: JobSelector,
) -> Result<(JobAddress, Job), Fault> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    let services = setting.services();
    for &service in &services {
        let at = JobAddress {
            service,
            subscription: subscription.to_owned(),
            resource_group: which.resource_group.clone(),
            name: which.name.clone(),
        };
        match session.azure.jobs(service).get(&at).await {
            Ok(Some(job)) => found.push((at, job)),
            Ok(None) => {}
            Err(fault) => faults.push((service, fault)),
        }
    }
    if faults.len() == services.len() {
        return Err(first(faults));
    }
    if found.len() > 1 {
        let tried = format!("choose the job {}", which.name);
        let reason = format!("both services have a job of this name in the resource group {}", which.resource_group);
        return Err(Fault::local(tried, reason).advise("Say which with --service databox or --service classic."));
    }
    let Some(found) = found.pop() else { return Err(missing(&which, &faults)) };
    note(&faults);
    Ok(found)
}

fn missing(which: &JobSelector, faults: &[(ServiceName, Fault)]) -> Fault {
    let mut reason = format!("the resource group {} has no job of this name", which.resource_group);
    for (service, fault) in faults {
        reason = format!("{reason}, and {} could not be asked: {fault}", service.title());
    }
    Fault { kind: FaultKind::Gone, ..Fault::local(format!("find the job {}", which.name), reason) }
        .advise("`blobfreight jobs list` lists those there are.")
}

fn note(faults: &[(ServiceName, Fault)]) {
    for (service, fault) in faults {
        print::note(&format!("Jobs of {} are left out: {fault}", service.title()));
    }
}

fn first(faults: Vec<(ServiceName, Fault)>) -> Fault {
    let first = faults.into_iter().next().map(|(_, fault)| fault);
    first.unwrap_or_else(|| Fault::local("ask for jobs", "no service was asked"))
}
