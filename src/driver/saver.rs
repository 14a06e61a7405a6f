//! Writes drafts away from the event loop: one write at a time, the newest draft wins, and whoever must know that it is on disk
//! can wait for it. Where a draft goes is [`Backend::save`]'s business.

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

/// How long a change waits for others, so that typing is not one write to the disk per key.
pub const DEBOUNCE: Duration = Duration::from_millis(100);

/// What the writer is asked for, in order.
enum SaveCommand {
    /// Write this draft, the newest so far by its number.
    Save(Arc<Draft>, u64),
    /// Write at once what waits and say how it went.
    Settle(oneshot::Sender<Result<(), Fault>>),
    /// Write at once what waits and let go of the draft.
    Close,
}

/// Hands drafts to the one task that writes them.
pub struct Saver {
    wishes: mpsc::UnboundedSender<SaveCommand>,
    asked: Arc<AtomicU64>,
}

impl Saver {
    /// Starts the task. After each write it sends [`Msg::Saved`]; success only when nothing newer waits.
    pub fn start(world: Arc<impl Backend>, answers: mpsc::UnboundedSender<Msg>) -> Self {
        let (wishes, asked_for) = mpsc::unbounded_channel();
        let asked = Arc::new(AtomicU64::new(0));
        let writer = Writer { world, answers, asked: Arc::clone(&asked), waiting: None, due: None };
        tokio::spawn(writer.run(asked_for));
        Self { wishes, asked }
    }

    /// Writes the draft soon.
    pub fn save(&self, draft: Arc<Draft>) {
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        self.wish(SaveCommand::Save(draft, number));
    }

    /// Lets go of the draft once it is written.
    pub fn close(&self) {
        self.wish(SaveCommand::Close);
    }

    /// Writes at once what was handed over before this call; the future resolves when it is on disk.
    ///
    /// # Errors
    /// It could not be written; it is tried again with the next draft, or the next call of this.
    pub fn settle(&self) -> impl Future<Output = Result<(), Fault>> + Send + 'static {
        let (told, settled) = oneshot::channel();
        self.wish(SaveCommand::Settle(told));
        async move { settled.await.unwrap_or_else(|_| Err(stopped())) }
    }

    /// The task lives as long as this value, unless it panicked; then `settle` says so.
    fn wish(&self, wish: SaveCommand) {
        let _writer_gone = self.wishes.send(wish);
    }
}

fn stopped() -> Fault {
    Fault::local("save the draft", "the part of the program that writes drafts stopped by a mistake of its own")
        .advise("Leave and start Blobfreight again.")
}

/// The task behind a [`Saver`].
struct Writer<W> {
    world: Arc<W>,
    answers: mpsc::UnboundedSender<Msg>,
    asked: Arc<AtomicU64>,
    /// Not on disk yet. Stays here after a failed write, and is tried again with the next wish.
    waiting: Option<(Arc<Draft>, u64)>,
    due: Option<Instant>,
}

impl<W: Backend> Writer<W> {
    async fn run(mut self, mut wishes: mpsc::UnboundedReceiver<SaveCommand>) {
        loop {
            let wish = match self.due {
                None => wishes.recv().await,
                Some(due) => tokio::select! {
                    biased;
                    () = sleep_until(due) => {
                        let _told = self.write().await;
                        continue;
                    }
                    wish = wishes.recv() => wish,
                },
            };
            match wish {
                Some(SaveCommand::Save(draft, number)) => self.take(draft, number).await,
                Some(SaveCommand::Settle(told)) => {
                    let outcome = self.write().await;
                    let _nobody_waits = told.send(outcome);
                }
                Some(SaveCommand::Close) => self.close().await,
                None => break,
            }
        }
        let _told = self.write().await;
    }

    async fn take(&mut self, draft: Arc<Draft>, number: u64) {
        if self.waiting.as_ref().is_some_and(|(waiting, _)| waiting.id != draft.id) {
            let _told = self.write().await;
        }
        self.waiting = Some((draft, number));
        self.due.get_or_insert_with(|| Instant::now() + DEBOUNCE);
    }

    async fn write(&mut self) -> Result<(), Fault> {
        self.due = None;
        let Some((draft, number)) = self.waiting.take() else { return Ok(()) };
        let (world, written) = (Arc::clone(&self.world), Arc::clone(&draft));
        let outcome = spawn_blocking(move || world.save(&written)).await.unwrap_or_else(|_| Err(stopped()));
        if outcome.is_err() {
            self.waiting = Some((draft, number));
        }
        if outcome.is_err() || number == self.asked.load(Ordering::SeqCst) {
            let _loop_ended = self.answers.send(Msg::Saved(outcome.clone()));
        }
        outcome
    }

    async fn close(&mut self) {
        let _told = self.write().await;
        self.waiting = None;
        let world = Arc::clone(&self.world);
        let _panicked = spawn_blocking(move || world.close_draft()).await;
    }
}
