//! What is known of a draft's job: what the service last said of it, when each state was first seen, and that the job is gone. Data only.

use jiff::Timestamp;

use crate::azure::model::{
    Job, JobActions, JobDrive, JobState, JobStatus, ReturnPackage, ShippingAddress, is_never_received,
};

/// States that are remembered with their time; a job that goes well has six.
const MOST_SEEN: usize = 12;
/// Drives that are remembered; a job has at most ten.
const MOST_DRIVES: usize = 20;

/// What the service last said about the job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownJob {
    /// How far it was when it was last there.
    pub status: JobStatus,
    /// The actions that the service allowed then.
    pub allows: JobActions,
    /// Where to ship, as read back from the job. Empty once the job is gone, so that no one ships there.
    pub shipping: ShippingAddress,
    /// Where it had said to ship before it named another place, as it does when a location closes.
    pub earlier_address: Option<ShippingAddress>,
    /// When it was last there, by this machine's clock.
    pub read: Timestamp,
    /// When the service made it, by the service's clock, where it says so.
    pub created: Option<Timestamp>,
    /// When each state was first seen, by the service's clock, in the order they were seen.
    pub seen: Vec<(JobStatus, Timestamp)>,
    /// The service answered that the job does not exist.
    pub gone: Option<Gone>,
    /// The drives as the service last named them.
    pub drives: Vec<KnownDrive>,
    /// Carrier and tracking number of the parcel back.
    pub back: Option<String>,
    /// Somebody asked to cancel the job.
    pub cancel_requested: bool,
    /// The service waits for a decision of the customer.
    pub asks: bool,
}

/// A drive as the service last named it. It outlives the job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownDrive {
    /// Serial number.
    pub id: String,
    /// Its state or the state of its copy, verbatim.
    pub state: String,
    /// Something went wrong with it.
    pub troubled: bool,
    /// Bytes written.
    pub bytes: Option<u64>,
    /// Files that failed.
    pub failed_files: Option<u64>,
}

impl KnownDrive {
    /// Whether the service says that it never received it.
    pub fn never_came(&self) -> bool {
        is_never_received(&self.state)
    }

    fn of(drive: &JobDrive) -> Self {
        Self {
            id: drive.id.clone(),
            state: drive.word().to_owned(),
            troubled: drive.is_in_trouble(),
            bytes: drive.bytes,
            failed_files: drive.failed_files,
        }
    }
}

/// The service answered that the job does not exist, although it had made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    /// When that answer first came, by the service's clock.
    pub seen: Timestamp,
    /// The whole resource group is not there any more.
    pub with_group: bool,
}

impl KnownJob {
    /// Serial numbers of the drives that came and of which `has_key` says that there is no key.
    pub fn drives_without_key(&self, has_key: impl Fn(&str) -> bool) -> Vec<&str> {
        let came = self.drives.iter().filter(|drive| !drive.never_came()).map(|drive| drive.id.as_str());
        came.filter(|id| !has_key(id)).collect()
    }

    /// The job as just read, with the states that were known `before`. `read` is this machine's time, `at` the service's.
    pub fn told(job: &Job, before: Option<Self>, read: Timestamp, at: Timestamp) -> Self {
        let earlier_address = before.as_ref().and_then(|known| known.address_before(job));
        let (mut seen, before_drives, before_back) =
            before.map(|known| (known.seen, known.drives, known.back)).unwrap_or_default();
        if seen.last().is_none_or(|(status, _)| *status != job.status) {
            seen.retain(|(status, _)| *status != job.status);
            seen.push((job.status.clone(), at));
            seen.drain(..seen.len().saturating_sub(MOST_SEEN));
        }
        Self {
            status: job.status.clone(),
            allows: job.allows,
            shipping: job.shipping.clone(),
            earlier_address,
            read,
            created: job.created.as_deref().and_then(|text| text.parse().ok()),
            seen,
            gone: None,
            // A list leaves the drives out.
            drives: if job.drives.is_empty() {
                before_drives
            } else {
                job.drives.iter().take(MOST_DRIVES).map(KnownDrive::of).collect()
            },
            back: job.return_package.as_ref().map(ReturnPackage::words).or(before_back),
            cancel_requested: job.cancel_requested,
            asks: job.asks(),
        }
    }

    /// The same job once the service answered that it does not exist. The first such answer counts.
    pub fn lost(self, gone: Gone) -> Self {
        let nothing = JobActions::default();
        Self {
            gone: self.gone.or(Some(gone)),
            shipping: ShippingAddress::default(),
            earlier_address: None,
            allows: nothing,
            ..self
        }
    }

    /// The address that the job named before the one of `job`; `None` where it named no other one.
    fn address_before(&self, job: &Job) -> Option<ShippingAddress> {
        let told = |address: &ShippingAddress| [address.lines(), address.notice().into_iter().collect()].concat();
        let moves = job.status.state.before_arrival() && self.shipping.is_complete() && !told(&job.shipping).is_empty();
        let now = Some(&self.shipping).filter(|now| moves && told(now) != told(&job.shipping));
        let earlier = now.or(self.earlier_address.as_ref());
        earlier.filter(|earlier| told(earlier) != told(&job.shipping)).cloned()
    }

    /// Whether the job is at its end and the service says of each of its drives that it never came: there is nothing to unlock.
    pub fn has_no_drive(&self) -> bool {
        self.status.state.sent_back() && !self.drives.is_empty() && self.drives.iter().all(KnownDrive::never_came)
    }

    /// When a state was first seen.
    pub fn seen_at(&self, state: JobState) -> Option<Timestamp> {
        self.seen.iter().find(|(seen, _)| seen.state == state).map(|(_, at)| *at)
    }
}
