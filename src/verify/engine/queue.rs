//! The parts that wait to be read, in order. The planner waits when too many wait; the workers wait when none does. The planner is woken
//! when half of them are taken: to wake it for each part costs more than to read a small file.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::task::PartTask;

pub(super) struct PartQueue {
    state: Mutex<QueuedParts>,
    /// A part came, or none comes any more.
    filled: Condvar,
    /// Half of the parts are taken, or none is wanted any more.
    drained: Condvar,
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
        Self { state: Mutex::new(QueuedParts::default()), filled: Condvar::new(), drained: Condvar::new(), most }
    }

    fn lock(&self) -> MutexGuard<'_, QueuedParts> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a part; waits for room. A closed queue takes none.
    pub(super) fn push(&self, part: PartTask) {
        let mut state = self.lock();
        if state.parts.len() >= self.most {
            let is_full = |state: &mut QueuedParts| state.parts.len() > self.most / 2 && !state.is_closed;
            state = self.drained.wait_while(state, is_full).unwrap_or_else(PoisonError::into_inner);
        }
        if !state.is_closed {
            state.parts.push_back(part);
            drop(state);
            self.filled.notify_one();
        }
    }

    /// No more parts come. What waits is still given.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.wake_all();
    }

    /// No more parts come, and what waits is dropped.
    pub(super) fn abandon(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        let dropped = std::mem::take(&mut state.parts);
        drop(state);
        self.wake_all();
        drop(dropped);
    }

    /// The next part; waits for it. `None` at the end.
    pub(super) fn take(&self) -> Option<PartTask> {
        let is_empty = |state: &mut QueuedParts| state.parts.is_empty() && !state.is_closed;
        let state = self.filled.wait_while(self.lock(), is_empty).unwrap_or_else(PoisonError::into_inner);
        self.pop(state, |_| true)
    }

    /// The next part, if one waits and is wanted.
    pub(super) fn take_if(&self, is_wanted: impl FnOnce(&PartTask) -> bool) -> Option<PartTask> {
        self.pop(self.lock(), is_wanted)
    }

    fn pop(
        &self,
        mut state: MutexGuard<'_, QueuedParts>,
        is_wanted: impl FnOnce(&PartTask) -> bool,
    ) -> Option<PartTask> {
        let part = if state.parts.front().is_some_and(is_wanted) { state.parts.pop_front() } else { None };
        let is_drained = state.parts.len() <= self.most / 2;
        drop(state);
        if is_drained {
            self.drained.notify_one();
        }
        part
    }

    fn wake_all(&self) {
        self.filled.notify_all();
        self.drained.notify_all();
    }
}
