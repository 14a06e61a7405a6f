//! Changes a job. One change can take several calls: the addresses first, then the parcel. Cancelling goes alone.

use azure_core::http::Method;
use serde_json::Value;

use super::{
    super::{client::Operation, long_running::FinalState},
    DataBoxService, paths,
};
use crate::azure::{
    fault::{Fault, FaultKind, Retry},
    jobs::JobService as _,
    model::{Job, JobAddress, JobChange},
    wire::data_box::body,
};

impl DataBoxService {
    pub(super) async fn update_job(&self, at: &JobAddress, change: &JobChange) -> Result<Job, Fault> {
        let tried = tried(at, change);
        if let Some(reason) = refusal(change) {
            return Err(Fault { retry: Retry::Never, ..Fault::local(tried, reason) });
        }
        if let Some(reason) = &change.cancel {
            self.act(at, &tried, "cancel", body::cancel(reason.trim())).await?;
            return self.read_after(at, &tried).await;
        }
        let patch = body::update(change);
        let patched = patch.is_some();
        if let Some(body) = patch {
            let tried = format!("change the job {} in {}", at.name, at.resource_group);
            let operation = Operation::write(tried, paths::job(at), Method::Patch, Some(body));
            let response = self.client.run(&operation).await?.success()?;
            self.follow(at, response, FinalState::Exists, "the service is changing the job").await?;
        }
        if change.ship || change.delivery_package.is_some() {
            self.mark_shipped(at, change, &tried)
                .await
                .map_err(|fault| if patched { half_done(fault) } else { fault })?;
        }
        self.read_after(at, &tried).await
    }

    /// Tells the service that the parcel left. It has no way to correct that, so a second time is refused here: only a change of the parcel
    /// alone, which a person asked for, is sent again.
    async fn mark_shipped(&self, at: &JobAddress, change: &JobChange, tried: &str) -> Result<(), Fault> {
        if change.ship {
            self.refuse_second_mark(at, tried).await?;
        }
        self.act(at, tried, "markDevicesShipped", body::mark_devices_shipped(change.delivery_package.as_ref())).await
    }

    async fn refuse_second_mark(&self, at: &JobAddress, tried: &str) -> Result<(), Fault> {
        let job = self.get(at).await?.ok_or_else(|| gone(tried))?;
        let Some(package) = job.delivery_package else { return Ok(()) };
        let parcel = format!("{} {}", package.carrier, package.tracking_number);
        let reason = format!("the service has a parcel of this job already ({})", parcel.trim());
        Err(Fault { kind: FaultKind::Conflict, retry: Retry::Never, ..Fault::local(tried, reason) }
            .advise("Data Box takes carrier and tracking number once; read the job to see what it holds."))
    }

    /// Sends what is done with a job. The service answers without a body.
    pub(super) async fn act(&self, at: &JobAddress, tried: &str, action: &str, body: Value) -> Result<(), Fault> {
        let operation = Operation::write(tried, paths::action(at, action), Method::Post, Some(body));
        self.client.run(&operation).await?.success().map(drop)
    }

    /// The job as it is after a change that the service took.
    pub(super) async fn read_after(&self, at: &JobAddress, tried: &str) -> Result<Job, Fault> {
        let read = self.get(at).await.and_then(|job| job.ok_or_else(|| gone(tried)));
        read.map_err(|fault| {
            let reason = format!("the service took it, but the job could not be read after it: {}", fault.reason);
            Fault { unsettled: true, tried: tried.to_owned(), reason, ..fault }
        })
    }
}

fn gone(tried: &str) -> Fault {
    Fault { kind: FaultKind::Gone, retry: Retry::Never, ..Fault::local(tried, "the job does not exist any more") }
}

/// The first of two calls was made, the second one was not.
fn half_done(fault: Fault) -> Fault {
    let advice = fault.advice.clone().unwrap_or_default();
    fault.advise(format!("The address and the carrier were changed. {advice}").trim())
}

fn tried(at: &JobAddress, change: &JobChange) -> String {
    let (job, group) = (&at.name, &at.resource_group);
    match change {
        JobChange { cancel: Some(_), .. } => format!("cancel the job {job} in {group}"),
        JobChange { ship: true, .. } => format!("tell the service that the drives of job {job} are on their way"),
        JobChange { delivery_package: Some(_), .. } => format!("correct the parcel of job {job}"),
        _ => format!("change the job {job} in {group}"),
    }
}

/// Why the service could not do it, before it is asked.
fn refusal(change: &JobChange) -> Option<&'static str> {
    let JobChange { ship, cancel, delivery_package, return_address, return_shipping, log_level, backup_manifest } =
        change;
    let changes = *ship || delivery_package.is_some() || return_address.is_some() || return_shipping.is_some();
    if log_level.is_some() || backup_manifest.is_some() {
        return Some("Data Box cannot change the log level and the copies of the manifests of a job");
    }
    match cancel {
        Some(_) if changes => Some("a job is cancelled by itself, without another change"),
        Some(reason) if reason.trim().is_empty() => Some("Data Box wants to know why a job is cancelled"),
        None if !changes => Some("there is nothing to change"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::azure::model::{DeliveryPackage, LogLevel, ReturnAddress};

    #[test]
    fn what_the_service_cannot_do_is_refused_before_it_is_asked() {
        let cancel = |reason: &str| JobChange { cancel: Some(reason.into()), ..JobChange::default() };
        for (change, refused) in [
            (JobChange::default(), true),
            (JobChange { log_level: Some(LogLevel::Error), ship: true, ..JobChange::default() }, true),
            (JobChange { backup_manifest: Some(true), ..JobChange::default() }, true),
            (cancel(" "), true),
            (JobChange { ship: true, ..cancel("no budget") }, true),
            (cancel("no budget"), false),
            (JobChange { ship: true, ..JobChange::default() }, false),
            (JobChange { delivery_package: Some(DeliveryPackage::default()), ..JobChange::default() }, false),
            (JobChange { return_address: Some(ReturnAddress::default()), ..JobChange::default() }, false),
        ] {
            assert_eq!(refusal(&change).is_some(), refused, "{change:?}");
        }
    }
}
