//! The status of a job and its stages, in Data Box's words; both follow from the phase of the job.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::super::clock::seven_digits;
use super::super::jobs::job::{ExportOutcome, JobProvider, StoredJob};
use super::super::jobs::life::{self, JobPhase};

/// Simulated seconds after which a created job waits for its shipment.
const READY: i64 = 30;

/// The stages of an export in their order, with the portal's words. The first takes over when the job is ready.
const WAY: [(&str, &str); 7] = [
    ("AwaitingShipmentDetails", "Awaiting shipment information"),
    ("ShippedToAzureDC", "Shipped"),
    ("AtAzureDC", "Received"),
    ("DataCopy", "Data copy in progress"),
    ("PreparingToShipFromAzureDC", "Preparing to ship"),
    ("ShippedToCustomer", "Shipped to customer"),
    ("Completed", "Completed"),
];

/// A time as Data Box writes it.
pub(super) fn time(at: Timestamp) -> String {
    seven_digits(at).replace('Z', "+00:00")
}

/// When the job begins to wait for its shipment.
pub(super) fn ready(job: &StoredJob) -> Timestamp {
    job.created.checked_add(SignedDuration::from_secs(READY)).unwrap_or(Timestamp::MAX)
}

/// Whether the job is past Created.
pub(super) fn is_ready(job: &StoredJob, now: Timestamp) -> bool {
    ready(job) <= now
}

/// The status on the wire.
pub(super) fn status(job: &StoredJob, now: Timestamp) -> &'static str {
    match life::phase(job, now) {
        JobPhase::Creating if !is_ready(job, now) => "Created",
        JobPhase::Creating => "AwaitingShipmentDetails",
        JobPhase::Shipping => "ShippedToAzureDC",
        JobPhase::Received => "AtAzureDC",
        JobPhase::Transferring(_) => "DataCopy",
        JobPhase::Packaging => "PreparingToShipFromAzureDC",
        JobPhase::Returning { .. } => "ShippedToCustomer",
        JobPhase::Finished { errors: false } => "Completed",
        JobPhase::Finished { errors: true } => "CompletedWithErrors",
        JobPhase::Cancelled | JobPhase::Gone if job.failure.is_some() => "Aborted",
        JobPhase::Cancelled | JobPhase::Gone => "Cancelled",
    }
}

/// Whether the job can be cancelled: only before it is shipped.
pub(super) fn is_cancellable(job: &StoredJob, now: Timestamp) -> bool {
    life::phase(job, now) == JobPhase::Creating
}

/// Whether the job can be deleted: only when it is over.
pub(super) fn is_deletable(job: &StoredJob, now: Timestamp) -> bool {
    matches!(life::phase(job, now), JobPhase::Finished { .. } | JobPhase::Cancelled)
}

/// Whether the return address can be changed.
pub(super) fn is_address_editable(job: &StoredJob, now: Timestamp) -> bool {
    life::phase(job, now) == JobPhase::Creating
}

/// Whether the service cancelled the job because it was never shipped.
pub(super) fn is_forgotten(job: &StoredJob, now: Timestamp) -> bool {
    let by_service = job.provider == JobProvider::DataBox && job.cancelled.is_none() && job.failure.is_none();
    by_service && life::phase(job, now) == JobPhase::Cancelled
}

/// The list `jobStages`.
pub(super) fn stages(job: &StoredJob, now: Timestamp) -> Vec<Value> {
    let created = |status| stage("Created", "Created", status, Some(job.created));
    if let Some((ended, _)) = life::ended_early(job).filter(|(ended, _)| *ended <= now) {
        let waited = (ready(job) <= ended).then(|| stage(WAY[0].0, WAY[0].1, "Succeeded", Some(ready(job))));
        let last = match job.failure {
            Some(_) => stage("Aborted", "Aborted", "Failed", Some(ended)),
            None => stage("Cancelled", "Canceled", "Succeeded", Some(ended)),
        };
        return [Some(created("Succeeded")), waited, Some(last)].into_iter().flatten().collect();
    }
    let here = status(job, now).trim_end_matches("WithErrors");
    let current = WAY.iter().position(|(name, _)| *name == here);
    let first = created(if current.is_none() { "InProgress" } else { "Succeeded" });
    let on_the_way = (0..WAY.len()).map(|index| on_the_way(job, now, index, current));
    std::iter::once(first).chain(on_the_way).collect()
}

/// The stage of that number in [`WAY`] of a job that is at the stage `current`; `None` while it is still Created.
fn on_the_way(job: &StoredJob, now: Timestamp, index: usize, current: Option<usize>) -> Value {
    let (name, display) = WAY[index];
    let errors = job.outcome.as_ref().is_some_and(ExportOutcome::has_errors);
    let is_last = index + 1 == WAY.len();
    let result = match current {
        Some(current) if index > current => "None",
        None => "None",
        Some(current) if index == current && !is_last => {
            if life::waits_for_customer(job, now) {
                "WaitingForCustomerAction"
            } else {
                "InProgress"
            }
        }
        Some(_) if errors && (is_last || name == "DataCopy") => "SucceededWithErrors",
        Some(_) => "Succeeded",
    };
    let at = current.filter(|current| index <= *current).and_then(|_| begun(job, index));
    match (is_last, result) {
        (true, "SucceededWithErrors") => stage("CompletedWithErrors", "Completed with errors", result, at),
        _ => stage(name, display, result, at),
    }
}

/// When the stage of that number in [`WAY`] began.
fn begun(job: &StoredJob, index: usize) -> Option<Timestamp> {
    match index {
        0 => Some(ready(job)),
        1 => job.shipped,
        2 => life::begins(job, life::ARRIVE),
        3 => life::begins(job, life::COPY),
        4 => life::begins(job, life::PACK),
        5 => life::begins(job, life::FINISH),
        _ => life::finishing(job),
    }
}

fn stage(name: &str, display: &str, status: &str, at: Option<Timestamp>) -> Value {
    let mut stage = json!({ "stageName": name, "displayName": display, "stageStatus": status });
    if let Some(at) = at {
        stage["stageTime"] = json!(time(at));
    }
    stage
}
