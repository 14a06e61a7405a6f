//! Creates a job. An existing job is never overwritten: the service refuses its name.

use azure_core::http::Method;

use super::{
    super::{client::Operation, long_running::FinalState},
    DataBoxService, paths,
};
use crate::azure::{
    fault::{Fault, FaultKind},
    jobs::JobService as _,
    model::{Job, JobAddress, NewJob},
    wire::data_box::body,
};

impl DataBoxService {
    pub(super) async fn create_job(&self, at: &JobAddress, job: &NewJob) -> Result<Job, Fault> {
        let tried = format!("create the job {} in {}", at.name, at.resource_group);
        let operation = Operation::write(tried, paths::job(at), Method::Put, Some(body::create(job)));
        let response = self.client.run(&operation).await?;
        if !(200..300).contains(&response.status) {
            return Err(self.refused(at, response.fault()).await);
        }
        let followed = self.follow(at, response, FinalState::Exists, "the service is creating the job").await;
        let read = self.get(at).await;
        created(followed, read, &operation.tried)
    }

    /// The fault of a refusal. No document says with which status the service refuses a name that is taken, so the name is looked up.
    async fn refused(&self, at: &JobAddress, fault: Fault) -> Fault {
        let may_exist = matches!(fault.status, Some(400 | 409));
        if !may_exist || !matches!(self.get(at).await, Ok(Some(_))) {
            return fault;
        }
        Fault { kind: FaultKind::Conflict, ..fault }
            .advise(format!("There is a job {} in {} already: choose another name.", at.name, at.resource_group))
    }
}

/// What is known of a new job from the end of the operation and from reading it. A job that was seen is there, whatever happened to the
/// operation; only the service's own refusal together with a missing job says that there is none.
fn created(followed: Result<(), Fault>, read: Result<Option<Job>, Fault>, tried: &str) -> Result<Job, Fault> {
    match (followed, read) {
        (Ok(()), Ok(Some(job))) => Ok(job),
        (Err(fault), Ok(Some(job))) if fault.unsettled => Ok(job),
        (Err(fault), Ok(Some(_))) => Err(Fault { unsettled: true, ..fault }
            .advise("There is a job of that name all the same: read it to see where it stands.")),
        (Err(fault), Ok(None)) => Err(fault),
        (Ok(()), Ok(None)) => {
            let reason = "the service took the job but does not show it yet";
            Err(Fault { kind: FaultKind::BrokenAnswer, unsettled: true, ..Fault::local(tried, reason) }
                .advise("Look for it again in a minute."))
        }
        (Err(fault), Err(_)) | (Ok(()), Err(fault)) => Err(Fault { unsettled: true, ..fault }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(unsettled: bool) -> Fault {
        Fault { unsettled, ..Fault::local("create it", "no") }
    }

    #[test]
    fn only_a_refusal_and_a_missing_job_together_say_that_there_is_none() {
        let (job, missing) = (|| Ok(Some(Job::default())), || Ok(None));
        let unread = || Err(refused(false));
        let outcome = |followed, read| created(followed, read, "create it").map_err(|fault| fault.unsettled).map(drop);
        assert_eq!(outcome(Ok(()), job()), Ok(()));
        assert_eq!(outcome(Err(refused(true)), job()), Ok(()), "seen is seen");
        assert_eq!(outcome(Err(refused(false)), job()), Err(true));
        assert_eq!(outcome(Err(refused(false)), missing()), Err(false));
        assert_eq!(outcome(Err(refused(true)), missing()), Err(true));
        assert_eq!(outcome(Err(refused(false)), unread()), Err(true));
        assert_eq!(outcome(Ok(()), missing()), Err(true));
        assert_eq!(outcome(Ok(()), unread()), Err(true));
    }
}
