//! A form: its fields, their values, the focus, and the line under each field.

use super::{CheckContext, Field, FieldKind, FieldSpec, FieldWindow, FormFacts, window};

/// Fields, one of which has the focus.
///
/// A field is named by its place in the form, which starts at 0, or by a variant of the form's list of fields.
#[derive(Clone, Debug)]
pub struct Form {
    pub(super) specs: Vec<&'static FieldSpec>,
    pub(super) fields: Vec<Field>,
    pub(super) focus: usize,
    facts: FormFacts,
    pub(super) refusal: Option<&'static str>,
    pub(super) marked: Option<usize>,
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

impl Form {
    /// A form with the fields `specs`, the values `values` (a missing one is empty) and the focus on field `focus`.
    pub fn new(specs: impl IntoIterator<Item = &'static FieldSpec>, values: &[&str], focus: usize) -> Self {
        let specs: Vec<_> = specs.into_iter().collect();
        let value = |index: usize| values.get(index).copied().unwrap_or("");
        let fields = specs.iter().enumerate().map(|(index, spec)| Field::new(spec.initial(value(index)))).collect();
        let focus = focus.min(specs.len().saturating_sub(1));
        Self { specs, fields, focus, facts: FormFacts::default(), refusal: None, marked: None }
    }

    /// The same form with these facts.
    pub fn with_facts(mut self, facts: FormFacts) -> Self {
        self.set_facts(facts);
        self
    }

    /// Replaces the facts and checks the wrong fields again. The focus leaves a field that they hide.
    pub fn set_facts(&mut self, facts: FormFacts) {
        self.facts = facts;
        self.recheck();
        self.focus = self.shown_from(self.focus);
    }

    /// The facts that its checks use.
    pub fn facts(&self) -> &FormFacts {
        &self.facts
    }

    /// The number of fields.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether the form has no field.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Whether nothing was typed into any field.
    pub fn is_blank(&self) -> bool {
        let typed = |(spec, field): (&&FieldSpec, &Field)| {
            !matches!(spec.kind, FieldKind::Choice(_)) && !field.value().trim().is_empty()
        };
        !self.specs.iter().zip(&self.fields).any(typed)
    }

    /// The places of the fields that the form has now, in the order of the screen.
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = usize> {
        (0..self.fields.len()).filter(|index| self.is_shown(*index))
    }

    /// Whether the form has this field now.
    pub fn is_shown(&self, field: impl Into<usize>) -> bool {
        self.spec(field).is_some_and(|spec| (spec.shown)(&self.context()))
    }

    /// The note of a field.
    pub fn note(&self, field: impl Into<usize>) -> Option<String> {
        (self.spec(field)?.note)(&self.context())
    }

    /// The declaration of a field.
    pub fn spec(&self, field: impl Into<usize>) -> Option<&'static FieldSpec> {
        self.specs.get(field.into()).copied()
    }

    /// The place of the focused field.
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// The value of a field as typed; empty where there is no such field.
    pub fn value(&self, field: impl Into<usize>) -> &str {
        self.fields.get(field.into()).map_or("", Field::value)
    }

    /// The value without blanks around it.
    pub fn trimmed(&self, field: impl Into<usize>) -> &str {
        self.value(field).trim()
    }

    /// The error shown for a field. None is shown before the field was left once.
    pub fn error(&self, field: impl Into<usize>) -> Option<&str> {
        self.fields.get(field.into()).and_then(|field| field.error.as_deref())
    }

    /// The value that the service gets for a field, where it differs from the typed one. `None` for an empty field.
    pub fn sent_otherwise(&self, field: impl Into<usize>) -> Option<String> {
        let field = field.into();
        let value = self.trimmed(field);
        let sent = (self.spec(field)?.sent)(value, &self.facts);
        (!value.is_empty() && sent != value).then_some(sent)
    }

    /// Whether the focus has left this field at least once.
    pub fn touched(&self, field: impl Into<usize>) -> bool {
        self.fields.get(field.into()).is_some_and(Field::touched)
    }

    /// The line under a field: the reason of a refused key, else the error, else the help while the field has the focus.
    pub fn line(&self, field: impl Into<usize>) -> Option<FieldLine<'_>> {
        let index = field.into();
        let focused = index == self.focus;
        let refused = self.refusal.filter(|_| focused).map(FieldLine::Refused);
        let help = || self.spec(index).filter(|_| focused).map(|spec| FieldLine::Help(spec.help));
        refused.or_else(|| self.error(index).map(FieldLine::Error)).or_else(help)
    }

    /// Byte offset of the cursor in the value of the field with the focus.
    pub fn cursor(&self) -> usize {
        self.fields.get(self.focus).map_or(0, Field::cursor)
    }

    /// The visible part of a field `width` columns wide. A field without the focus shows the start of its value.
    pub fn window(&self, index: usize, width: usize) -> FieldWindow {
        let Some(field) = self.fields.get(index) else { return FieldWindow::default() };
        window(field.value(), if index == self.focus { field.cursor() } else { 0 }, width)
    }

    /// The entries of a field's list that match the typed text; empty for a field without a list.
    pub fn options(&self, field: impl Into<usize>) -> Vec<String> {
        let field = field.into();
        match self.spec(field).map(|spec| &spec.kind) {
            Some(FieldKind::Pick(pick)) => (pick.options)(self.trimmed(field), &self.context()),
            Some(FieldKind::Choice(options)) => options.iter().map(|&option| option.to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    /// Leaves the focused field for the next one; `false` at the last field, which is left too.
    pub fn next_field(&mut self) -> bool {
        // The value that is left can show or hide the next field.
        self.leave(self.focus);
        let next = self.shown().find(|index| *index > self.focus);
        self.set_focus(next.unwrap_or(self.focus));
        next.is_some()
    }

    /// Leaves the focused field for the one before; `false` at the first field, which is left too.
    pub fn previous_field(&mut self) -> bool {
        self.leave(self.focus);
        let previous = self.shown().rfind(|index| *index < self.focus);
        self.set_focus(previous.unwrap_or(self.focus));
        previous.is_some()
    }

    /// Leaves the focused field, which checks it, and moves the focus to another. Where the form has no such field the focus stays.
    pub fn set_focus(&mut self, field: impl Into<usize>) {
        self.leave(self.focus);
        self.refusal = None;
        let index = field.into();
        if self.is_shown(index) {
            self.focus = index;
        }
    }

    /// Moves the focus without leaving a field: nothing is checked. Where the form has no such field it goes to the one after it, or to
    /// the last one.
    pub fn go_to(&mut self, index: usize) {
        self.marked = None;
        self.focus = self.shown_from(index);
    }

    /// The field at `index`, or the next one that is shown, or the last one that is.
    fn shown_from(&self, index: usize) -> usize {
        self.shown().find(|shown| *shown >= index).or_else(|| self.shown().next_back()).unwrap_or(0)
    }

    /// Replaces a value as one step that undo takes back.
    pub fn set_value(&mut self, field: impl Into<usize>, value: &str) {
        let index = field.into();
        if let (Some(field), Some(spec)) = (self.fields.get_mut(index), self.specs.get(index)) {
            field.set(spec.initial(value));
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

    pub(super) fn context(&self) -> CheckContext<'_> {
        CheckContext { fields: &self.fields, facts: &self.facts }
    }
}
