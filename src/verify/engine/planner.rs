//! From an entry of the manifest to parts that are read: the path is checked, the file opened, its length compared. What can be told
//! without reading is told here.

use std::sync::Arc;

use super::super::disk::{FoundFile, OpenProblem, OpenedFile, SystemRoot};
use super::super::manifest::ManifestProblem;
use super::super::rules::{
    DriveFault, DrivePath, EntryBits, MD5_OF_NOTHING, Md5Sum, NumberSet, PromisedFile, SideFile, key_of,
};
use super::known_files::{KnownFiles, SeenBlobs};
use super::lane_reader::AHEAD;
use super::promises::PromiseStream;
use super::task::{EntryTask, PartExtent, PartOutcome, PartPlace, PartTask};
use super::worker::WorkerContext;

/// Bytes of a segment of a file whose CRC-64 is known.
const SEGMENT: u64 = 64 << 20;

/// Entries that an earlier check finished, and what it takes to trust it.
#[derive(Default)]
pub(super) struct FinishedBefore {
    pub(super) done: NumberSet,
    /// Those with findings.
    pub(super) with_findings: EntryBits,
    /// A file that changed after this time is checked again.
    pub(super) begun: i128,
}

pub(super) struct Planner<'a> {
    pub(super) context: &'a WorkerContext<'a>,
    pub(super) root: SystemRoot,
    pub(super) before: FinishedBefore,
    /// Files of the drive that are promised.
    pub(super) known: KnownFiles,
    blobs: SeenBlobs,
    /// Entries seen.
    pub(super) entries: u64,
    /// Bytes they promise.
    pub(super) bytes: u64,
}

impl<'a> Planner<'a> {
    pub(super) fn new(context: &'a WorkerContext<'a>, root: SystemRoot, before: FinishedBefore) -> Self {
        let (known, blobs) = (KnownFiles::default(), SeenBlobs::default());
        Self { context, root, before, known, blobs, entries: 0, bytes: 0 }
    }

    /// Plans every entry. Gives the reason why there may be more.
    pub(super) fn run(&mut self, stream: PromiseStream) -> Option<ManifestProblem> {
        for promised in stream {
            match promised {
                _ if self.context.meter.is_stopped() => return None,
                Ok(promised) => self.plan(promised),
                Err(problem) => return Some(problem),
            }
        }
        None
    }

    fn plan(&mut self, promised: PromisedFile) {
        self.entries += 1;
        self.bytes = self.bytes.saturating_add(promised.length.unwrap_or(0));
        let path = DrivePath::read(&promised.path);
        let is_known_file = path.as_ref().is_ok_and(|path| self.knows(path));
        let is_known_blob = self.blobs.insert(blob_key(&promised));
        for side in [&promised.properties, &promised.metadata].into_iter().flatten() {
            if let Ok(path) = DrivePath::read(&side.path) {
                self.knows(&path);
            }
        }
        if self.before.done.contains(promised.number) && !self.has_changed(&promised) {
            self.context.meter.finished(&[]);
            self.context.meter.read_before(promised.bytes_to_read());
            return;
        }
        if self.before.done.contains(promised.number) {
            self.context.collector.forget(promised.number);
        }
        let entry = EntryTask::new(promised);
        let promised = &entry.promised;
        let say = |fault, detail: String| entry.note(promised.finding(fault, detail));
        if is_known_blob {
            say(DriveFault::SameBlob, "another entry before it names the same blob".into());
        }
        if is_known_file {
            say(DriveFault::SameFile, "another entry before it names the same file".into());
        }
        promised.contradictions().into_iter().for_each(|what| say(DriveFault::Inconsistent, what));
        match path {
            _ if promised.is_unwritable => {
                say(DriveFault::NameUnrepresentable, "its path has a character that no text can hold".into());
            }
            Err(problem) => say(DriveFault::UnsafePath, problem.to_string()),
            Ok(path) => self.plan_content(&entry, &path),
        }
        for (place, side) in [(PartPlace::Properties, &promised.properties), (PartPlace::Metadata, &promised.metadata)]
        {
            if let Some(side) = side {
                self.plan_side(&entry, place, side);
            }
        }
        self.context.release(&entry);
    }

    /// Adds a path to those promised; `true` where it was one already.
    fn knows(&mut self, path: &DrivePath) -> bool {
        self.known.insert(key_of(path.components().iter().map(String::as_str)))
    }

    /// Whether a file of a finished entry has changed, vanished or come since.
    fn has_changed(&mut self, promised: &PromisedFile) -> bool {
        let had_findings = self.before.with_findings.contains(promised.number);
        let sides = [&promised.properties, &promised.metadata].into_iter().flatten().map(|side| &side.path);
        let paths: Vec<&String> = std::iter::once(&promised.path).chain(sides).collect();
        paths.into_iter().filter_map(|path| DrivePath::read(path).ok()).any(|path| match self.root.file(&path) {
            Ok(found) => found.file.changed.is_none_or(|changed| changed >= self.before.begun),
            Err(_) => !had_findings,
        })
    }

    fn plan_content(&mut self, entry: &Arc<EntryTask>, path: &DrivePath) {
        let promised = &entry.promised;
        let say = |fault, detail: String| entry.note(promised.finding(fault, detail));
        if promised.is_without_digest() {
            say(DriveFault::NoHash, "nothing says what its bytes must be".into());
        } else if let Some(index) = first_without_digest(promised) {
            say(DriveFault::NoHash, format!("{} {index} has no digest", promised.kind.word()));
        }
        let FoundFile { file, spelled } = match self.root.file(path) {
            Ok(found) => found,
            Err(problem) => {
                say(problem.fault(), problem.to_string());
                return;
            }
        };
        if let Some(spelled) = spelled {
            say(DriveFault::NameDiffers, format!("it is there as {spelled}"));
        }
        let length = promised.length.unwrap_or(file.length);
        match file.length.cmp(&length) {
            std::cmp::Ordering::Less => {
                say(DriveFault::ShortFile, format!("it has {} bytes, promised are {length}", file.length));
            }
            std::cmp::Ordering::Greater => {
                say(DriveFault::LongFile, format!("it has {} bytes, promised are {length}", file.length));
            }
            std::cmp::Ordering::Equal => {}
        }
        self.queue_content(entry, &Arc::new(file), length);
    }

    fn queue_content(&self, entry: &Arc<EntryTask>, file: &Arc<OpenedFile>, length: u64) {
        let promised = &entry.promised;
        // What an earlier check did of a large file counts as long as the file is the same.
        let is_same = file.changed.is_some_and(|changed| changed < self.before.begun);
        let before = self.context.collector.begun(promised.number).filter(|_| is_same).unwrap_or_default();
        for (index, part) in promised.parts.iter().enumerate() {
            let is_there = part.offset.checked_add(part.length).is_some_and(|end| end <= file.length);
            let is_needed = part.length > 0 || part.md5 != Some(MD5_OF_NOTHING);
            let extent = PartExtent { place: PartPlace::Content(index), offset: part.offset, length: part.length };
            if before.right.contains(index as u64) {
                self.context.meter.read_before(part.length);
                entry.take(extent, part.md5.as_ref(), PartOutcome::Right);
            } else if part.md5.is_some() && is_there && is_needed {
                self.queue(entry, file, extent, part.md5);
            }
        }
        if file.length != length {
            return;
        }
        if promised.md5.is_some() {
            self.queue(entry, file, PartExtent { place: PartPlace::Whole, offset: 0, length }, promised.md5);
        }
        if promised.crc64.is_some() {
            // An empty file has one segment, too: its sum is compared like any other.
            for segment in 0..length.div_ceil(SEGMENT).max(1) {
                let offset = segment * SEGMENT;
                let place = PartPlace::Segment(usize::try_from(segment).unwrap_or(usize::MAX));
                let extent = PartExtent { place, offset, length: SEGMENT.min(length - offset) };
                match before.sums.get(&segment) {
                    Some(sum) => {
                        self.context.meter.read_before(extent.length);
                        entry.take(extent, None, PartOutcome::Sum(*sum));
                    }
                    None => self.queue(entry, file, extent, None),
                }
            }
        }
    }

    fn queue(&self, entry: &Arc<EntryTask>, file: &Arc<OpenedFile>, extent: PartExtent, md5: Option<Md5Sum>) {
        entry.expect_part();
        if md5.is_some() && self.context.spindle.is_none() {
            file.expect(extent.offset, extent.length.min(AHEAD));
        }
        self.context.queue.push(PartTask { entry: Arc::clone(entry), file: Arc::clone(file), extent, md5 });
    }

    fn plan_side(&mut self, entry: &Arc<EntryTask>, place: PartPlace, side: &SideFile) {
        let say = |fault, detail: String| {
            let mut finding = entry.promised.finding(fault, detail);
            finding.file.clone_from(&side.path);
            entry.note(finding);
        };
        let is_properties = place == PartPlace::Properties;
        let missing = if is_properties { DriveFault::MissingProperties } else { DriveFault::MissingMetadata };
        let path = match DrivePath::read(&side.path) {
            Ok(path) => path,
            Err(problem) => return say(DriveFault::UnsafePath, problem.to_string()),
        };
        match self.root.file(&path) {
            Ok(found) => {
                let Some(md5) = side.md5 else { return };
                let extent = PartExtent { place, offset: 0, length: found.file.length };
                self.queue(entry, &Arc::new(found.file), extent, Some(md5));
            }
            Err(OpenProblem::Missing) => say(missing, OpenProblem::Missing.to_string()),
            Err(problem) => say(problem.fault(), problem.to_string()),
        }
    }
}

/// The first part without a digest, where others have one and nothing else proves the whole.
fn first_without_digest(promised: &PromisedFile) -> Option<usize> {
    let whole = promised.md5.is_some() || promised.crc64.is_some();
    promised.parts.iter().position(|part| part.md5.is_none() && part.length > 0).filter(|_| !whole)
}

/// A number for a blob or snapshot. Names of blobs differ in case.
fn blob_key(promised: &PromisedFile) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    (&promised.blob, &promised.snapshot).hash(&mut hasher);
    hasher.finish()
}
