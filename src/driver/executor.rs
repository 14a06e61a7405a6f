//! Carries requests out as tasks: one request a slot, at most six listings at a time. A write is never cancelled.
//! [`Backend::call`] does the work of a call; `app` decides what its answer means.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::AbortHandle;

use super::backend::{Backend, ProgressSink};
use crate::azure::fault::Fault;
use crate::azure::model::SignInCommand;
use crate::protocol::message::{Call, Msg, Reply, ReplyKind, RequestId, Slot};

/// The most listings that are under way at once; the others wait.
pub const MAX_LISTINGS: usize = 6;

/// A request with a gate is sent only after the draft is written.
pub struct Gate {
    /// Resolves when the draft is on disk, or when writing it failed.
    pub settled: BoxFuture<'static, Result<(), Fault>>,
    /// Whether the request is dropped when writing the draft failed.
    pub required: bool,
}

/// The requests under way, by slot and id.
pub struct Executor<B> {
    backend: Arc<B>,
    answers: mpsc::UnboundedSender<Msg>,
    listings: Arc<Semaphore>,
    running: BTreeMap<(Slot, RequestId), AbortHandle>,
}

impl<B: Backend> Executor<B> {
    /// An executor without requests. Answers go to `answers`.
    pub fn new(backend: Arc<B>, answers: mpsc::UnboundedSender<Msg>) -> Self {
        Self { backend, answers, listings: Arc::new(Semaphore::new(MAX_LISTINGS)), running: BTreeMap::new() }
    }

    /// Allows requests to use the sign-in at the server of this blob endpoint from now on.
    pub fn permit(&self, endpoint: &str) {
        self.backend.permit(endpoint);
    }

    /// Tells a sign-in that waits for the person what the person wants.
    pub fn tell_sign_in(&self, command: SignInCommand) {
        self.backend.tell_sign_in(command);
    }

    /// Opens an address in a browser, on a thread of its own.
    pub fn open_page(&self, address: String) {
        let backend = Arc::clone(&self.backend);
        let _opened_or_not = tokio::task::spawn_blocking(move || backend.open_page(&address));
    }

    /// Sends a request. Cancels an older request of the same slot first, unless that is a write.
    pub fn start(&mut self, slot: Slot, id: RequestId, call: Call, gate: Option<Gate>) {
        self.cancel(slot);
        tracing::debug!(?slot, id = id.0, "request");
        let request = RunningRequest {
            backend: Arc::clone(&self.backend),
            listings: matches!(slot, Slot::Listing(_)).then(|| Arc::clone(&self.listings)),
            progress: progress_sink(&self.answers, slot, id),
        };
        let answers = self.answers.clone();
        let (name, expected) = (call.name(), call.expects());
        let task = tokio::spawn(async move {
            let outcome = request.carry_out(call, gate).await;
            let outcome = outcome.and_then(|reply| checked(slot, name, expected, reply));
            trace(slot, id, &outcome);
            let _loop_ended = answers.send(Msg::Done { slot, id, outcome });
        });
        self.running.insert((slot, id), task.abort_handle());
    }

    /// Cancels the slot's request, unless it is a write: the service may have carried a write out already.
    pub fn cancel(&mut self, slot: Slot) {
        if !slot.is_write() {
            self.abort(|running| running == slot);
        }
    }

    /// Cancels every request but the writes.
    pub fn cancel_reads(&mut self) {
        self.abort(|running| !running.is_write());
    }

    /// Removes an answered request.
    pub fn finished(&mut self, slot: Slot, id: RequestId) {
        self.running.remove(&(slot, id));
    }

    /// Whether a write is without an answer.
    pub fn is_writing(&self) -> bool {
        self.running.keys().any(|(slot, _)| slot.is_write())
    }

    fn abort(&mut self, applies: impl Fn(Slot) -> bool) {
        self.running.retain(|(slot, _), task| {
            let aborted = applies(*slot);
            if aborted {
                task.abort();
            }
            !aborted
        });
    }
}

/// A request and what it needs to be carried out.
struct RunningRequest<B> {
    backend: Arc<B>,
    listings: Option<Arc<Semaphore>>,
    progress: ProgressSink,
}

impl<B: Backend> RunningRequest<B> {
    async fn carry_out(self, call: Call, gate: Option<Gate>) -> Result<Reply, Fault> {
        if let Some(Gate { settled, required }) = gate
            && let Err(fault) = settled.await
            && required
        {
            return Err(unsent(&fault));
        }
        let _permit = match self.listings {
            Some(listings) => listings.acquire_owned().await.ok(),
            None => None,
        };
        self.backend.call(call, self.progress).await
    }
}

fn progress_sink(answers: &mpsc::UnboundedSender<Msg>, slot: Slot, id: RequestId) -> ProgressSink {
    let answers = answers.clone();
    Arc::new(move |event| {
        let _loop_ended = answers.send(Msg::Progress { slot, id, event });
    })
}

/// Refuses an answer of a kind that the call does not expect: no step would know what to do with it.
fn checked(slot: Slot, call: &str, expected: &[ReplyKind], reply: Reply) -> Result<Reply, Fault> {
    if expected.contains(&reply.kind()) {
        return Ok(reply);
    }
    tracing::error!(?slot, call, reply = ?reply.kind(), "an answer of the wrong kind");
    Err(Fault { unsettled: slot.is_write(), ..reply.unexpected_to(call) })
}

fn unsent(fault: &Fault) -> Fault {
    Fault::local("send the request", "the draft could not be saved, so nothing was sent").advise(fault.to_string())
}

/// Logs the kind and the request id only: an answer, and even the sentence of a fault, may hold names of blobs or people.
fn trace(slot: Slot, id: RequestId, outcome: &Result<Reply, Fault>) {
    match outcome {
        Ok(_) => tracing::debug!(?slot, id = id.0, "answered"),
        Err(fault) => tracing::warn!(
            ?slot,
            id = id.0,
            kind = ?fault.kind,
            status = fault.status,
            code = fault.code.as_deref(),
            request_id = fault.request_id.as_deref(),
            "failed"
        ),
    }
}
