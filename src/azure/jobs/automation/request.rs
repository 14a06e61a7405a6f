//! The address and the body of the request that creates a job.

use serde_json::Value;

use crate::azure::{
    jobs::version::{DATA_BOX, IMPORT_EXPORT},
    model::{BlobList, JobAddress, NewJob, ServiceName},
    urls::encode,
    wire::{data_box, job_body},
};

/// The request. It is sent with PUT.
pub(super) struct CreateJobRequest<'a> {
    pub(super) job: &'a JobAddress,
    /// e.g. `2025-07-01`.
    pub(super) api_version: &'static str,
    pub(super) body: Value,
    /// `container/name` of the list file that has to be in the account before.
    list: Option<&'a str>,
    account: &'a str,
}

impl<'a> CreateJobRequest<'a> {
    pub(super) fn of(job: &'a JobAddress, new: &'a NewJob) -> Self {
        let (versions, body) = match job.service {
            ServiceName::DataBox => (DATA_BOX, data_box::body::create(new)),
            ServiceName::ImportExport => (IMPORT_EXPORT, job_body::create(new)),
        };
        let list = if let BlobList::File(path) = &new.blobs { Some(path.as_str()) } else { None };
        let account = new.storage_account.rsplit('/').next().unwrap_or_default();
        Self { job, api_version: versions.first().copied().unwrap_or_default(), body, list, account }
    }

    /// e.g. `https://management.azure.com/subscriptions/…/jobs/export-1?api-version=2025-07-01`.
    pub(super) fn url(&self, arm: &str) -> String {
        let JobAddress { service, subscription, resource_group, name } = self.job;
        format!(
            "{}/subscriptions/{}/resourceGroups/{}/providers/{}/jobs/{}?api-version={}",
            arm.trim_end_matches('/'),
            encode(subscription),
            encode(resource_group),
            service.namespace(),
            encode(name),
            self.api_version
        )
    }

    /// The body, indented.
    pub(super) fn json(&self) -> String {
        format!("{:#}", self.body)
    }

    /// What has to be known before, each a line without a comment mark.
    pub(super) fn notes(&self) -> Vec<String> {
        let JobAddress { service, resource_group, name, .. } = self.job;
        let mut notes = vec![format!("Creates the export job {name} in {resource_group} with {}.", service.title())];
        if *service == ServiceName::ImportExport {
            notes.push(
                "A job of this name that was not shipped yet is overwritten: look first that there is none.".to_owned(),
            );
        }
        if let Some((container, list)) = self.list.and_then(|path| path.split_once('/')) {
            notes.push(format!("The blob list {container}/{list} has to be in the account before:"));
            notes.push(format!(
                "az storage blob upload --auth-mode login --account-name {} --container-name {container} --name {list} --file LIST.xml",
                self.account
            ));
        }
        notes
    }

    /// The notes, each behind a comment mark.
    pub(super) fn comments(&self, mark: &str) -> String {
        self.notes().into_iter().map(|note| format!("{mark} {note}\n")).collect::<Vec<_>>().concat()
    }

    /// The request as text, as editors that can send requests read it. The token is left out.
    pub(super) fn http(&self, arm: &str) -> String {
        format!("{}PUT {}\nContent-Type: application/json\n\n{}\n", self.comments("#"), self.url(arm), self.json())
    }
}
