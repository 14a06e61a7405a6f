//! The end of a session: gives up what is only read, waits a little for what was sent and for the last save, and says how it went.

use std::io;
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use tokio::time::timeout;

use super::backend::Backend;
use super::display::Display;
use super::record::Recording;
use super::session::EventLoop;
use crate::app::Model;
use crate::azure::fault::Fault;
use crate::protocol::key::KeyPress;
use crate::protocol::message::Effect;
use crate::term::{Input, Signal};

/// How long leaving waits for an answer to what was sent, and for the last save.
pub const LAST_WAIT: Duration = Duration::from_secs(2);

/// How a session ended.
#[derive(Debug)]
pub struct Ending<S> {
    /// The last state.
    pub model: Model,
    /// Where it was shown.
    pub stage: S,
    /// 0, or 128 plus the number of the signal that ended it.
    pub status: u8,
    /// Whether the draft is on disk.
    pub draft: LastSave,
    /// Something was sent that the service had not answered.
    pub unanswered: bool,
    /// Where the session was recorded.
    pub recording: Option<Recording>,
}

/// What became of the last save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LastSave {
    /// The draft is on disk as last seen.
    Done,
    /// It could not be written.
    Failed(Fault),
    /// Nobody waited for it.
    Hurried,
}

impl<W: Backend, S: Display> EventLoop<W, S> {
    /// Ends the session. Ctrl-C, or a signal to end, stops the waiting at once.
    pub async fn leave<I, G>(mut self, inputs: &mut I, signals: &mut G) -> Ending<S>
    where
        I: Stream<Item = io::Result<Input>> + Unpin,
        G: Stream<Item = Signal> + Unpin,
    {
        self.executor.cancel_reads();
        if self.executor.is_writing() {
            let _terminal_gone = self.draw();
        }
        let mut hurried_by = None;
        let settled = tokio::select! {
            biased;
            signal = hurry(inputs, signals) => {
                hurried_by = signal;
                None
            }
            settled = timeout(LAST_WAIT, self.settle()) => settled.ok(),
        };
        if let Some(signal) = hurried_by {
            self.ended_by(signal);
        }
        let draft = match settled {
            Some(Ok(())) => LastSave::Done,
            Some(Err(fault)) => LastSave::Failed(fault),
            None => LastSave::Hurried,
        };
        let unanswered = self.executor.is_writing();
        Ending {
            model: self.model,
            stage: self.stage,
            status: self.status,
            draft,
            unanswered,
            recording: self.recording,
        }
    }

    /// Takes in the answers to what was sent, sends nothing more, and writes the draft. What was written before the wait for an
    /// answer is on disk even if the answer never comes.
    async fn settle(&mut self) -> Result<(), Fault> {
        let mut outcome = self.saver.settle().await;
        while self.executor.is_writing() {
            let Some(msg) = self.answers.recv().await else { break };
            for effect in self.tell(msg) {
                if let Effect::Save(draft) = effect {
                    self.saver.save(draft);
                }
            }
            outcome = self.saver.settle().await;
        }
        outcome
    }
}

/// Resolves when the person does not want to wait: Ctrl-C, or a signal to end, which is returned.
async fn hurry<I, G>(inputs: &mut I, signals: &mut G) -> Option<Signal>
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
        // The terminal is gone: nobody can press anything, but the draft is still worth the wait.
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
