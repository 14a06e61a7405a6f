//! The real world behind [`Backend`]: drafts on disk, Azure over HTTP, the rehearsal's simulated Azure in this process.
//! Hands each call to the file that carries it out; nothing is decided here.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::rehearsal::Rehearsal;
use super::{azure, scan, uncheck};
use crate::azure::Azure;
use crate::azure::credentials::AccountAccess;
use crate::azure::fault::Fault;
use crate::draft::Draft;
use crate::draft::store::DraftLock;
use crate::driver::backend::{Backend, ProgressSink};
use crate::protocol::message::{Call, ProgressEvent, Reply};
use crate::sim::ClockReading;

/// The drafts, the session and the rehearsal of this process. Making it touches neither disk nor network.
pub struct LiveBackend {
    /// Directory of the program's data; drafts, saved keys and the rehearsal's state are in it.
    pub(super) data: PathBuf,
    rehearsal: Rehearsal,
    pub(super) session: Mutex<Option<Azure>>,
    /// What the command line opened an account with.
    pub(super) access: Option<AccountAccess>,
    /// The account that is open without a sign-in.
    pub(super) opened: Mutex<Option<Azure>>,
    pub(super) lock: Mutex<Option<DraftLock>>,
    counter: scan::Counter,
}

impl LiveBackend {
    /// Keeps everything in `data`; a rehearsal runs at `clock_rate` simulated seconds per second.
    pub fn new(data: PathBuf, clock_rate: f64) -> Self {
        let rehearsal = Rehearsal::new(&data, clock_rate);
        Self {
            data,
            rehearsal,
            session: Mutex::new(None),
            access: None,
            opened: Mutex::new(None),
            lock: Mutex::new(None),
            counter: scan::Counter::default(),
        }
    }

    /// What a rehearsal's clock shows after each call, for the screen's own dates.
    async fn tell_clock(&self, tell: &ProgressSink) {
        if let Some(ClockReading { now, pace, until }) = self.rehearsal.clock().await {
            tell(ProgressEvent::Clock { now, pace, until });
        }
    }

    /// With what opens one account without a sign-in; for other accounts the environment is asked.
    pub fn with_access(self, access: AccountAccess) -> Self {
        Self { access: Some(access), ..self }
    }
}

#[async_trait]
impl Backend for LiveBackend {
    async fn call(&self, call: Call, tell: ProgressSink) -> Result<Reply, Fault> {
        match call {
            Call::Drafts => self.drafts().await,
            Call::OpenDraft(id) => self.open_draft(id).await,
            Call::ReadDraft(id) => self.read_draft(id).await,
            Call::CopyDraft(id) => self.copy_draft(id).await,
            Call::NewDraft { rehearsal } => self.new_draft(rehearsal).await,
            Call::NewDraftOf(given) => self.new_draft_of(given).await,
            Call::OpenAccount(given) => self.open_account(&given),
            Call::LastAddress { rehearsal } => self.last_address(rehearsal).await,
            Call::AddDrafts(drafts) => self.add_drafts(drafts).await,
            Call::DiscardDraft(id) => self.discard_draft(id).await,
            Call::RestoreDraft(id) => self.restore_draft(id).await,
            Call::SaveKeys { name, keys } => self.save_keys(name, keys).await,
            Call::Uncheck(work) => uncheck::uncheck(work).await,
            Call::SignIn { cloud, method, tenant } => {
                let (azure, identity) = azure::sign_in(&self.rehearsal, cloud, method, tenant.as_deref()).await?;
                let cloud = azure.cloud().clone();
                *hold(&self.session) = Some(azure);
                self.tell_clock(&tell).await;
                Ok(Reply::SignedIn { identity, cloud })
            }
            call => {
                let azure = self.session_for(&call).ok_or_else(azure::signed_out)?;
                match call {
                    Call::Scan { endpoint, rules, draft, anew } => {
                        let file = self.data.join("scans").join(format!("{draft}.json"));
                        self.counter.count(azure, scan::ScanOrder { endpoint, rules, file, anew }, tell).await
                    }
                    call => {
                        let answer = azure::ask(&azure::telling(&azure, Arc::clone(&tell)), call).await;
                        self.tell_clock(&tell).await;
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
        if let Some(azure) = &*hold(&self.session) {
            azure.permit(endpoint);
        }
    }

    fn close_draft(&self) {
        *hold(&self.lock) = None;
        *hold(&self.session) = None;
        *hold(&self.opened) = None;
    }
}

/// A poisoned lock holds a whole value all the same: it is only ever replaced as one.
pub(super) fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
