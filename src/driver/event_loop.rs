//! The event loop of one session: waits for the next event, calls `app::update`, carries out the effects, draws. Decisions are made in
//! `app`. Without an event the loop neither wakes nor writes a byte.

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
use crate::protocol::hit::HitMap;
use crate::protocol::message::{Effect, Msg, Opening, Slot};
use crate::protocol::window::WindowFocus;
use crate::term::{Input, Signal};

/// The least time between two frames: what a screen of 120 Hz shows. A key that follows a frame at once is drawn well within the
/// 16 ms that a person would notice.
pub const FRAME: Duration = Duration::from_millis(8);

/// A frame waits for more answers at most this long.
const MAX_FRAME_DELAY: Duration = Duration::from_millis(48);

/// How long Ctrl-Z waits for the save of the draft; a save that takes longer goes on.
const SUSPEND_WAIT: Duration = Duration::from_millis(500);

/// Returns the time: the system's clock, except in tests.
pub type Clock = Box<dyn Fn() -> Timestamp + Send>;

/// The next event of the loop.
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
pub struct EventLoop<B, D> {
    pub(super) model: Model,
    pub(super) display: D,
    pub(super) clock: Clock,
    pub(super) recording: Option<Recording>,
    pub(super) executor: Executor<B>,
    pub(super) saver: Saver,
    pub(super) answers: mpsc::UnboundedReceiver<Msg>,
    /// Exit status: 0, or that of the signal that ends the session.
    pub(super) status: u8,
    pub(super) quit: bool,
    /// Since when the screen is older than the model.
    behind: Option<Instant>,
    last_frame: Option<Instant>,
    /// When the next tick is due.
    wake: Option<Instant>,
    /// What the last frame drew where.
    hits: HitMap,
}

impl<B: Backend, D: Display> EventLoop<B, D> {
    /// A session that has not begun. Call it inside a tokio runtime.
    pub fn new(model: Model, display: D, backend: Arc<B>, clock: Clock) -> Self {
        let (sender, answers) = mpsc::unbounded_channel();
        Self {
            executor: Executor::new(Arc::clone(&backend), sender.clone()),
            saver: Saver::start(backend, sender),
            model,
            display,
            clock,
            recording: None,
            answers,
            status: 0,
            quit: false,
            behind: None,
            last_frame: None,
            wake: None,
            hits: HitMap::default(),
        }
    }

    /// The same, with every message recorded.
    pub fn recorded(self, recording: Option<Recording>) -> Self {
        Self { recording, ..self }
    }

    /// Runs until the person quits or a signal ends the program. The first frame is drawn before the first request is sent.
    ///
    /// # Errors
    /// The terminal is gone. Call [`leave`](Self::leave) all the same: it saves the draft.
    pub async fn run<I, G>(&mut self, opening: Opening, inputs: &mut I, signals: &mut G) -> io::Result<()>
    where
        I: Stream<Item = io::Result<Input>> + Unpin,
        G: Stream<Item = Signal> + Unpin,
    {
        let effects = self.handle_message(Msg::Started(opening));
        self.draw()?;
        self.carry_out(effects).await?;
        while !self.quit {
            self.draw_if_due()?;
            self.answer().await?;
            if self.quit {
                break;
            }
            let event = self.next_event(inputs, signals).await;
            self.handle_event(event).await?;
        }
        Ok(())
    }

    /// Carries out what typed answers come to, message by message: the next one can depend on what the one before has changed.
    async fn answer(&mut self) -> io::Result<()> {
        loop {
            while let Some(msg) = self.display.next_message(&self.model)? {
                let effects = self.handle_message(msg);
                self.carry_out(effects).await?;
                if self.quit {
                    return Ok(());
                }
                self.draw()?;
            }
            if !self.display.has_words() {
                return Ok(());
            }
            self.draw()?;
        }
    }

    /// Updates the model by a message; returns the effects.
    pub(super) fn handle_message(&mut self, msg: Msg) -> Vec<Effect> {
        if let Msg::Done { slot, id, .. } = &msg {
            self.executor.finished(*slot, *id);
        }
        let effects = self.update(msg);
        let now = Instant::now();
        self.behind.get_or_insert(now);
        // A tick changes only the screen, so it is never sooner than a frame.
        self.wake = self.model.wake_in().map(|wait| now + wait.max(FRAME));
        effects
    }

    fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let at = (self.clock)();
        if let Some(recording) = &mut self.recording {
            recording.write(&self.model, at, &msg);
        }
        update(&mut self.model, at, msg)
    }

    pub(super) async fn handle_event(&mut self, event: LoopEvent) -> io::Result<()> {
        let msg = match event {
            LoopEvent::Answer(msg) => msg,
            LoopEvent::Input(Input::Key(key)) => Msg::Key(key),
            LoopEvent::Input(Input::Paste(text)) => Msg::Paste(text),
            LoopEvent::Input(Input::Mouse(mouse)) => Msg::Mouse { mouse, on: self.hits.at(mouse.column, mouse.row) },
            LoopEvent::Input(Input::Resize(columns, rows)) => Msg::Resize(columns, rows),
            LoopEvent::Input(Input::FocusGained) => Msg::Window(WindowFocus::InFront),
            LoopEvent::Input(Input::FocusLost) => Msg::Window(WindowFocus::Behind),
            LoopEvent::Input(Input::Line(line)) => {
                self.display.hear(Some(line));
                return Ok(());
            }
            LoopEvent::Input(Input::End) => {
                self.display.hear(None);
                return Ok(());
            }
            LoopEvent::NoInput => self.end_by(Signal::HangUp),
            LoopEvent::Signal(Signal::Suspend) => return self.suspend().await,
            LoopEvent::Signal(Signal::Continue) => {
                self.display.resume()?;
                self.resized()
            }
            LoopEvent::Signal(signal) => self.end_by(signal),
            LoopEvent::Time if self.wake.is_some_and(|wake| wake <= Instant::now()) => Msg::Tick,
            LoopEvent::Time => return Ok(()),
        };
        let effects = self.handle_message(msg);
        self.carry_out(effects).await
    }

    pub(super) fn end_by(&mut self, signal: Signal) -> Msg {
        self.status = signal.exit_status().unwrap_or(self.status);
        Msg::Terminate
    }

    fn resized(&mut self) -> Msg {
        let (columns, rows) = self.display.size();
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
                    self.display.clear()?;
                    self.behind = Some(Instant::now());
                }
                Effect::Cancel(slot) => self.executor.cancel(slot),
                Effect::Permit(endpoint) => self.executor.permit(&endpoint),
                Effect::TellSignIn(command) => self.executor.tell_sign_in(command),
                Effect::OpenPage(address) => self.executor.open_page(address),
                Effect::CloseDraft => self.saver.close(),
                Effect::Copy(text) => self.copy(&text),
                Effect::Notify(text) => self.display.notify(&text)?,
                Effect::Ring => self.display.ring()?,
                Effect::Mouse(on) => self.display.set_mouse(on)?,
                Effect::Suspend => self.suspend().await?,
                Effect::Quit => self.quit = true,
            }
        }
        Ok(())
    }

    /// A write waits until the draft that goes with it is on disk. Reading drafts waits until the open one is written and closed.
    fn gate(&self, slot: Slot, saving: bool) -> Option<Gate> {
        let required = saving && slot.is_write();
        let waits = required || matches!(slot, Slot::Drafts | Slot::OpenDraft);
        waits.then(|| Gate { settled: self.saver.settle().boxed(), required })
    }

    /// Logs only the failure, because the text may be a secret.
    fn copy(&mut self, text: &str) {
        if let Err(error) = self.display.copy(text) {
            tracing::warn!(%error, "copy");
        }
    }

    /// Saves the draft first: a stopped program may be killed.
    async fn suspend(&mut self) -> io::Result<()> {
        let _sent_as_message = timeout(SUSPEND_WAIT, self.saver.settle()).await;
        self.display.suspend()?;
        // A signal that came meanwhile is handled before the next frame.
        self.last_frame = Some(Instant::now());
        // While the process was stopped the shell had the terminal: where its window is has to be told anew.
        for msg in [Msg::Window(WindowFocus::Unreported), self.resized()] {
            let effects = self.handle_message(msg);
            Box::pin(self.carry_out(effects)).await?;
        }
        Ok(())
    }

    /// Signals and keys come before answers, so that a burst of answers never delays a key.
    pub(super) async fn next_event<I, G>(&mut self, inputs: &mut I, signals: &mut G) -> LoopEvent
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

    /// When the next frame is due.
    fn frame_due(&self) -> Option<Instant> {
        self.behind.map(|behind| self.last_frame.map_or(behind, |last| last + FRAME))
    }

    /// Waiting answers are handled before the frame, so that a burst of them is one frame, but for [`MAX_FRAME_DELAY`] at most.
    fn draw_if_due(&mut self) -> io::Result<()> {
        let now = Instant::now();
        let due = self.frame_due().is_some_and(|due| due <= now);
        let overdue = self.behind.is_some_and(|behind| behind + MAX_FRAME_DELAY <= now);
        if due && (overdue || self.answers.is_empty()) { self.draw() } else { Ok(()) }
    }

    pub(super) fn draw(&mut self) -> io::Result<()> {
        self.behind = None;
        self.last_frame = Some(Instant::now());
        let (drawn, hits) = self.display.draw(&self.model)?;
        self.hits = hits;
        if !self.model.view().knows(&drawn) {
            let effects = self.update(Msg::Drawn(drawn));
            if effects.iter().any(|effect| matches!(effect, Effect::Draw)) {
                self.behind = self.last_frame;
            }
        }
        Ok(())
    }
}
