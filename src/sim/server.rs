//! The HTTP/1.1 server: connections, latency, the journal of requests, and the state file.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::clock::ClockReading;
use super::endpoints::SimEndpoints;
use super::fault_response::fault_response;
use super::faults::{Delivery, FaultAction, FaultEffects, Faults, ReplyFault};
use super::options::{SimError, SimOptions};
use super::response::{Request, Response};
use super::state::SimState;
use super::switches::Switches;
use super::wire::{HyperBody, wire};
use super::{jobs, reply_fault, services};

/// How many requests the journal keeps.
const JOURNAL: usize = 10_000;
/// How far the saved clock may lag behind the time a client has seen.
const CLOCK_LAG: Duration = Duration::from_millis(500);

/// One received request: method, path and query as sent, body as text.
pub type SeenRequest = (String, String, String);

struct ServerState {
    state: Mutex<SimState>,
    faults: Faults,
    journal: Mutex<VecDeque<SeenRequest>>,
    latency: Duration,
    state_file: Option<PathBuf>,
    saved: Mutex<Instant>,
}

/// A running simulated Azure; it stops when dropped.
pub struct Sim {
    shared: Arc<ServerState>,
    endpoints: SimEndpoints,
    address: SocketAddr,
    stop: CancellationToken,
    task: Option<JoinHandle<()>>,
}

/// Starts a simulated Azure; it answers as soon as this returns.
///
/// # Errors
/// When the address is not loopback, the port is taken, or the state file cannot be read.
pub async fn start(options: SimOptions) -> Result<Sim, SimError> {
    let listen = options.listen;
    if !listen.ip().is_loopback() {
        return Err(SimError::NotLoopback(listen));
    }
    let failed = |source| SimError::Listen { listen, source };
    let listener = TcpListener::bind(listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let state = SimState::new(&options, format!("http://{address}"))?;
    let endpoints = SimEndpoints::of(&state);
    let shared = Arc::new(ServerState {
        state: Mutex::new(state),
        faults: Faults::default(),
        journal: Mutex::new(VecDeque::new()),
        latency: options.latency,
        state_file: options.state_file,
        saved: Mutex::new(Instant::now()),
    });
    let stop = CancellationToken::new();
    let task = tokio::spawn(accept(listener, Arc::clone(&shared), stop.clone()));
    Ok(Sim { shared, endpoints, address, stop, task: Some(task) })
}

impl Sim {
    /// The addresses of its services and credentials they accept.
    pub fn endpoints(&self) -> &SimEndpoints {
        &self.endpoints
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its script of faults.
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// Changes how the services behave where nobody documents it.
    pub fn switch(&self, change: impl FnOnce(&mut Switches)) {
        change(&mut lock(&self.shared.state).switches);
    }

    /// The last ten thousand requests, oldest first.
    pub fn journal(&self) -> Vec<SeenRequest> {
        lock(&self.shared.journal).iter().cloned().collect()
    }

    /// Simulated now.
    pub fn now(&self) -> jiff::Timestamp {
        lock(&self.shared.state).now()
    }

    /// The time of the simulated clock, and its pace.
    pub fn clock(&self) -> ClockReading {
        let mut state = lock(&self.shared.state);
        // A job that was set to Shipping a moment ago changes the pace at once.
        jobs::settle(&mut state);
        ClockReading { now: state.now(), pace: state.clock.pace(), until: state.clock.until() }
    }

    /// Does something with the state, and keeps what it changed.
    pub(super) fn with_state<T>(&self, work: impl FnOnce(&mut SimState) -> T) -> T {
        let mut state = lock(&self.shared.state);
        let done = work(&mut state);
        self.shared.keep(&mut state, false);
        done
    }

    /// Moves the simulated clock forward.
    pub fn advance(&self, by: jiff::SignedDuration) {
        let mut state = lock(&self.shared.state);
        state.clock.advance(by);
        self.shared.keep(&mut state, true);
    }

    /// Stops listening, closes all connections and waits until that is done.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take() {
            let _ = task.await;
        }
        let mut state = lock(&self.shared.state);
        self.shared.keep(&mut state, true);
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl ServerState {
    /// Writes the state file when something changed, or when the saved clock lags behind the time clients have seen.
    fn keep(&self, state: &mut SimState, force: bool) {
        let Some(path) = self.state_file.as_deref() else { return };
        let mut saved = lock(&self.saved);
        let lagging = !state.jobs.is_empty() && saved.elapsed() > CLOCK_LAG;
        if !(force || state.changed || lagging) {
            return;
        }
        match state.save(path) {
            Ok(()) => state.changed = false,
            Err(error) => tracing::warn!(path = %path.display(), %error, "the rehearsal state could not be written"),
        }
        *saved = Instant::now();
    }
}

async fn accept(listener: TcpListener, shared: Arc<ServerState>, stop: CancellationToken) {
    loop {
        let stream = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        // A failed accept (no more file handles) must not end the server; the next one may work.
        let Ok((stream, _)) = stream else {
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        tokio::spawn(connection(stream, Arc::clone(&shared), stop.clone()));
    }
}

async fn connection(stream: TcpStream, shared: Arc<ServerState>, stop: CancellationToken) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| answer(Arc::clone(&shared), request));
    let served = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        () = stop.cancelled() => {}
        // An error means that the client closed the connection.
        _ = served => {}
    }
}

/// Answers a request, unless a fault closes the connection.
async fn answer(
    shared: Arc<ServerState>,
    incoming: hyper::Request<Incoming>,
) -> Result<hyper::Response<HyperBody>, io::Error> {
    let (head, body) = incoming.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let request = Request::new(head.method.as_str(), &target, head.headers, body);
    note(&shared, &request);
    if services::is_control(&request) {
        return wire(work(&shared, &request, None), &request.method, None);
    }
    let fault = shared.faults.take(&request.method, &request.target);
    let FaultEffects { delay, delivery, response, reply, body } = fault.map(FaultAction::effects).unwrap_or_default();
    let pause = shared.latency + delay;
    if !pause.is_zero() {
        tokio::time::sleep(pause).await;
    }
    let replaced = || response.and_then(|fault| fault_response(&lock(&shared.state), &fault, &request));
    match delivery {
        Delivery::Send => {
            let response = replaced().unwrap_or_else(|| work(&shared, &request, reply.as_ref()));
            wire(response, &request.method, body.as_ref())
        }
        Delivery::CloseWithoutWork => Err(io::Error::other("dropped on request")),
        Delivery::CloseAfterWork => {
            work(&shared, &request, None);
            Err(io::Error::other("answer lost on request"))
        }
        Delivery::CloseBeforeWork { delay } => {
            shared.faults.hold();
            tokio::spawn(async move {
                tokio::time::sleep(delay).await;
                work(&shared, &request, None);
                shared.faults.let_go();
            });
            Err(io::Error::other("answer lost on request, the work comes later"))
        }
    }
}

fn note(shared: &ServerState, request: &Request) {
    let mut journal = lock(&shared.journal);
    if journal.len() == JOURNAL {
        journal.pop_front();
    }
    let body = String::from_utf8_lossy(&request.body).into_owned();
    journal.push_back((request.method.clone(), request.target.clone(), body));
}

/// Does the work of a request and keeps the outcome before the response leaves.
fn work(shared: &ServerState, request: &Request, fault: Option<&ReplyFault>) -> Response {
    let mut state = lock(&shared.state);
    let response = services::respond(&mut state, &shared.faults, request);
    let response = match fault {
        Some(fault) => reply_fault::apply(&mut state, fault, response),
        None => response,
    };
    shared.keep(&mut state, false);
    response
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
