//! An account key, and the Shared Key signature it makes for a request (Microsoft page: Authorize with Shared Key).

use std::fmt::{self, Write as _};

use azure_core::{
    credentials::Secret,
    http::{Request, Url, headers::HeaderName},
};
use secrecy::{ExposeSecret, SecretString};

/// The headers that are signed by position, after the method.
const PLACES: [&str; 11] = [
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

/// An account's name and one of its keys, base64.
pub(crate) struct AccountKey {
    account: String,
    key: SecretString,
    given: bool,
}

impl fmt::Debug for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountKey").field("account", &self.account).finish_non_exhaustive()
    }
}

impl PartialEq for AccountKey {
    fn eq(&self, other: &Self) -> bool {
        self.key().expose_secret() == other.key().expose_secret()
    }
}

impl AccountKey {
    /// A key the sign-in listed.
    pub(crate) fn listed(account: String, key: SecretString) -> Self {
        Self { account, key, given: false }
    }

    /// A key a person gave instead of a sign-in.
    pub(crate) fn given(account: String, key: SecretString) -> Self {
        Self { account, key, given: true }
    }

    /// Whether a person gave it.
    pub(crate) fn is_given(&self) -> bool {
        self.given
    }

    pub(crate) fn key(&self) -> &SecretString {
        &self.key
    }

    /// Dates the request and puts its signature on it.
    ///
    /// # Errors
    /// A sentence, when the key is not base64.
    pub(crate) fn sign(&self, request: &mut Request) -> Result<(), String> {
        let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&jiff::Timestamp::now());
        let date = date.map_err(|_| "this machine's clock is outside of what a date header can say".to_owned())?;
        request.insert_header(HeaderName::from_static("x-ms-date"), date);
        let key = Secret::new(self.key.expose_secret().to_owned());
        let signature = azure_core::hmac::hmac_sha256(&string_to_sign(&self.account, request), &key)
            .map_err(|_| format!("the key of the account {} is not base64 text", self.account))?;
        let value = format!("SharedKey {}:{signature}", self.account);
        request.insert_header(HeaderName::from_static("authorization"), value);
        Ok(())
    }
}

fn string_to_sign(account: &str, request: &Request) -> String {
    let mut text = request.method().as_str().to_owned();
    for name in PLACES {
        text.push('\n');
        match name {
            // The transport writes it, and zero counts as absent.
            "content-length" => {
                let length = request.body().len().filter(|length| *length > 0);
                text.extend(length.map(|length| length.to_string()));
            }
            name => text.push_str(request.headers().get_optional_str(&HeaderName::from_static(name)).unwrap_or("")),
        }
    }
    let own = request.headers().iter().map(|(name, value)| (name.as_str().to_ascii_lowercase(), value.as_str()));
    let mut own: Vec<(String, &str)> = own.filter(|(name, _)| name.starts_with("x-ms-")).collect();
    own.sort_unstable();
    for (name, value) in own {
        let _infallible = write!(text, "\n{name}:{}", value.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    text.push('\n');
    text.push_str(&canonical_resource(account, request.url()));
    text
}

/// The account and the path as sent, so that the name stands twice where it is in the path; then the query, decoded and sorted.
fn canonical_resource(account: &str, url: &Url) -> String {
    let mut pairs: Vec<(String, String)> =
        url.query_pairs().map(|(name, value)| (name.to_lowercase(), value.into_owned())).collect();
    pairs.sort_unstable();
    let mut text = format!("/{account}{}", url.path());
    let mut last: Option<&str> = None;
    for (name, value) in &pairs {
        let _infallible = match last {
            Some(last) if last == name => write!(text, ",{value}"),
            _ => write!(text, "\n{name}:{value}"),
        };
        last = Some(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use azure_core::http::Method;

    #[test]
    fn the_signed_text_has_the_documented_form_and_the_name_twice_in_path_style() {
        let url = "http://127.0.0.1:10000/devstoreaccount1/music?restype=container&Include=snapshots%2Cmetadata&prefix=a%20b&comp=list";
        let mut request = Request::new(Url::parse(url).unwrap(), Method::Get);
        request.insert_header(HeaderName::from_static("x-ms-version"), "2021-12-02");
        request.insert_header(HeaderName::from_static("x-ms-date"), "Fri, 03 Apr 2026 10:11:12 GMT");
        request.insert_header(HeaderName::from_static("accept"), "*/*");
        assert_eq!(
            string_to_sign("devstoreaccount1", &request),
            "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 03 Apr 2026 10:11:12 GMT\nx-ms-version:2021-12-02\n\
             /devstoreaccount1/devstoreaccount1/music\ncomp:list\ninclude:snapshots,metadata\nprefix:a b\nrestype:container"
        );
    }

    #[test]
    fn a_body_is_signed_by_its_length_and_a_plus_in_a_name_stays_one() {
        let url = Url::parse("https://acct.blob.core.windows.net/c/a%2Bb?prefix=1%2B2").unwrap();
        let mut request = Request::new(url, Method::Put);
        request.set_body("12345");
        request.insert_header(HeaderName::from_static("content-type"), "text/plain");
        let text = string_to_sign("acct", &request);
        assert!(text.starts_with("PUT\n\n\n5\n\ntext/plain\n"), "{text}");
        assert!(text.ends_with("/acct/c/a%2Bb\nprefix:1+2"), "{text}");
    }

    #[test]
    fn a_key_is_never_shown() {
        let key = AccountKey::given("acct".into(), "c2VjcmV0".into());
        assert_eq!(format!("{key:?}"), "AccountKey { account: \"acct\", .. }");
    }
}
