//! A request as the simulated services read it, and their response; both are independent of the HTTP library.

use std::fmt::Write as _;

use bytes::Bytes;
use hyper::HeaderMap;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

/// One request with its body read and its path still percent-encoded, as signatures need it.
pub(super) struct Request {
    /// Method in capitals.
    pub method: String,
    /// Path as sent.
    pub path: String,
    /// Query parameters, percent-decoded, in the order sent.
    pub query: Vec<(String, String)>,
    /// Path and query as sent.
    pub target: String,
    /// Header fields.
    pub headers: HeaderMap,
    /// Whole body.
    pub body: Bytes,
}

impl Request {
    /// Reads path and query from a request target such as `/a?b=c`.
    pub(super) fn new(method: &str, target: &str, headers: HeaderMap, body: Bytes) -> Self {
        let (path, raw) = target.split_once('?').unwrap_or((target, ""));
        let query = raw
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decode(name), decode(value))
            })
            .collect();
        Self { method: method.to_owned(), path: path.to_owned(), query, target: target.to_owned(), headers, body }
    }

    /// The first query parameter of that name, whatever its case.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// A header field, `""` when it is missing or not text.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// The base URL that the client used, without a closing slash; addresses in answers begin with it.
    pub(super) fn base(&self, own: &str) -> String {
        match self.header("host") {
            "" => own.to_owned(),
            host => format!("http://{host}"),
        }
    }

    /// The bearer token of the Authorization header.
    pub(super) fn bearer_token(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization").split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    }

    /// The path's segments, percent-decoded, empty ones left out.
    pub(super) fn segments(&self) -> Vec<String> {
        self.path.split('/').filter(|part| !part.is_empty()).map(decode).collect()
    }
}

/// Percent-decodes; bytes that are not UTF-8 become replacement characters.
pub(super) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The body of a response.
pub(super) enum ResponseBody {
    /// These bytes.
    Whole(Bytes),
    /// These pieces, one after the other.
    Pieces(Vec<Bytes>),
    /// Filler, for blobs that were not uploaded.
    Filler {
        /// Offset of the first byte in the blob.
        start: u64,
        /// Number of bytes.
        length: u64,
    },
}

/// A response before it is written.
pub(super) struct Response {
    /// Status code.
    pub status: u16,
    /// Header fields, in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub payload: ResponseBody,
}

impl Response {
    /// A response without a body.
    pub(super) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), payload: ResponseBody::Whole(Bytes::new()) }
    }

    /// A JSON response.
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::bytes(status, "application/json; charset=utf-8", Bytes::from(body.to_string()))
    }

    /// A response with these bytes.
    pub(super) fn bytes(status: u16, content_type: &str, body: Bytes) -> Self {
        Self { payload: ResponseBody::Whole(body), ..Self::empty(status) }.with("Content-Type", content_type)
    }

    /// The same response with one more header field.
    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Azure Resource Manager's error envelope.
    pub(super) fn arm_error(status: u16, code: &str, message: &str) -> Self {
        Self::json(status, &json!({ "error": { "code": code, "message": message } }))
    }

    /// Blob storage's error body ("Status and error codes" in the Storage REST reference).
    pub(super) fn blob_error(status: u16, code: &str, message: &str) -> Self {
        let mut body = String::from("\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><Error>");
        let _ = write!(body, "<Code>{code}</Code><Message>{}</Message></Error>", escape(message));
        Self::bytes(status, "application/xml", Bytes::from(body)).with("x-ms-error-code", code)
    }
}

/// Escapes text for XML.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// A hash of text (FNV-1a with a final mix). Generated values follow from it, so that they look random and stay the same.
pub(super) fn hash(text: &str) -> u64 {
    let mut h =
        text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^ (h >> 29)
}

/// An RFC 4122-looking id made from text; always the same for the same text.
pub(super) fn uuid(text: &str) -> String {
    let (a, b) = (hash(text), hash(&format!("{text}/2")));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        a >> 32,
        (a >> 16) & 0xffff,
        a & 0xfff,
        b >> 52,
        b & 0xffff_ffff_ffff
    )
}
