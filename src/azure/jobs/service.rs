//! [`JobService`]: what a service that keeps export jobs can do.

use async_trait::async_trait;

use crate::azure::{
    fault::{Fault, FaultKind},
    model::{BitLockerKey, Job, JobAddress, JobChange, Location, LocationName, NewJob},
};

/// A service that keeps export jobs. Every call may be given up by dropping its future; a create, update or delete that was
/// given up, or that failed without an answer, may have happened all the same: read the job before trying again.
#[async_trait]
pub trait JobService: Send + Sync {
    /// Every place drives can be shipped to.
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    async fn locations(&self) -> Result<Vec<Location>, Fault>;

    /// One place; `None` when the service does not know it.
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    async fn location(&self, name: &LocationName) -> Result<Option<Location>, Fault>;

    /// Creates a job. An existing job of the same name in state Creating is overwritten: ask [`JobService::get`] first.
    /// Never sent twice once it may have arrived.
    ///
    /// # Errors
    /// `Conflict` when a job of that name is past Creating; otherwise as the service answers.
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

    /// Deletes a job; allowed only while it is Creating or after it is Completed. Never sent twice once it may have arrived.
    ///
    /// # Errors
    /// `Gone` when there is none; `Conflict` when its state does not allow it.
    async fn delete(&self, at: &JobAddress) -> Result<(), Fault>;

    /// The BitLocker keys of the returned drives; the role Reader is not enough for them.
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    async fn bitlocker_keys(&self, at: &JobAddress) -> Result<Vec<BitLockerKey>, Fault>;
}

/// The job that carries a tag, wherever in the subscription it is; otherwise the one at this address; `None` when there is
/// neither. Where the sign-in may not list the whole subscription, the resource group of the address is searched.
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
    for found in tagged.iter().chain([at]) {
        // A list may lag behind, so each job it names is read once more.
        if let Some(job) = service.get(found).await? {
            return Ok(Some(job));
        }
    }
    Ok(None)
}
