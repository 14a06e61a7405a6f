//! What the Azure CLI and the Azure Developer CLI mean when they give no token: the authority's reason, the network, the tool
//! itself, and only then that nobody is signed in. The command line a tool asks for is passed on whole.

use super::{failure::message, signed_out};
use crate::azure::{
    explain::clean,
    fault::{Fault, FaultKind},
};

const LOGIN: &str = "Run `az login` in another terminal, then try again.";

/// What the authority's codes mean (Microsoft page: Microsoft Entra authentication and authorization error codes).
const CODES: [(&[&str], &str, Option<&str>); 7] = [
    (
        &["50072", "50074", "50076", "50079", "50158", "500121", "50203"],
        "Azure wants multi-factor authentication for this sign-in",
        None,
    ),
    (
        &["53000", "53001", "53002", "53003", "53004", "53009", "53010", "53011", "530003", "530032"],
        "a Conditional Access policy blocks this sign-in",
        Some("Ask the tenant's administrator what the policy wants; it may want another device, network or place."),
    ),
    (
        &["50020", "50177", "90072", "51004", "16003", "50034"],
        "your account is not a user or guest of that tenant",
        Some("Sign in to a tenant you belong to, or ask for an invitation."),
    ),
    (
        &["90002", "900023", "90013", "90051"],
        "there is no such tenant in this cloud",
        Some("Check the tenant's name or id, and the cloud."),
    ),
    (&["50057"], "your account is disabled", Some("Ask the tenant's administrator.")),
    (&["50055", "50144"], "your password has expired", None),
    (
        &["50078", "50132", "50133", "50173", "700082", "700084", "70043", "70008", "50089"],
        "the sign-in of the Azure CLI has expired",
        None,
    ),
];

/// How the failures that are not the authority's look: words, what they mean, what to do, and the kind of fault.
const SIGNS: [(&[&str], &str, &str, FaultKind); 8] = [
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

/// The fault behind what a tool said.
pub(super) fn explain(tried: &str, text: &str) -> Fault {
    if let Some(code) = entra_code(text) {
        return refused(tried, text, code);
    }
    let Some((_, reason, advice, kind)) = SIGNS.iter().find(|(signs, ..)| signs.iter().any(|sign| text.contains(sign)))
    else {
        return signed_out(tried, message(text)).advise(advised(text, None));
    };
    let reason = match kind {
        FaultKind::Local => last_line(text).map_or((*reason).to_owned(), |line| format!("{reason} ({line})")),
        FaultKind::Offline => host(text).map_or((*reason).to_owned(), |host| format!("{reason} ({host})")),
        _ => (*reason).to_owned(),
    };
    let advice = if commands(text).is_empty() { (*advice).to_owned() } else { advised(text, None) };
    Fault { kind: *kind, ..signed_out(tried, reason) }.advise(advice)
}

fn refused(tried: &str, text: &str, code: &str) -> Fault {
    let said = message(text);
    let known = CODES.iter().find(|(codes, ..)| codes.contains(&code));
    let (reason, advice) = known.map_or(("the authority refuses this sign-in", None), |known| (known.1, known.2));
    signed_out(tried, format!("{reason} ({said})")).advise(advised(text, advice))
}

/// `50076` of `AADSTS50076: …`.
fn entra_code(text: &str) -> Option<&str> {
    let rest = &text[text.find("AADSTS")? + "AADSTS".len()..];
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some(&rest[..end]).filter(|code| !code.is_empty())
}

/// What to do, with the commands the tool printed.
fn advised(text: &str, first: Option<&str>) -> String {
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

/// The command lines to sign in with that a tool printed, whole. One that a shell would not read as a single command is left out:
/// a person runs what stands there.
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

/// Who did not answer, as Python's HTTP library names it.
fn host(text: &str) -> Option<String> {
    let rest = &text[text.find("host='")? + "host='".len()..];
    rest.split('\'').next().map(clean).filter(|host| !host.is_empty())
}
