//! The focus of the review: on the page while the person reads, on an answer, or on the field for the word. The field comes once every
//! warning was in view.

use crate::protocol::action::Motion;
use crate::protocol::message::Slot;
use crate::protocol::step::Step;
use crate::protocol::viewport::Drawn;
use crate::wizard::list;
use crate::wizard::rail::missing;
use crate::wizard::shared::Shared;
use crate::wizard::steps::review::state::ReviewStep;
use crate::wizard::steps::review::warnings::warnings;

impl ReviewStep {
    /// The step of the row under the cursor; `None` on the field for the word, and while no row has the focus.
    pub fn step_under_cursor(&self) -> Option<Step> {
        Step::ANSWERS.get(self.row).copied().filter(|_| self.on_rows)
    }

    /// Whether the field for the word has the focus.
    pub fn is_on_word(&self) -> bool {
        self.on_rows && self.row >= Step::ANSWERS.len()
    }

    /// How many warnings were not in view yet.
    pub fn unread(&self, shared: &Shared) -> usize {
        if !self.read.begun {
            return 0;
        }
        warnings(shared).iter().filter(|warning| !self.read.warnings.contains(warning)).count()
    }

    /// Whether the word can be typed.
    pub fn asks_word(&self, shared: &Shared) -> bool {
        !shared.draft.has_job() && self.unread(shared) == 0
    }

    /// Takes in which warnings the last frame showed; `true` if the number of unread warnings changed.
    pub(super) fn take_read(&mut self, shared: &Shared, drawn: &Drawn) -> bool {
        let before = self.unread(shared);
        self.read.begun = true;
        let marks = drawn.extent.marks.iter();
        let shown = warnings(shared).into_iter().zip(marks).filter(|(_, line)| drawn.shows(**line));
        for (warning, _) in shown {
            if !self.read.warnings.contains(&warning) {
                self.read.warnings.push(warning);
            }
        }
        self.unread(shared) != before
    }

    /// Puts the focus on what needs the person: the first answer that is missing, else the word where everything was read.
    pub(super) fn settle_focus(&mut self, shared: &Shared) {
        (self.came_back, self.moved) = (false, false);
        let needed = needed_row(shared);
        let word = self.read.begun && self.asks_word(shared);
        self.on_rows = needed.is_some() || word;
        self.row = needed.unwrap_or(if word { Step::ANSWERS.len() } else { 0 });
    }

    /// The session or the account has come: moves the focus to the first answer that is missing now, or away from the rows.
    pub(super) fn follow_missing(&mut self, shared: &Shared) {
        if self.moved || self.is_on_word() {
            return;
        }
        let needed = needed_row(shared);
        (self.row, self.on_rows) = (needed.unwrap_or(0), needed.is_some());
    }

    /// The focus comes back to the answer of the step that was visited.
    pub fn come_back(&mut self, from: Step) {
        if let Some(row) = row_of(from) {
            (self.row, self.on_rows, self.came_back) = (row, true, true);
            self.moved = true;
        }
    }

    /// Moves the focus to the field for the word, if it is there.
    pub(super) fn go_to_word(&mut self, shared: &Shared) -> bool {
        let asks = self.asks_word(shared);
        if asks {
            (self.row, self.on_rows, self.came_back) = (Step::ANSWERS.len(), true, false);
            self.moved = true;
        }
        asks
    }

    pub(super) fn go(&mut self, shared: &Shared, motion: Motion) {
        (self.came_back, self.moved) = (false, true);
        let rows = Step::ANSWERS.len() + usize::from(self.asks_word(shared));
        if self.on_rows {
            self.row = list::moved(self.row, rows, motion, 6);
        } else if !matches!(motion, Motion::Up | Motion::PageUp | Motion::HalfUp | Motion::First) {
            self.on_rows = true;
            self.row = if motion == Motion::Last { rows - 1 } else { 0 };
        }
    }
}

/// The first answer that is missing. A sign-in under way may bring it: until then nothing needs the person.
fn needed_row(shared: &Shared) -> Option<usize> {
    if shared.draft.has_job() || shared.requests.is_busy(Slot::SignIn) {
        return None;
    }
    missing(shared).first().and_then(|(step, _)| row_of(*step))
}

/// The row of a step among the answers.
pub(super) fn row_of(step: Step) -> Option<usize> {
    Step::ANSWERS.iter().position(|listed| *listed == step)
}
