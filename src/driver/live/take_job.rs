//! Opens a draft for a job that has none. Everything is read; nothing is changed at the service.

use jiff::Timestamp;

use super::drafts::{job_names, new_draft_id, with_own_job_name};
use super::live::LiveBackend;
use super::overview;
use crate::azure::Azure;
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{BlobList, Identity, Job, JobAddress, StorageAccount};
use crate::draft::store::{DraftLock, DraftStore, StoreError};
use crate::draft::{Draft, DraftId, ReadyDraft, SignedIn};
use crate::protocol::message::Reply;
use crate::protocol::overview::OverviewSignIn;
use crate::select::{Rule, read_list};
use crate::wizard::taken::TakenJob;

/// The draft that was made, or the one that has the job already.
enum MadeDraft {
    New(Box<Draft>, DraftLock),
    There(DraftId),
}

impl LiveBackend {
    /// Makes a draft of the job, or of another job with its answers, and opens it. A draft that has the job already is opened instead.
    pub(super) async fn take_job(
        &self,
        sign_in: OverviewSignIn,
        address: JobAddress,
        another: bool,
    ) -> Result<Reply, Fault> {
        let taken = self.read_job(&sign_in, address).await?;
        let untold = taken.untold(another);
        let make = move |store: DraftStore| {
            if another { another_draft(&store, &taken) } else { own_draft(&store, &taken) }
        };
        match self.on_disk("make a draft of the job", make).await? {
            MadeDraft::New(draft, lock) => {
                self.hold(lock);
                Ok(Reply::Taken { draft, untold })
            }
            MadeDraft::There(id) => self.open_draft(id).await,
        }
    }

    async fn read_job(&self, with: &OverviewSignIn, address: JobAddress) -> Result<TakenJob, Fault> {
        let (azure, identity) = overview::sign_in(self.person(), with).await?;
        let Some(job) = azure.jobs(address.service).get(&address).await? else {
            let gone = Fault::local(format!("read the job {}", address.name), "the service has no such job any more");
            return Err(Fault { kind: FaultKind::Gone, ..gone });
        };
        let listed = azure.subscriptions().await.unwrap_or_default();
        let account = account(&azure, &job).await;
        let rules = rules(&azure, &job, account.as_ref().ok()).await;
        Ok(TakenJob {
            subscription: listed.into_iter().find(|one| one.id.eq_ignore_ascii_case(&address.subscription)),
            sign_in: signed_in(with, identity),
            address,
            job,
            account,
            rules,
        })
    }
}

fn signed_in(with: &OverviewSignIn, identity: Identity) -> SignedIn {
    SignedIn { cloud: with.cloud.name.clone(), tenant: with.sign_in.tenant.clone(), identity }
}

/// The draft of the job itself. Its name comes from the address of the job, so that two programs never make two drafts of one job.
fn own_draft(store: &DraftStore, taken: &TakenJob) -> Result<MadeDraft, StoreError> {
    let has_it = |draft: &ReadyDraft| {
        !draft.rehearsal
            && draft.facts.status.is_some()
            && draft.address.as_ref().is_some_and(|at| at.is_same(&taken.address))
    };
    let owner = |store: &DraftStore| {
        let drafts = store.list()?;
        let mut owners = drafts.into_iter().filter(|entry| entry.ready().is_some_and(has_it));
        Ok::<_, StoreError>(owners.next().map(|entry| entry.id))
    };
    if let Some(there) = owner(store)? {
        return Ok(MadeDraft::There(there));
    }
    let id = DraftId::of_job(&taken.address);
    let lock = store.lock(&id)?;
    // Between the look and the lock another program may have made it.
    if let Some(there) = owner(store)? {
        return Ok(MadeDraft::There(there));
    }
    let draft = taken.draft(id, Timestamp::now());
    store.add(std::slice::from_ref(&draft))?;
    Ok(MadeDraft::New(Box::new(draft), lock))
}

fn another_draft(store: &DraftStore, taken: &TakenJob) -> Result<MadeDraft, StoreError> {
    let mut names = job_names(store)?;
    names.insert(taken.address.name.clone());
    let id = new_draft_id();
    let lock = store.lock(&id)?;
    let draft = with_own_job_name(taken.for_another_job(id, Timestamp::now()), &mut names);
    store.add(std::slice::from_ref(&draft))?;
    Ok(MadeDraft::New(Box::new(draft), lock))
}

async fn account(azure: &Azure, job: &Job) -> Result<StorageAccount, String> {
    if job.storage_account.is_empty() {
        return Err("the service does not name it.".to_owned());
    }
    azure.storage_account(&job.storage_account).await.map_err(|fault| fault.to_string())
}

/// What the job exports, as far as it says so.
async fn rules(azure: &Azure, job: &Job, account: Option<&StorageAccount>) -> Result<Vec<Rule>, String> {
    match &job.blobs {
        None => Err("the service does not repeat it.".to_owned()),
        Some(BlobList::WholeAccount) => Ok(vec![Rule::Prefix("/".to_owned())]),
        Some(BlobList::Containers(names)) => Ok(names.iter().map(|name| Rule::Prefix(format!("/{name}/"))).collect()),
        Some(BlobList::Inline { paths, prefixes }) => {
            let paths = paths.iter().map(|path| Rule::Blob { path: path.clone(), snapshots: true });
            Ok(prefixes.iter().cloned().map(Rule::Prefix).chain(paths).collect())
        }
        Some(BlobList::File(path)) => {
            let Some(account) = account else { return Err(format!("it is in the file {path} of that account.")) };
            let bytes = azure.blob_list(&account.blob_endpoint, path).await.map_err(|fault| fault.to_string())?;
            let bytes = bytes.ok_or_else(|| format!("its list file {path} is no longer in the account."))?;
            Ok(read_list(&bytes).map_err(|error| error.to_string())?.rules)
        }
    }
}
