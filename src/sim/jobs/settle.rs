//! The work that the service does on jobs by itself, done before each request: deleting old jobs and writing reports.

use super::super::drives;
use super::super::state::SimState;
use super::life::{self, JobPhase};
use super::reports;

/// Deletes jobs at the end of their life, and writes logs into the storage account when the drives are copied.
pub(crate) fn settle(state: &mut SimState) {
    let now = state.now();
    let before = state.jobs.len();
    state.jobs.retain(|_, job| life::phase(job, now) != JobPhase::Gone);
    state.changed |= state.jobs.len() != before;
    if let Some(last) = state.jobs.values().filter_map(life::finishing).max() {
        state.clock.hurry_until(last);
    }
    let due = state.jobs.iter().filter(|(_, job)| !job.reported && life::phase(job, now).is_copied());
    for key in due.map(|(key, _)| key.clone()).collect::<Vec<_>>() {
        drives::fill(state, &key);
        reports::write(state, &key);
        state.changed = true;
    }
}
