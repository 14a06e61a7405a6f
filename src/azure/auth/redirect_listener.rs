//! The server on this machine that the browser comes back to with the answer of the authority (RFC 8252, section 7.3). It checks `state`
//! and shows the person a page. A second, short path leads to the authority's page: its address can be read and typed.

use std::{
    convert::Infallible,
    io,
    net::{Ipv4Addr, Ipv6Addr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use azure_core::http::Url;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Request, Response, body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{mpsc, oneshot},
    task::JoinSet,
};

/// How long the page may take to reach the browser after the sign-in has ended.
const LAST_PAGE: Duration = Duration::from_secs(2);

/// The answer of the authority, with `state` checked.
pub(super) enum RedirectAnswer {
    /// A code, to be redeemed.
    Code(String),
    /// OAuth's word for the failure, and the authority's description.
    Failed { error: String, description: String },
}

/// The page that the browser shows in the end: the heading, and the sentence below it.
pub(super) struct LastPage {
    pub(super) heading: &'static str,
    pub(super) words: String,
}

/// An answer, and where its page goes.
pub(super) struct Redirected {
    pub(super) answer: RedirectAnswer,
    pub(super) page: oneshot::Sender<LastPage>,
}

/// What the server knows of the sign-in.
pub(super) struct AwaitedAnswer {
    /// The `state` that an answer has to carry.
    pub(super) state: String,
    /// The path that leads to the authority's page, e.g. `/k3Xq8s2P`.
    pub(super) path: String,
    /// Address of that page.
    pub(super) page: String,
}

/// The server.
pub(super) struct RedirectListener {
    ipv4: TcpListener,
    /// Browsers may look for `localhost` there first. A machine need not have it.
    ipv6: Option<TcpListener>,
    pub(super) port: u16,
}

impl RedirectListener {
    /// Listens on a free port of this machine only.
    pub(super) async fn bind() -> io::Result<Self> {
        let ipv4 = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = ipv4.local_addr()?.port();
        let ipv6 = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await.ok();
        Ok(Self { ipv4, ipv6, port })
    }

    /// Waits for the answer that carries the `state`, lets `redeem` use it, and shows how that went. Other requests are refused and
    /// change nothing.
    pub(super) async fn answered<T>(
        self,
        awaited: AwaitedAnswer,
        redeem: impl AsyncFnOnce(RedirectAnswer) -> (T, LastPage),
    ) -> T {
        let (sender, mut answers) = mpsc::channel(1);
        let awaited = Arc::new(awaited);
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                stream = self.accept() => {
                    connections.spawn(serve(stream, Arc::clone(&awaited), sender.clone()));
                }
                Some(Redirected { answer, page }) = answers.recv() => {
                    let (outcome, last) = redeem(answer).await;
                    // A browser that has gone away does not need its page.
                    drop(page.send(last));
                    // Other connections may be idle: browsers open some in advance.
                    let shown = async { while connections.join_next().await.is_some_and(|shown| !shown.unwrap_or(false)) {} };
                    drop(tokio::time::timeout(LAST_PAGE, shown).await);
                    return outcome;
                }
            }
        }
    }

    async fn accept(&self) -> TcpStream {
        loop {
            let accepted = match &self.ipv6 {
                Some(ipv6) => tokio::select! {
                    accepted = self.ipv4.accept() => accepted,
                    accepted = ipv6.accept() => accepted,
                },
                None => self.ipv4.accept().await,
            };
            match accepted {
                Ok((stream, _)) => return stream,
                // No more file handles; the next one may work.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
}

/// Serves one connection; whether it carried the last page.
async fn serve(stream: TcpStream, awaited: Arc<AwaitedAnswer>, answers: mpsc::Sender<Redirected>) -> bool {
    let last = Arc::new(AtomicBool::new(false));
    let shown = Arc::clone(&last);
    let service = service_fn(move |request| {
        let (awaited, answers, shown) = (Arc::clone(&awaited), answers.clone(), Arc::clone(&shown));
        async move {
            let response = respond(&request, &awaited, answers).await;
            shown.fetch_or(response.status() == 200, Ordering::Relaxed);
            Ok::<_, Infallible>(response)
        }
    });
    let mut server = hyper::server::conn::http1::Builder::new();
    // A browser that keeps the connection open would keep the program waiting.
    let connection = server.keep_alive(false).serve_connection(TokioIo::new(stream), service);
    // An error means that the browser closed the connection.
    drop(connection.await);
    last.load(Ordering::Relaxed)
}

async fn respond(
    request: &Request<Incoming>,
    awaited: &AwaitedAnswer,
    answers: mpsc::Sender<Redirected>,
) -> Response<Full<Bytes>> {
    if request.method() == Method::GET && request.uri().path() == awaited.path {
        return forward(&awaited.page);
    }
    if request.method() != Method::GET || request.uri().path() != "/" {
        return page(404, "Nothing is here", "Only the sign-in page comes back to this address.");
    }
    let Some(answer) = answer(request.uri().query().unwrap_or_default(), &awaited.state) else {
        let words = "This answer does not belong to the sign-in that waits in the terminal, so it was not used. \
                     Open the address in the terminal again.";
        return page(400, "Not this sign-in", words);
    };
    let (sender, last) = oneshot::channel();
    let taken = answers.send(Redirected { answer, page: sender }).await.is_ok();
    match last.await {
        Ok(LastPage { heading, words }) if taken => page(200, heading, &words),
        _ => page(410, "Too late", "The sign-in in the terminal has ended. Begin it anew there."),
    }
}

/// The answer in a query; `None` where it is not for this `state`.
fn answer(query: &str, state: &str) -> Option<RedirectAnswer> {
    let url = Url::parse(&format!("http://localhost/?{query}")).ok()?;
    let field = |name: &str| url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned());
    field("state").filter(|given| given == state)?;
    match (field("error"), field("code").filter(|code| !code.is_empty())) {
        (Some(error), _) => {
            Some(RedirectAnswer::Failed { error, description: field("error_description").unwrap_or_default() })
        }
        (None, code) => code.map(RedirectAnswer::Code),
    }
}

/// The way to the authority's page.
fn forward(page: &str) -> Response<Full<Bytes>> {
    let response = Response::builder().status(302).header("location", page);
    let response = response.header("cache-control", "no-store").header("referrer-policy", "no-referrer");
    response.body(Full::new(Bytes::new())).unwrap_or_default()
}

/// A page without scripts, pictures or addresses; it is not kept by the browser.
fn page(status: u16, heading: &str, words: &str) -> Response<Full<Bytes>> {
    let (heading, words) = (escaped(heading), escaped(words));
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{heading} - Blobfreight</title>\
         <body style=\"font:1.1em sans-serif;max-width:40em;margin:4em auto;padding:0 1em\">\
         <h1>{heading}</h1><p>{words}</p></body></html>\n"
    );
    let response = Response::builder()
        .status(status)
        .header("content-type", "text/html; charset=utf-8")
        .header("cache-control", "no-store")
        .header("referrer-policy", "no-referrer")
        .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
    response.body(Full::new(Bytes::from(html))).unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_counts_only_with_the_state_of_this_sign_in() {
        assert!(matches!(answer("code=c1&state=s", "s"), Some(RedirectAnswer::Code(code)) if code == "c1"));
        for other in ["code=c1&state=other", "code=c1", "state=s", "", "error=access_denied&state=x", "code=&state=s"] {
            assert!(answer(other, "s").is_none(), "{other}");
        }
    }

    #[test]
    fn the_authoritys_failure_is_read_whole() {
        let Some(RedirectAnswer::Failed { error, description }) =
            answer("error=access_denied&error_description=AADSTS65004%3A+no+%3Cb%3E&state=s", "s")
        else {
            panic!("no failure");
        };
        assert_eq!((error.as_str(), description.as_str()), ("access_denied", "AADSTS65004: no <b>"));
        assert_eq!(escaped(&description), "AADSTS65004: no &lt;b&gt;");
    }
}
