//! The remarks of this run, kept because a remark leaves the screen with the next key.

use std::collections::VecDeque;

use jiff::Timestamp;

use crate::wizard::shared::Notice;

/// Messages kept; the oldest goes first.
const KEPT: usize = 100;

/// The messages of this run of the program, newest first.
#[derive(Debug, Default)]
pub struct Messages {
    said: VecDeque<(Timestamp, Notice)>,
}

impl Messages {
    /// Keeps a message. The same one said again takes the place of the one before.
    pub(super) fn keep(&mut self, at: Timestamp, notice: Notice) {
        if self.said.front().is_some_and(|(_, last)| *last == notice) {
            self.said.pop_front();
        }
        self.said.push_front((at, notice));
        self.said.truncate(KEPT);
    }

    /// When each was said, and what.
    pub fn iter(&self) -> impl Iterator<Item = &(Timestamp, Notice)> {
        self.said.iter()
    }

    /// Whether nothing was said yet.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }
}
