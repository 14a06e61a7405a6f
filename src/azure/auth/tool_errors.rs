//! Why the Azure CLI or the Azure Developer CLI gives no token: the authority's reason first, then the network, then the tool
//! itself, and last a missing sign-in. A command line that the tool prints, e.g. `az login --tenant …`, is passed on whole.

use super::{
    config::signed_out,
    entra::{CODES, code, message},
};
use crate::azure::{
    errors::clean,
    fault::{Fault, FaultKind},
};

const LOGIN: &str = "Run `az login` in another terminal, then try again.";

/// Failures that are not the authority's: words in the tool's output, the reason, the advice, and the kind of fault.
const PATTERNS: [(&[&str], &str, &str, FaultKind); 8] = [
    (
        &["wasn't found on PATH", "not found on PATH"],
        "neither the Azure CLI (az) nor the Azure Developer CLI (azd) is installed",
        "Install one and run `az login`, or sign in another way.",
        FaultKind::SignedOut,
    ),
    (&["2.54.0"], "the Azure CLI is too old", "Update it to 2.54 or newer with `az upgrade`.", FaultKind::SignedOut),
    (
        &["CERTIFICATE_VERIFY_FAILED", "Certificate verification failed", "SSLCertVerificationError", "SSLError"],
        "the Azure CLI does not accept the certificate of the sign-in service, as behind a proxy that inspects traffic",
        "Set REQUESTS_CA_BUNDLE to a file with your network's certificate authority, then try again.",
        FaultKind::Offline,
    ),
    (
        &["ProxyError", "Cannot connect to proxy", "Tunnel connection failed", "Proxy Authentication Required"],
        "the Azure CLI does not get through the proxy",
        "Check HTTPS_PROXY, then try again.",
        FaultKind::Offline,
    ),
    (
        &[
            "Max retries exceeded",
            "Failed to establish a new connection",
            "Connection aborted",
            "Failed to resolve",
            "Name or service not known",
            "ConnectTimeout",
            "Connection refused",
        ],
        "the Azure CLI does not reach the sign-in service",
        "Check the network and the proxy (HTTPS_PROXY), then try again.",
        FaultKind::Offline,
    ),
    (
        &[
            "Traceback (most recent call last)",
            "ModuleNotFoundError",
            "ImportError",
            "bad interpreter",
            "not found",
            "No such file",
            "Permission denied",
            "cannot execute",
        ],
        "the Azure CLI itself does not start",
        "Run `az version` in another terminal; install the Azure CLI again where that fails too.",
        FaultKind::Local,
    ),
    (
        &["azd auth login"],
        "the Azure Developer CLI is not signed in",
        "Run `azd auth login` in another terminal, then try again.",
        FaultKind::SignedOut,
    ),
    (&["az login"], "the Azure CLI is not signed in", LOGIN, FaultKind::SignedOut),
];

/// The fault for the output of a tool.
pub(super) fn explain(tried: &str, text: &str) -> Fault {
    if let Some(code) = code(text) {
        return refused(tried, text, code);
    }
    let Some((_, reason, advice, kind)) =
        PATTERNS.iter().find(|(signs, ..)| signs.iter().any(|sign| text.contains(sign)))
    else {
        return signed_out(tried, message(text)).advise(advice_with_commands(text, None));
    };
    let reason = match kind {
        FaultKind::Local => last_line(text).map_or((*reason).to_owned(), |line| format!("{reason} ({line})")),
        FaultKind::Offline => host(text).map_or((*reason).to_owned(), |host| format!("{reason} ({host})")),
        _ => (*reason).to_owned(),
    };
    let advice = if commands(text).is_empty() { (*advice).to_owned() } else { advice_with_commands(text, None) };
    Fault { kind: *kind, ..signed_out(tried, reason) }.advise(advice)
}

fn refused(tried: &str, text: &str, code: &str) -> Fault {
    let said = message(text);
    let known = CODES.iter().find(|(codes, ..)| codes.contains(&code));
    let (reason, advice) = known.map_or(("the authority refuses this sign-in", None), |known| (known.1, known.2));
    signed_out(tried, format!("{reason} ({said})")).advise(advice_with_commands(text, advice))
}

/// The advice, with the commands that the tool printed.
fn advice_with_commands(text: &str, first: Option<&str>) -> String {
    let commands = commands(text);
    let run = match commands.as_slice() {
        [] if first.is_some() => String::new(),
        [] => LOGIN.to_owned(),
        commands => {
            let commands: Vec<String> = commands.iter().map(|command| format!("`{command}`")).collect();
            format!("Run {} in another terminal, then try again.", commands.join(", then "))
        }
    };
    [first.unwrap_or_default(), &run].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The command lines to sign in with that a tool printed, whole. A line that a shell would not
/// read as a single command is left out, because a person will run it.
fn commands(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| {
        ["az login", "az logout", "azd auth login"]
            .iter()
            .any(|command| line.strip_prefix(command).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    });
    let harmless = |line: &&str| {
        line.len() <= 4096
            && line.chars().all(|c| {
                c.is_ascii_alphanumeric()
                    || matches!(c, ' ' | '"' | '\'' | '-' | '_' | '.' | ':' | '/' | '=' | '+' | '@' | ',')
            })
    };
    let mut found: Vec<String> = Vec::new();
    for line in lines.filter(harmless).map(str::to_owned) {
        if !found.contains(&line) {
            found.push(line);
        }
    }
    found
}

/// The end of a trace: the error itself.
fn last_line(text: &str) -> Option<String> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains("To troubleshoot"));
    lines.next_back().map(clean).filter(|line| !line.is_empty())
}

/// The host that did not answer, as Python's HTTP library names it.
fn host(text: &str) -> Option<String> {
    let rest = &text[text.find("host='")? + "host='".len()..];
    rest.split('\'').next().map(clean).filter(|host| !host.is_empty())
}
