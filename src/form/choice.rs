//! Choosing instead of typing: one of a few fixed values, or an entry of the list beside a field.

use super::{Edit, Form};

impl Form {
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
                let Some(found) = options.iter().position(starts) else {
                    return self.refuse("Choose with the arrow keys, Space or the first letter.");
                };
                found
            }
            Edit::Undo | Edit::Redo => return self.fields.get_mut(self.focus).is_some_and(|field| field.edit(edit)),
            _ => return self.refuse("Choose with the arrow keys, Space or the first letter."),
        };
        let (Some(field), Some(option)) = (self.fields.get_mut(self.focus), options.get(chosen)) else { return false };
        field.set(option);
        chosen != now
    }

    /// Marks the next or the previous entry of the list; the value stays.
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
