//! What a key or a paste changes in the focused field, and why a character is refused.

use super::{Edit, FieldKind, FieldSpec, Form, any_text, field};

const FULL: &str = "This is longer than a field holds (2,000 characters); nothing was added.";

/// The result of an edit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EditOutcome {
    /// The value changed: the draft needs saving.
    pub changed: bool,
    /// Why a character was refused and which ones the field takes. Shown under the field until the next edit.
    pub refused: Option<&'static str>,
}

impl Form {
    /// Edits the focused field.
    pub fn edit(&mut self, edit: Edit) -> EditOutcome {
        self.refusal = None;
        let Some(spec) = self.spec(self.focus) else { return EditOutcome::default() };
        let changed = match (&spec.kind, edit) {
            (FieldKind::Choice(options), edit) => self.choose(options, &edit),
            (FieldKind::Pick(_), Edit::NextChoice) => self.mark(1),
            (FieldKind::Pick(_), Edit::PreviousChoice) => self.mark(-1),
            (FieldKind::Pick(_), Edit::TakeChoice) => self.take_marked(),
            (_, Edit::Insert(c)) => self.insert(spec, c),
            (_, Edit::Paste(text)) => self.paste(spec, &text),
            (_, edit) => self.fields.get_mut(self.focus).is_some_and(|field| field.edit(&edit)),
        };
        if changed {
            self.marked = None;
            self.recheck();
        }
        EditOutcome { changed, refused: self.refusal }
    }

    fn insert(&mut self, spec: &FieldSpec, c: char) -> bool {
        let accepted = any_text(c).and_then(spec.accepts);
        let Some(field) = self.fields.get_mut(self.focus) else { return false };
        match accepted {
            Ok(c) if field.room() > 0 => field.edit(&Edit::Insert(c)),
            Ok(_) => self.refuse(FULL),
            Err(why) => self.refuse(why),
        }
    }

    /// A paste keeps characters that the field would refuse when typed, so that no pasted text is lost. It is checked at once.
    fn paste(&mut self, spec: &FieldSpec, text: &str) -> bool {
        let text = (spec.pasted)(&field::clean(text));
        let fitted: String = text.chars().map(|c| (spec.accepts)(c).unwrap_or(c)).collect();
        let Some(field) = self.fields.get_mut(self.focus) else { return false };
        if fitted.chars().count() > field.room() {
            return self.refuse(FULL);
        }
        let changed = field.edit(&Edit::Paste(fitted));
        if let Some(why) = text.chars().find_map(|c| (spec.accepts)(c).err()) {
            self.refuse(why);
            self.update_error(self.focus);
        }
        changed
    }

    /// Notes why a key did nothing. Returns `false`: the value did not change.
    pub(super) fn refuse(&mut self, why: &'static str) -> bool {
        self.refusal = Some(why);
        false
    }
}
