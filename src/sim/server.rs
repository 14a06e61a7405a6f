//! The HTTP/1.1 server: connections, faults, latency, the journal, and which service a path belongs to.

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

use super::faults::{FaultAction, Faults};
use super::response::{Request, Response};
use super::state::SimState;
use super::wire::{HyperBody, wire};
use super::{ClockReading, SimEndpoints, SimError, SimOptions, arm, auth, blob, control, directory};

/// Requests kept in the journal; older ones are forgotten.
const JOURNAL: usize = 10_000;
/// How far the saved clock may lag behind what a client has seen.
const CLOCK_LAG: Duration = Duration::from_millis(500);

/// One request the simulated Azure has seen: method, path and query as sent, body as text.
pub type SeenRequest = (String, String, String);

struct ServerState {
    world: Mutex<SimState>,
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
pub async fn start(settings: SimOptions) -> Result<Sim, SimError> {
    let listen = settings.listen;
    if !listen.ip().is_loopback() {
        return Err(SimError::NotLoopback(listen));
    }
    let failed = |source| SimError::Listen { listen, source };
    let listener = TcpListener::bind(listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let world = SimState::new(&settings, format!("http://{address}"))?;
    let endpoints = endpoints(&world);
    let shared = Arc::new(ServerState {
        world: Mutex::new(world),
        faults: Faults::default(),
        journal: Mutex::new(VecDeque::new()),
        latency: settings.latency,
        state_file: settings.state_file,
        saved: Mutex::new(Instant::now()),
    });
    let stop = CancellationToken::new();
    let task = tokio::spawn(accept(listener, Arc::clone(&shared), stop.clone()));
    Ok(Sim { shared, endpoints, address, stop, task: Some(task) })
}

fn endpoints(world: &SimState) -> SimEndpoints {
    let name = world.main_account();
    let account = world.directory.account(name);
    SimEndpoints {
        arm: world.base.clone(),
        authority: world.base.clone(),
        tenant: world.directory.tenant.clone(),
        subscription: world.directory.subscriptions.first().map(|s| s.id.clone()).unwrap_or_default(),
        resource_group: account.map(|a| a.group.clone()).unwrap_or_default(),
        storage_account: account.map(|a| world.directory.account_id(a)).unwrap_or_default(),
        blob: format!("{}/{name}", world.base),
        storage_key: directory::account_key(name, 1),
        token: auth::universal(&world.directory.tenant),
    }
}

impl Sim {
    /// Where to find it and what it accepts.
    pub fn endpoints(&self) -> &SimEndpoints {
        &self.endpoints
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The script of faults.
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// The requests seen so far, oldest first, the last ten thousand.
    pub fn journal(&self) -> Vec<SeenRequest> {
        lock(&self.shared.journal).iter().cloned().collect()
    }

    /// Simulated now.
    pub fn now(&self) -> jiff::Timestamp {
        lock(&self.shared.world).now()
    }

    /// What the simulated clock shows, and how it goes on.
    pub fn clock(&self) -> ClockReading {
        let mut world = lock(&self.shared.world);
        // A parcel announced a moment ago counts at once.
        super::jobs::settle(&mut world);
        ClockReading { now: world.now(), pace: world.clock.pace(), until: world.clock.until() }
    }

    /// Moves the simulated clock forward.
    pub fn advance(&self, by: jiff::SignedDuration) {
        let mut world = lock(&self.shared.world);
        world.clock.advance(by);
        self.shared.keep(&mut world, true);
    }

    /// Stops listening, closes all connections and waits until that is done.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take() {
            let _ = task.await;
        }
        let mut world = lock(&self.shared.world);
        self.shared.keep(&mut world, true);
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl ServerState {
    /// Writes the state file when something changed, or when the saved clock lags behind what clients have seen.
    fn keep(&self, world: &mut SimState, force: bool) {
        let Some(path) = self.state_file.as_deref() else { return };
        let mut saved = lock(&self.saved);
        let lagging = !world.jobs.is_empty() && saved.elapsed() > CLOCK_LAG;
        if !(force || world.changed || lagging) {
            return;
        }
        match world.save(path) {
            Ok(()) => world.changed = false,
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
        // A client that hangs up is none of the simulator's business.
        _ = served => {}
    }
}

async fn answer(
    shared: Arc<ServerState>,
    incoming: hyper::Request<Incoming>,
) -> Result<hyper::Response<HyperBody>, io::Error> {
    let (head, body) = incoming.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let target = head.uri.path_and_query().map_or("/", |t| t.as_str()).to_owned();
    let request = Request::new(head.method.as_str(), &target, head.headers, body);
    note(&shared, &request);
    let own = request.path.starts_with("/simulator/");
    let fault = if own { None } else { shared.faults.take(&request.method, &request.target) };
    let mut pause = if own { Duration::ZERO } else { shared.latency };
    if let Some(FaultAction::Delay { pause_ms }) = fault {
        pause += Duration::from_millis(pause_ms);
    }
    if !pause.is_zero() {
        tokio::time::sleep(pause).await;
    }
    if matches!(fault, Some(FaultAction::Drop)) {
        return Err(io::Error::other("dropped on request"));
    }
    if let Some(FaultAction::Late { after_ms }) = fault {
        shared.faults.hold();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(after_ms)).await;
            work(&shared, &request);
            shared.faults.let_go();
        });
        return Err(io::Error::other("answer lost on request, the work comes later"));
    }
    let response = match fault.as_ref().and_then(|f| instead(&shared, f, &request)) {
        Some(response) => response,
        None => work(&shared, &request),
    };
    if matches!(fault, Some(FaultAction::Lost)) {
        return Err(io::Error::other("answer lost on request"));
    }
    wire(response, &request.method, fault.as_ref())
}

fn note(shared: &ServerState, request: &Request) {
    let mut journal = lock(&shared.journal);
    if journal.len() == JOURNAL {
        journal.pop_front();
    }
    let body = String::from_utf8_lossy(&request.body).into_owned();
    journal.push_back((request.method.clone(), request.target.clone(), body));
}

/// Does what the request asks and keeps the outcome before anybody hears of it.
fn work(shared: &ServerState, request: &Request) -> Response {
    let path = request.segments();
    let mut world = lock(&shared.world);
    world.answered += 1;
    super::jobs::settle(&mut world);
    let first = path.first().map_or("", |s| s.as_str()).to_ascii_lowercase();
    let response = match first.as_str() {
        "simulator" => control::handle(&mut world, &shared.faults, request, &path),
        "subscriptions" | "providers" | "tenants" => arm::handle(&mut world, request, &path),
        _ => match auth::handle(&world, request, &path) {
            Some(response) => response,
            None => blob::handle(&mut world, request),
        },
    };
    shared.keep(&mut world, false);
    response
}

/// What a fault answers in the place of the service, in the service's own form.
fn instead(shared: &ServerState, fault: &FaultAction, request: &Request) -> Option<Response> {
    let world = lock(&shared.world);
    let first = request.segments().first().map(|s| s.to_ascii_lowercase()).unwrap_or_default();
    let in_arm = ["subscriptions", "providers", "tenants"].contains(&first.as_str());
    match fault {
        FaultAction::Status { status, code, retry_after } => {
            let code = code.as_deref().unwrap_or(match (status, in_arm) {
                (429, _) => "TooManyRequests",
                (503, false) => "ServerBusy",
                (403, true) => "AuthorizationFailed",
                (403, false) => "AuthorizationPermissionMismatch",
                (404, _) => "ResourceNotFound",
                (401, _) => "InvalidAuthenticationToken",
                _ => "InternalServerError",
            });
            let text = "A fault was asked for in this rehearsal.";
            let response = if in_arm {
                Response::arm_error(*status, code, text)
            } else {
                Response::blob_error(*status, code, text)
            };
            let response =
                if in_arm { arm::dressed(&world, request, response) } else { blob::dressed(&world, request, response) };
            Some(match retry_after {
                Some(seconds) => response.with("Retry-After", seconds.to_string()),
                None => response,
            })
        }
        FaultAction::Expired if in_arm => Some(arm::unauthorized(
            &world,
            request,
            "The access token expiry UTC time is earlier than current UTC time.",
        )),
        FaultAction::Expired => Some(blob::unauthorized(&world, request, "The access token has expired.")),
        FaultAction::RequireTag { tag } => {
            super::jobs::untagged(request, tag).map(|no| arm::dressed(&world, request, no))
        }
        FaultAction::EmptyPage if in_arm => Some(arm::dressed(&world, request, arm::empty_page(&world, request))),
        FaultAction::EmptyPage => Some(blob::dressed(&world, request, blob::empty_page(&world, request))),
        _ => None,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
