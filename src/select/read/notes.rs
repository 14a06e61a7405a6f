//! Notes on a list that was read, summed up by kind: a list with one note on each of 300,000 entries gets one line, not 300,000.

use std::fmt;

use crate::select::TypedWarning;
use crate::wording;

/// How many lines are named for each kind of note.
const NAMED: usize = 3;

/// A place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A form that other readers may not understand, or a likely slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadNote {
    /// Line ends and spaces around a path were dropped.
    SpaceAround,
    /// The attribute `size`, which some generators write, was ignored.
    SizeIgnored,
    /// The declared encoding is another one, which makes no difference to the ASCII characters of the file.
    OtherEncoding,
    /// The list is in a namespace.
    Namespace,
    /// A snapshot's time has another form than in a listing.
    SnapshotForm,
    /// The path or prefix looks like a slip.
    Slip(TypedWarning),
}

impl fmt::Display for ReadNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SpaceAround => f.write_str("line ends and spaces around the path were dropped"),
            Self::SizeIgnored => f.write_str("the attribute size means nothing to the service and was ignored"),
            Self::OtherEncoding => f.write_str("the file is UTF-8 and declares another encoding; write encoding=\"utf-8\""),
            Self::Namespace => f.write_str("a namespace gives <BlobList> another name for some readers; delete xmlns"),
            Self::SnapshotForm => f.write_str(
                "a listing shows a SnapshotTime with seven digits and Z, as in 2026-02-03T04:05:06.1234567Z; another form may match nothing",
            ),
            Self::Slip(warning) => warning.fmt(f),
        }
    }
}

/// One kind of note, with its count and its first places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSum {
    /// The note.
    pub note: ReadNote,
    /// How many entries have it.
    pub count: usize,
    /// The first places, at most three.
    pub first: Vec<Position>,
}

impl fmt::Display for NoteSum {
    /// One line: `line 4, column 2: …`, or `lines 3, 4, 5 and 39,997 more: …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let ([only], 1) = (self.first.as_slice(), self.count) {
            return write!(f, "line {}, column {}: {}", only.line, only.column, self.note);
        }
        let mut lines: Vec<usize> = self.first.iter().map(|place| place.line).collect();
        lines.dedup();
        write!(f, "{}: {}", in_lines(&lines, self.first.len(), self.count), self.note)
    }
}

/// The notes made so far.
#[derive(Debug, Default)]
pub(super) struct Notes {
    sums: Vec<NoteSum>,
}

impl Notes {
    pub(super) fn add(&mut self, note: ReadNote, place: &mut Places<'_>, offset: usize) {
        let at = self.sums.iter().position(|sum| sum.note == note).unwrap_or_else(|| {
            self.sums.push(NoteSum { note, count: 0, first: Vec::new() });
            self.sums.len() - 1
        });
        let sum = &mut self.sums[at];
        sum.count += 1;
        if sum.first.len() < NAMED {
            sum.first.push(place.of(offset));
        }
    }

    pub(super) fn into_sums(self) -> Vec<NoteSum> {
        self.sums
    }
}

/// Finds line and column of offsets. Offsets in ascending order cost one walk through the file in all.
#[derive(Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    offset: usize,
    position: Position,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, offset: 0, position: Position { line: 1, column: 1 } }
    }

    pub(super) fn of(&mut self, offset: usize) -> Position {
        if offset < self.offset {
            *self = Self::new(self.text);
        }
        for (index, character) in self.text.get(self.offset..).unwrap_or_default().char_indices() {
            if self.offset + index >= offset {
                break;
            }
            if character == '\n' {
                self.position = Position { line: self.position.line + 1, column: 1 };
            } else {
                self.position.column += 1;
            }
        }
        self.offset = offset.min(self.text.len());
        self.position
    }
}

/// `lines 3, 4, 5 and 39,997 more`: more entries, not more lines.
fn in_lines(lines: &[usize], shown: usize, count: usize) -> String {
    let word = if lines.len() == 1 { "line" } else { "lines" };
    let named = lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match count.saturating_sub(shown) {
        0 if lines.len() < count => format!("{word} {named}, {count} times"),
        0 => format!("{word} {named}"),
        more => format!("{word} {named} and {} more", wording::count(more as u64)),
    }
}
