//! The event loop of one session: waits for the next thing that happens, has `app::update` decide, carries out the effects, draws.
//! No decision is made here, and nothing happens while nothing happens: no wake-up, no byte.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{FutureExt, Stream, StreamExt};
use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

use super::backend::Backend;
use super::display::Display;
use super::executor::{Executor, Gate};
use super::record::Recording;
use super::saver::Saver;
use crate::app::{Model, update};
use crate::protocol::message::{Effect, Msg, Opening, Slot};
use crate::term::{Input, Signal};

/// The least time between two frames: what a screen of 120 Hz shows. A key that follows a frame at once is drawn well within the
/// 16 ms that a person would notice.
pub const FRAME: Duration = Duration::from_millis(8);

/// A frame is drawn this long after the last one even when answers keep coming.
const PATIENCE: Duration = Duration::from_millis(48);

/// How long Ctrl-Z waits for the disk; the draft is written after it as well.
const BEFORE_SUSPEND: Duration = Duration::from_millis(500);

/// Tells the time; the system's clock, except in tests.
pub type Clock = Box<dyn Fn() -> Timestamp + Send>;

/// What happened next.
pub(super) enum LoopEvent {
    Signal(Signal),
    Input(Input),
    /// The terminal is gone.
    NoInput,
    Answer(Msg),
    /// A frame or a tick is due.
    Time,
}

/// A session under way.
pub struct EventLoop<W, S> {
    pub(super) model: Model,
    pub(super) stage: S,
    pub(super) clock: Clock,
    pub(super) recording: Option<Recording>,
    pub(super) executor: Executor<W>,
    pub(super) saver: Saver,
    pub(super) answers: mpsc::UnboundedReceiver<Msg>,
    /// Exit status asked for by a signal.
    pub(super) status: u8,
    pub(super) quit: bool,
    /// Since when the screen is behind the model.
    behind: Option<Instant>,
    last_frame: Option<Instant>,
    wake: Option<Instant>,
}

impl<W: Backend, S: Display> EventLoop<W, S> {
    /// A session that has not begun. Must be called inside a tokio runtime.
    pub fn new(model: Model, stage: S, world: Arc<W>, clock: Clock) -> Self {
        let (sender, answers) = mpsc::unbounded_channel();
        Self {
            executor: Executor::new(Arc::clone(&world), sender.clone()),
            saver: Saver::start(world, sender),
            model,
            stage,
            clock,
            recording: None,
            answers,
            status: 0,
            quit: false,
            behind: None,
            last_frame: None,
            wake: None,
        }
    }

    /// The same, with every message written down.
    pub fn recorded(self, recording: Option<Recording>) -> Self {
        Self { recording, ..self }
    }

    /// Runs until the program is asked to leave. The first frame is drawn before anything is asked of the world.
    ///
    /// # Errors
    /// The terminal is gone. The session can still be [left](Self::leave) in good order.
    pub async fn run<I, G>(&mut self, opening: Opening, inputs: &mut I, signals: &mut G) -> io::Result<()>
    where
        I: Stream<Item = io::Result<Input>> + Unpin,
        G: Stream<Item = Signal> + Unpin,
    {
        let effects = self.tell(Msg::Started(opening));
        self.draw()?;
        self.carry_out(effects).await?;
        while !self.quit {
            self.draw_if_due()?;
            let happened = self.next(inputs, signals).await;
            self.take_in(happened).await?;
        }
        Ok(())
    }

    /// Lets the model decide on a message.
    pub(super) fn tell(&mut self, msg: Msg) -> Vec<Effect> {
        if let Msg::Done { slot, id, .. } = &msg {
            self.executor.finished(*slot, *id);
        }
        let effects = self.decide(msg);
        let now = Instant::now();
        self.behind.get_or_insert(now);
        // Never faster than frames, whatever is asked for.
        self.wake = self.model.wake_in().map(|wait| now + wait.max(FRAME));
        effects
    }

    fn decide(&mut self, msg: Msg) -> Vec<Effect> {
        let at = (self.clock)();
        if let Some(recording) = &mut self.recording {
            recording.note(&self.model, at, &msg);
        }
        update(&mut self.model, at, msg)
    }

    async fn take_in(&mut self, happened: LoopEvent) -> io::Result<()> {
        let msg = match happened {
            LoopEvent::Answer(msg) => msg,
            LoopEvent::Input(Input::Key(key)) => Msg::Key(key),
            LoopEvent::Input(Input::Paste(text)) => Msg::Paste(text),
            LoopEvent::Input(Input::Mouse(mouse)) => Msg::Mouse(mouse),
            LoopEvent::Input(Input::Resize(columns, rows)) => Msg::Resize(columns, rows),
            LoopEvent::NoInput => self.ended_by(Signal::HangUp),
            LoopEvent::Signal(Signal::Suspend) => return self.suspend().await,
            LoopEvent::Signal(Signal::Continue) => {
                self.stage.resume()?;
                self.resized()
            }
            LoopEvent::Signal(end) => self.ended_by(end),
            LoopEvent::Time if self.wake.is_some_and(|wake| wake <= Instant::now()) => Msg::Tick,
            LoopEvent::Time | LoopEvent::Input(Input::FocusGained | Input::FocusLost) => return Ok(()),
        };
        let effects = self.tell(msg);
        self.carry_out(effects).await
    }

    pub(super) fn ended_by(&mut self, signal: Signal) -> Msg {
        self.status = signal.exit_status().unwrap_or(self.status);
        Msg::Terminate
    }

    fn resized(&mut self) -> Msg {
        let (columns, rows) = self.stage.size();
        Msg::Resize(columns, rows)
    }

    /// Carries effects out, in order.
    ///
    /// # Errors
    /// The terminal is gone.
    pub async fn carry_out(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        let mut saving = false;
        for effect in effects {
            match effect {
                Effect::Save(draft) => {
                    saving = true;
                    self.saver.save(draft);
                }
                Effect::Start { slot, id, call } => {
                    let gate = self.gate(slot, saving);
                    self.executor.start(slot, id, call, gate);
                }
                Effect::Draw => self.behind = Some(Instant::now()),
                Effect::Redraw => {
                    self.stage.clear()?;
                    self.behind = Some(Instant::now());
                }
                Effect::Cancel(slot) => self.executor.cancel(slot),
                Effect::Permit(endpoint) => self.executor.permit(&endpoint),
                Effect::CloseDraft => self.saver.close(),
                Effect::Copy(text) => self.copy(&text),
                Effect::Mouse(on) => self.stage.set_mouse(on)?,
                Effect::Suspend => self.suspend().await?,
                Effect::Quit => self.quit = true,
            }
        }
        Ok(())
    }

    /// A write waits until the draft that goes with it is on disk; the drafts are read after the last one is written and let go.
    fn gate(&self, slot: Slot, saving: bool) -> Option<Gate> {
        let must = saving && slot.is_write();
        let waits = must || matches!(slot, Slot::Drafts | Slot::OpenDraft);
        waits.then(|| Gate { settled: self.saver.settle().boxed(), must })
    }

    /// The text may be a secret, so only the failure is noted.
    fn copy(&mut self, text: &str) {
        if let Err(error) = self.stage.copy(text) {
            tracing::warn!(%error, "copy");
        }
    }

    /// The draft is written first: a stopped program may be killed.
    async fn suspend(&mut self) -> io::Result<()> {
        let _told_by_message = timeout(BEFORE_SUSPEND, self.saver.settle()).await;
        self.stage.suspend()?;
        // A signal that came meanwhile is taken in before the next frame.
        self.last_frame = Some(Instant::now());
        let resized = self.resized();
        let effects = self.tell(resized);
        Box::pin(self.carry_out(effects)).await
    }

    /// Signals and keys before answers: a busy service must not hold up the person.
    async fn next<I, G>(&mut self, inputs: &mut I, signals: &mut G) -> LoopEvent
    where
        I: Stream<Item = io::Result<Input>> + Unpin,
        G: Stream<Item = Signal> + Unpin,
    {
        let due = self.frame_due().into_iter().chain(self.wake).min();
        tokio::select! {
            biased;
            Some(signal) = signals.next() => LoopEvent::Signal(signal),
            input = inputs.next() => match input {
                Some(Ok(input)) => LoopEvent::Input(input),
                Some(Err(_)) | None => LoopEvent::NoInput,
            },
            Some(msg) = self.answers.recv() => LoopEvent::Answer(msg),
            () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => LoopEvent::Time,
        }
    }

    /// When the screen should catch up with the model.
    fn frame_due(&self) -> Option<Instant> {
        self.behind.map(|behind| self.last_frame.map_or(behind, |last| last + FRAME))
    }

    /// Answers that wait are taken in first, so that a burst of them is one frame, but not for ever.
    fn draw_if_due(&mut self) -> io::Result<()> {
        let now = Instant::now();
        let due = self.frame_due().is_some_and(|due| due <= now);
        let overdue = self.behind.is_some_and(|behind| behind + PATIENCE <= now);
        if due && (overdue || self.answers.is_empty()) { self.draw() } else { Ok(()) }
    }

    pub(super) fn draw(&mut self) -> io::Result<()> {
        self.behind = None;
        self.last_frame = Some(Instant::now());
        let drawn = self.stage.draw(&self.model)?;
        if !self.model.view().knows(&drawn) {
            let effects = self.decide(Msg::Drawn(drawn));
            if effects.iter().any(|effect| matches!(effect, Effect::Draw)) {
                self.behind = self.last_frame;
            }
        }
        Ok(())
    }
}
