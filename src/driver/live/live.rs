//! The real [`Backend`]: drafts on disk, Azure over HTTP, the simulated Azure of a rehearsal in this process. It passes each call to the
//! file that carries it out.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;
use tokio::sync::broadcast;

use super::rehearsal::Rehearsal;
use super::{attached, azure, check, found_jobs, logs, overview, scan, uncheck};
use crate::azure::Azure;
use crate::azure::auth::PersonOptions;
use crate::azure::credentials::AccountAccess;
use crate::azure::fault::Fault;
use crate::azure::model::SignInCommand;
use crate::azure::session::SignInRequest;
use crate::draft::Draft;
use crate::draft::store::DraftLock;
use crate::driver::backend::{Backend, ProgressSink};
use crate::protocol::message::{Call, ProgressEvent, Reply};
use crate::sim::ClockReading;

/// The drafts, the session and the rehearsal of this process. Making one touches neither disk nor network.
pub struct LiveBackend {
    /// Directory of the program's data: drafts, saved keys, the rehearsal's state.
    pub(super) data: PathBuf,
    rehearsal: Rehearsal,
    pub(super) session: Mutex<Option<Azure>>,
    /// How people sign in.
    person: PersonOptions,
    /// Access to the account that the command line named.
    pub(super) access: Option<AccountAccess>,
    /// The account that is open without a sign-in.
    pub(super) direct: Mutex<Option<Azure>>,
    pub(super) lock: Mutex<Option<DraftLock>>,
    counter: scan::Counter,
    checker: check::DriveChecker,
}

impl LiveBackend {
    /// Keeps everything in `data`; a rehearsal runs at `clock_rate` simulated seconds per second.
    pub fn new(data: PathBuf, clock_rate: f64) -> Self {
        let rehearsal = Rehearsal::new(&data, clock_rate);
        Self {
            data,
            rehearsal,
            session: Mutex::new(None),
            person: with_commands(PersonOptions::default()),
            access: None,
            direct: Mutex::new(None),
            lock: Mutex::new(None),
            counter: scan::Counter::default(),
            checker: check::DriveChecker::default(),
        }
    }

    /// Sends the time of a rehearsal's clock after each call: the screen shows simulated dates.
    async fn send_clock(&self, progress: &ProgressSink) {
        if let Some(ClockReading { now, pace, until }) = self.rehearsal.clock().await {
            progress(ProgressEvent::Clock { now, pace, until });
        }
    }

    /// Changes how people sign in: another application, or a keyring.
    pub fn with_person(self, person: PersonOptions) -> Self {
        Self { person: with_commands(person), ..self }
    }

    /// Nobody can tell a sign-in anything while it waits: a code that has expired fails.
    pub fn without_commands(self) -> Self {
        Self { person: PersonOptions { commands: None, ..self.person }, ..self }
    }

    /// How people sign in.
    pub(super) fn person(&self) -> &PersonOptions {
        &self.person
    }

    /// Adds the access to one account without a sign-in. Access to other accounts is read from the environment.
    pub fn with_access(self, access: AccountAccess) -> Self {
        Self { access: Some(access), ..self }
    }
}

#[async_trait]
impl Backend for LiveBackend {
    async fn call(&self, call: Call, progress: ProgressSink) -> Result<Reply, Fault> {
        match call {
            Call::Drafts => self.drafts().await,
            Call::OpenDraft(id) => self.open_draft(id).await,
            Call::ReadDraft(id) => self.read_draft(id).await,
            Call::TakeOverDraft(id) => self.take_over_draft(id).await,
            Call::CopyDraft(id) => self.copy_draft(id).await,
            Call::NewDraft { rehearsal } => self.new_draft(rehearsal).await,
            Call::NewDraftOf(given) => self.new_draft_of(given).await,
            Call::OpenAccount(given) => self.open_account(&given),
            Call::LastAddress { rehearsal } => self.last_address(rehearsal).await,
            Call::AddDrafts(drafts) => self.add_drafts(drafts).await,
            Call::DiscardDraft(id) => self.discard_draft(id).await,
            Call::RestoreDraft(id) => self.restore_draft(id).await,
            Call::ArchiveDraft { id, archived } => self.archive_draft(id, archived).await,
            Call::FoundJobs => Ok(Reply::FoundJobs(found_jobs::read(&self.data).await)),
            Call::JobsOverview(sign_ins) => {
                let found = overview::jobs(&self.person, sign_ins).await?;
                found_jobs::keep(&self.data, &found, Timestamp::now()).await;
                Ok(Reply::JobsOverview(Box::new(found)))
            }
            Call::TakeJob { sign_in, job, another } => self.take_job(*sign_in, job, another).await,
            Call::SaveKeys { name, keys } => self.save_keys(name, keys).await,
            Call::Rehearse { order, job } => {
                self.rehearsal.order(order, &job).await?;
                self.send_clock(&progress).await;
                Ok(Reply::Rehearsed)
            }
            Call::SavePapers(texts) => self.save_papers(texts).await,
            Call::Parcels { except, rehearsal } => self.parcels(except, rehearsal).await,
            Call::SaveRequest { name, text, list } => self.save_request(name, text, list).await,
            Call::AttachedDrives { rehearsal } => attached::find(self.data.clone(), rehearsal).await,
            Call::CheckDrives(wanted) => self.checker.check(self.data.join("verify"), wanted, progress).await,
            Call::SaveReports(name) => self.checker.save_reports(self.data.clone(), name).await,
            Call::Uncheck(work) => uncheck::uncheck(work).await,
            Call::SignIn { cloud, method, tenant, ask, remember } => {
                self.person.refresh_tokens.remember(remember);
                let request = SignInRequest {
                    person: self.person.clone(),
                    ask,
                    listener: Some(azure::listener(Arc::clone(&progress))),
                    ..SignInRequest::new(&cloud, method, tenant.as_deref())
                };
                let (azure, identity) = azure::sign_in(&self.rehearsal, request).await?;
                let cloud = azure.cloud().clone();
                *locked(&self.session) = Some(azure);
                self.send_clock(&progress).await;
                Ok(Reply::SignedIn { identity, cloud, unkept: self.person.refresh_tokens.take_trouble() })
            }
            Call::SignOut(cloud) => {
                *locked(&self.session) = None;
                Ok(Reply::SignedOut(self.person.sign_out(&cloud).await))
            }
            Call::ForgetSignIn(cloud) => {
                self.person.refresh_tokens.remember(false);
                Ok(Reply::SignInForgotten(self.person.forget(&cloud).await))
            }
            call => {
                let azure = self.session_for(&call).ok_or_else(azure::signed_out)?;
                match call {
                    Call::Scan { endpoint, rules, draft, anew } => {
                        let file = self.data.join("scans").join(format!("{draft}.json"));
                        self.counter.count(azure, scan::ScanRequest { endpoint, rules, file, anew }, progress).await
                    }
                    Call::Logs { account, logs } => {
                        let azure = azure::telling(&azure, Arc::clone(&progress));
                        let endpoint = logs::account_endpoint(&azure, &account).await?;
                        let report = logs::read_logs(&azure, &endpoint, &logs, &mut |_, _| Ok(())).await?;
                        Ok(Reply::Logs(Box::new(report)))
                    }
                    Call::SaveLogs { account, logs } => {
                        let azure = azure::telling(&azure, Arc::clone(&progress));
                        let endpoint = logs::account_endpoint(&azure, &account).await?;
                        let folder = self.data.join("reports");
                        let (files, report) = logs::save_report(&azure, &endpoint, &logs, &folder).await?;
                        Ok(Reply::SavedLogs { files, complete: report.is_complete() })
                    }
                    call => {
                        let answer = azure::ask(&azure::telling(&azure, Arc::clone(&progress)), call).await;
                        self.send_clock(&progress).await;
                        answer
                    }
                }
            }
        }
    }

    fn save(&self, draft: &Draft) -> Result<(), Fault> {
        self.write_draft(draft)
    }

    fn permit(&self, endpoint: &str) {
        if let Some(azure) = &*locked(&self.session) {
            azure.permit(endpoint);
        }
    }

    fn tell_sign_in(&self, command: SignInCommand) {
        if let Some(commands) = &self.person.commands {
            let _nobody_waits = commands.send(command);
        }
    }

    fn open_page(&self, address: &str) {
        (self.person.open_browser)(address);
    }

    fn close_draft(&self) {
        *locked(&self.lock) = None;
        *locked(&self.session) = None;
        *locked(&self.direct) = None;
    }
}

/// The same, with a listener for sign-ins that wait for the person.
fn with_commands(person: PersonOptions) -> PersonOptions {
    PersonOptions { commands: Some(broadcast::channel(8).0), ..person }
}

/// Locks a mutex. A poisoned one is locked too: its value is only ever replaced as a whole.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
