//! The service Microsoft.ImportExport, version 2021-01-01 (Microsoft page: Azure Import/Export REST API).

use async_trait::async_trait;
use azure_core::http::Method;

use super::{
    JobService,
    client::{Operation, ProviderClient, is_absent},
    version::IMPORT_EXPORT,
};
use crate::azure::{
    fault::Fault,
    model::{BitLockerKey, Job, JobAddress, JobChange, JobCheck, Location, LocationQuery, NewJob, ServiceName},
    session::AzureSession,
    transport::{ApiResponse, CallListener},
    wire::{self, job_body, json::JsonView},
};

const PROVIDER: &str = ServiceName::ImportExport.namespace();

/// The service in one session. Clones share the api-version that works.
#[derive(Clone)]
pub(crate) struct ImportExportService {
    client: ProviderClient,
}

impl ImportExportService {
    pub(crate) fn new(session: AzureSession) -> Self {
        Self { client: ProviderClient::new(session, IMPORT_EXPORT) }
    }

    pub(crate) fn with_listener(&self, listener: &CallListener) -> Self {
        Self { client: self.client.with_listener(listener) }
    }

    async fn list(&self, tried: String, path: Vec<&str>) -> Result<Vec<Job>, Fault> {
        let first = self.client.run(&Operation::read(tried, path)).await?.success()?;
        let mut jobs = self.client.session().pages_from(first, wire::job::job).await?;
        jobs.retain(wire::job::is_export);
        Ok(jobs)
    }
}

fn group_path<'a>(subscription: &'a str, group: &'a str) -> Vec<&'a str> {
    vec!["subscriptions", subscription, "resourceGroups", group, "providers", PROVIDER, "jobs"]
}

fn job_path(at: &JobAddress) -> Vec<&str> {
    let mut path = group_path(&at.subscription, &at.resource_group);
    path.push(&at.name);
    path
}

fn read_job(response: &ApiResponse) -> Result<Job, Fault> {
    let job = wire::job::job(JsonView::new(&response.json()?));
    job.ok_or_else(|| response.broken("the answer does not describe a job"))
}

#[async_trait]
impl JobService for ImportExportService {
    async fn locations(&self, _query: &LocationQuery) -> Result<Vec<Location>, Fault> {
        let operation = Operation::read("list the shipping locations", vec!["providers", PROVIDER, "locations"]);
        let response = self.client.run(&operation).await?.success()?;
        let body = response.json()?;
        let items =
            JsonView::new(&body).at("value").array().ok_or_else(|| response.broken("the answer holds no list"))?;
        Ok(items.iter().filter_map(|item| wire::location::location(JsonView::new(item))).collect())
    }

    async fn check(&self, _at: &JobAddress, _job: &NewJob) -> Result<Vec<JobCheck>, Fault> {
        Ok(Vec::new())
    }

    async fn create(&self, at: &JobAddress, job: &NewJob) -> Result<Job, Fault> {
        let tried = format!("create the job {} in {}", at.name, at.resource_group);
        let operation = Operation::write(tried, job_path(at), Method::Put, Some(job_body::create(job)));
        let response = self.client.run(&operation).await?.success()?;
        if response.status != 202 {
            return read_job(&response);
        }
        let unfinished = || response.broken("the service took the job but does not show it yet");
        // The service took the job. A failure to read it does not mean that there is none.
        let read = self.get(at).await.map_err(|fault| Fault { unsettled: true, ..fault })?;
        read.ok_or_else(unfinished)
    }

    async fn get(&self, at: &JobAddress) -> Result<Option<Job>, Fault> {
        let tried = format!("read the job {} in {}", at.name, at.resource_group);
        let response = self.client.run(&Operation::read(tried, job_path(at))).await?;
        if is_absent(&response) {
            return Ok(None);
        }
        read_job(&response.success()?).map(Some)
    }

    async fn list_by_group(&self, subscription: &str, resource_group: &str) -> Result<Vec<Job>, Fault> {
        let tried = format!("list the export jobs of {resource_group}");
        self.list(tried, group_path(subscription, resource_group)).await
    }

    async fn list_by_subscription(&self, subscription: &str) -> Result<Vec<Job>, Fault> {
        let tried = format!("list the export jobs of subscription {subscription}");
        self.list(tried, vec!["subscriptions", subscription, "providers", PROVIDER, "jobs"]).await
    }

    async fn update(&self, at: &JobAddress, change: &JobChange) -> Result<Job, Fault> {
        let tried = if change.ship { "tell the service that the drives of job" } else { "change the job" };
        let tried = format!("{tried} {}{}", at.name, if change.ship { " are on their way" } else { "" });
        if job_body::is_empty(change) {
            return Err(Fault::local(tried, "there is nothing to change"));
        }
        let body = job_body::update(change);
        let operation = Operation::write(tried, job_path(at), Method::Patch, Some(body));
        read_job(&self.client.run(&operation).await?.success()?)
    }

    async fn delete(&self, at: &JobAddress) -> Result<(), Fault> {
        let tried = format!("delete the job {} in {}", at.name, at.resource_group);
        self.client.run(&Operation::write(tried, job_path(at), Method::Delete, None)).await?.success().map(drop)
    }

    async fn bitlocker_keys(&self, at: &JobAddress) -> Result<Vec<BitLockerKey>, Fault> {
        let mut path = job_path(at);
        path.push("listBitLockerKeys");
        let tried = format!("read the BitLocker keys of job {}", at.name);
        let response = self.client.run(&Operation::question(tried, path, None)).await?.success()?;
        let body = response.json()?;
        let items =
            JsonView::new(&body).at("value").array().ok_or_else(|| response.broken("the answer holds no list"))?;
        Ok(items.iter().filter_map(|item| wire::job::bitlocker_key(JsonView::new(item))).collect())
    }

    async fn mitigate(&self, at: &JobAddress, _drive: Option<&str>, _resolution: &str) -> Result<Job, Fault> {
        let tried = format!("tell the service what to do with job {}", at.name);
        Err(Fault::local(tried, "the classic service never asks the customer to decide"))
    }
}
