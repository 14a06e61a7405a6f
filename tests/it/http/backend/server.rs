//! A server that answers from a script and remembers what it was asked.

use std::{
    collections::HashMap,
    fmt::Write as _,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use blobfreight::azure::{
    Azure,
    cloud::Cloud,
    model::SignInMethod,
    session::SessionOptions,
    transport::{CallEvent, CallListener, RetryWait},
};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// `GET /subscriptions`, without the query.
    pub what: String,
    /// The query, verbatim.
    pub query: String,
    /// Headers, names in lower case.
    pub headers: HashMap<String, String>,
    pub body: String,
}

/// What to answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
    /// Promise more bytes than are sent, then hang up.
    cut: bool,
    /// Hang up without a word.
    silent: bool,
}

/// An answer of `status` with JSON; `{here}` in it becomes the server's address.
pub(super) fn json(status: u16, body: &str) -> Reply {
    Reply { status, body: body.into(), ..Reply::default() }.header("content-type", "application/json")
}

/// An answer of `status` with XML.
pub(super) fn xml(status: u16, body: &str) -> Reply {
    Reply { status, body: body.into(), ..Reply::default() }.header("content-type", "application/xml")
}

/// A connection closed without an answer.
pub(super) fn hang_up() -> Reply {
    Reply { silent: true, ..Reply::default() }
}

impl Reply {
    pub(super) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn cut(mut self) -> Self {
        self.cut = true;
        self
    }
}

/// The running server.
pub(super) struct Server {
    /// `http://127.0.0.1:PORT`.
    pub here: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

type Script = HashMap<String, Vec<Reply>>;

impl Server {
    /// Starts with a script: answers for `METHOD /path` in order, the last one for ever. Tokens are handed out unless scripted:
    /// `token-1`, `token-2`, and so on.
    pub(super) fn start(script: &[(&str, Reply)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = format!("http://{}", listener.local_addr().unwrap());
        let mut replies = Script::new();
        for (what, reply) in script {
            replies.entry((*what).to_owned()).or_default().push(reply.clone());
        }
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, address, replies) = (Arc::clone(&seen), here.clone(), Arc::new(Mutex::new(replies)));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, address, replies) = (Arc::clone(&log), address.clone(), Arc::clone(&replies));
                thread::spawn(move || serve(stream, &address, &log, &replies));
            }
        });
        Self { here, seen }
    }

    /// Everything asked for but tokens.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.all().into_iter().filter(|seen| !seen.what.ends_with("/token")).collect()
    }

    /// Everything asked for.
    pub(super) fn all(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The cloud this server is.
    pub(super) fn cloud(&self) -> Cloud {
        Cloud {
            name: "lab".into(),
            arm: self.here.clone(),
            authority: self.here.clone(),
            blob: None,
            storage_hosts: Vec::new(),
        }
    }

    /// An account's path-style blob endpoint.
    pub(super) fn blob(&self) -> String {
        format!("{}/acct", self.here)
    }

    /// A session with this server.
    pub(super) async fn session(&self) -> Azure {
        let signed_in = Azure::sign_in_with(&self.cloud(), SignInMethod::Rehearsal, Some("t"), quick()).await;
        signed_in.unwrap().0
    }
}

/// Small pages, and pauses too short to notice.
pub(super) fn quick() -> SessionOptions {
    SessionOptions { page_size: 2, backoff: Duration::from_micros(1), ..SessionOptions::default() }
}

fn serve(mut stream: TcpStream, here: &str, log: &Mutex<Vec<Seen>>, script: &Mutex<Script>) -> Option<()> {
    let seen = read(&stream)?;
    let reply = choose(&seen, log, script);
    log.lock().unwrap().push(seen);
    if reply.silent {
        return None;
    }
    let body = reply.body.replace("{here}", here);
    let length = body.len() + if reply.cut { 10 } else { 0 };
    let mut head = format!("HTTP/1.1 {} Scripted\r\nconnection: close\r\ncontent-length: {length}\r\n", reply.status);
    for (name, value) in &reply.headers {
        let _ = write!(head, "{name}: {}\r\n", value.replace("{here}", here));
    }
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).ok()
}

fn read(stream: &TcpStream) -> Option<Seen> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let body = String::from_utf8_lossy(&body).into_owned();
    Some(Seen { what: format!("{method} {path}"), query: query.to_owned(), headers, body })
}

fn choose(seen: &Seen, log: &Mutex<Vec<Seen>>, script: &Mutex<Script>) -> Reply {
    let mut script = script.lock().unwrap();
    match script.get_mut(&seen.what) {
        Some(replies) if replies.len() > 1 => replies.remove(0),
        Some(replies) => replies[0].clone(),
        None if seen.what.ends_with("/oauth2/v2.0/token") => {
            let number = log.lock().unwrap().iter().filter(|seen| seen.what.ends_with("/token")).count() + 1;
            json(200, &format!(r#"{{"token_type":"Bearer","expires_in":3600,"access_token":"token-{number}"}}"#))
        }
        None => json(418, &format!(r#"{{"error":{{"code":"Unscripted","message":"{}"}}}}"#, seen.what)),
    }
}

/// A listener that is told of pauses.
pub(super) fn waits(told: impl Fn(RetryWait) + Send + Sync + 'static) -> CallListener {
    Arc::new(move |event| match event {
        CallEvent::Waits(wait) => told(wait),
        CallEvent::SignIn(_) => panic!("a person was asked to sign in"),
    })
}
