//! Carries requests out as tasks: one per slot, listings six at a time, writes never given up, and a panic is an answer too.
//! What a call does is [`Backend::call`]'s business; what an answer means is `app`'s.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::AbortHandle;

use super::backend::{Backend, ProgressSink};
use crate::azure::fault::Fault;
use crate::protocol::message::{Call, Msg, Reply, ReplyKind, RequestId, Slot};

/// The most listings that are under way at once; the others wait their turn.
pub const MOST_LISTINGS: usize = 6;

/// What a request waits for before it is sent.
pub struct Gate {
    /// Resolves when the draft is on disk, or could not be written.
    pub settled: BoxFuture<'static, Result<(), Fault>>,
    /// The request is not sent when the draft could not be written.
    pub must: bool,
}

/// The table of requests under way.
pub struct Executor<W> {
    world: Arc<W>,
    answers: mpsc::UnboundedSender<Msg>,
    listings: Arc<Semaphore>,
    running: BTreeMap<(Slot, RequestId), AbortHandle>,
}

impl<W: Backend> Executor<W> {
    /// Nothing under way; answers go to `answers`.
    pub fn new(world: Arc<W>, answers: mpsc::UnboundedSender<Msg>) -> Self {
        Self { world, answers, listings: Arc::new(Semaphore::new(MOST_LISTINGS)), running: BTreeMap::new() }
    }

    /// From now on requests may use the sign-in at the server of this blob endpoint.
    pub fn permit(&self, endpoint: &str) {
        self.world.permit(endpoint);
    }

    /// Sends a request. An older one of the same slot is given up first, unless it is a write.
    pub fn start(&mut self, slot: Slot, id: RequestId, call: Call, gate: Option<Gate>) {
        self.cancel(slot);
        tracing::debug!(?slot, id = id.0, "request");
        let request = RunningRequest {
            world: Arc::clone(&self.world),
            listings: matches!(slot, Slot::Listing(_)).then(|| Arc::clone(&self.listings)),
            tell: tell(&self.answers, slot, id),
        };
        let answers = self.answers.clone();
        let (name, expected) = (call.name(), call.expects());
        let task = tokio::spawn(async move {
            let outcome = AssertUnwindSafe(request.carry_out(call, gate)).catch_unwind().await;
            let outcome = outcome.unwrap_or_else(|_| Err(mistake(slot)));
            let outcome = outcome.and_then(|reply| checked(slot, name, expected, reply));
            trace(slot, id, &outcome);
            let _loop_ended = answers.send(Msg::Done { slot, id, outcome });
        });
        self.running.insert((slot, id), task.abort_handle());
    }

    /// Gives up the slot's request, unless it is a write: what was sent may have happened.
    pub fn cancel(&mut self, slot: Slot) {
        if !slot.is_write() {
            self.abort(|running| running == slot);
        }
    }

    /// Gives up every request but the writes.
    pub fn cancel_reads(&mut self) {
        self.abort(|running| !running.is_write());
    }

    /// Forgets an answered request.
    pub fn finished(&mut self, slot: Slot, id: RequestId) {
        self.running.remove(&(slot, id));
    }

    /// Whether a write has not been answered yet.
    pub fn is_writing(&self) -> bool {
        self.running.keys().any(|(slot, _)| slot.is_write())
    }

    fn abort(&mut self, which: impl Fn(Slot) -> bool) {
        self.running.retain(|(slot, _), task| {
            let goes = which(*slot);
            if goes {
                task.abort();
            }
            !goes
        });
    }
}

/// One request on its way.
struct RunningRequest<W> {
    world: Arc<W>,
    listings: Option<Arc<Semaphore>>,
    tell: ProgressSink,
}

impl<W: Backend> RunningRequest<W> {
    async fn carry_out(self, call: Call, gate: Option<Gate>) -> Result<Reply, Fault> {
        if let Some(Gate { settled, must }) = gate
            && let Err(fault) = settled.await
            && must
        {
            return Err(unsent(&fault));
        }
        let _turn = match self.listings {
            Some(listings) => listings.acquire_owned().await.ok(),
            None => None,
        };
        self.world.call(call, self.tell).await
    }
}

fn tell(answers: &mpsc::UnboundedSender<Msg>, slot: Slot, id: RequestId) -> ProgressSink {
    let answers = answers.clone();
    Arc::new(move |event| {
        let _loop_ended = answers.send(Msg::Progress { slot, id, event });
    })
}

/// Refuses an answer of a kind that the call does not have: no step would know what to do with it.
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

/// A write may have been sent before the mistake.
fn mistake(slot: Slot) -> Fault {
    let fault = Fault::local("carry out the request", "the program made a mistake of its own");
    Fault { unsettled: slot.is_write(), ..fault.advise("Try it again.") }
}

/// Kind and request id only: an answer, and even a fault's sentence, may name what belongs to the person.
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
