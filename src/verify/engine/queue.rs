//! The parts that wait to be read, in order. The planner waits when too many wait; the workers wait when none does.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::task::PartTask;

pub(super) struct PartQueue {
    state: Mutex<QueuedParts>,
    changed: Condvar,
    most: usize,
}

#[derive(Default)]
struct QueuedParts {
    parts: VecDeque<PartTask>,
    is_closed: bool,
}

impl PartQueue {
    /// A queue of at most `most` parts.
    pub(super) fn new(most: usize) -> Self {
        Self { state: Mutex::new(QueuedParts::default()), changed: Condvar::new(), most }
    }

    fn lock(&self) -> MutexGuard<'_, QueuedParts> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, QueuedParts>) -> MutexGuard<'a, QueuedParts> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a part; waits for room. A closed queue takes none.
    pub(super) fn push(&self, part: PartTask) {
        let mut state = self.lock();
        while state.parts.len() >= self.most && !state.is_closed {
            state = self.wait(state);
        }
        if !state.is_closed {
            state.parts.push_back(part);
            drop(state);
            self.changed.notify_all();
        }
    }

    /// No more parts come. What waits is still given.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    /// No more parts come, and what waits is dropped.
    pub(super) fn abandon(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        let dropped = std::mem::take(&mut state.parts);
        drop(state);
        self.changed.notify_all();
        drop(dropped);
    }

    /// The next part; waits for it. `None` at the end.
    pub(super) fn take(&self) -> Option<PartTask> {
        let mut state = self.lock();
        while state.parts.is_empty() && !state.is_closed {
            state = self.wait(state);
        }
        let part = state.parts.pop_front();
        drop(state);
        self.changed.notify_all();
        part
    }

    /// The next part, if one waits and is wanted.
    pub(super) fn take_if(&self, is_wanted: impl FnOnce(&PartTask) -> bool) -> Option<PartTask> {
        let mut state = self.lock();
        let part = if state.parts.front().is_some_and(is_wanted) { state.parts.pop_front() } else { None };
        drop(state);
        if part.is_some() {
            self.changed.notify_all();
        }
        part
    }
}
