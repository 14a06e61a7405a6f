//! How a step takes part in the wizard: the calls the top update makes to it, and what a step may answer. No step's rules are here.

use std::time::Duration;

use super::Step;
use super::desk::Desk;
use crate::app::action::Action;
use crate::app::key::Mouse;
use crate::app::keymap::Context;
use crate::app::protocol::{Effect, Reply, Slot};
use crate::app::viewport::Drawn;
use crate::azure::fault::Fault;

/// What a step wants after it acted.
#[derive(Debug, Default)]
pub struct Turn {
    /// Effects to carry out.
    pub effects: Vec<Effect>,
    /// Where to go.
    pub then: Then,
}

/// Where a step wants to go after it acted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Then {
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

impl Turn {
    /// Nothing to do, nowhere to go.
    pub fn stay() -> Self {
        Self::default()
    }

    /// On to the next step.
    pub fn next() -> Self {
        Self { effects: Vec::new(), then: Then::Next }
    }

    /// To the Next button.
    pub fn button() -> Self {
        Self { effects: Vec::new(), then: Then::Button }
    }
}

impl From<Vec<Effect>> for Turn {
    fn from(effects: Vec<Effect>) -> Self {
        Self { effects, then: Then::Stay }
    }
}

impl From<Effect> for Turn {
    fn from(effect: Effect) -> Self {
        Self::from(vec![effect])
    }
}

/// A step's part in the wizard. All of it is pure: effects are returned, time is `desk.now`.
pub trait Conduct {
    /// The step is opened, or the session or account under it changed: ask for what is missing.
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect>;

    /// Which parts of the key table count while the step's body has the focus, the most particular first.
    fn contexts(&self, desk: &Desk) -> Vec<Context>;

    /// Acts on a key that the top update does not keep for itself.
    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn;

    /// Takes an answer to one of its own requests.
    fn done(&mut self, desk: &mut Desk, slot: Slot, outcome: Result<Reply, Fault>) -> Turn;

    /// Whether the person may go on; if not, one sentence that says why, with the cursor put where the trouble is.
    ///
    /// # Errors
    /// The sentence to show.
    fn leave(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String>;

    /// Whether letters are text at the moment.
    fn is_typing(&self, _desk: &Desk) -> bool {
        false
    }

    /// Takes pasted text; ignored where nothing is being typed.
    fn paste(&mut self, _desk: &mut Desk, _text: &str) -> Vec<Effect> {
        Vec::new()
    }

    /// Moves the focus within the body; `false` when it leaves the body.
    fn move_focus(&mut self, _desk: &mut Desk, _forward: bool) -> bool {
        false
    }

    /// The body gets the focus, from before it or from behind it.
    fn take_focus(&mut self, _desk: &mut Desk, _forward: bool) {}

    /// The mouse was used over the screen.
    fn point(&mut self, _desk: &mut Desk, _mouse: Mouse) -> Vec<Effect> {
        Vec::new()
    }

    /// Another step is about to be opened, whichever way.
    fn away(&mut self, _desk: &mut Desk) -> Vec<Effect> {
        Vec::new()
    }

    /// Closes the innermost open layer; `false` when nothing is open.
    fn close(&mut self, _desk: &mut Desk) -> bool {
        false
    }

    /// A frame was drawn; it showed this part of the page. `true` if the page looks different for it.
    fn drawn(&mut self, _desk: &Desk, _drawn: &Drawn) -> bool {
        false
    }

    /// Time passed.
    fn tick(&mut self, _desk: &mut Desk) -> Vec<Effect> {
        Vec::new()
    }

    /// The terminal has a new size, `desk.size`.
    fn resized(&mut self, _desk: &mut Desk) -> Vec<Effect> {
        Vec::new()
    }

    /// Which of its pages the step shows; another page is shown from its top.
    fn page(&self, _desk: &Desk) -> usize {
        0
    }

    /// When the step wants to be told the time next.
    fn wake_in(&self, _desk: &Desk) -> Option<Duration> {
        None
    }

    /// Word on the Next button.
    fn button(&self, _desk: &Desk) -> &'static str {
        "Next"
    }
}
