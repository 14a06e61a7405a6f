//! What every page needs to draw: glyphs, time, motion, requests, its size.

use jiff::Timestamp;

use super::theme::Glyphs;
use crate::protocol::inflight::PendingRequests;

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
