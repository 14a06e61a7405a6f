//! A web address in the place of a rule, as portals and other tools copy it: the path and snapshot in it. Nothing else of the
//! address is shown, since its query may be a SAS.

use percent_encoding::percent_decode_str;

/// The schemes under which blobs are addressed.
const SCHEMES: [&str; 6] = ["https:/", "http:/", "abfss:/", "abfs:/", "wasbs:/", "wasb:/"];

/// The parts of an address that a rule can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AddressParts {
    /// `container/name`, percent-codes resolved; empty for the address of an account.
    pub(super) path: String,
    /// The snapshot the query names.
    pub(super) snapshot: Option<String>,
}

/// Takes an address apart; `None` when the text is none.
pub(super) fn address(text: &str) -> Option<AddressParts> {
    let text = text.trim().trim_start_matches('/');
    let scheme = SCHEMES.iter().find(|scheme| text.get(..scheme.len()).is_some_and(|t| t.eq_ignore_ascii_case(scheme)));
    let rest = text.get(scheme.map_or(0, |scheme| scheme.len())..).unwrap_or_default().trim_start_matches('/');
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    // `container@account.dfs.core.windows.net`, as Hadoop writes it.
    let (container, host) = host.split_once('@').map_or((None, host), |(name, host)| (Some(name), host));
    if scheme.is_none() && !is_host(host) {
        return None;
    }
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path = path.split('#').next().unwrap_or_default().trim_start_matches('/');
    let path = percent_decode_str(path).decode_utf8().map_or_else(|_| path.to_owned(), Into::into);
    // The account is in the path where the host cannot carry it.
    let path = if is_bare(host) { path.split_once('/').map_or("", |(_, rest)| rest) } else { &path };
    let path = container.map_or_else(|| path.to_owned(), |name| format!("{name}/{path}"));
    let snapshot = query.split('&').find_map(|pair| pair.strip_prefix("snapshot="));
    let snapshot = snapshot.map(|time| percent_decode_str(time).decode_utf8_lossy().into_owned());
    Some(AddressParts { path, snapshot: snapshot.filter(|time| super::time::is_time(time)) })
}

/// Whether the text is the host of a blob endpoint; no container is called so.
fn is_host(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host.contains(".blob.") || host.contains(".dfs.") || (is_bare(&host) && host.contains(':'))
}

/// Whether the host is an IP address or this machine, with or without a port.
fn is_bare(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name.eq_ignore_ascii_case("localhost") || is_ipv4(name)
}

fn is_ipv4(name: &str) -> bool {
    name.split('.').count() == 4 && name.split('.').all(|part| part.parse::<u8>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Option<String> {
        address(text).map(|parts| parts.path)
    }

    #[test]
    fn an_address_is_known_in_each_form_it_is_copied_in() {
        for text in [
            "https://acct.blob.core.windows.net/box/a%20b.txt",
            "HTTPS://acct.blob.core.windows.net/box/a%20b.txt?sv=2024&sig=secret",
            "/https://acct.blob.core.windows.net/box/a%20b.txt",
            "https:/acct.blob.core.windows.net/box/a%20b.txt#top",
            "acct.blob.core.windows.net/box/a%20b.txt",
            "//acct.z01.blob.storage.azure.net/box/a%20b.txt",
            "abfss://box@acct.dfs.core.windows.net/a%20b.txt",
            "http://127.0.0.1:10000/devstoreaccount1/box/a%20b.txt",
            "localhost:10000/devstoreaccount1/box/a%20b.txt",
            " https://storage.example.com/box/a%20b.txt ",
        ] {
            assert_eq!(path(text).as_deref(), Some("box/a b.txt"), "{text}");
        }
        assert_eq!(path("https://acct.blob.core.windows.net").as_deref(), Some(""));
        assert_eq!(path("https://acct.blob.core.windows.net/box").as_deref(), Some("box"));
    }

    #[test]
    fn what_is_a_rule_is_no_address() {
        for text in ["box/a.txt", "/box/", "$root/a.b.c", "box/https://x", "/box/acct.blob.core.windows.net/a", "a.b/c"]
        {
            assert_eq!(path(text), None, "{text}");
        }
    }

    #[test]
    fn a_snapshot_is_told_and_no_more_of_the_query() {
        let text = "https://a.blob.core.windows.net/box/x?snapshot=2026-02-03T04%3A05%3A06.1234567Z&sig=secret";
        let parts = address(text).unwrap();
        assert_eq!(parts.snapshot.as_deref(), Some("2026-02-03T04:05:06.1234567Z"));
        assert!(!format!("{parts:?}").contains("secret"));
    }
}
