//! The trait of a step: the functions that `app::update` calls, and the outcome a step returns.

use std::borrow::Cow;
use std::time::Duration;

use crate::azure::fault::Fault;
use crate::protocol::action::{Action, Motion};
use crate::protocol::hit::TreePart;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Effect, ProgressEvent, Reply, Slot};
use crate::protocol::step::Step;
use crate::protocol::viewport::Drawn;
use crate::wizard::page_form::AskedForm;
use crate::wizard::shared::Shared;

/// What a step wants done after a key or an answer.
#[derive(Debug, Default)]
pub struct StepOutcome {
    /// Effects to carry out.
    pub effects: Vec<Effect>,
    /// Where to go.
    pub navigation: Navigation,
}

/// Where a step wants to go after a key or an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Navigation {
    /// Nowhere.
    #[default]
    Stay,
    /// To the next step, as if the person had pressed Next.
    Next,
    /// To the Next button.
    Button,
    /// One page further down the text.
    ReadOn,
    /// To another step, and back from there.
    Visit(Step),
}

impl StepOutcome {
    /// Nothing to do, nowhere to go.
    pub fn stay() -> Self {
        Self::default()
    }

    /// On to the next step.
    pub fn next() -> Self {
        Self { effects: Vec::new(), navigation: Navigation::Next }
    }

    /// To the Next button.
    pub fn button() -> Self {
        Self { effects: Vec::new(), navigation: Navigation::Button }
    }
}

impl From<Vec<Effect>> for StepOutcome {
    fn from(effects: Vec<Effect>) -> Self {
        Self { effects, navigation: Navigation::Stay }
    }
}

impl From<Effect> for StepOutcome {
    fn from(effect: Effect) -> Self {
        Self::from(vec![effect])
    }
}

/// A step. It does no IO: it returns effects, and the time is `shared.now`.
pub trait StepLogic {
    /// The step was opened, or the session or the account has changed: requests what is missing.
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect>;

    /// The contexts of the key table while the body has the focus. The first context that knows a key decides.
    fn contexts(&self, shared: &Shared) -> Vec<Context>;

    /// Acts on a key that `app::update` does not handle itself.
    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome;

    /// Takes an answer to one of its own requests.
    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome;

    /// Takes a progress event of one of its own requests, before the answer.
    fn progress(&mut self, _shared: &mut Shared, _slot: Slot, _event: ProgressEvent) {}

    /// The person presses Next. A step that is not complete puts the cursor on the missing answer.
    ///
    /// # Errors
    /// Why the step cannot be left yet, one sentence.
    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String>;

    /// Whether a text field has the focus, so that letters are typed and not keys of the step.
    fn is_typing(&self, _shared: &Shared) -> bool {
        false
    }

    /// Takes pasted text. Does nothing while no field has the focus.
    fn paste(&mut self, _shared: &mut Shared, _text: &str) -> Vec<Effect> {
        Vec::new()
    }

    /// Moves the focus within the body; `false` when it leaves the body.
    fn move_focus(&mut self, _shared: &mut Shared, _forward: bool) -> bool {
        false
    }

    /// The focus enters the body: from above with `forward`, else from below.
    fn take_focus(&mut self, _shared: &mut Shared, _forward: bool) {}

    /// A field of the form on the page was clicked: it gets the focus.
    fn focus_field(&mut self, _shared: &mut Shared, _field: usize) {}

    /// A row of the tree was clicked, counted from the first in view.
    fn point_row(&mut self, _shared: &mut Shared, _row: usize, _part: TreePart) -> Vec<Effect> {
        Vec::new()
    }

    /// The wheel turned over a list that shows a window of itself. `None` where the page has none: it is scrolled.
    fn wheel(&mut self, _shared: &mut Shared, _motion: Motion) -> Option<Vec<Effect>> {
        None
    }

    /// Another step is about to be opened.
    fn away(&mut self, _shared: &mut Shared) -> Vec<Effect> {
        Vec::new()
    }

    /// Closes the page or question over the step; `false` if there is none.
    fn close(&mut self, _shared: &mut Shared) -> bool {
        false
    }

    /// A frame was drawn, with this part of the page. `true` if the page has to be drawn again because of it.
    fn drawn(&mut self, _shared: &Shared, _drawn: &Drawn) -> bool {
        false
    }

    /// Time passed.
    fn tick(&mut self, _shared: &mut Shared) -> Vec<Effect> {
        Vec::new()
    }

    /// The terminal has a new size, `shared.size`.
    fn resized(&mut self, _shared: &mut Shared) -> Vec<Effect> {
        Vec::new()
    }

    /// The number of the page that the step shows. A page with another number is shown from its top.
    fn page(&self, _shared: &Shared) -> usize {
        0
    }

    /// Time until the step needs a tick.
    fn wake_in(&self, _shared: &Shared) -> Option<Duration> {
        None
    }

    /// The form on the page, if there is one.
    fn page_form(&self, _shared: &Shared) -> Option<AskedForm<'_>> {
        None
    }

    /// The words on the Next button.
    fn button(&self, _shared: &Shared) -> Cow<'static, str> {
        "Next".into()
    }
}
