//! Writes drafts in a task of their own: one write at a time, and only the newest draft. [`Saver::settle`] waits until the draft is on
//! disk. [`Backend::save`] does the writing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until};

use super::backend::Backend;
use crate::azure::fault::Fault;
use crate::draft::Draft;
use crate::protocol::message::Msg;

/// How long a draft waits for newer ones, so that typing does not write to the disk at every key.
pub const DEBOUNCE: Duration = Duration::from_millis(100);

/// A command to the writer; it carries them out in order.
enum SaveCommand {
    /// Write this draft. A newer draft has a higher number.
    Save(Arc<Draft>, u64),
    /// Write the waiting draft at once and send how the write went.
    Settle(oneshot::Sender<Result<(), Fault>>),
    /// Write the waiting draft at once and close it.
    Close,
}

/// Hands drafts to the one task that writes them.
pub struct Saver {
    commands: mpsc::UnboundedSender<SaveCommand>,
    /// Number of the newest draft.
    newest: Arc<AtomicU64>,
}

impl Saver {
    /// Starts the task. It sends [`Msg::Saved`] after a write that failed, and after one that wrote the newest draft.
    pub fn start(backend: Arc<impl Backend>, answers: mpsc::UnboundedSender<Msg>) -> Self {
        let (commands, receiver) = mpsc::unbounded_channel();
        let newest = Arc::new(AtomicU64::new(0));
        let writer = Writer { backend, answers, newest: Arc::clone(&newest), waiting: None, due: None };
        tokio::spawn(writer.run(receiver));
        Self { commands, newest }
    }

    /// Writes the draft after [`DEBOUNCE`], unless a newer one comes.
    pub fn save(&self, draft: Arc<Draft>) {
        let number = self.newest.fetch_add(1, Ordering::SeqCst) + 1;
        self.send(SaveCommand::Save(draft, number));
    }

    /// Closes the draft after it is written.
    pub fn close(&self) {
        self.send(SaveCommand::Close);
    }

    /// Writes the waiting draft at once; the future resolves when it is on disk.
    ///
    /// # Errors
    /// The write failed; the next draft, or the next call of this, tries it again.
    pub fn settle(&self) -> impl Future<Output = Result<(), Fault>> + Send + 'static {
        let (outcome, settled) = oneshot::channel();
        self.send(SaveCommand::Settle(outcome));
        async move { settled.await.unwrap_or_else(|_| Err(stopped())) }
    }

    /// The task lives as long as this value, unless it panicked; then `settle` returns a fault.
    fn send(&self, command: SaveCommand) {
        let _writer_gone = self.commands.send(command);
    }
}

fn stopped() -> Fault {
    Fault::local("save the draft", "the part of the program that writes drafts stopped by a mistake of its own")
        .advise("Leave and start Blobfreight again.")
}

/// The task behind a [`Saver`].
struct Writer<B> {
    backend: Arc<B>,
    answers: mpsc::UnboundedSender<Msg>,
    newest: Arc<AtomicU64>,
    /// The draft that is not on disk yet, and its number. After a failed write it stays here, and the next command tries it again.
    waiting: Option<(Arc<Draft>, u64)>,
    /// When to write the waiting draft.
    due: Option<Instant>,
}

impl<B: Backend> Writer<B> {
    async fn run(mut self, mut commands: mpsc::UnboundedReceiver<SaveCommand>) {
        loop {
            let command = match self.due {
                None => commands.recv().await,
                Some(due) => tokio::select! {
                    biased;
                    () = sleep_until(due) => {
                        let _sent_as_message = self.write().await;
                        continue;
                    }
                    command = commands.recv() => command,
                },
            };
            match command {
                Some(SaveCommand::Save(draft, number)) => self.take(draft, number).await,
                Some(SaveCommand::Settle(sender)) => {
                    let outcome = self.write().await;
                    let _nobody_waits = sender.send(outcome);
                }
                Some(SaveCommand::Close) => self.close().await,
                None => break,
            }
        }
        let _sent_as_message = self.write().await;
    }

    async fn take(&mut self, draft: Arc<Draft>, number: u64) {
        if self.waiting.as_ref().is_some_and(|(waiting, _)| waiting.id != draft.id) {
            let _sent_as_message = self.write().await;
        }
        self.waiting = Some((draft, number));
        self.due.get_or_insert_with(|| Instant::now() + DEBOUNCE);
    }

    async fn write(&mut self) -> Result<(), Fault> {
        self.due = None;
        let Some((draft, number)) = self.waiting.take() else { return Ok(()) };
        let (backend, written) = (Arc::clone(&self.backend), Arc::clone(&draft));
        let outcome = spawn_blocking(move || backend.save(&written)).await.unwrap_or_else(|_| Err(stopped()));
        if outcome.is_err() {
            self.waiting = Some((draft, number));
        }
        if outcome.is_err() || number == self.newest.load(Ordering::SeqCst) {
            let _loop_ended = self.answers.send(Msg::Saved(outcome.clone()));
        }
        outcome
    }

    async fn close(&mut self) {
        let _sent_as_message = self.write().await;
        self.waiting = None;
        let backend = Arc::clone(&self.backend);
        let _panicked = spawn_blocking(move || backend.close_draft()).await;
    }
}
