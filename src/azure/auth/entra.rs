//! The error codes of Microsoft Entra in a failed sign-in, and the sentence behind a code.

use crate::azure::errors::clean;

/// The meaning and the advice for codes of the authority (Microsoft page: Microsoft Entra authentication and authorization error codes).
pub(super) const CODES: [(&[&str], &str, Option<&str>); 7] = [
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
        "the sign-in has expired",
        None,
    ),
];

/// `50076` of `AADSTS50076: …`.
pub(super) fn code(text: &str) -> Option<&str> {
    let rest = &text[text.find("AADSTS")? + "AADSTS".len()..];
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some(&rest[..end]).filter(|code| !code.is_empty())
}

/// The sentence of an Entra code where there is one; otherwise the first line with a message.
pub(super) fn message(text: &str) -> String {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains("To troubleshoot"));
    let entra = lines().find_map(|line| line.find("AADSTS").map(|at| &line[at..]));
    let line = entra.or_else(|| lines().next()).unwrap_or("the authority does not say why");
    let line = line.split_once("authentication failed. ").map_or(line, |(_, rest)| rest);
    let line = line.strip_prefix("ERROR: ").unwrap_or(line);
    clean(line.split(" Trace ID:").next().unwrap_or(line))
}
