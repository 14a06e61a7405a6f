//! Shared access signatures: account SAS and service SAS for a container or a blob, as "Create an account SAS" and
//! "Create a service SAS" describe them. User delegation SAS and stored access policies are not simulated.

use jiff::Timestamp;

use super::super::response::{Request, decode};
use super::sharedkey::sign;

/// Why a SAS is refused (code and message), `None` when it is good for the request.
pub(super) fn refusal(request: &Request, account: &str, keys: &[String]) -> Option<(&'static str, &'static str)> {
    let get = |name: &str| request.query(name).unwrap_or("");
    let failed = ("AuthenticationFailed", "Server failed to authenticate the request. Signature did not match.");
    let text = if get("ss").is_empty() { service_text(request, account) } else { account_text(request, account) };
    if !keys.iter().any(|key| sign(&text, key) == get("sig")) {
        return Some(failed);
    }
    if expired(get("se")) || (!get("st").is_empty() && !expired(get("st"))) {
        return Some((
            "AuthenticationFailed",
            "Server failed to authenticate the request. Signature not valid in the specified time frame.",
        ));
    }
    let depth = request.segments().len();
    if !get("ss").is_empty() {
        if !get("ss").contains('b') {
            return Some((
                "AuthorizationServiceMismatch",
                "This request is not authorized to perform this operation using this service.",
            ));
        }
        let container = request.query("restype").is_some_and(|r| r.eq_ignore_ascii_case("container"));
        let kind = if depth <= 1 {
            's'
        } else if container {
            'c'
        } else {
            'o'
        };
        let listing = container && request.query("comp") == Some("list");
        if !(get("srt").contains(kind) || listing && get("srt").contains('c')) {
            return Some((
                "AuthorizationResourceTypeMismatch",
                "This request is not authorized to perform this operation using this resource type.",
            ));
        }
    }
    let needed = match (request.method.as_str(), request.query("comp").unwrap_or("")) {
        ("GET" | "HEAD", "list") => "l",
        ("GET" | "HEAD", _) => "r",
        ("DELETE", _) => "d",
        _ => "wca",
    };
    let permitted = get("sp").chars().any(|p| needed.contains(p));
    (!permitted).then_some((
        "AuthorizationPermissionMismatch",
        "This request is not authorized to perform this operation using this permission.",
    ))
}

/// Whether a time given as date, minutes or seconds has passed; a time that cannot be read has.
fn expired(text: &str) -> bool {
    let full = match text.len() {
        10 => format!("{text}T00:00:00Z"),
        17 => format!("{}:00Z", text.trim_end_matches('Z')),
        _ => text.to_owned(),
    };
    full.parse::<Timestamp>().is_ok_and(|at| at < Timestamp::now()) || full.parse::<Timestamp>().is_err()
}

fn account_text(request: &Request, account: &str) -> String {
    let get = |name: &str| request.query(name).unwrap_or("");
    let mut lines: Vec<&str> = vec![account];
    lines.extend(["sp", "ss", "srt", "st", "se", "sip", "spr", "sv"].map(get));
    if get("sv") >= "2020-12-06" {
        lines.push(get("ses"));
    }
    lines.join("\n") + "\n"
}

fn service_text(request: &Request, account: &str) -> String {
    let get = |name: &str| request.query(name).unwrap_or("");
    let rest = request.path.trim_start_matches('/').split_once('/').map_or("", |(_, rest)| rest);
    let resource = match get("sr") {
        "c" => rest.split('/').next().unwrap_or(""),
        _ => rest,
    };
    let resource = format!("/blob/{account}/{}", decode(resource));
    let mut lines = vec![get("sp"), get("st"), get("se"), resource.as_str()];
    lines.extend(["si", "sip", "spr", "sv", "sr"].map(get));
    lines.push(if get("sr") == "bs" { get("snapshot") } else { "" });
    if get("sv") >= "2020-12-06" {
        lines.push(get("ses"));
    }
    lines.extend(["rscc", "rscd", "rsce", "rscl", "rsct"].map(get));
    lines.join("\n")
}
