//! [`DataBoxService`] and its reads.

use async_trait::async_trait;

use super::{
    super::{
        JobService,
        client::{Operation, ProviderClient, is_absent},
        long_running::{FinalState, LongRunning},
        version::DATA_BOX,
    },
    paths,
};
use crate::azure::{
    fault::Fault,
    model::{BitLockerKey, Job, JobAddress, JobChange, JobCheck, Location, LocationQuery, NewJob},
    request::roles::DATA_BOX_READER,
    session::AzureSession,
    transport::{ApiResponse, CallListener},
    wire::{
        data_box::{body, credentials, job},
        json::JsonView,
    },
};

/// The service in one session. Clones share the api-version that works.
#[derive(Clone)]
pub(crate) struct DataBoxService {
    pub(super) client: ProviderClient,
}

impl DataBoxService {
    pub(crate) fn new(session: AzureSession) -> Self {
        Self { client: ProviderClient::new(session, DATA_BOX) }
    }

    pub(crate) fn with_listener(&self, listener: &CallListener) -> Self {
        Self { client: self.client.with_listener(listener) }
    }

    /// Waits until the operation that `response` began has ended.
    pub(super) async fn follow(
        &self,
        at: &JobAddress,
        response: ApiResponse,
        final_state: FinalState,
        doing: &'static str,
    ) -> Result<(), Fault> {
        let resource = self.client.request(&read(at))?.url;
        LongRunning { session: self.client.session(), final_state, resource, doing }.end(response).await
    }

    async fn list(&self, tried: String, path: Vec<&str>) -> Result<Vec<Job>, Fault> {
        let first = self.client.run(&Operation::read(tried, path)).await?.success()?;
        self.client.session().pages_from(first, job::customer_disk_export).await
    }
}

fn read(at: &JobAddress) -> Operation<'_> {
    let tried = format!("read the job {} in {}", at.name, at.resource_group);
    Operation { query: &[("$expand", "details")], ..Operation::read(tried, paths::job(at)) }
}

#[async_trait]
impl JobService for DataBoxService {
    async fn locations(&self, query: &LocationQuery) -> Result<Vec<Location>, Fault> {
        self.shipping_locations(query).await
    }

    async fn check(&self, at: &JobAddress, job: &NewJob) -> Result<Vec<JobCheck>, Fault> {
        self.validate(at, job).await
    }

    async fn create(&self, at: &JobAddress, job: &NewJob) -> Result<Job, Fault> {
        self.create_job(at, job).await
    }

    async fn get(&self, at: &JobAddress) -> Result<Option<Job>, Fault> {
        let response = self.client.run(&read(at)).await?;
        if is_absent(&response) {
            return Ok(None);
        }
        let response = response.success()?;
        let job = job::job(JsonView::new(&response.json()?));
        job.map(Some).ok_or_else(|| response.broken("the answer does not describe a job"))
    }

    async fn list_by_group(&self, subscription: &str, resource_group: &str) -> Result<Vec<Job>, Fault> {
        let tried = format!("list the Data Box jobs of {resource_group}");
        self.list(tried, paths::jobs_of_group(subscription, resource_group)).await
    }

    async fn list_by_subscription(&self, subscription: &str) -> Result<Vec<Job>, Fault> {
        self.list(format!("list the Data Box jobs of subscription {subscription}"), paths::jobs(subscription)).await
    }

    async fn update(&self, at: &JobAddress, change: &JobChange) -> Result<Job, Fault> {
        self.update_job(at, change).await
    }

    async fn delete(&self, at: &JobAddress) -> Result<(), Fault> {
        self.delete_job(at).await
    }

    async fn bitlocker_keys(&self, at: &JobAddress) -> Result<Vec<BitLockerKey>, Fault> {
        let tried = format!("read the BitLocker keys of job {}", at.name);
        let operation = Operation {
            role: DATA_BOX_READER,
            ..Operation::question(tried, paths::action(at, "listCredentials"), None)
        };
        let response = self.client.run(&operation).await?.success()?;
        let read = credentials::keys(JsonView::new(&response.json()?));
        let read = read.ok_or_else(|| response.broken("the answer holds no list"))?;
        match read.error {
            Some(error) if read.keys.is_empty() => Err(response.fault_in_body(&error)),
            _ => Ok(read.keys),
        }
    }

    async fn mitigate(&self, at: &JobAddress, drive: Option<&str>, resolution: &str) -> Result<Job, Fault> {
        let tried = format!("tell the service what to do with job {}: {resolution}", at.name);
        self.act(at, &tried, "mitigate", body::mitigate(drive, resolution)).await?;
        self.read_after(at, &tried).await
    }
}
