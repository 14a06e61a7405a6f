//! Reads the body of a failed response: the JSON of Azure Resource Manager, the XML of Blob storage, the older OData form, and
//! OAuth's.

use serde_json::Value;

use super::{clean, clean::clean_lines};
use crate::azure::wire::xml;

/// Code and message in the body of a failed response.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ErrorEnvelope {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    /// The message before it is cut to the length of a screen, cleaned: lists and names are looked for in it.
    pub(super) whole: String,
    /// More than the message (`AuthenticationErrorDetail`).
    pub(super) detail: Option<String>,
    pub(super) request_id: Option<String>,
}

/// Reads any of the known forms; an unknown one gives an empty envelope.
pub(super) fn read(body: &[u8]) -> ErrorEnvelope {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => serde_json::from_slice(body).map(|value: Value| read_json(&value)).unwrap_or_default(),
        Some(b'<') => read_xml(&String::from_utf8_lossy(body)),
        _ => ErrorEnvelope::default(),
    }
}

/// `{"error": {code, message, details}}`, the same without the wrapper, `odata.error`, and `{"error": "code", "error_description"}`.
fn read_json(value: &Value) -> ErrorEnvelope {
    let wrapped = ["error", "Error", "odata.error"].iter().find_map(|key| value.get(key));
    match wrapped {
        Some(Value::String(code)) => ErrorEnvelope {
            code: text(Some(&Value::from(code.as_str()))),
            message: text(value.get("error_description")),
            ..ErrorEnvelope::default()
        },
        Some(error) => read_error(error),
        None => read_error(value),
    }
}

fn read_error(error: &Value) -> ErrorEnvelope {
    let field = |names: [&str; 2]| names.iter().find_map(|name| error.get(name));
    let message = field(["message", "Message"]);
    let top = text(message).or_else(|| text(message.and_then(|message| message.get("value"))));
    let details: Vec<String> = error
        .get("details")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|detail| text(detail.get("message")))
        .filter(|detail| Some(detail) != top.as_ref())
        .collect();
    let all: Vec<String> = top.into_iter().chain(details).collect();
    let raw = message.and_then(|message| message.as_str().or_else(|| message.get("value")?.as_str()));
    let more = ["details", "additionalInfo"].map(|name| error.get(name).map(Value::to_string).unwrap_or_default());
    let whole: String = std::iter::once(raw.unwrap_or_default()).chain(more.iter().map(String::as_str)).collect();
    ErrorEnvelope {
        whole: clean_lines(&whole),
        code: text(field(["code", "Code"])),
        message: Some(clean(&all.join("; "))).filter(|message| !message.is_empty()),
        ..ErrorEnvelope::default()
    }
}

/// `<Error><Code/><Message/></Error>`; the message's later lines repeat the request id and the time.
fn read_xml(body: &str) -> ErrorEnvelope {
    let mut envelope = ErrorEnvelope::default();
    // Of a cut body, the part that was read counts.
    drop(xml::each_element(body, |path, text, _| {
        let place = match path {
            "Error/Code" => &mut envelope.code,
            "Error/Message" => &mut envelope.message,
            "Error/AuthenticationErrorDetail" => &mut envelope.detail,
            "Error/RequestId" => &mut envelope.request_id,
            _ => return,
        };
        *place = Some(clean(before_signed_text(text))).filter(|text| !text.is_empty());
    }));
    if envelope.request_id.is_none() {
        envelope.request_id =
            body.split("RequestId:").nth(1).and_then(|rest| rest.split_whitespace().next()).map(clean);
    }
    envelope
}

/// A message without the text that was signed, which some services repeat over many lines.
fn before_signed_text(text: &str) -> &str {
    let signs = ["String to sign", "Server used following"];
    let end = signs.iter().filter_map(|sign| text.find(sign)).min();
    end.map_or(text, |end| text[..end].trim_end())
}

fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(clean).filter(|text| !text.is_empty())
}

/// Whether a body is HTML, by its content type or its beginning.
pub(crate) fn is_web_page(content_type: &str, body: &[u8]) -> bool {
    let kind = content_type.trim().to_ascii_lowercase();
    if kind.starts_with("text/html") || kind.starts_with("application/xhtml") {
        return true;
    }
    let start = String::from_utf8_lossy(&body[..body.len().min(512)]).to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let declared =
        start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map(|(_, rest)| rest.trim_start());
    let start = declared.unwrap_or(start);
    start.starts_with("<!doctype html") || start.starts_with("<html")
}
