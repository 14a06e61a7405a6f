//! What a request that got no whole answer means: no network, no such host, refused, certificates, timeouts, a cut body.

use std::io;

use azure_core::{Error, error::ErrorKind};

use super::{Asked, Fault, FaultKind, Retry, clean};
use crate::azure::http::retry::{chain, is_timeout, is_tls};

/// The fault of a request that failed below HTTP, or that one of our own policies refused.
pub(crate) fn failure(asked: &Asked, error: &Error) -> Fault {
    if let Some(ours) = chain(error).find_map(|cause| cause.downcast_ref::<Fault>()) {
        let tried = if ours.tried.is_empty() { asked.tried.clone() } else { ours.tried.clone() };
        return Fault { tried, ..ours.clone() };
    }
    // What never got a connection was never sent.
    let sent = !matches!(error.kind(), ErrorKind::Connection);
    Fault { unsettled: asked.once && sent, ..network(asked, error) }
}

fn network(asked: &Asked, error: &Error) -> Fault {
    let host = &asked.host;
    let offline = |reason: String, advice: &str| asked.fault(FaultKind::Offline, reason).advise(advice);
    let io = chain(error).find_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
    let said = |words: &str| chain(error).any(|cause| cause.to_string().contains(words));
    if said("dns error") || said("failed to lookup address") {
        return offline(
            format!("there is no host {host}, or no network to look it up"),
            "Check the network, the name and the proxy (HTTPS_PROXY).",
        );
    }
    if is_tls(error) {
        let fault = offline(
            format!("{host} could not prove that it is {host} (its certificate is not accepted)"),
            "If your network inspects traffic, add its certificate authority to this machine; check the clock.",
        );
        return Fault { retry: Retry::Never, ..fault };
    }
    if io == Some(io::ErrorKind::ConnectionRefused) {
        return offline(
            format!("nothing listens at {host} (connection refused)"),
            "Check the endpoint and whether the server runs.",
        );
    }
    let http = chain(error).find_map(|cause| cause.downcast_ref::<reqwest::Error>());
    let connecting = http.is_some_and(reqwest::Error::is_connect);
    if is_timeout(error) {
        let reason = if connecting { format!("{host} does not answer") } else { format!("{host} stopped answering") };
        return offline(reason, "Check the network and the proxy (HTTPS_PROXY), then try again.");
    }
    let cut = http.is_some_and(|error| error.is_body() || error.is_decode())
        || said("connection closed before message completed");
    if cut {
        return asked
            .fault(FaultKind::BrokenAnswer, format!("{host} broke off in the middle of its answer"))
            .advise("Try again.");
    }
    let cause = chain(error).last().map(|cause| clean(&cause.to_string())).filter(|text| !text.is_empty());
    let cause = cause.unwrap_or_else(|| clean(&error.to_string()));
    offline(format!("the connection to {host} failed ({cause})"), "Check the network and try again.")
}
