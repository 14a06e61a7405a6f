//! Reads what a service says about a failure: ARM's JSON, storage's XML, the older OData form and OAuth's, and makes it fit for a screen.

use serde_json::Value;

use crate::azure::wire::xml;

/// No message on a screen is longer, in characters.
const LONGEST: usize = 300;
/// No more of a message is looked through for the names in it, in characters.
const LONGEST_READ: usize = 8192;

/// Base64 words that are shorter are not taken for signatures.
const SHORTEST_SECRET: usize = 40;

/// What the body of a failed answer says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ErrorEnvelope {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    /// The message before it is cut to the length of a screen, cleaned: lists and names are looked for in it.
    pub(super) whole: String,
    /// What the message leaves out (`AuthenticationErrorDetail`).
    pub(super) detail: Option<String>,
    pub(super) request_id: Option<String>,
}

/// Reads any of the known forms; an unknown one says nothing.
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
        whole: legible(&whole),
        code: text(field(["code", "Code"])),
        message: Some(clean(&all.join("; "))).filter(|message| !message.is_empty()),
        ..ErrorEnvelope::default()
    }
}

/// `<Error><Code/><Message/></Error>`; the message's later lines repeat the request id and the time.
fn read_xml(body: &str) -> ErrorEnvelope {
    let mut said = ErrorEnvelope::default();
    // A cut body still says something; what was read counts.
    drop(xml::leaves(body, |path, text, _| {
        let place = match path {
            "Error/Code" => &mut said.code,
            "Error/Message" => &mut said.message,
            "Error/AuthenticationErrorDetail" => &mut said.detail,
            "Error/RequestId" => &mut said.request_id,
            _ => return,
        };
        *place = Some(clean(before_signed_text(text))).filter(|text| !text.is_empty());
    }));
    if said.request_id.is_none() {
        said.request_id = body.split("RequestId:").nth(1).and_then(|rest| rest.split_whitespace().next()).map(clean);
    }
    said
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

/// One line of at most 300 characters: the first line with something on it, without control and direction characters.
pub(crate) fn clean(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    cut(&shown(line), LONGEST)
}

/// All lines as one, without control and direction characters.
fn legible(text: &str) -> String {
    cut(&shown(&text.lines().collect::<Vec<_>>().join(" ")), LONGEST_READ)
}

fn shown(line: &str) -> String {
    let line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !steers(*c)).collect();
    let words = line.split_whitespace().map(without_query).map(without_signature).collect::<Vec<_>>().join(" ");
    words.trim_end_matches('.').to_owned()
}

fn cut(words: &str, longest: usize) -> String {
    if words.chars().count() <= longest {
        return words.to_owned();
    }
    let mut cut: String = words.chars().take(longest - 1).collect();
    cut.push('…');
    cut
}

/// A word as it may be shown: the query of an address may hold a shared access signature.
fn without_query(word: &str) -> String {
    match word.split_once('?') {
        Some((address, rest)) if address.contains("://") || rest.contains('=') => {
            let closing = rest.trim_start_matches(|c| !matches!(c, ')' | '"' | '\'' | '>' | ']'));
            format!("{address}?…{closing}")
        }
        _ => word.to_owned(),
    }
}

/// A word as it may be shown: services repeat a signature that they do not accept.
fn without_signature(word: String) -> String {
    let bare = word.trim_matches(|c: char| c.is_ascii_punctuation() && !matches!(c, '=' | '+' | '/'));
    let encoded = bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
    if bare.len() >= SHORTEST_SECRET && bare.ends_with('=') && encoded { word.replace(bare, "…") } else { word }
}

/// Characters that turn or hide the text around them.
fn steers(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
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

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn the_query_of_an_address_is_never_shown() {
        let text = "error for url (https://a.example/c?comp=list&sig=c2VjcmV0%3D) and /c?sig=x, but why? ok";
        assert_eq!(clean(text), "error for url (https://a.example/c?…) and /c?… but why? ok");
    }
}
