//! Deletes a job, which takes the service minutes.

use azure_core::http::Method;

use super::{
    super::{client::Operation, long_running::FinalState},
    DataBoxService, paths,
};
use crate::azure::{fault::Fault, jobs::JobService as _, model::JobAddress};

impl DataBoxService {
    pub(super) async fn delete_job(&self, at: &JobAddress) -> Result<(), Fault> {
        let tried = format!("delete the job {} in {}", at.name, at.resource_group);
        let operation = Operation::write(tried, paths::job(at), Method::Delete, None);
        let response = self.client.run(&operation).await?.success()?;
        let followed = self.follow(at, response, FinalState::Gone, "the service is deleting the job").await;
        match followed {
            // A job that is not there any more was deleted, whatever happened to the operation.
            Err(fault) if fault.unsettled => match self.get(at).await {
                Ok(None) => Ok(()),
                _ => Err(fault),
            },
            followed => followed,
        }
    }
}
