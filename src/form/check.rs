//! When a form checks its fields: never while a field is first typed, then when the focus leaves it, then at each key for as long as
//! it is wrong, and all fields at Next.

use super::{FieldKind, Form};

impl Form {
    /// How many fields are wrong now, whether or not an error is shown.
    pub fn wrong(&self) -> usize {
        self.shown().filter(|index| self.check(*index).is_some()).count()
    }

    /// Checks all fields, moves the focus to the first wrong one and returns how many are wrong.
    pub fn check_all(&mut self) -> usize {
        self.refusal = None;
        self.leave(self.focus);
        for index in 0..self.fields.len() {
            self.leave(index);
        }
        let wrong: Vec<usize> = self.shown().filter(|index| self.error(*index).is_some()).collect();
        if let Some(first) = wrong.first() {
            self.focus = *first;
        }
        wrong.len()
    }

    /// What is wrong with a field, and what to do.
    fn check(&self, index: usize) -> Option<String> {
        let spec = self.spec(index).filter(|_| self.is_shown(index))?;
        let value = self.trimmed(index);
        let context = self.context();
        if value.is_empty() {
            let advice = || (spec.missing)(&context).unwrap_or_else(|| spec.help.to_owned());
            return spec.required.then(|| format!("{} is missing. {}", spec.label, advice()));
        }
        (spec.check)(value, &context).err()
    }

    /// Checks again the fields that show an error.
    pub(super) fn recheck(&mut self) {
        for index in 0..self.fields.len() {
            if self.error(index).is_some() {
                self.update_error(index);
            }
        }
    }

    pub(super) fn update_error(&mut self, index: usize) {
        let error = self.check(index);
        if let Some(field) = self.fields.get_mut(index) {
            field.error = error;
        }
    }

    /// The focus leaves a field: its value takes the usual spelling of the list entry it names, and is checked.
    pub(super) fn leave(&mut self, index: usize) {
        if index == self.focus {
            self.take_marked();
        }
        if let Some(FieldKind::Pick(pick)) = self.spec(index).map(|spec| spec.kind)
            && let Some(spelling) = (pick.complete)(self.trimmed(index), &self.context())
            && let Some(field) = self.fields.get_mut(index)
        {
            field.set(&spelling);
        }
        if let Some(field) = self.fields.get_mut(index) {
            field.touched = true;
        }
        self.update_error(index);
    }
}

/// The sentence at Next for this many wrong fields, e.g. `2 fields need you`.
pub fn needs_you(wrong: usize) -> String {
    if wrong == 1 { "1 field needs you".to_owned() } else { format!("{wrong} fields need you") }
}
