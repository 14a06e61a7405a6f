//! The trash and the archive: drafts that are not in the list, in folders beside it. A draft moves there and back without a moment in
//! which it is nowhere, and never onto another one.
//!
//! A file in the trash has the time it went there in its name, `20261101-0800-0a1b2c3d.20261126T201500.125Z.json`, so that a copy of the
//! folder, which changes the times of files, changes no deadline.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::error::StoreError;
use super::store::{DraftStore, draft_id, file_name};
use crate::draft::entry::DraftSummary;
use crate::draft::id::DraftId;
use crate::files::{self, make_private_folder};

const TRASH: &str = "trash";
const ARCHIVE: &str = "archive";
/// When the trash was last looked through.
const LOOKED: &str = "looked";

/// How long the trash keeps a draft.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The least time between two looks. What is too old at the first goes at the second, so that a clock which was wrong for a while
/// empties nothing.
const SECOND_LOOK: SignedDuration = SignedDuration::from_hours(24);

/// A draft in the trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscardedDraft {
    /// Its name.
    pub id: DraftId,
    /// When it went there; `None` where an older program put it there. Such a draft stays.
    pub discarded: Option<Timestamp>,
    /// What could be read of it.
    pub content: DraftSummary,
    path: PathBuf,
}

impl DraftStore {
    /// Moves a draft to the trash, from where [`Self::restore`] brings it back. Drop an own lock on it first.
    ///
    /// # Errors
    /// Another program has it, it is not there, or it cannot be moved.
    pub fn discard(&self, id: &DraftId) -> Result<(), StoreError> {
        self.move_locked(id, "The draft could not be moved to the trash", &self.trash(), &name_in_trash(id))
    }

    /// Puts a draft away. Drop an own lock on it first.
    ///
    /// # Errors
    /// As for [`Self::discard`].
    pub fn archive(&self, id: &DraftId) -> Result<(), StoreError> {
        self.move_locked(id, "The draft could not be archived", &self.archive_folder(), &file_name(id))
    }

    /// Brings a draft back from the archive. One that is not there stays where it is. Drop an own lock on it first.
    ///
    /// # Errors
    /// Another program has it, or it cannot be moved.
    pub fn unarchive(&self, id: &DraftId) -> Result<(), StoreError> {
        let _lock = self.lock(id)?;
        self.set_stale_copy_aside(id)?;
        self.bring_from_archive(id)
    }

    /// The same for the holder of the lock: while another program moves the draft, it may be in both places for a moment.
    pub(super) fn bring_from_archive(&self, id: &DraftId) -> Result<(), StoreError> {
        let (from, to) = (self.archive_folder().join(file_name(id)), self.path(id));
        match move_file(&from, &to) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            moved => moved
                .map_err(|error| StoreError::io("The draft could not be brought back from the archive", &to, &error)),
        }
    }

    /// Brings a discarded draft back; of several with its name the one that was discarded last. Drop an own lock on it first.
    ///
    /// # Errors
    /// It is not in the trash, another draft has its name, another program has it, or it cannot be moved.
    pub fn restore(&self, id: &DraftId) -> Result<(), StoreError> {
        self.last_discarded(id)?;
        // While another program moves the draft, it may be in both places for a moment.
        let _lock = self.lock(id)?;
        let last = self.last_discarded(id)?;
        let path = self.path(id);
        let failed =
            |error: &io::Error| StoreError::io("The draft could not be brought back from the trash", &path, error);
        match self.found(id) {
            None => move_file(&last.path, &path).map_err(|error| failed(&error)),
            // An earlier move was cut off between its two parts.
            Some(there) if is_same(&there, &last.path) => fs::remove_file(&last.path).map_err(|error| failed(&error)),
            Some(_) => Err(StoreError::Taken(id.clone())),
        }
    }

    /// Of the drafts of this name in the trash the one that was discarded last.
    fn last_discarded(&self, id: &DraftId) -> Result<DiscardedDraft, StoreError> {
        let of_name = self.discarded()?.into_iter().filter(|discarded| discarded.id == *id);
        of_name.max_by_key(|discarded| discarded.discarded).ok_or_else(|| StoreError::Missing(id.clone()))
    }

    /// The drafts in the trash, the last discarded first.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn discarded(&self) -> Result<Vec<DiscardedDraft>, StoreError> {
        let found = match paths_in(&self.trash()) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            found => found.map_err(|error| StoreError::io("The trash could not be listed", &self.trash(), &error))?,
        };
        let mut discarded: Vec<DiscardedDraft> = found.into_iter().filter_map(discarded_file).collect();
        for entry in &mut discarded {
            entry.content = Self::summary(&entry.path, &entry.id).0;
        }
        discarded.sort_by(|one, other| other.discarded.cmp(&one.discarded).then_with(|| other.id.cmp(&one.id)));
        Ok(discarded)
    }

    /// Removes what has been in the trash for 30 days, and was that old already when it was last looked through, a day ago or more.
    /// Best effort: what cannot be removed stays.
    pub fn empty_old_trash(&self, now: Timestamp) {
        let Ok(found) = paths_in(&self.trash()) else { return };
        let mark = self.trash().join(LOOKED);
        let looked: Option<Timestamp> =
            files::read_regular(&mark).ok().and_then(|bytes| String::from_utf8(bytes).ok()?.trim().parse().ok());
        // A time of the future was written by a clock that was wrong.
        let looked = looked.filter(|looked| *looked <= now);
        if looked.is_some_and(|looked| now.duration_since(looked) < SECOND_LOOK) {
            return;
        }
        let was_old = |discarded: Timestamp| looked.is_some_and(|looked| looked.duration_since(discarded) > KEPT);
        for entry in found.into_iter().filter_map(discarded_file) {
            if entry.discarded.is_some_and(was_old) {
                drop(fs::remove_file(&entry.path));
            }
        }
        drop(files::replace(&mark, now.to_string().as_bytes()));
    }

    /// The drafts that were put away.
    pub(super) fn archived_ids(&self) -> Vec<DraftId> {
        let found = paths_in(&self.archive_folder()).unwrap_or_default();
        found.iter().filter_map(|path| draft_id(path)).collect()
    }

    /// The file of a draft, in the list or put away; `None` where there is none.
    pub(super) fn found(&self, id: &DraftId) -> Option<PathBuf> {
        let places = [self.path(id), self.archive_folder().join(file_name(id))];
        places.into_iter().find(|path| files::is_there(path))
    }

    /// Where a move between the list and the archive was cut off between its two parts, the draft is in both. The one in the list counts: it
    /// is the same, or was changed since. The other one is removed where it is the same, and goes to the trash where it differs. Only for
    /// the holder of the lock.
    pub(super) fn set_stale_copy_aside(&self, id: &DraftId) -> Result<(), StoreError> {
        let (listed, archived) = (self.path(id), self.archive_folder().join(file_name(id)));
        if !(files::is_there(&listed) && files::is_there(&archived)) {
            return Ok(());
        }
        let aside = if is_same(&listed, &archived) {
            fs::remove_file(&archived)
        } else {
            let trash = self.trash();
            make_private_folder(&trash).and_then(|()| move_file(&archived, &trash.join(name_in_trash(id))))
        };
        aside.map_err(|error| {
            StoreError::io(
                "An older copy of the draft in the archive could not be moved to the trash",
                &archived,
                &error,
            )
        })
    }

    pub(super) fn trash(&self) -> PathBuf {
        self.dir().join(TRASH)
    }

    pub(super) fn archive_folder(&self) -> PathBuf {
        self.dir().join(ARCHIVE)
    }

    fn move_locked(&self, id: &DraftId, tried: &'static str, folder: &Path, name: &str) -> Result<(), StoreError> {
        let path = self.found(id).ok_or_else(|| StoreError::Missing(id.clone()))?;
        let lock = self.lock(id)?;
        self.set_stale_copy_aside(id)?;
        let moved = make_private_folder(folder).and_then(|()| move_file(&path, &folder.join(name)));
        moved.map_err(|error| StoreError::io(tried, &path, &error))?;
        // Removed while it is still held: who waits for it finds that it is another file by then.
        drop(fs::remove_file(self.lock_path(id)));
        drop(lock);
        Ok(())
    }
}

/// Name of a draft's file in the trash, e.g. `20261101-0800-0a1b2c3d.20261126T201500.125Z.json`.
fn name_in_trash(id: &DraftId) -> String {
    format!("{id}.{}.json", Timestamp::now().strftime("%Y%m%dT%H%M%S%.3fZ"))
}

fn paths_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}

/// Moves a file without replacing another one. A link first and then the removal: whatever interrupts it, the draft is somewhere.
fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from)?,
        // An earlier move was interrupted between its two parts.
        Err(error) if error.kind() == ErrorKind::AlreadyExists && is_same(from, to) => fs::remove_file(from)?,
        // A file system without links.
        Err(error) if error.kind() != ErrorKind::NotFound && !files::is_there(to) => fs::rename(from, to)?,
        Err(error) => return Err(error),
    }
    for path in [from, to] {
        files::sync_folder(files::folder_of(path));
    }
    Ok(())
}

/// Whether both files can be read and hold the same.
fn is_same(one: &Path, other: &Path) -> bool {
    files::read_regular(one).is_ok_and(|one| files::read_regular(other).is_ok_and(|other| one == other))
}

/// The draft of a file in the trash.
fn discarded_file(path: PathBuf) -> Option<DiscardedDraft> {
    let name = path.file_name()?.to_str()?.strip_suffix(".json")?;
    let (id, stamp) = name.split_once('.').map_or((name, None), |(id, stamp)| (id, Some(stamp)));
    let id = DraftId::parse(id)?;
    let discarded = stamp.and_then(|stamp| stamp.parse().ok());
    Some(DiscardedDraft { id, discarded, content: DraftSummary::Refused(String::new()), path })
}
