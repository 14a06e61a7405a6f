//! Shared Key signatures as "Authorize with Shared Key" describes them, for endpoints with the account name in the path.

use std::fmt::Write as _;

use azure_core::credentials::Secret;
use azure_core::hmac::hmac_sha256;

use super::super::response::Request;

/// The signature a request must carry; with the account name twice in the resource, as the path has it too.
pub(super) fn signature(request: &Request, account: &str, key: &str) -> String {
    sign(&string_to_sign(request, account), key)
}

/// HMAC-SHA256 of a text with a base64 key, as base64.
pub(super) fn sign(text: &str, key: &str) -> String {
    hmac_sha256(text, &Secret::new(key.to_owned())).unwrap_or_default()
}

/// The text that is signed.
pub(super) fn string_to_sign(request: &Request, account: &str) -> String {
    let mut text = format!("{}\n", request.method);
    let names = [
        "content-encoding",
        "content-language",
        "content-length",
        "content-md5",
        "content-type",
        "date",
        "if-modified-since",
        "if-match",
        "if-none-match",
        "if-unmodified-since",
        "range",
    ];
    for name in names {
        let value = request.header(name);
        let left_out =
            (name == "content-length" && value == "0") || (name == "date" && !request.header("x-ms-date").is_empty());
        text.push_str(if left_out { "" } else { value });
        text.push('\n');
    }
    let mut ours: Vec<&str> =
        request.headers.keys().map(hyper::header::HeaderName::as_str).filter(|n| n.starts_with("x-ms-")).collect();
    ours.sort_unstable();
    for name in ours {
        let value = request.header(name).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "{name}:{value}");
    }
    let _ = write!(text, "/{account}{}", request.path);
    let mut parameters: Vec<(String, Vec<&str>)> = Vec::new();
    for (name, value) in &request.query {
        let name = name.to_lowercase();
        match parameters.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value),
            None => parameters.push((name, vec![value])),
        }
    }
    parameters.sort();
    for (name, mut values) in parameters {
        values.sort_unstable();
        let _ = write!(text, "\n{name}:{}", values.join(","));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::super::directory::account_key;
    use super::*;
    use bytes::Bytes;
    use hyper::HeaderMap;

    fn request() -> Request {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("x-ms-version", "2021-12-02"),
            ("x-ms-date", "Fri, 03 Apr 2026 10:11:12 GMT"),
            ("content-length", "0"),
            ("date", "ignored"),
        ] {
            headers.insert(name, value.parse().unwrap());
        }
        Request::new(
            "GET",
            "/acct/music?restype=container&comp=list&prefix=a%20b&Include=snapshots%2Cmetadata",
            headers,
            Bytes::new(),
        )
    }

    #[test]
    fn the_string_to_sign_has_the_documented_form() {
        let expected = "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 03 Apr 2026 10:11:12 GMT\nx-ms-version:2021-12-02\n\
            /acct/acct/music\ncomp:list\ninclude:snapshots,metadata\nprefix:a b\nrestype:container";
        assert_eq!(string_to_sign(&request(), "acct"), expected);
    }

    #[test]
    fn another_key_or_another_request_gives_another_signature() {
        let (one, two) = (account_key("acct", 1), account_key("acct", 2));
        let mut other = request();
        other.method = "PUT".to_owned();
        let signature = signature(&request(), "acct", &one);
        assert_ne!(signature, super::signature(&request(), "acct", &two));
        assert_ne!(signature, super::signature(&other, "acct", &one));
        assert_eq!(signature.len(), 44);
    }
}
