//! Forms: fields, their editor, when a field says that it is wrong, and the rules of each form the wizard asks for. Pure; drawing
//! and keys between fields are elsewhere.
//!
//! When a field is checked: never while it is first typed, then on leaving it, then on each key for as long as it is wrong, and
//! all fields at Next ([`Form::check_all`]).

pub mod address;
pub mod carrier;
mod choice;
pub mod country;
pub mod drives;
mod edit;
mod email;
mod field;
pub mod job;
pub mod parcel;
pub mod paste;
mod phone;
mod spec;
mod warning;
mod window;

pub use edit::{Edit, KEYS, edit_for};
pub use field::{Field, MAX_CHARS};
pub use spec::{CheckContext, Choices, FieldCheck, FieldKind, FieldSpec, FormFacts, any_text, fine};
pub use warning::FieldWarning;
pub use window::{FieldWindow, window};

const FULL: &str = "This is longer than a field holds (2,000 characters); nothing was added.";

/// What an edit did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EditOutcome {
    /// The value is another one now: save the draft.
    pub changed: bool,
    /// Why a character was not taken, and which are; shown under the field until the next edit.
    pub refused: Option<&'static str>,
}

/// The line under a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldLine<'a> {
    /// Help with an example.
    Help(&'a str),
    /// What is wrong and what to do.
    Error(&'a str),
    /// Why the last key did nothing.
    Refused(&'a str),
}

/// Fields with one focus among them.
#[derive(Clone, Debug)]
pub struct Form {
    specs: &'static [FieldSpec],
    fields: Vec<Field>,
    focus: usize,
    facts: FormFacts,
    refusal: Option<&'static str>,
    marked: Option<usize>,
}

impl Form {
    /// A form of `specs` filled with `values` (missing ones are empty) whose focus is on field `focus`.
    pub fn new(specs: &'static [FieldSpec], values: &[&str], focus: usize) -> Self {
        let value = |index: usize| values.get(index).copied().unwrap_or("");
        let fields = specs.iter().enumerate().map(|(index, spec)| Field::new(start(spec, value(index)))).collect();
        let focus = focus.min(specs.len().saturating_sub(1));
        Self { specs, fields, focus, facts: FormFacts::default(), refusal: None, marked: None }
    }

    /// The same form with other facts around it.
    pub fn with_facts(mut self, facts: FormFacts) -> Self {
        self.set_facts(facts);
        self
    }

    /// Takes new facts and checks again what was wrong before.
    pub fn set_facts(&mut self, facts: FormFacts) {
        self.facts = facts;
        self.recheck();
    }

    /// The facts its checks know.
    pub fn facts(&self) -> &FormFacts {
        &self.facts
    }

    /// How many fields it has.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether it has no field at all.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// What is declared about a field.
    pub fn spec(&self, index: usize) -> Option<&'static FieldSpec> {
        self.specs.get(index)
    }

    /// Index of the focused field.
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// The value of a field as typed; empty for an index out of range.
    pub fn value(&self, index: usize) -> &str {
        self.fields.get(index).map_or("", Field::value)
    }

    /// The value without blanks around it.
    pub fn trimmed(&self, index: usize) -> &str {
        self.value(index).trim()
    }

    /// What is said to be wrong with a field; nothing before it was left once.
    pub fn error(&self, index: usize) -> Option<&str> {
        self.fields.get(index).and_then(|field| field.error.as_deref())
    }

    /// What the service gets for a field, where that is not what stands in it; nothing for an empty one.
    pub fn sent_otherwise(&self, index: usize) -> Option<String> {
        let value = self.trimmed(index);
        let sent = (self.spec(index)?.sent)(value);
        (!value.is_empty() && sent != value).then_some(sent)
    }

    /// Whether a field was left once.
    pub fn touched(&self, index: usize) -> bool {
        self.fields.get(index).is_some_and(Field::touched)
    }

    /// The line under a field: refusal, else error, else help while it has the focus.
    pub fn line(&self, index: usize) -> Option<FieldLine<'_>> {
        let focused = index == self.focus;
        let refused = self.refusal.filter(|_| focused).map(FieldLine::Refused);
        let help = || self.spec(index).filter(|_| focused).map(|spec| FieldLine::Help(spec.help));
        refused.or_else(|| self.error(index).map(FieldLine::Error)).or_else(help)
    }

    /// The visible part of a field `width` columns wide; without the focus it shows the start of the value.
    pub fn window(&self, index: usize, width: usize) -> FieldWindow {
        let Some(field) = self.fields.get(index) else { return FieldWindow::default() };
        window(field.value(), if index == self.focus { field.cursor() } else { 0 }, width)
    }

    /// Entries of the list beside a field that fit what is typed; empty for a field without a list.
    pub fn options(&self, index: usize) -> Vec<String> {
        match self.spec(index).map(|spec| &spec.kind) {
            Some(FieldKind::Pick(pick)) => (pick.options)(self.trimmed(index), &self.around()),
            Some(FieldKind::Choice(options)) => options.iter().map(|&option| option.to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    /// The marked entry of the focused field's list, once one was marked with a key.
    pub fn marked(&self) -> Option<usize> {
        self.marked
    }

    /// Takes the mark away from the list, and says whether there was one.
    pub fn unmark(&mut self) -> bool {
        self.marked.take().is_some()
    }

    /// How many fields are wrong now, said or not.
    pub fn wrong(&self) -> usize {
        (0..self.fields.len()).filter(|index| self.check(*index).is_some()).count()
    }

    /// Edits the focused field.
    pub fn edit(&mut self, edit: Edit) -> EditOutcome {
        self.refusal = None;
        let Some(spec) = self.specs.get(self.focus) else { return EditOutcome::default() };
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

    /// Leaves the focused field for the next one; `false` at the last, which is left all the same.
    pub fn next_field(&mut self) -> bool {
        let next = self.focus.saturating_add(1);
        self.set_focus(next.min(self.fields.len().saturating_sub(1)));
        next < self.fields.len()
    }

    /// Leaves the focused field for the one before; `false` at the first, which is left all the same.
    pub fn previous_field(&mut self) -> bool {
        let before = self.focus.checked_sub(1);
        self.set_focus(before.unwrap_or(0));
        before.is_some()
    }

    /// Leaves the focused field, which checks it, and goes to another. Out of range: only leaves.
    pub fn set_focus(&mut self, index: usize) {
        self.leave(self.focus);
        self.refusal = None;
        if index < self.fields.len() {
            self.focus = index;
        }
    }

    /// Puts the focus on a field without leaving the one before: nothing is checked. Out of range: the last field.
    pub fn go_to(&mut self, index: usize) {
        self.marked = None;
        self.focus = index.min(self.fields.len().saturating_sub(1));
    }

    /// Replaces a value as one step that undo takes back.
    pub fn set_value(&mut self, index: usize, value: &str) {
        if let (Some(field), Some(spec)) = (self.fields.get_mut(index), self.specs.get(index)) {
            field.set(start(spec, value));
            self.recheck();
        }
    }

    /// Replaces several values and checks them, as if each had been typed and left.
    pub fn fill<'a>(&mut self, values: impl IntoIterator<Item = (usize, &'a str)>) {
        self.marked = None;
        for (index, value) in values {
            self.set_value(index, value);
            self.leave(index);
        }
        self.recheck();
    }

    /// Checks everything, moves the focus to the first wrong field and says how many are wrong.
    pub fn check_all(&mut self) -> usize {
        self.refusal = None;
        self.leave(self.focus);
        for index in 0..self.fields.len() {
            self.leave(index);
        }
        let wrong = |field: &Field| field.error.is_some();
        if let Some(first) = self.fields.iter().position(wrong) {
            self.focus = first;
        }
        self.fields.iter().filter(|field| wrong(field)).count()
    }

    fn check(&self, index: usize) -> Option<String> {
        let spec = self.specs.get(index)?;
        let value = self.trimmed(index);
        let around = self.around();
        if value.is_empty() {
            let more = || (spec.missing)(&around).unwrap_or_else(|| spec.help.to_owned());
            return spec.required.then(|| format!("{} is missing. {}", spec.label, more()));
        }
        (spec.check)(value, &around).err()
    }

    fn around(&self) -> CheckContext<'_> {
        CheckContext { fields: &self.fields, facts: &self.facts }
    }

    fn recheck(&mut self) {
        for index in 0..self.fields.len() {
            if self.error(index).is_some() {
                self.judge(index);
            }
        }
    }

    fn judge(&mut self, index: usize) {
        let error = self.check(index);
        if let Some(field) = self.fields.get_mut(index) {
            field.error = error;
        }
    }

    fn leave(&mut self, index: usize) {
        if index == self.focus {
            self.take_marked();
        }
        if let Some(FieldKind::Pick(pick)) = self.spec(index).map(|spec| spec.kind)
            && let Some(settled) = (pick.settle)(self.trimmed(index), &self.around())
            && let Some(field) = self.fields.get_mut(index)
        {
            field.set(&settled);
        }
        if let Some(field) = self.fields.get_mut(index) {
            field.touched = true;
        }
        self.judge(index);
    }

    fn insert(&mut self, spec: &FieldSpec, c: char) -> bool {
        let taken = any_text(c).and_then(spec.takes);
        let Some(field) = self.fields.get_mut(self.focus) else { return false };
        match taken {
            Ok(c) if field.room() > 0 => field.edit(&Edit::Insert(c)),
            Ok(_) => self.refuse(FULL),
            Err(why) => self.refuse(why),
        }
    }

    /// A paste keeps characters the field would refuse when typed, so that nothing pasted is lost, and is checked at once.
    fn paste(&mut self, spec: &FieldSpec, text: &str) -> bool {
        let text = (spec.pasted)(&field::clean(text));
        let fitted: String = text.chars().map(|c| (spec.takes)(c).unwrap_or(c)).collect();
        let Some(field) = self.fields.get_mut(self.focus) else { return false };
        if fitted.chars().count() > field.room() {
            return self.refuse(FULL);
        }
        let changed = field.edit(&Edit::Paste(fitted));
        if let Some(why) = text.chars().find_map(|c| (spec.takes)(c).err()) {
            self.refuse(why);
            self.judge(self.focus);
        }
        changed
    }

    fn refuse(&mut self, why: &'static str) -> bool {
        self.refusal = Some(why);
        false
    }
}

/// A choice always holds one of its options, the first one if nothing better is known.
fn start<'a>(spec: &FieldSpec, value: &'a str) -> &'a str {
    match spec.kind {
        FieldKind::Choice(options) => {
            let known = options.iter().find(|option| option.eq_ignore_ascii_case(value.trim()));
            known.or(options.first()).copied().unwrap_or("")
        }
        _ => value,
    }
}

/// The sentence for Next with `wrong` fields that are not right, e.g. `2 fields need you`.
pub fn needs_you(wrong: usize) -> String {
    if wrong == 1 { "1 field needs you".to_owned() } else { format!("{wrong} fields need you") }
}

#[cfg(test)]
mod tests;
