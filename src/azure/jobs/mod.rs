//! Export jobs: one trait over one job model, so that a second service can stand beside the classic one.

use async_trait::async_trait;

use super::{
    fault::Fault,
    model::{BitLockerKey, Job, JobAddress, JobChange, Location, LocationName, NewJob},
};

mod classic;
mod version;

pub(crate) use classic::Classic;

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
