//! The end of a session: cancels the reads, waits up to two seconds for the answers to writes and for the last save, and returns how
//! both went.

use std::io;
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use tokio::time::timeout;

use super::backend::Backend;
use super::display::Display;
use super::event_loop::EventLoop;
use super::record::Recording;
use crate::app::Model;
use crate::azure::fault::Fault;
use crate::protocol::key::KeyPress;
use crate::protocol::message::Effect;
use crate::term::{Input, Signal};

/// How long leaving waits for the answers to writes and for the last save.
pub const LAST_WAIT: Duration = Duration::from_secs(2);

/// How a session ended.
#[derive(Debug)]
pub struct Ending<D> {
    /// The model as the session left it.
    pub model: Model,
    /// The display of the session.
    pub display: D,
    /// 0, or 128 plus the number of the signal that ended it.
    pub status: u8,
    /// How the last save of the draft went.
    pub draft: LastSave,
    /// Whether a write was sent that the service has not answered.
    pub unanswered: bool,
    /// The recording of the session, if there is one.
    pub recording: Option<Recording>,
}

/// How the last save of a draft went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LastSave {
    /// The newest draft is on disk.
    Done,
    /// It could not be written.
    Failed(Fault),
    /// The program left before the save ended.
    NotAwaited,
}

impl<B: Backend, D: Display> EventLoop<B, D> {
    /// Ends the session. Ctrl-C, or a signal to end, stops the waiting at once.
    pub async fn leave<I, G>(mut self, inputs: &mut I, signals: &mut G) -> Ending<D>
    where
        I: Stream<Item = io::Result<Input>> + Unpin,
        G: Stream<Item = Signal> + Unpin,
    {
        self.executor.cancel_reads();
        if self.executor.is_writing() {
            let _terminal_gone = self.draw();
        }
        let mut ended_by = None;
        let settled = tokio::select! {
            biased;
            signal = interrupted(inputs, signals) => {
                ended_by = signal;
                None
            }
            settled = timeout(LAST_WAIT, self.settle()) => settled.ok(),
        };
        if let Some(signal) = ended_by {
            self.end_by(signal);
        }
        let draft = match settled {
            Some(Ok(())) => LastSave::Done,
            Some(Err(fault)) => LastSave::Failed(fault),
            None => LastSave::NotAwaited,
        };
        let unanswered = self.executor.is_writing();
        Ending {
            model: self.model,
            display: self.display,
            status: self.status,
            draft,
            unanswered,
            recording: self.recording,
        }
    }

    /// Handles the answers to writes, sends nothing more, and saves the draft: once before the first answer, because it may never
    /// come, and once after each.
    async fn settle(&mut self) -> Result<(), Fault> {
        let mut outcome = self.saver.settle().await;
        while self.executor.is_writing() {
            let Some(msg) = self.answers.recv().await else { break };
            for effect in self.handle_message(msg) {
                if let Effect::Save(draft) = effect {
                    self.saver.save(draft);
                }
            }
            outcome = self.saver.settle().await;
        }
        outcome
    }
}

/// Resolves when Ctrl-C is pressed, or when a signal arrives that ends the program; returns that signal.
async fn interrupted<I, G>(inputs: &mut I, signals: &mut G) -> Option<Signal>
where
    I: Stream<Item = io::Result<Input>> + Unpin,
    G: Stream<Item = Signal> + Unpin,
{
    let pressed = async {
        while let Some(Ok(input)) = inputs.next().await {
            if input == Input::Key(KeyPress::ctrl('c')) {
                return;
            }
        }
        // The terminal is gone, so no key can come, but the save is still worth the wait.
        std::future::pending::<()>().await;
    };
    let signalled = async {
        loop {
            match signals.next().await {
                Some(signal) if signal.exit_status().is_some() => return signal,
                Some(_) => {}
                None => std::future::pending().await,
            }
        }
    };
    tokio::select! {
        () = pressed => None,
        signal = signalled => Some(signal),
    }
}
