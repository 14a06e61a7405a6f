//! What every page needs to draw: glyphs, time, motion, requests, its size.

use jiff::Timestamp;

use super::theme::Glyphs;
use crate::protocol::action::Action;
use crate::protocol::inflight::PendingRequests;
use crate::protocol::keymap::{Context, KeyChoices};

/// What every page needs to draw: glyphs, time, motion, requests, its size.
#[derive(Clone, Copy, Debug)]
pub struct DrawContext<'a> {
    /// The glyphs to draw with.
    pub glyphs: &'static Glyphs,
    /// The time of this frame.
    pub now: Timestamp,
    /// Spinners turn.
    pub motion: bool,
    /// Requests under way.
    pub requests: &'a PendingRequests,
    /// The keys that the person chose.
    pub keys: &'a KeyChoices,
    /// The body has the focus.
    pub focused: bool,
    /// Columns of the body.
    pub width: usize,
    /// Rows of the body.
    pub height: usize,
}

impl DrawContext<'_> {
    /// The sign of a spinner that turns since then; a count of seconds where nothing may move.
    pub fn turn(&self, since: Timestamp) -> String {
        let elapsed = self.now.duration_since(since);
        if !self.motion {
            return format!("({} s)", elapsed.as_secs().max(0));
        }
        let frame = usize::try_from(elapsed.as_millis().max(0) / 120).unwrap_or(0);
        self.glyphs.spinner.get(frame % self.glyphs.spinner.len().max(1)).copied().unwrap_or("*").to_owned()
    }

    /// The name of the key of an action, for a sentence.
    pub fn key(&self, action: &Action) -> String {
        self.keys.name(action)
    }

    /// The name of its key in this context, where an action has others elsewhere.
    pub fn key_in(&self, context: Context, action: &Action) -> String {
        self.keys.name_in(context, action)
    }

    /// How a question is answered: `y yes, n no`.
    pub fn yes_no(&self) -> String {
        format!("{} yes, {} no", self.key(&Action::Yes), self.key(&Action::No))
    }

    /// The same context for an area of another size.
    pub fn sized(self, width: usize, height: usize) -> Self {
        Self { width, height, ..self }
    }

    /// A bar of `columns` with `percent` of it full.
    pub fn bar(&self, percent: u8, columns: usize) -> String {
        let full = columns * usize::from(percent.min(100)) / 100;
        self.glyphs.full.repeat(full) + &self.glyphs.empty.repeat(columns.saturating_sub(full))
    }
}
