//! [`JobService`]: what a service that keeps export jobs can do.

use async_trait::async_trait;

use crate::azure::{
    fault::{Fault, FaultKind},
    model::{BitLockerKey, Job, JobAddress, JobChange, JobCheck, Location, LocationQuery, NewJob},
};

/// A service that keeps export jobs. Every call may be given up by dropping its future; a create, update or delete that was
/// given up, or that failed without an answer, may have happened all the same: read the job before trying again.
#[async_trait]
pub trait JobService: Send + Sync {
    /// The places that drives can be shipped to. The classic service lists them all; Data Box names those for the region of the account and
    /// the country of the return address.
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    async fn locations(&self, query: &LocationQuery) -> Result<Vec<Location>, Fault>;

    /// What the service thinks of a job before it exists; empty for the classic service, which is not asked.
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    async fn check(&self, at: &JobAddress, job: &NewJob) -> Result<Vec<JobCheck>, Fault>;

    /// Creates a job. The classic service overwrites a job of the same name that was not shipped yet: ask [`JobService::get`] first.
    /// Never sent twice once it may have arrived. Returns when the service shows the job, which takes Data Box up to minutes.
    ///
    /// # Errors
    /// `Conflict` when there is a job of that name; otherwise as the service answers.
    async fn create(&self, at: &JobAddress, job: &NewJob) -> Result<Job, Fault>;

    /// Reads a job with its drives; `None` when there is none of that name.
    ///
    /// # Errors
    /// As the service answers; a missing resource group or subscription is an error, not a missing job.
    async fn get(&self, at: &JobAddress) -> Result<Option<Job>, Fault>;

    /// The export jobs of a resource group, without their drives.
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    async fn list_by_group(&self, subscription: &str, resource_group: &str) -> Result<Vec<Job>, Fault>;

    /// The export jobs of a subscription, without their drives.
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    async fn list_by_subscription(&self, subscription: &str) -> Result<Vec<Job>, Fault>;

    /// Changes what `change` names and nothing else. Never sent twice once it may have arrived.
    ///
    /// # Errors
    /// `Conflict` when the job's state does not allow it; `Local` when there is nothing to change.
    async fn update(&self, at: &JobAddress, change: &JobChange) -> Result<Job, Fault>;

    /// Deletes a job; allowed only where [`Job::allows`] says so. Never sent twice once it may have arrived. Takes Data Box up to ten minutes.
    ///
    /// # Errors
    /// `Gone` when there is none, except for Data Box, which does not tell; `Conflict` when its state does not allow it.
    async fn delete(&self, at: &JobAddress) -> Result<(), Fault>;

    /// The BitLocker keys of the returned drives; the role Reader is not enough for them.
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    async fn bitlocker_keys(&self, at: &JobAddress) -> Result<Vec<BitLockerKey>, Fault>;

    /// Tells the service what to do where it waits for the customer: for one drive, by serial number, or for the job. `resolution` is one of
    /// those that the job or the drive offers.
    ///
    /// # Errors
    /// `Local` for the classic service, which never waits; otherwise as the service answers.
    async fn mitigate(&self, at: &JobAddress, drive: Option<&str>, resolution: &str) -> Result<Job, Fault>;
}

/// The job that carries a tag, wherever in the subscription it is; otherwise the one at this address; `None` when there is
/// neither. Where the sign-in may not list the whole subscription, the resource group of the address is searched. `service` is the one
/// of the address.
///
/// # Errors
/// As the service answers; nothing is known then.
pub async fn find(service: &dyn JobService, at: &JobAddress, (tag, value): (&str, &str)) -> Result<Option<Job>, Fault> {
    let listed = match service.list_by_subscription(&at.subscription).await {
        Err(fault) if fault.kind == FaultKind::Denied => {
            service.list_by_group(&at.subscription, &at.resource_group).await?
        }
        listed => listed?,
    };
    let tagged = listed.iter().filter(|job| job.tag(tag) == Some(value));
    let mut tagged: Vec<JobAddress> = tagged.filter_map(Job::address).collect();
    // The one at the address first, if it is among them.
    tagged.sort_by_key(|found| !found.is_same(at));
    for found in &tagged {
        // A list may lag behind, so each job it names is read once more.
        if let Some(job) = service.get(found).await? {
            return Ok(Some(job));
        }
    }
    // A list may leave the tags out: a job of this name that was moved to another group is looked at itself.
    let namesakes = listed.iter().filter(|job| job.tags.is_empty() && job.name.eq_ignore_ascii_case(&at.name));
    for found in namesakes.filter_map(Job::address).filter(|found| !found.is_same(at)) {
        if let Some(job) = service.get(&found).await?.filter(|job| job.tag(tag) == Some(value)) {
            return Ok(Some(job));
        }
    }
    service.get(at).await
}
