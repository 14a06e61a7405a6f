//! Choosing instead of typing: one of a few fixed values, or an entry of the list beside a field.

use super::{Edit, Form};

const HOW_TO_CHOOSE: &str = "Choose with the arrow keys, Space or the first letter.";

impl Form {
    /// The marked entry of the focused field's list, after a key has marked one.
    pub fn marked(&self) -> Option<usize> {
        self.marked
    }

    /// Removes the mark from the list; `false` where no entry was marked.
    pub fn unmark(&mut self) -> bool {
        self.marked.take().is_some()
    }

    /// Acts on a key in a field with fixed values; `true` where another value is chosen.
    pub(super) fn choose(&mut self, options: &[&str], edit: &Edit) -> bool {
        let now = options.iter().position(|option| *option == self.value(self.focus)).unwrap_or(0);
        let last = options.len().saturating_sub(1);
        let chosen = match edit {
            Edit::NextChoice | Edit::Right | Edit::Insert(' ') => {
                if now < last {
                    now + 1
                } else {
                    0
                }
            }
            Edit::PreviousChoice | Edit::Left => now.checked_sub(1).unwrap_or(last),
            Edit::Home => 0,
            Edit::End => last,
            Edit::Insert(c) => {
                let starts = |option: &&str| option.chars().next().is_some_and(|first| first.eq_ignore_ascii_case(c));
                let Some(found) = options.iter().position(starts) else { return self.refuse(HOW_TO_CHOOSE) };
                found
            }
            Edit::Undo | Edit::Redo => return self.fields.get_mut(self.focus).is_some_and(|field| field.edit(edit)),
            _ => return self.refuse(HOW_TO_CHOOSE),
        };
        let (Some(field), Some(option)) = (self.fields.get_mut(self.focus), options.get(chosen)) else { return false };
        field.set(option);
        chosen != now
    }

    /// Marks the next (`by` 1) or previous (`by` -1) entry of the list. The value does not change, so this returns `false`.
    pub(super) fn mark(&mut self, by: isize) -> bool {
        let last = self.options(self.focus).len().checked_sub(1);
        self.marked = last.map(|last| match self.marked {
            None => {
                if by > 0 {
                    0
                } else {
                    last
                }
            }
            Some(at) => at.checked_add_signed(by).unwrap_or(0).min(last),
        });
        false
    }

    /// Puts the marked entry into the field; `true` where the value changed.
    pub(super) fn take_marked(&mut self) -> bool {
        let Some(marked) = self.marked.take() else { return false };
        let options = self.options(self.focus);
        match (options.get(marked), self.fields.get_mut(self.focus)) {
            (Some(option), Some(field)) if option != field.value() => {
                field.set(option);
                true
            }
            _ => false,
        }
    }
}
