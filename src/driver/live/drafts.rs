//! Calls about drafts: each is work on the store in a blocking task, and its outcome becomes a reply. Keeps the lock of the open draft.

use std::collections::BTreeSet;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tokio::task::spawn_blocking;

use super::live::{LiveBackend, locked};
use super::{keys_file, left_files, paper_files, request_file};
use crate::azure::fault::Fault;
use crate::azure::model::BitLockerKey;
use crate::draft::store::{DraftLock, DraftStore, LockHolder, StoreError};
use crate::draft::{DirectAccount, Draft, DraftEntry, DraftId, JobAnswers, Unlocked, VERSION};
use crate::form::job::untaken;
use crate::form::parcel::OtherParcel;
use crate::protocol::message::{NamedText, Reply};
use crate::protocol::step::Step;

impl LiveBackend {
    pub(super) async fn drafts(&self) -> Result<Reply, Fault> {
        let data = self.data.clone();
        let list = move |store: DraftStore| {
            left_files::sweep(&data, &store);
            store.empty_old_trash(Timestamp::now());
            store.list()
        };
        self.on_disk("list the drafts", list).await.map(Reply::Drafts)
    }

    pub(super) async fn open_draft(&self, id: DraftId) -> Result<Reply, Fault> {
        let wanted = id.clone();
        let (draft, lock) = self.on_disk("open the draft", move |store| store.load(&wanted)).await?;
        match lock {
            Ok(lock) => Ok(self.opened(draft, lock)),
            Err(StoreError::Held { held_by }) => {
                let elsewhere = held_by.as_ref().is_some_and(LockHolder::is_elsewhere);
                let holder = held_by.map_or_else(|| "another Blobfreight".to_owned(), |holder| holder.to_string());
                Ok(Reply::Held { id, holder, elsewhere })
            }
            // No lock can be made, for example on a read-only disk: the draft can still be read.
            Err(error) => {
                tracing::warn!(%error, "a draft is opened without its lock");
                let why = Unlocked::Failed(store_fault("lock the draft", &error));
                Ok(Reply::Opened { draft: Box::new(draft), read_only: Some(why) })
            }
        }
    }

    /// Opens a draft that a program on another machine left open.
    pub(super) async fn take_over_draft(&self, id: DraftId) -> Result<Reply, Fault> {
        let wanted = id.clone();
        let lock = self.on_disk("take the draft over", move |store| store.take_over(&wanted)).await?;
        // The text of the lock names this program now, so that opening it is opening one's own.
        drop(lock);
        self.open_draft(id).await
    }

    pub(super) async fn read_draft(&self, id: DraftId) -> Result<Reply, Fault> {
        let draft = self.on_disk("read the draft", move |store| store.read(&id)).await?;
        Ok(Reply::Opened { draft: Box::new(draft), read_only: Some(Unlocked::ToLook) })
    }

    pub(super) async fn copy_draft(&self, id: DraftId) -> Result<Reply, Fault> {
        let copy = move |store: DraftStore| {
            let mut taken = job_names(&store)?;
            let new = new_draft_id();
            let lock = store.lock(&new)?;
            let fresh = store.read(&id)?.for_another_job(new, Timestamp::now());
            let draft = with_own_job_name(fresh, &mut taken);
            store.add(std::slice::from_ref(&draft))?;
            Ok((draft, lock))
        };
        let (draft, lock) = self.on_disk("copy the draft", copy).await?;
        Ok(self.opened(draft, lock))
    }

    pub(super) async fn last_address(&self, rehearsal: bool) -> Result<Reply, Fault> {
        let found =
            self.on_disk("read the address of the last export", move |store| store.last_address(rehearsal)).await?;
        Ok(Reply::LastAddress(found.map(|(_, answers)| Box::new(answers))))
    }

    /// Locks a new draft. The first save, which follows at once, makes its file.
    pub(super) async fn new_draft(&self, rehearsal: bool) -> Result<Reply, Fault> {
        let begin = move |store: DraftStore| {
            let draft = Draft::new(new_draft_id(), rehearsal, Timestamp::now());
            let lock = store.lock(&draft.id)?;
            Ok((draft, lock))
        };
        let (draft, lock) = self.on_disk("begin a draft", begin).await?;
        Ok(self.opened(draft, lock))
    }

    /// The same for an account that is opened without a sign-in: the draft begins on the blobs step.
    pub(super) async fn new_draft_of(&self, given: DirectAccount) -> Result<Reply, Fault> {
        let begun = self.new_draft(false).await?;
        Ok(match begun {
            Reply::Opened { draft, read_only } => {
                let draft = Draft { given: Some(given), step: Step::Blobs, ..*draft };
                Reply::Opened { draft: Box::new(draft), read_only }
            }
            other => other,
        })
    }

    /// Gives each draft a job name of its own here, because only the store knows all drafts.
    pub(super) async fn add_drafts(&self, drafts: Vec<Draft>) -> Result<Reply, Fault> {
        let add = move |store: DraftStore| {
            let mut taken = job_names(&store)?;
            let renamed = |draft: Draft| with_own_job_name(Draft { id: new_draft_id(), ..draft }, &mut taken);
            let drafts: Vec<Draft> = drafts.into_iter().map(renamed).collect();
            store.add(&drafts)?;
            Ok(drafts.into_iter().map(|draft| draft.options.name).collect())
        };
        self.on_disk("make drafts of the other jobs", add).await.map(Reply::Added)
    }

    pub(super) async fn discard_draft(&self, id: DraftId) -> Result<Reply, Fault> {
        let discard = move |store: DraftStore| {
            store.discard(&id)?;
            store.list()
        };
        self.on_disk("discard the draft", discard).await.map(Reply::Drafts)
    }

    pub(super) async fn restore_draft(&self, id: DraftId) -> Result<Reply, Fault> {
        let restore = move |store: DraftStore| {
            store.restore(&id)?;
            store.list()
        };
        self.on_disk("bring the draft back", restore).await.map(Reply::Drafts)
    }

    pub(super) async fn archive_draft(&self, id: DraftId, archived: bool) -> Result<Reply, Fault> {
        let tried = if archived { "archive the draft" } else { "bring the draft back from the archive" };
        let done = move |store: DraftStore| {
            if archived {
                store.archive(&id)?;
            } else {
                store.unarchive(&id)?;
            }
            store.list()
        };
        self.on_disk(tried, done).await.map(Reply::Drafts)
    }

    /// Blocks.
    pub(super) fn write_draft(&self, draft: &Draft) -> Result<(), Fault> {
        let saved = DraftStore::open(&drafts_in(&self.data)).and_then(|store| store.save(draft));
        saved.map_err(|error| store_fault("save the draft", &error))
    }

    pub(super) async fn save_keys(&self, name: String, keys: Vec<BitLockerKey>) -> Result<Reply, Fault> {
        let data = self.data.clone();
        let saved = spawn_blocking(move || keys_file::save(&data, &name, &keys)).await;
        saved.unwrap_or_else(|_| Err(interrupted("save the keys"))).map(Reply::SavedKeys)
    }

    pub(super) async fn save_request(&self, name: String, text: String, list: Option<String>) -> Result<Reply, Fault> {
        let data = self.data.clone();
        let saved = spawn_blocking(move || request_file::save(&data, &name, &text, list.as_deref())).await;
        saved.unwrap_or_else(|_| Err(interrupted("save the request"))).map(Reply::SavedRequest)
    }

    pub(super) async fn save_papers(&self, texts: Vec<NamedText>) -> Result<Reply, Fault> {
        let data = self.data.clone();
        let saved = spawn_blocking(move || paper_files::save(&data, &texts)).await;
        saved.unwrap_or_else(|_| Err(interrupted("save the files"))).map(Reply::SavedPapers)
    }

    pub(super) async fn parcels(&self, except: DraftId, rehearsal: bool) -> Result<Reply, Fault> {
        let read = move |store: DraftStore| store.parcels(&except, rehearsal);
        let parcels = self.on_disk("read the parcels of other drafts", read).await?;
        let other = |(job, tracking_number)| OtherParcel { job, tracking_number };
        Ok(Reply::Parcels(parcels.into_iter().map(other).collect()))
    }

    pub(super) fn hold(&self, lock: DraftLock) {
        *locked(&self.lock) = Some(lock);
    }

    fn opened(&self, draft: Draft, lock: DraftLock) -> Reply {
        self.hold(lock);
        Reply::Opened { draft: Box::new(draft), read_only: None }
    }

    pub(super) async fn on_disk<T, F>(&self, tried: &'static str, work: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(DraftStore) -> Result<T, StoreError> + Send + 'static,
    {
        let dir = drafts_in(&self.data);
        let done = spawn_blocking(move || DraftStore::open(&dir).and_then(work)).await;
        done.map_err(|_| interrupted(tried))?.map_err(|error| store_fault(tried, &error))
    }
}

/// The directory of the drafts in the data directory.
pub fn drafts_in(data: &Path) -> PathBuf {
    data.join("drafts")
}

/// The job names of all drafts.
pub(super) fn job_names(store: &DraftStore) -> Result<BTreeSet<String>, StoreError> {
    Ok(store.list()?.iter().filter_map(job_name).collect())
}

/// Changes the draft's job name if it is among `taken`, and adds it to them. An empty name stays empty.
pub(super) fn with_own_job_name(draft: Draft, taken: &mut BTreeSet<String>) -> Draft {
    if draft.options.name.trim().is_empty() {
        return draft;
    }
    let name = untaken(&draft.options.name, |name| taken.contains(name));
    taken.insert(name.clone());
    Draft { options: JobAnswers { name, ..draft.options }, ..draft }
}

fn job_name(listed: &DraftEntry) -> Option<String> {
    listed.ready().and_then(|draft| draft.job.clone())
}

/// A name that no draft has.
pub fn new_draft_id() -> DraftId {
    // `RandomState` is seeded by the system. An id need not be unguessable, only new.
    let random = RandomState::new().build_hasher().finish();
    let [a, b, c, d, ..] = random.to_le_bytes();
    DraftId::new(Timestamp::now(), u32::from_le_bytes([a, b, c, d]))
}

/// What the store could not do, in the words of a fault.
pub fn store_fault(tried: &str, error: &StoreError) -> Fault {
    let (reason, advice) = match error {
        StoreError::Io { path, reason, advice, .. } => (format!("{}: {reason}", path.display()), *advice),
        StoreError::Held { held_by } => {
            let who = held_by.as_ref().map(|holder| format!(" ({holder})")).unwrap_or_default();
            (format!("it is open in another Blobfreight{who}"), error.advice_of_held())
        }
        StoreError::Newer { path, version } => (
            format!(
                "{} was written by a newer Blobfreight (format {version}, this one reads up to {VERSION})",
                path.display()
            ),
            "It was left untouched; open it with the newer program.",
        ),
        StoreError::Broken { path, reason } => (
            format!("{} is damaged ({reason})", path.display()),
            "It was left untouched; repair it, discard it, or begin a new export.",
        ),
        StoreError::Missing(id) => {
            (format!("there is no draft named {id}"), "`blobfreight drafts` lists those there are.")
        }
        StoreError::Taken(id) => (
            format!("there is a draft {id} already, so the one in the trash stays there"),
            "Go on with the one in the list.",
        ),
    };
    Fault::local(tried, reason).advise(advice)
}

fn interrupted(tried: &str) -> Fault {
    Fault::local(tried, "the program made a mistake of its own on the way to the disk")
}
