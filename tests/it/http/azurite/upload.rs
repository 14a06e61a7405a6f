//! A small client with Shared Key signatures of its own, apart from the program's: makes the same content in any Blob service.

use std::fmt::Write as _;

use azure_core::{credentials::Secret, hmac::hmac_sha256};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, Url};

use crate::http::azurite::emulator::ACCOUNT;

/// Names keep their slashes; nothing else but unreserved characters is left as it is.
const NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A Blob service that takes the account's key.
pub(super) struct Service {
    endpoint: String,
    key: String,
    client: reqwest::Client,
}

pub(super) struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Service {
    pub(super) fn new(endpoint: &str, key: &str) -> Self {
        blobfreight::azure::transport::init();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { endpoint: endpoint.to_owned(), key: key.to_owned(), client }
    }

    /// Sends a request; `target` is encoded already and begins after the endpoint.
    pub(super) async fn send(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let url = Url::parse(&format!("{}{target}", self.endpoint)).unwrap();
        let date = jiff::Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let mut all = vec![("x-ms-date", date.as_str()), ("x-ms-version", "2021-12-02")];
        all.extend_from_slice(headers);
        let signature = self.signature(method, &url, &all, body.len());
        let mut request = self.client.request(Method::from_bytes(method.as_bytes()).unwrap(), url).body(body.to_vec());
        for (name, value) in all {
            request = request.header(name, value);
        }
        if body.is_empty() && method == "PUT" {
            request = request.header("content-length", "0");
        }
        let response =
            request.header("authorization", format!("SharedKey {ACCOUNT}:{signature}")).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, text: response.text().await.unwrap() }
    }

    /// Sends a request that must succeed.
    pub(super) async fn done(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let answer = self.send(method, target, headers, body).await;
        assert!((200..300).contains(&answer.status), "{method} {target}: {} {}", answer.status, answer.text);
        answer
    }

    /// Makes a blob; `kind` is the header's value, `BlockBlob` with a content or an empty blob of another kind.
    pub(super) async fn put(&self, path: &str, kind: &str, headers: &[(&str, &str)], body: &[u8]) {
        let mut all = vec![("x-ms-blob-type", kind)];
        all.extend_from_slice(headers);
        self.done("PUT", &blob(path), &all, body).await;
    }

    /// Makes a snapshot and gives its time.
    pub(super) async fn snapshot(&self, path: &str, headers: &[(&str, &str)]) -> String {
        let answer = self.done("PUT", &format!("{}?comp=snapshot", blob(path)), headers, b"").await;
        answer.headers["x-ms-snapshot"].to_str().unwrap().to_owned()
    }

    fn signature(&self, method: &str, url: &Url, headers: &[(&str, &str)], length: usize) -> String {
        let header = |name: &str| headers.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        let length = if length == 0 { String::new() } else { length.to_string() };
        let mut text = format!("{method}\n\n\n{length}\n\n{}\n\n\n\n\n\n\n", header("content-type"));
        let mut own: Vec<_> = headers.iter().filter(|(name, _)| name.starts_with("x-ms-")).collect();
        own.sort_unstable();
        for (name, value) in own {
            writeln!(text, "{name}:{value}").unwrap();
        }
        write!(text, "/{ACCOUNT}{}", url.path()).unwrap();
        let mut pairs: Vec<_> = url.query_pairs().collect();
        pairs.sort_unstable();
        for (name, value) in pairs {
            write!(text, "\n{name}:{value}").unwrap();
        }
        hmac_sha256(&text, &Secret::new(self.key.clone())).unwrap()
    }
}

/// The target of a blob, from `container/name`.
pub(super) fn blob(path: &str) -> String {
    let (container, name) = path.split_once('/').unwrap();
    format!("/{}/{}", utf8_percent_encode(container, NAME), utf8_percent_encode(name, NAME))
}
