//! The common part of the steps Return address, Job and Ship: each is a form. A step says which fields it has, which answers they
//! edit, and when the form is frozen. Keys, focus, pasted text and the copy of the answers in the draft are the same for all.

use crate::draft::Draft;
use crate::form::{Edit, Form, FormFacts, FormField, needs_you, write_form};
use crate::protocol::action::Action;
use crate::protocol::step::Step;
use crate::wizard::form_keys::{self, KeyOutcome};
use crate::wizard::page_form::AskedForm;
use crate::wizard::shared::Shared;
use crate::wizard::step::StepOutcome;

/// The answers that a form with these fields edits.
type AnswersOf<S> = <<S as FormStep>::Field as FormField>::Answers;

/// A step that is a form.
pub(super) trait FormStep {
    /// The fields of its form.
    type Field: FormField + 'static;

    /// Which step it is. The draft keeps its focus under this name.
    const STEP: Step;

    /// The form.
    fn form(&self) -> &Form;

    /// The form, to change it.
    fn form_mut(&mut self) -> &mut Form;

    /// Its answers in the draft.
    fn answers(draft: &mut Draft) -> &mut AnswersOf<Self>;

    /// The facts outside the form that its checks need, e.g. the carriers of the location.
    fn facts(shared: &Shared) -> FormFacts;

    /// Why the form cannot be changed; `None` while it can.
    fn why_frozen(shared: &Shared) -> Option<String>;

    /// Whether a field has the focus, and not something beside the form.
    fn is_on_field(&self) -> bool {
        true
    }

    /// The focus moves to the form, for a step that has something beside it.
    fn focus_form(&mut self) {}

    /// A key left the form before its first field, or did not.
    fn note_outcome(&mut self, _outcome: KeyOutcome) {}

    /// The focus as the draft keeps it.
    fn place(&self) -> usize {
        self.form().focus()
    }

    /// Puts the focus where the draft kept it.
    fn go_to_place(&mut self, place: usize) {
        self.form_mut().go_to(place);
    }

    /// The step is opened: the form learns what its checks depend on, and its focus is where the draft kept it.
    fn enter_form(&mut self, shared: &Shared) {
        self.form_mut().set_facts(Self::facts(shared));
        self.go_to_place(shared.draft.focus.get(&Self::STEP).copied().unwrap_or(0));
    }

    /// Copies the answers and the focus into the draft. A frozen form leaves the answers as they are.
    fn keep(&self, shared: &mut Shared) {
        if shared.is_read_only() {
            return;
        }
        if Self::why_frozen(shared).is_none() {
            write_form::<Self::Field>(self.form(), Self::answers(&mut shared.draft));
        }
        shared.draft.focus.insert(Self::STEP, self.place());
    }

    /// Acts on a key while a field has the focus.
    fn act_on_field(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        let frozen = Self::why_frozen(shared);
        let outcome = form_keys::act(self.form_mut(), action, frozen.is_some());
        self.note_outcome(outcome);
        self.keep(shared);
        outcome.into_step(shared, frozen.as_deref())
    }

    /// The form as a part of the page.
    fn on_page(&self, shared: &Shared) -> AskedForm<'_> {
        let frozen = Self::why_frozen(shared).is_some();
        AskedForm { form: self.form(), frozen, focused: self.is_on_field(), leads: true }
    }

    /// Whether letters are text.
    fn takes_text(&self) -> bool {
        self.is_on_field() && !form_keys::is_choice(self.form())
    }

    /// Takes pasted text into the focused field, or says why it does not.
    fn paste_text(&mut self, shared: &mut Shared, text: &str) {
        if let Some(why) = Self::why_frozen(shared) {
            shared.warn(why);
        } else if self.takes_text() {
            self.form_mut().edit(Edit::Paste(text.to_owned()));
            self.keep(shared);
        }
    }

    /// Moves the focus to the field after or before; `false` where the form ends.
    fn move_field(&mut self, shared: &mut Shared, forward: bool) -> bool {
        let inside = form_keys::step(self.form_mut(), forward);
        self.keep(shared);
        inside
    }

    /// A field is clicked. The one that has the focus is not left.
    fn focus_on(&mut self, shared: &mut Shared, field: usize) {
        if !self.is_on_field() || self.form().focus() != field {
            self.focus_form();
            self.form_mut().set_focus(field);
            self.keep(shared);
        }
    }

    /// The focus enters the form: on its first field with `forward`, else on its last.
    fn take_field(&mut self, forward: bool) {
        let last = self.form().len().saturating_sub(1);
        self.form_mut().go_to(if forward { 0 } else { last });
    }

    /// Checks all fields and puts the focus on the first one that is wrong.
    ///
    /// # Errors
    /// How many fields need the person, as a sentence.
    fn check(&mut self, shared: &mut Shared) -> Result<(), String> {
        self.form_mut().set_facts(Self::facts(shared));
        let wrong = self.form_mut().check_all();
        if wrong > 0 {
            self.focus_form();
        }
        self.keep(shared);
        if wrong > 0 { Err(needs_you(wrong)) } else { Ok(()) }
    }
}

/// The accessors of a step that keeps its form in the field `form`; written in its `impl FormStep`.
macro_rules! form_accessors {
    () => {
        fn form(&self) -> &$crate::form::Form {
            &self.form
        }

        fn form_mut(&mut self) -> &mut $crate::form::Form {
            &mut self.form
        }
    };
}

pub(super) use form_accessors;
