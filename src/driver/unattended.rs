//! A session without a person or a terminal. It goes through the steps of a draft with the keys that a person would press, and draws the
//! frames into memory, so that every check of the wizard holds here too.

use std::io;
use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream, Pending};
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::backend::Backend;
use super::display::Display;
use super::event_loop::EventLoop;
use super::leave::Ending;
use super::open::listen;
use crate::app::{Model, Settings};
use crate::azure::fault::Fault;
use crate::azure::model::{LocationName, SignInPrompt};
use crate::draft::DraftId;
use crate::protocol::hit::HitMap;
use crate::protocol::key::{Key, KeyPress};
use crate::protocol::message::{Msg, Opening, Slot};
use crate::protocol::step::Step;
use crate::protocol::viewport::Drawn;
use crate::term::{Input, Signal, Signals};
use crate::ui;
use crate::wizard::steps::location::{LocationStep, Route};
use crate::wizard::steps::review;
use crate::wording::some_of;

/// Columns and rows of the frames: wide enough for whole sentences, and long enough to have every warning of Review in view.
const SIZE: (u16, u16) = (120, 500);

/// A session without a person.
pub struct Unattended<B> {
    session: EventLoop<B, OffScreen>,
    inputs: Pending<io::Result<Input>>,
    signals: BoxStream<'static, Signal>,
    tell: PromptSink,
    /// What the person was told last.
    told: Option<SignInPrompt>,
}

/// Takes what a person has to do to sign in, where one can be asked although nobody looks at the screen.
pub type PromptSink = fn(&SignInPrompt);

/// A step that could not be left, and why.
pub type Refusal = (Step, String);

impl<B: Backend> Unattended<B> {
    /// A session that has not begun. Call it inside a tokio runtime.
    ///
    /// # Errors
    /// The system does not let the program listen to signals.
    pub fn new(settings: Settings, backend: Arc<B>, tell: PromptSink) -> io::Result<Self> {
        let signals = listen(Signals::listen()?);
        let model = Model::new(settings, SIZE, Timestamp::now());
        Ok(Self {
            session: EventLoop::new(model, OffScreen, backend, Box::new(Timestamp::now)),
            inputs: stream::pending(),
            signals: signals.boxed(),
            tell,
            told: None,
        })
    }

    /// The model as it is now.
    pub fn model(&self) -> &Model {
        &self.session.model
    }

    /// Whether a signal ended the session.
    pub fn is_over(&self) -> bool {
        self.session.quit
    }

    /// Opens a draft that stands on the first step and presses Next on each step up to Review. A step that refuses is left all the same,
    /// as far as the next one can be opened. `location` is taken where the service leaves the choice to the person. Returns the refusals in
    /// the order of the steps.
    ///
    /// # Errors
    /// Drawing failed, which a session in memory does not do.
    pub async fn go_through(&mut self, draft: DraftId, location: Option<LocationName>) -> io::Result<Vec<Refusal>> {
        let effects = self.session.handle_message(Msg::Started(Opening::Resume(draft)));
        self.session.carry_out(effects).await?;
        self.settle().await?;
        self.walk(location).await
    }

    /// Registers the subscription for the draft's service, waits for that, and goes through the steps once more, for more can be
    /// answered then. Returns the refusals as [`Self::go_through`].
    ///
    /// # Errors
    /// As [`Self::go_through`].
    pub async fn register(&mut self, location: Option<LocationName>) -> io::Result<Vec<Refusal>> {
        self.press(REGISTER).await?;
        self.walk(location).await
    }

    async fn walk(&mut self, location: Option<LocationName>) -> io::Result<Vec<Refusal>> {
        let mut refusals = Vec::new();
        for step in Step::ANSWERS.iter().copied() {
            if self.step() != Some(step) {
                self.press(goto(step)).await?;
            }
            if self.step() != Some(step) {
                continue;
            }
            let undecided = if step == Step::Location { self.choose_location(location.as_ref()).await? } else { None };
            if undecided.is_none() {
                self.press(NEXT).await?;
            }
            if self.step() == Some(step) {
                refusals.push((step, undecided.unwrap_or_else(|| self.remark())));
            }
        }
        if self.step() != Some(Step::Review) {
            self.press(goto(Step::Review)).await?;
        }
        Ok(refusals)
    }

    /// Why the draft could not be opened, or nobody could be signed in; `None` once both is done.
    pub fn unopened(&self) -> Option<Fault> {
        let Some(wizard) = &self.model().wizard else {
            let unknown = || Fault::local("open the draft", "another Blobfreight has it open");
            return Some(self.model().start.fault.clone().unwrap_or_else(unknown));
        };
        wizard.steps.signin.fault.clone()
    }

    /// Puts the cursor of the location step on a location, where the step would leave the choice to the person. Returns why it could not.
    async fn choose_location(&mut self, wanted: Option<&LocationName>) -> io::Result<Option<String>> {
        let Some(wizard) = &self.model().wizard else { return Ok(None) };
        let Some(Route::Unknown | Route::Broken(_)) = LocationStep::route(&wizard.shared) else { return Ok(None) };
        let open: Vec<&LocationName> =
            LocationStep::open_locations(&wizard.shared).iter().map(|location| &location.name).collect();
        let Some(row) = wanted.and_then(|wanted| open.iter().position(|name| *name == wanted)) else {
            let names = some_of(open.iter().map(|name| name.as_str()), 40);
            return Ok(Some(format!(
                "The service names no location for the region of the account. Choose one: {names}."
            )));
        };
        for _ in 0..row {
            self.press(KeyPress::plain(Key::Down)).await?;
        }
        Ok(None)
    }

    /// Creates the job: types the word and presses the button of Review. Returns when the service has answered. Whether the job exists
    /// is in the model.
    ///
    /// # Errors
    /// As [`Self::go_through`].
    pub async fn create(&mut self) -> io::Result<()> {
        self.press(KeyPress::plain(Key::Tab)).await?;
        self.send(Msg::Paste(review::WORD.to_owned())).await?;
        self.press(NEXT).await?;
        if self.model().draft().is_some_and(|draft| draft.open_create().is_some()) {
            // The request got no answer. The same button looks for the job, and creates it only if it is not there.
            self.press(NEXT).await?;
        }
        Ok(())
    }

    /// The remark on the screen.
    pub fn remark(&self) -> String {
        self.model().notice().map(|notice| notice.text.clone()).unwrap_or_default()
    }

    /// Ends the session, with the draft saved.
    pub async fn leave(mut self) -> Ending<OffScreen> {
        self.session.leave(&mut self.inputs, &mut self.signals).await
    }

    fn step(&self) -> Option<Step> {
        self.model().draft().map(|draft| draft.step)
    }

    async fn press(&mut self, key: KeyPress) -> io::Result<()> {
        self.send(Msg::Key(key)).await
    }

    /// Sends a message and waits for the answers to everything it starts.
    async fn send(&mut self, msg: Msg) -> io::Result<()> {
        let effects = self.session.handle_message(msg);
        self.session.carry_out(effects).await?;
        self.settle().await
    }

    /// Waits until no request is under way, then draws.
    async fn settle(&mut self) -> io::Result<()> {
        while !self.session.quit && self.is_waiting() {
            let event = self.session.next_event(&mut self.inputs, &mut self.signals).await;
            self.session.handle_event(event).await?;
            self.tell_prompt();
        }
        self.session.draw()
    }

    /// Tells the person what to do, once.
    fn tell_prompt(&mut self) {
        let pending = self.model().wizard.as_ref().and_then(|wizard| wizard.shared.prompt());
        let prompt = pending.map(|pending| pending.prompt.clone());
        if let Some(prompt) = prompt.as_ref().filter(|prompt| self.told.as_ref() != Some(prompt)) {
            (self.tell)(prompt);
        }
        self.told = prompt;
    }

    /// Whether a request is under way. The pages of the tree do not matter: nobody looks at its rows.
    fn is_waiting(&self) -> bool {
        self.model().requests().slots().any(|(slot, _)| !matches!(slot, Slot::Listing(_) | Slot::Details))
    }
}

/// The key for Next.
const NEXT: KeyPress = KeyPress::alt(Key::Right);

/// The key that registers the subscription.
const REGISTER: KeyPress = KeyPress::ctrl('g');

/// The key that opens a step from anywhere.
fn goto(step: Step) -> KeyPress {
    let digit = char::from_digit(u32::try_from(step.index() + 1).unwrap_or(1), 10).unwrap_or('1');
    KeyPress::alt(Key::Char(digit))
}

/// A display that keeps nothing of a frame but how the page was laid out.
#[derive(Debug)]
pub struct OffScreen;

impl Display for OffScreen {
    fn draw(&mut self, model: &Model) -> io::Result<(Drawn, HitMap)> {
        let area = Rect::new(0, 0, SIZE.0, SIZE.1);
        Ok((ui::paint(model, area, &mut Buffer::empty(area)).drawn, HitMap::default()))
    }

    fn size(&self) -> (u16, u16) {
        SIZE
    }
}
