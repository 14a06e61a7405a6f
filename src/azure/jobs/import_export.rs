//! The service Microsoft.ImportExport, version 2021-01-01 (Microsoft page: Azure Import/Export REST API).

use async_trait::async_trait;
use azure_core::http::Method;
use serde_json::Value;

use super::{JobService, version::ApiVersion};
use crate::azure::{
    fault::Fault,
    model::{BitLockerKey, Job, JobAddress, JobChange, Location, LocationName, NewJob},
    request::{
        ApiRequest,
        roles::{CONTRIBUTOR, READER},
    },
    session::AzureSession,
    transport::{ApiResponse, WaitListener},
    wire::{self, job_body, json::JsonView},
};

const PROVIDER: &str = "Microsoft.ImportExport";

/// The service in one session. Clones share the api-version that works.
#[derive(Clone)]
pub(crate) struct ImportExportService {
    session: AzureSession,
    version: ApiVersion,
}

/// One operation of the service.
struct Operation<'a> {
    tried: String,
    role: &'static str,
    path: Vec<&'a str>,
    method: Method,
    /// Sending it twice does no harm.
    idempotent: bool,
    body: Option<Value>,
}

impl ImportExportService {
    pub(crate) fn new(session: AzureSession) -> Self {
        Self { session, version: ApiVersion::default() }
    }

    pub(crate) fn with_wait_listener(&self, listener: &WaitListener) -> Self {
        Self { session: self.session.with_wait_listener(listener), version: self.version.clone() }
    }

    fn request(&self, operation: &Operation<'_>, version: &str) -> Result<ApiRequest, Fault> {
        let request = self.session.arm_request(&operation.tried, operation.role, &operation.path, version)?;
        let request = request.method(operation.method, operation.idempotent);
        Ok(match &operation.body {
            Some(body) => request.body("application/json", body.to_string()),
            None => request,
        })
    }

    /// Runs an operation; once more with another api-version when the service does not offer ours. It did nothing then.
    async fn run(&self, operation: &Operation<'_>) -> Result<ApiResponse, Fault> {
        let version = self.version.get();
        let response = self.session.exchange(self.request(operation, version)?).await?;
        if response.status == 400 || response.status == 404 {
            let code = response.fault().code;
            if self.version.learn(version, code.as_deref(), &response.body) {
                return self.session.exchange(self.request(operation, self.version.get())?).await;
            }
        }
        Ok(response)
    }

    async fn list(&self, tried: String, path: Vec<&str>) -> Result<Vec<Job>, Fault> {
        let first = self.run(&Operation::read(tried, path)).await?.success()?;
        let mut jobs = self.session.pages_from(first, wire::job::job).await?;
        jobs.retain(wire::job::is_export);
        Ok(jobs)
    }
}

impl<'a> Operation<'a> {
    fn read(tried: String, path: Vec<&'a str>) -> Self {
        Self { tried, role: READER, path, method: Method::Get, idempotent: true, body: None }
    }

    fn write(tried: String, path: Vec<&'a str>, method: Method, body: Option<Value>) -> Self {
        Self { tried, role: CONTRIBUTOR, path, method, idempotent: false, body }
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

/// Codes of the service for a job or location that does not exist.
const ABSENT: [&str; 4] = ["ResourceNotFound", "NotFound", "JobNotFound", "LocationNotFound"];

/// Whether a 404 means that the job or location itself is missing. A missing resource group, a missing service and a proxy's page
/// come with other codes or none.
fn is_absent(response: &ApiResponse) -> bool {
    response.status == 404 && response.fault().code.is_some_and(|code| ABSENT.contains(&code.as_str()))
}

#[async_trait]
impl JobService for ImportExportService {
    async fn locations(&self) -> Result<Vec<Location>, Fault> {
        let operation = Operation::read("list the shipping locations".into(), vec!["providers", PROVIDER, "locations"]);
        let response = self.run(&operation).await?.success()?;
        let body = response.json()?;
        let items =
            JsonView::new(&body).at("value").array().ok_or_else(|| response.broken("the answer holds no list"))?;
        Ok(items.iter().filter_map(|item| wire::location::location(JsonView::new(item))).collect())
    }

    async fn location(&self, name: &LocationName) -> Result<Option<Location>, Fault> {
        let path = vec!["providers", PROVIDER, "locations", name.as_str()];
        let response = self.run(&Operation::read(format!("read the shipping location {name}"), path)).await?;
        if is_absent(&response) {
            return Ok(None);
        }
        let response = response.success()?;
        let location = wire::location::location(JsonView::new(&response.json()?));
        location.map(Some).ok_or_else(|| response.broken("the answer does not describe a location"))
    }

    async fn create(&self, at: &JobAddress, job: &NewJob) -> Result<Job, Fault> {
        let tried = format!("create the job {} in {}", at.name, at.resource_group);
        let operation = Operation::write(tried, job_path(at), Method::Put, Some(job_body::create(job)));
        let response = self.run(&operation).await?.success()?;
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
        let response = self.run(&Operation::read(tried, job_path(at))).await?;
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
        read_job(&self.run(&operation).await?.success()?)
    }

    async fn delete(&self, at: &JobAddress) -> Result<(), Fault> {
        let tried = format!("delete the job {} in {}", at.name, at.resource_group);
        self.run(&Operation::write(tried, job_path(at), Method::Delete, None)).await?.success().map(drop)
    }

    async fn bitlocker_keys(&self, at: &JobAddress) -> Result<Vec<BitLockerKey>, Fault> {
        let mut path = job_path(at);
        path.push("listBitLockerKeys");
        let tried = format!("read the BitLocker keys of job {}", at.name);
        // A POST, but it only reads.
        let operation = Operation { idempotent: true, ..Operation::write(tried, path, Method::Post, None) };
        let response = self.run(&operation).await?.success()?;
        let body = response.json()?;
        let items =
            JsonView::new(&body).at("value").array().ok_or_else(|| response.broken("the answer holds no list"))?;
        Ok(items.iter().filter_map(|item| wire::job::bitlocker_key(JsonView::new(item))).collect())
    }
}
