//! The list of steps to go to: what is typed narrows it, e.g. `8` or `rev` to Review.

use crate::form::Field;
use crate::protocol::action::Action;
use crate::protocol::step::Step;
use crate::wizard::list;

/// The list of steps.
#[derive(Clone, Debug)]
pub struct StepList {
    /// What is typed.
    pub typed: Field,
    /// The row under the cursor, among the steps that fit.
    row: usize,
}

impl PartialEq for StepList {
    fn eq(&self, other: &Self) -> bool {
        (self.typed.value(), self.row) == (other.typed.value(), other.row)
    }
}

impl Eq for StepList {}

impl StepList {
    /// All steps, the cursor on this one.
    pub(super) fn on(step: Step) -> Self {
        Self { typed: Field::default(), row: step.index() }
    }

    /// The steps that fit what is typed: by their number, else by the beginning of their name, else by any part of their title.
    pub fn steps(&self) -> Vec<Step> {
        let typed = self.typed.value().trim().to_lowercase();
        let number = |step: &Step| (step.index() + 1).to_string();
        let name = |step: &Step| step.name().to_lowercase();
        let title = |step: &Step| step.title().to_lowercase();
        let fitting = |fits: &dyn Fn(&Step) -> bool| Step::ALL.iter().copied().filter(|step| fits(step)).collect();
        let by_number: Vec<Step> = fitting(&|step| number(step).starts_with(&typed));
        let by_name: Vec<Step> = fitting(&|step| name(step).starts_with(&typed));
        let by_part: Vec<Step> = fitting(&|step| title(step).contains(&typed) || name(step).contains(&typed));
        [by_number, by_name, by_part].into_iter().find(|steps| !steps.is_empty()).unwrap_or_default()
    }

    /// The step under the cursor.
    pub fn step(&self) -> Option<Step> {
        self.steps().get(self.row).copied()
    }

    /// Moves the cursor, or takes what is typed: the cursor goes to the first step that fits.
    pub(super) fn act(&mut self, action: &Action) {
        match action {
            Action::Move(motion) => self.row = list::moved(self.row, self.steps().len(), *motion, 5),
            Action::Edit(edit) if self.typed.edit(edit) => self.row = 0,
            _ => {}
        }
    }
}
