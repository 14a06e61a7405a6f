//! How a step takes part in the wizard: the calls the top update makes to it, and what a step may answer. No step's rules are here.

use std::time::Duration;

use crate::azure::fault::Fault;
use crate::protocol::action::Action;
use crate::protocol::key::Mouse;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::protocol::viewport::Drawn;
use crate::wizard::shared::Shared;

/// What a step wants after it acted.
#[derive(Debug, Default)]
pub struct StepOutcome {
    /// Effects to carry out.
    pub effects: Vec<Effect>,
    /// Where to go.
    pub then: Navigation,
}

/// Where a step wants to go after it acted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Navigation {
    /// Nowhere.
    #[default]
    Stay,
    /// On, as if Next had been pressed.
    Next,
    /// To the Next button.
    Button,
    /// A page further down what is read.
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
        Self { effects: Vec::new(), then: Navigation::Next }
    }

    /// To the Next button.
    pub fn button() -> Self {
        Self { effects: Vec::new(), then: Navigation::Button }
    }
}

impl From<Vec<Effect>> for StepOutcome {
    fn from(effects: Vec<Effect>) -> Self {
        Self { effects, then: Navigation::Stay }
    }
}

impl From<Effect> for StepOutcome {
    fn from(effect: Effect) -> Self {
        Self::from(vec![effect])
    }
}

/// A step's part in the wizard. All of it is pure: effects are returned, time is `desk.now`.
pub trait StepLogic {
    /// The step is opened, or the session or account under it changed: ask for what is missing.
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect>;

    /// Which parts of the key table count while the step's body has the focus, the most particular first.
    fn contexts(&self, shared: &Shared) -> Vec<Context>;

    /// Acts on a key that the top update does not keep for itself.
    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome;

    /// Takes an answer to one of its own requests.
    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome;

    /// Whether the person may go on; if not, one sentence that says why, with the cursor put where the trouble is.
    ///
    /// # Errors
    /// The sentence to show.
    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String>;

    /// Whether letters are text at the moment.
    fn is_typing(&self, _desk: &Shared) -> bool {
        false
    }

    /// Takes pasted text; ignored where nothing is being typed.
    fn paste(&mut self, _desk: &mut Shared, _text: &str) -> Vec<Effect> {
        Vec::new()
    }

    /// Moves the focus within the body; `false` when it leaves the body.
    fn move_focus(&mut self, _desk: &mut Shared, _forward: bool) -> bool {
        false
    }

    /// The body gets the focus, from before it or from behind it.
    fn take_focus(&mut self, _desk: &mut Shared, _forward: bool) {}

    /// The mouse was used over the screen.
    fn point(&mut self, _desk: &mut Shared, _mouse: Mouse) -> Vec<Effect> {
        Vec::new()
    }

    /// Another step is about to be opened, whichever way.
    fn away(&mut self, _desk: &mut Shared) -> Vec<Effect> {
        Vec::new()
    }

    /// Closes the innermost open layer; `false` when nothing is open.
    fn close(&mut self, _desk: &mut Shared) -> bool {
        false
    }

    /// A frame was drawn; it showed this part of the page. `true` if the page looks different for it.
    fn drawn(&mut self, _desk: &Shared, _drawn: &Drawn) -> bool {
        false
    }

    /// Time passed.
    fn tick(&mut self, _desk: &mut Shared) -> Vec<Effect> {
        Vec::new()
    }

    /// The terminal has a new size, `desk.size`.
    fn resized(&mut self, _desk: &mut Shared) -> Vec<Effect> {
        Vec::new()
    }

    /// Which of its pages the step shows; another page is shown from its top.
    fn page(&self, _desk: &Shared) -> usize {
        0
    }

    /// When the step wants to be told the time next.
    fn wake_in(&self, _desk: &Shared) -> Option<Duration> {
        None
    }

    /// Word on the Next button.
    fn button(&self, _desk: &Shared) -> &'static str {
        "Next"
    }
}
