//! The fault of a request without a whole response: no network, no such host, a proxy, a refused connection, certificates,
//! timeouts, a cut body.

use std::io;

use azure_core::{Error, error::ErrorKind};

use super::{
    cause::{chain, is_timeout, is_tls, tls},
    clean,
    proxy::ProxyInUse,
    tls::reason_and_advice,
};
use crate::azure::{
    fault::{Fault, FaultKind, Retry},
    request::RequestContext,
};

/// The fault of a request that failed below HTTP, or that one of our own policies refused.
pub(crate) fn network_failure(context: &RequestContext, error: &Error) -> Fault {
    if let Some(ours) = chain(error).find_map(|cause| cause.downcast_ref::<Fault>()) {
        let tried = if ours.tried.is_empty() { context.tried.clone() } else { ours.tried.clone() };
        return Fault { tried, ..ours.clone() };
    }
    // Without a connection the request was never sent.
    let sent = !matches!(error.kind(), ErrorKind::Connection);
    Fault { unsettled: !context.idempotent && sent, ..network(context, error) }
}

fn network(context: &RequestContext, error: &Error) -> Fault {
    let host = &context.host;
    let offline = |reason: String, advice: &str| context.fault(FaultKind::Offline, reason).advise(advice);
    let said = |words: &str| chain(error).any(|cause| cause.to_string().contains(words));
    let proxy = ProxyInUse::of(&context.base_url);
    if let Some(fault) = proxy.as_ref().and_then(|proxy| at_proxy(context, proxy, error)) {
        return fault;
    }
    if is_unknown_host(error) {
        return offline(
            format!("there is no host {host}, or no network to look it up"),
            "Check the network, the name and the proxy (HTTPS_PROXY).",
        );
    }
    if is_tls(error) {
        let (reason, advice) = tls(error).map_or_else(
            || {
                (
                    format!("{host} could not prove that it is {host} (its certificate is not accepted)"),
                    "If your network inspects traffic, add its certificate authority to this machine; check the clock.",
                )
            },
            |tls| reason_and_advice(host, tls),
        );
        let through = proxy.map_or_else(String::new, |proxy| format!(", through the proxy {proxy}"));
        return Fault { retry: Retry::Never, ..offline(format!("{reason}{through}"), advice) };
    }
    if said("tls handshake eof") {
        return offline(
            format!("{host} closed the connection before it was secure"),
            "Check the port, and whether a firewall or a proxy stands between you and it.",
        );
    }
    if is_refused(error) {
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
        return context
            .fault(FaultKind::BrokenAnswer, format!("{host} broke off in the middle of its answer"))
            .advise("Try again.");
    }
    let cause = chain(error).last().map(|cause| clean(&cause.to_string())).filter(|text| !text.is_empty());
    let cause = cause.unwrap_or_else(|| clean(&error.to_string()));
    let through = proxy.map_or_else(String::new, |proxy| format!(" through the proxy {proxy}"));
    offline(format!("the connection to {host}{through} failed ({cause})"), "Check the network and try again.")
}

/// A failure at the proxy itself: this machine looks up and connects to the proxy only.
fn at_proxy(context: &RequestContext, proxy: &ProxyInUse, error: &Error) -> Option<Fault> {
    let said = |words: &str| chain(error).any(|cause| cause.to_string().contains(words));
    let connecting =
        chain(error).find_map(|cause| cause.downcast_ref::<reqwest::Error>()).is_some_and(reqwest::Error::is_connect);
    let (host, setting) = (&context.host, proxy.setting());
    let check = format!("Check {setting} and whether the proxy runs; NO_PROXY names hosts that are asked directly.");
    let (reason, advice) = if said("proxy authorization required") {
        let with = format!("Set {setting}=http://USER:PASSWORD@{}, then start the program again.", proxy.host);
        (format!("the proxy {proxy} wants a sign-in of its own"), with)
    } else if said("tunnel error: unsuccessful") {
        let ask = format!("Ask who runs the proxy to allow {host}, or name it in NO_PROXY.");
        (format!("the proxy {proxy} does not let this program through to {host}"), ask)
    } else if is_unknown_host(error) {
        (format!("there is no proxy {proxy}, or no network to look it up"), check)
    } else if is_refused(error) {
        (format!("the proxy {proxy} refuses connections"), check)
    } else if connecting && is_timeout(error) {
        (format!("the proxy {proxy} does not answer"), check)
    } else if said("tunnel error") {
        (format!("the proxy {proxy} broke off before it let this program through to {host}"), check)
    } else {
        return None;
    };
    Some(context.fault(FaultKind::Offline, reason).advise(advice))
}

fn is_unknown_host(error: &Error) -> bool {
    chain(error)
        .map(ToString::to_string)
        .any(|text| text.contains("dns error") || text.contains("failed to lookup address"))
}

fn is_refused(error: &Error) -> bool {
    let io = chain(error).find_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
    io == Some(io::ErrorKind::ConnectionRefused)
}
