//! The directory of drafts. Blocking IO; the driver calls it away from the event loop.
//!
//! A save writes a temporary file beside the draft, syncs it, renames it over the draft and syncs the directory, so that whatever
//! interrupts it leaves either the old draft or the new one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::error::StoreError;
use super::holder::LockHolder;
use super::lock::{self, DraftLock};
use crate::draft::answers::AddressAnswers;
use crate::draft::draft::Draft;
use crate::draft::entry::{DraftEntry, DraftSummary, ReadyDraft};
use crate::draft::file;
use crate::draft::id::DraftId;
use crate::draft::migrate::{self, Unreadable};
use crate::files::{self, make_private_folder};

/// The directory of drafts.
#[derive(Clone, Debug)]
pub struct DraftStore {
    dir: PathBuf,
}

impl DraftStore {
    /// Opens the directory, making it (for its owner only) if it is not there. An existing one keeps its permissions.
    ///
    /// # Errors
    /// It cannot be made or is no directory.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        make_private_folder(dir)
            .map_err(|error| StoreError::io("The directory for drafts could not be opened", dir, &error))?;
        Ok(Self { dir: dir.to_owned() })
    }

    /// Where the drafts are.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Every draft, the last changed first, also those that were put away. An unreadable one is listed as such and hides no other.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub fn list(&self) -> Result<Vec<DraftEntry>, StoreError> {
        let failed = |error: io::Error| StoreError::io("The drafts could not be listed", &self.dir, &error);
        let mut drafts = Vec::new();
        for entry in fs::read_dir(&self.dir).map_err(failed)? {
            if let Some(id) = draft_id(&entry.map_err(failed)?.path()) {
                drafts.extend(self.listed(id, false));
            }
        }
        // One that is in both places was not moved to the end: the one in the list counts.
        let archived = self.archived_ids().into_iter().filter(|id| !files::is_there(&self.path(id)));
        drafts.extend(archived.filter_map(|id| self.listed(id, true)));
        drafts.sort_by(|a, b| b.changed.cmp(&a.changed).then_with(|| b.id.cmp(&a.id)));
        Ok(drafts)
    }

    /// Reads a draft and tries to lock it. Without the lock (another program has it, or the place is read-only) it can be looked at
    /// or copied, but should not be saved.
    ///
    /// # Errors
    /// It is not there, damaged, newer than this program, or cannot be read. The file is never changed.
    pub fn load(&self, id: &DraftId) -> Result<(Draft, Result<DraftLock, StoreError>), StoreError> {
        // Locks first: then no other program can replace the file while it is read.
        let lock = if self.found(id).is_some() { self.lock(id) } else { Err(StoreError::Missing(id.clone())) };
        if lock.is_ok() && !files::is_there(&self.path(id)) {
            // What is worked on is no longer put away.
            self.bring_from_archive(id)?;
        }
        Ok((self.read(id)?, lock))
    }

    /// Reads a draft without locking it.
    ///
    /// # Errors
    /// As for [`Self::load`].
    pub fn read(&self, id: &DraftId) -> Result<Draft, StoreError> {
        let path = self.found(id).ok_or_else(|| StoreError::Missing(id.clone()))?;
        read_file(&path, id)
    }

    /// Takes the draft for this program until the lock is dropped or the program ends, in whatever way.
    ///
    /// # Errors
    /// [`StoreError::Held`] if a running program has it, or the lock file cannot be written.
    pub fn lock(&self, id: &DraftId) -> Result<DraftLock, StoreError> {
        let lock = DraftLock::take(&self.lock_path(id))?;
        // Best effort: a draft in a folder that is read-only can be looked at all the same.
        drop(self.set_stale_copy_aside(id));
        Ok(lock)
    }

    /// Takes the draft over from a program on another machine, which the person knows to have ended.
    ///
    /// # Errors
    /// There is no such draft, or a running program of this machine has it.
    pub fn take_over(&self, id: &DraftId) -> Result<DraftLock, StoreError> {
        if !self.has(id) {
            return Err(StoreError::Missing(id.clone()));
        }
        DraftLock::take_over(&self.lock_path(id))
    }

    /// Whether there is a draft of this name, in the list or put away.
    pub fn has(&self, id: &DraftId) -> bool {
        self.found(id).is_some()
    }

    /// The running program that has the draft open, if any.
    pub fn holder(&self, id: &DraftId) -> Option<LockHolder> {
        lock::holder(&self.lock_path(id))
    }

    /// Writes the draft so that a cut at any moment leaves the older or the newer one whole. Unchanged drafts are not written.
    ///
    /// # Errors
    /// The disk is full or read-only, the directory is gone, …; the older draft is then still in place.
    pub fn save(&self, draft: &Draft) -> Result<(), StoreError> {
        let path = self.path(&draft.id);
        let failed = |error: &io::Error| StoreError::io("The draft could not be saved", &path, error);
        let bytes = file::write(draft).map_err(|error| failed(&error.into()))?;
        if files::read_regular(&path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        files::replace(&path, &bytes).map_err(|error| failed(&error))
    }

    /// Writes new drafts, all of them or none. If one fails, those already written are removed.
    ///
    /// # Errors
    /// A draft of that name exists, or one cannot be written.
    pub fn add(&self, drafts: &[Draft]) -> Result<(), StoreError> {
        for (done, draft) in drafts.iter().enumerate() {
            if let Err(error) = self.add_one(draft) {
                for written in drafts.iter().take(done) {
                    // Best effort: the worst is a draft too many, which can be discarded.
                    drop(fs::remove_file(self.path(&written.id)));
                }
                return Err(error);
            }
        }
        Ok(())
    }

    fn add_one(&self, draft: &Draft) -> Result<(), StoreError> {
        let path = self.path(&draft.id);
        if self.found(&draft.id).is_some() {
            let taken = io::Error::from(io::ErrorKind::AlreadyExists);
            return Err(StoreError::io("The draft could not be written", &path, &taken));
        }
        self.save(draft)
    }

    /// The return address of the last changed draft that led to a job, of rehearsals or of real exports only.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub fn last_address(&self, rehearsal: bool) -> Result<Option<(DraftId, AddressAnswers)>, StoreError> {
        let finished = |listed: &DraftEntry| {
            listed.ready().is_some_and(|draft| draft.rehearsal == rehearsal && draft.facts.status.is_some())
        };
        let drafts = self.list()?.into_iter().filter(finished);
        Ok(drafts.filter_map(|listed| self.read(&listed.id).ok()).map(|draft| (draft.id, draft.address)).next())
    }

    /// Job name and tracking number of each other draft that has one, of rehearsals or of real exports only. A draft that cannot be read
    /// has none.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub fn parcels(&self, except: &DraftId, rehearsal: bool) -> Result<Vec<(String, String)>, StoreError> {
        let others = self.list()?.into_iter().filter(|listed| listed.id != *except);
        let drafts =
            others.filter_map(|listed| self.read(&listed.id).ok()).filter(|draft| draft.rehearsal == rehearsal);
        let parcel = |draft: Draft| {
            let job = draft.job_address().map_or_else(|| draft.options.name.clone(), |job| job.name.clone());
            (job, draft.parcel.tracking_number.trim().to_owned())
        };
        Ok(drafts.map(parcel).filter(|(_, number)| !number.is_empty()).collect())
    }

    fn listed(&self, id: DraftId, archived: bool) -> Option<DraftEntry> {
        let path = self.found(&id)?;
        let (content, changed) = Self::summary(&path, &id);
        // Discarded between the listing and now.
        files::is_there(&path).then_some(DraftEntry { id, changed, archived, content })
    }

    /// What can be read of a draft's file, and when it was last changed.
    pub(super) fn summary(path: &Path, id: &DraftId) -> (DraftSummary, Timestamp) {
        match read_file(path, id) {
            Ok(draft) => {
                let changed = draft.changed;
                (DraftSummary::Ready(Box::new(ReadyDraft::of(&draft))), changed)
            }
            Err(error) => {
                let time = fs::metadata(path).and_then(|meta| meta.modified()).ok();
                let changed = time.and_then(|time| Timestamp::try_from(time).ok()).unwrap_or_default();
                (DraftSummary::Refused(error.to_string()), changed)
            }
        }
    }

    /// Removes what killed programs left in the folders of the drafts: files that were not whole, and locks of drafts that there are not.
    /// Best effort: what cannot be removed is not a draft and is not listed.
    pub fn sweep(&self) {
        for folder in [self.dir.clone(), self.trash(), self.archive_folder()] {
            files::sweep_own(&folder);
        }
        for path in fs::read_dir(&self.dir).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if id_in_name(&path, "lock").is_some_and(|id| !self.has(&id)) {
                lock::remove_left(&path);
            }
        }
    }

    pub(super) fn path(&self, id: &DraftId) -> PathBuf {
        self.dir.join(file_name(id))
    }

    pub(super) fn lock_path(&self, id: &DraftId) -> PathBuf {
        self.dir.join(format!("{id}.lock"))
    }
}

fn read_file(path: &Path, id: &DraftId) -> Result<Draft, StoreError> {
    let bytes = files::read_regular(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => StoreError::Missing(id.clone()),
        _ => StoreError::io("The draft could not be read", path, &error),
    })?;
    let path = path.to_owned();
    match migrate::read(&bytes) {
        // The file name counts: a file copied by hand is a draft of its own.
        Ok(draft) => Ok(Draft { id: id.clone(), ..draft }),
        Err(Unreadable::Newer(version)) => Err(StoreError::Newer { path, version }),
        Err(Unreadable::Broken(reason)) => Err(StoreError::Broken { path, reason }),
    }
}

pub(super) fn file_name(id: &DraftId) -> String {
    format!("{id}.json")
}

/// The draft of a file `ID.json`.
pub(super) fn draft_id(path: &Path) -> Option<DraftId> {
    id_in_name(path, "json")
}

fn id_in_name(path: &Path, ending: &str) -> Option<DraftId> {
    let fits = path.extension().is_some_and(|extension| extension == ending);
    fits.then(|| DraftId::parse(path.file_stem()?.to_str()?)).flatten()
}
