//! One part to read, and the entry it belongs to.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::super::disk::OpenedFile;
use super::super::hash::joined;
use super::super::rules::{ContentMark, DamagedContent, DriveFault, DriveFinding, FilePart, Md5Sum, PromisedFile};

/// The file of an entry that a part lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartPlace {
    /// A block or page range, by its number.
    Content(usize),
    /// The whole file.
    Whole,
    /// A segment of a file whose CRC-64 is known, by its number.
    Segment(usize),
    /// The file of properties.
    Properties,
    /// The file of metadata.
    Metadata,
}

/// Which part of which file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartExtent {
    /// Which part.
    pub(super) place: PartPlace,
    /// Where it begins.
    pub(super) offset: u64,
    /// How long it is.
    pub(super) length: u64,
}

impl PartExtent {
    /// The first byte behind it.
    pub(super) fn end(self) -> u64 {
        self.offset + self.length
    }
}

/// One part to read.
pub(super) struct PartTask {
    /// The entry.
    pub(super) entry: Arc<EntryTask>,
    /// The file.
    pub(super) file: Arc<OpenedFile>,
    /// Which part.
    pub(super) extent: PartExtent,
    /// The digest it must have; absent for a segment.
    pub(super) md5: Option<Md5Sum>,
}

/// What reading a part gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PartOutcome {
    /// The promised bytes.
    Right,
    /// The promised bytes, at the second reading only.
    RightAtLast,
    /// Other bytes.
    Wrong {
        /// Their digest.
        found: Md5Sum,
        /// All are zero.
        is_zero: bool,
    },
    /// The sum of a segment.
    Sum(u64),
    /// The file ended before the part did.
    Ended,
    /// The drive could not read it.
    Unreadable(String),
}

/// An entry of which parts are still to read. It is finished when the last of them is.
pub(super) struct EntryTask {
    /// The entry.
    pub(super) promised: PromisedFile,
    /// Parts left, and one for the planner while it adds parts.
    left: AtomicUsize,
    found: Mutex<EntryFindings>,
}

#[derive(Default)]
struct EntryFindings {
    findings: Vec<DriveFinding>,
    segments: Vec<Option<(u64, u64)>>,
    promised: ContentMark,
    read: ContentMark,
    has_wrong: bool,
}

/// What is known of a finished entry.
pub(super) struct FinishedEntry {
    pub(super) number: u64,
    pub(super) findings: Vec<DriveFinding>,
    pub(super) damaged: Option<DamagedContent>,
}

impl EntryTask {
    pub(super) fn new(promised: PromisedFile) -> Arc<Self> {
        Arc::new(Self { promised, left: AtomicUsize::new(1), found: Mutex::new(EntryFindings::default()) })
    }

    fn found(&self) -> MutexGuard<'_, EntryFindings> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a finding of the planner.
    pub(super) fn note(&self, finding: DriveFinding) {
        self.found().findings.push(finding);
    }

    /// A part is about to be queued.
    pub(super) fn expect_part(&self) {
        self.left.fetch_add(1, Ordering::AcqRel);
    }

    /// A part, or the planner, is done with it. Gives the finished entry to whoever is last.
    pub(super) fn part_done(&self) -> Option<FinishedEntry> {
        (self.left.fetch_sub(1, Ordering::AcqRel) == 1).then(|| self.finish())
    }

    /// Takes the outcome of a part.
    pub(super) fn take(&self, part: PartExtent, md5: Option<&Md5Sum>, outcome: PartOutcome) {
        let mut found = self.found();
        if let (PartPlace::Content(_) | PartPlace::Whole, Some(md5)) = (part.place, md5) {
            let file_part = FilePart { offset: part.offset, length: part.length, md5: None };
            found.promised.add(&file_part, md5);
            match &outcome {
                PartOutcome::Wrong { found: other, .. } => found.read.add(&file_part, other),
                _ => found.read.add(&file_part, md5),
            }
            found.has_wrong |= matches!(outcome, PartOutcome::Wrong { .. });
        }
        if let (PartPlace::Segment(index), PartOutcome::Sum(sum)) = (part.place, &outcome) {
            if found.segments.len() <= index {
                found.segments.resize(index + 1, None);
            }
            if let Some(segment) = found.segments.get_mut(index) {
                *segment = Some((*sum, part.length));
            }
        }
        if let Some(finding) = self.finding(part, outcome) {
            found.findings.push(finding);
        }
    }

    fn finding(&self, part: PartExtent, outcome: PartOutcome) -> Option<DriveFinding> {
        let unit = self.promised.kind.word();
        let (fault, detail) = match (outcome, part.place) {
            (PartOutcome::Right | PartOutcome::Sum(_), _) => return None,
            (PartOutcome::RightAtLast, _) => {
                (DriveFault::UnsteadyRead, "wrong when read first, right when read again".into())
            }
            (PartOutcome::Unreadable(why), _) => (DriveFault::Unreadable, why),
            (PartOutcome::Ended, _) => (DriveFault::ShortFile, "it became shorter while it was read".into()),
            (PartOutcome::Wrong { .. }, PartPlace::Properties) => {
                (DriveFault::WrongProperties, "its bytes are not those promised".into())
            }
            (PartOutcome::Wrong { .. }, PartPlace::Metadata) => {
                (DriveFault::WrongMetadata, "its bytes are not those promised".into())
            }
            (PartOutcome::Wrong { is_zero: true, .. }, _) => {
                (DriveFault::ZeroedPart, format!("{} zeros where other bytes are promised", part.length))
            }
            (PartOutcome::Wrong { .. }, PartPlace::Content(index)) => {
                (DriveFault::WrongHash, format!("{unit} {index} has other bytes than promised"))
            }
            (PartOutcome::Wrong { .. }, _) => (DriveFault::WrongHash, "its bytes are not those promised".into()),
        };
        let side = match part.place {
            PartPlace::Properties => self.promised.properties.as_ref(),
            PartPlace::Metadata => self.promised.metadata.as_ref(),
            _ => None,
        };
        let mut finding = self.promised.finding(fault, detail);
        if let Some(side) = side {
            finding.file.clone_from(&side.path);
        }
        if let PartPlace::Content(index) = part.place {
            finding.index = Some(index as u64);
        }
        (finding.offset, finding.length) = (Some(part.offset), Some(part.length));
        Some(finding)
    }

    fn finish(&self) -> FinishedEntry {
        let mut found = std::mem::take(&mut *self.found());
        if let (Some(promised), Some(segments)) =
            (self.promised.crc64, found.segments.drain(..).collect::<Option<Vec<_>>>())
            && !segments.is_empty()
        {
            let sum = joined(segments);
            if sum != promised {
                let detail = format!("its CRC-64 is {sum}, promised is {promised}");
                found.findings.push(self.promised.finding(DriveFault::WrongCrc, detail));
            }
        }
        let damaged = found.has_wrong.then(|| DamagedContent {
            entry: self.promised.number,
            file: self.promised.path.clone(),
            promised: found.promised,
            found: found.read,
        });
        FinishedEntry { number: self.promised.number, findings: found.findings, damaged }
    }
}
