//! What a click does at each place of the screen. The screen makes these areas while it draws, so that they are where the eye sees the things.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::protocol::key::KeyPress;
use crate::protocol::step::Step;

/// What is clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HitTarget {
    /// The name of a key, in the hints or in a sentence: the key is pressed.
    Press(KeyPress),
    /// The button at the foot of a step.
    Next,
    /// A step on the rail.
    Goto(Step),
    /// The field with the focus, outside of a form. Its cursor moves by so many characters; a negative number is to the left.
    Typed {
        /// How many.
        by: isize,
    },
    /// A field of the form.
    Field {
        /// Which.
        field: usize,
        /// What is done there.
        then: FieldClick,
    },
    /// A row. The focus goes there, and then something may be done.
    Row {
        /// Lists and fields further on that is, as Tab goes.
        across: isize,
        /// Rows further down in its list.
        down: isize,
        /// What is done there.
        then: RowClick,
    },
    /// A row of the tree, counted from the first in view.
    Tree {
        /// Which.
        row: usize,
        /// Which part of it.
        part: TreePart,
    },
}

/// What a click on a row does once the focus is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowClick {
    /// Nothing more.
    Focus,
    /// What Enter does: the row had the focus before.
    Activate,
    /// What Space does: its check box or its sign of choice was clicked.
    Toggle,
}

/// What a click in a field does once the focus is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldClick {
    /// Nothing more.
    Focus,
    /// The cursor goes to the clicked column; this one is the column where it was drawn.
    PutCursor(u16),
    /// So many fixed values further on.
    Choose(isize),
    /// So many entries further down in the list beside the field; that entry is taken.
    Take(isize),
}

/// A part of a row of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TreePart {
    /// The sign that it is open or closed.
    Sign,
    /// Its check box.
    Box,
    /// Anything else of it.
    Name,
}

/// An area of one row of the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitArea {
    /// Its columns.
    pub columns: Range<u16>,
    /// Its row.
    pub row: u16,
    /// What is there.
    pub target: HitTarget,
}

/// The areas of a frame. Where two share a place, the later one is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitMap(Vec<HitArea>);

impl HitMap {
    /// Adds an area. An empty one is left out.
    pub fn add(&mut self, columns: Range<u16>, row: u16, target: HitTarget) {
        if !columns.is_empty() {
            self.0.push(HitArea { columns, row, target });
        }
    }

    /// Adds the areas of another part of the frame.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// What is at a place of the terminal.
    pub fn at(&self, column: u16, row: u16) -> Option<HitTarget> {
        let here = self.0.iter().rfind(|area| area.row == row && area.columns.contains(&column));
        here.map(|area| area.target)
    }

    /// The areas, in the order in which they were drawn.
    pub fn iter(&self) -> impl Iterator<Item = &HitArea> {
        self.0.iter()
    }
}
