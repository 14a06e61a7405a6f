//! The counts of a session, which several steps show.

use std::sync::Arc;

use crate::plan::count::{CountProgress, CountReport};

/// The counts of this session: the one under way and the last result.
#[derive(Debug, Default)]
pub struct CountState {
    /// The first and the latest progress report of the count that is under way or paused.
    pub live: Option<(CountProgress, CountProgress)>,
    /// The result of the last count that ended by itself. The draft knows its rules.
    pub report: Option<Arc<CountReport>>,
}

impl CountState {
    /// Takes in a progress report.
    pub fn note_progress(&mut self, progress: CountProgress) {
        let first = self.live.take().map_or_else(|| progress.clone(), |(first, _)| first);
        self.live = Some((first, progress));
    }
}
