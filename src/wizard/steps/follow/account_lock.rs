//! The lock that the service puts on the storage account of a job, and leaves there: shown, and removed when no other job needs it.

use super::state::{AccountLock, FollowQuestion, FollowStep, LockUse};
use crate::azure::fault::Fault;
use crate::azure::model::{Job, JobAddress, ResourceLock, ServiceName};
use crate::protocol::action::Action;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::shared::Shared;
use crate::wording::some_of;

impl AccountLock {
    /// The lock that the service put there.
    pub fn of_service(&self) -> Option<&ResourceLock> {
        self.all.as_ref()?.iter().find(|lock| lock.is_of_data_box())
    }
}

impl LockUse {
    /// Which of the `jobs` of the subscription need the lock of this account. A list may leave the account of a job out.
    pub(super) fn of(jobs: &[Job], own: &JobAddress, account: &str) -> Self {
        let is_own = |job: &&Job| job.address().is_some_and(|at| at.is_same(own));
        let open: Vec<&Job> = jobs.iter().filter(|job| !is_own(job) && !job.status.state.is_over()).collect();
        let names = |wanted: &dyn Fn(&Job) -> bool| -> Vec<String> {
            open.iter().filter(|job| wanted(job)).map(|job| job.name.clone()).collect()
        };
        let here = names(&|job| job.storage_account.eq_ignore_ascii_case(account));
        if !here.is_empty() {
            return Self::Needed(here);
        }
        let untold = names(&|job| job.storage_account.is_empty());
        if untold.is_empty() {
            Self::Unneeded
        } else {
            Self::Unclear(format!("the list does not say which account these jobs export: {}", some_of(untold, 3)))
        }
    }
}

impl FollowStep {
    /// Lists the locks of the account once, for a service that makes one.
    pub(super) fn read_locks(&self, shared: &mut Shared) -> Vec<Effect> {
        let makes_one = shared.draft.job_service().is_some_and(ServiceName::leaves_lock);
        let known = self.lock.all.is_some() || self.lock.fault.is_some();
        let Some(account) = shared.account_id().map(str::to_owned) else { return Vec::new() };
        let ready = shared.session.is_some() && shared.draft.has_job() && !shared.requests.is_busy(Slot::Locks);
        if !makes_one || known || !ready {
            return Vec::new();
        }
        vec![shared.start(Slot::Locks, Call::Locks(account))]
    }

    /// Whether the job is over or gone, so that it needs its lock no more.
    pub fn lock_is_left_over(shared: &Shared) -> bool {
        shared.draft.job.as_ref().is_some_and(|known| known.gone.is_some() || known.status.state.is_over())
    }

    /// Whether the person can have the lock removed.
    pub fn offers_removal(&self, shared: &Shared) -> bool {
        let busy = [Slot::OtherJobs, Slot::RemoveLock].into_iter().any(|slot| shared.requests.is_busy(slot));
        let own = self.lock.of_service().is_some() && !self.lock_is_above(shared);
        own && !busy && shared.session.is_some() && Self::lock_is_left_over(shared)
    }

    /// Whether the lock is on something above the account. It protects more than the account then.
    pub fn lock_is_above(&self, shared: &Shared) -> bool {
        let lock = self.lock.of_service();
        lock.is_some_and(|lock| !shared.account_id().is_some_and(|account| is_on(lock, account)))
    }

    /// Looks which other jobs need the lock; the answer opens the question.
    pub(super) fn look_for_other_jobs(shared: &mut Shared) -> Vec<Effect> {
        let Some(job) = shared.draft.job_address().cloned() else { return Vec::new() };
        if shared.refuses() {
            return Vec::new();
        }
        let call = Call::Jobs { service: job.service, subscription: job.subscription };
        vec![shared.start(Slot::OtherJobs, call)]
    }

    pub(super) fn other_jobs_read(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) {
        let (Some(own), Some(account)) = (shared.draft.job_address().cloned(), shared.account_id().map(str::to_owned))
        else {
            return;
        };
        let used = match outcome {
            Ok(Reply::Jobs(jobs)) => LockUse::of(&jobs, &own, &account),
            Ok(other) => LockUse::Unclear(other.unexpected().to_string()),
            Err(fault) => LockUse::Unclear(fault.to_string()),
        };
        if let LockUse::Needed(names) = &used {
            shared
                .warn(format!("The lock stays: the account has unfinished jobs that need it ({}).", some_of(names, 3)));
            return;
        }
        self.question = Some(FollowQuestion::RemoveLock(used));
    }

    pub(super) fn remove_lock(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let (Some(lock), Some(account)) = (self.lock.of_service().cloned(), shared.account_id().map(str::to_owned))
        else {
            return Vec::new();
        };
        if shared.refuses() {
            return Vec::new();
        }
        self.lock.fault = None;
        vec![shared.start(Slot::RemoveLock, Call::RemoveLock { account, lock })]
    }

    pub(super) fn locks_read(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) {
        match outcome {
            Ok(Reply::Locks(locks)) => {
                self.lock = AccountLock { all: Some(locks), fault: None };
                match (slot == Slot::RemoveLock, self.lock.of_service()) {
                    (true, None) => shared.say("The lock is removed; the account can be deleted again."),
                    (true, Some(_)) => {
                        let reload = shared.key(&Action::Reload);
                        shared.warn(format!("The lock is still listed; {reload} reads the locks again."));
                    }
                    (false, _) => {}
                }
            }
            Ok(other) => self.lock.fault = Some(other.unexpected()),
            Err(fault) => self.lock.fault = Some(fault),
        }
    }
}

/// Whether a lock is on the account itself and not on the group or the subscription above it.
fn is_on(lock: &ResourceLock, account: &str) -> bool {
    lock.id.get(..account.len()).is_some_and(|start| start.eq_ignore_ascii_case(account))
}
