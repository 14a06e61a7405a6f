//! Addresses: percent-encoded paths and queries, and whether two addresses belong to the same server.

use azure_core::http::Url;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters is encoded, a comma as `%2C`, a blank as `%20`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `base` with path segments and query pairs appended. Each segment is encoded whole, so a `/` in it stays data.
///
/// # Errors
/// A sentence, when a segment is empty, `.` or `..`, which would name something else.
pub(crate) fn join(base: &Url, segments: &[&str], query: &[(&str, &str)]) -> Result<Url, String> {
    let mut path = base.path().trim_end_matches('/').to_owned();
    for segment in segments {
        if matches!(*segment, "" | "." | "..") {
            return Err(format!("`{segment}` is not a name Azure can have"));
        }
        path.push('/');
        path.extend(utf8_percent_encode(segment, ENCODED));
    }
    if path.is_empty() {
        path.push('/');
    }
    let query: Vec<String> = query.iter().map(|(key, value)| format!("{key}={}", encode(value))).collect();
    let mut url = base.clone();
    url.set_path(&path);
    url.set_query(if query.is_empty() { None } else { Some(query.join("&")) }.as_deref());
    Ok(url)
}

/// One value, percent-encoded.
pub(crate) fn encode(value: &str) -> String {
    utf8_percent_encode(value, ENCODED).to_string()
}

/// Whether both addresses have the same scheme, host and port.
pub(crate) fn same_server(one: &Url, other: &Url) -> bool {
    one.origin() == other.origin()
}

/// Whether an address is of the server of `base`, or over HTTPS of one whose name is below it: `centraluseuap.management.azure.com`
/// is below `management.azure.com`.
pub(crate) fn is_same_or_below(base: &Url, other: &Url) -> bool {
    let secure = base.scheme() == "https" && other.scheme() == "https";
    let ports = base.port_or_known_default() == other.port_or_known_default();
    let name = |url: &Url| url.domain().map(|name| name.trim_end_matches('.').to_ascii_lowercase());
    let below = name(base).zip(name(other)).is_some_and(|(base, other)| other.ends_with(&format!(".{base}")));
    same_server(base, other) || (secure && ports && below)
}

/// `host:port` as a person reads it; the port only where it is not the usual one.
pub(crate) fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or("?");
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

/// The segments of a resource id.
pub(crate) fn resource_parts(id: &str) -> impl Iterator<Item = &str> {
    id.trim_matches('/').split('/')
}

/// The last segment of a resource id: the name of the resource.
pub(crate) fn resource_name(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn names_are_encoded_whole_and_commas_never_bare() {
        let joined = join(
            &url("http://127.0.0.1:10/acct"),
            &["a b/ü"],
            &[("include", "snapshots,metadata"), ("prefix", "x&y +")],
        );
        assert_eq!(
            joined.unwrap().as_str(),
            "http://127.0.0.1:10/acct/a%20b%2F%C3%BC?include=snapshots%2Cmetadata&prefix=x%26y%20%2B"
        );
    }

    #[test]
    fn dots_cannot_climb_out_of_a_path() {
        for odd in ["..", ".", ""] {
            assert!(join(&url("https://x.example/"), &["subscriptions", odd], &[]).is_err());
        }
    }

    #[test]
    fn the_usual_port_is_the_same_server_and_another_scheme_is_not() {
        assert!(same_server(&url("https://a.example/x"), &url("https://a.example:443/y?z")));
        assert!(!same_server(&url("https://a.example"), &url("http://a.example")));
        assert!(!same_server(&url("https://a.example"), &url("https://a.example.evil")));
    }

    #[test]
    fn a_server_below_is_one_by_its_whole_labels_its_port_and_its_scheme() {
        let base = url("https://management.azure.com");
        for (address, below) in [
            ("https://management.azure.com/x", true),
            ("https://centraluseuap.management.azure.com/x", true),
            ("https://CENTRALUSEUAP.management.azure.com./x", true),
            ("https://evilmanagement.azure.com", false),
            ("https://management.azure.com.evil.example", false),
            ("https://evil.example/management.azure.com", false),
            ("https://a.management.azure.com:8443", false),
            ("http://a.management.azure.com", false),
            ("https://azure.com", false),
        ] {
            assert_eq!(is_same_or_below(&base, &url(address)), below, "{address}");
        }
        assert!(!is_same_or_below(&url("http://localhost:1"), &url("http://a.localhost:1")));
        assert!(is_same_or_below(&url("http://127.0.0.1:1"), &url("http://127.0.0.1:1/x")));
    }
}
