//! Keys, signatures and connection strings as people paste them: what copying adds or changes is taken back where it can mean
//! only one thing, and named where it cannot.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;

use crate::azure::urls::encode;
use crate::characters::is_zero_width;

/// Characters of base64 text in a signature: HMAC-SHA256, 32 bytes.
pub(crate) const SIGNATURE_LENGTH: usize = 44;
/// Characters of base64 text in an account key: 64 bytes.
const KEY_LENGTH: usize = 88;
/// The fields a signature has that do not begin with `s` (Microsoft page: Create a service SAS, override response headers).
const RESPONSE_HEADERS: [&str; 5] = ["rscc", "rscd", "rsce", "rscl", "rsct"];
/// Fields whose values hold no `%` once they are decoded, so that one in them was encoded twice.
const PLAIN: [&str; 16] =
    ["sv", "ss", "srt", "sr", "se", "st", "sp", "spr", "sip", "skoid", "sktid", "skt", "ske", "sks", "skv", "ses"];

/// One line of text without the characters around a value in files, commands, documents and messages: quotation marks, angle
/// brackets, a closing `;` or `,`, line breaks with their continuation marks, invisible characters, `&` written for HTML or JSON.
pub(super) fn unwrapped(text: &str) -> String {
    let visible = text.chars().filter(|c| !is_zero_width(*c)).map(|c| match c {
        '\u{a0}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    });
    let visible: String = visible.collect();
    let lines = visible.lines().map(|line| line.trim().trim_end_matches(['\\', '^', '`']).trim_end());
    let mut line: String = lines.collect();
    for (written, meant) in [("\\u0026", "&"), ("\\u003d", "="), ("\\u003D", "="), ("\\u002b", "+"), ("\\u002B", "+")] {
        line = line.replace(written, meant);
    }
    while line.contains("&amp;") {
        line = line.replace("&amp;", "&");
    }
    line.trim_matches(is_wrapping).to_owned()
}

fn is_wrapping(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '"' | '\'' | '`' | '<' | '>' | ';' | ',' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}')
}

/// The fields of a shared access signature, as they are put behind an address; `None` where the text has none of them.
///
/// # Errors
/// A clause to follow `the shared access signature`; never a part of the text.
pub(super) fn signature(text: &str) -> Result<Option<String>, String> {
    let line = without_address(&unwrapped(text));
    let mut fields: Vec<(&str, String)> = Vec::new();
    for piece in line.split('&').map(|piece| piece.trim_matches(|c| is_wrapping(c) || matches!(c, '\\' | '^'))) {
        let Some((name, value)) = field(piece) else { continue };
        let value = repaired(name, value)?;
        match fields.iter().find(|(known, _)| *known == name) {
            Some((_, known)) if *known == value => {}
            Some(_) => return Err(format!("says two things of `{name}`, as when two are pasted into one")),
            None => fields.push((name, value)),
        }
    }
    if fields.is_empty() {
        return Ok(None);
    }
    if !fields.iter().any(|(name, value)| *name == "sig" && !value.is_empty()) {
        return Err(unsigned(&fields));
    }
    Ok(Some(fields.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")))
}

/// Whether a text is a signature rather than a key.
pub(super) fn is_signature(text: &str) -> bool {
    matches!(signature(text), Ok(Some(_)))
}

/// Whether a text is an account key rather than a signature.
pub(super) fn is_key(text: &str) -> bool {
    key(text).is_some_and(|key| key.len() == KEY_LENGTH)
}

fn unsigned(fields: &[(&str, String)]) -> String {
    match fields {
        [(name, _)] => format!(
            "has only its first field (`{name}`), as when a shell ends it at the first `&`; put it in single quotes"
        ),
        _ => "is not whole: its last part (`sig=`) is missing".to_owned(),
    }
}

/// The query of a pasted address or connection string; a query that was encoded as a whole is decoded.
fn without_address(line: &str) -> String {
    let encoded = !line.contains('&') && line.contains("%26");
    let line = if encoded { percent_decode_str(line).decode_utf8_lossy().into_owned() } else { line.to_owned() };
    let query = line.rsplit_once('?').map_or(line.as_str(), |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let label = query.to_ascii_lowercase().find("sharedaccesssignature=");
    let query = label.map_or(query, |at| query[at..].split(';').next().unwrap_or_default());
    query.to_owned()
}

/// A field of a signature with its value; a label in front of it (`SharedAccessSignature=sv=…`) is passed over.
fn field(piece: &str) -> Option<(&str, &str)> {
    let (name, value) = piece.split_once('=')?;
    let name = name.rsplit([' ', ':']).next().unwrap_or(name).trim_matches(is_wrapping);
    if is_field(name) { Some((name, value)) } else { field(value) }
}

/// A pasted address has a query of its own too (`restype`, `comp`, …). Newer fields have the same shape: `s` and up to six letters.
fn is_field(name: &str) -> bool {
    let short = (2..=7).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase());
    RESPONSE_HEADERS.contains(&name) || (short && name.starts_with('s'))
}

fn repaired(name: &str, value: &str) -> Result<String, String> {
    if name == "sig" {
        let value = base64(value, SIGNATURE_LENGTH);
        let odd = value.chars().find(|c| !is_base64(*c));
        return match odd {
            Some('…' | '.') => Err("is cut off in its last part (`sig`)".to_owned()),
            Some(_) => Err("holds characters in its last part (`sig`) that no signature has".to_owned()),
            None => Ok(encode(&value)),
        };
    }
    let mut value: String = value.split_whitespace().collect();
    while PLAIN.contains(&name) && value.contains("%25") {
        value = value.replace("%25", "%");
    }
    if value.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>')) {
        return Ok(value);
    }
    Err(format!("holds characters in its field `{name}` that do not belong there"))
}

/// An account key; `None` where it is not base64.
pub(super) fn key(text: &str) -> Option<String> {
    let line = unwrapped(text);
    let label = line.to_ascii_lowercase().rfind("accountkey=").map_or(0, |at| at + "accountkey=".len());
    let text = line[label..].split(';').next().unwrap_or_default();
    let key = if text.contains(|c: char| c.is_whitespace() || c == '%')
        || text.len() + 2 == KEY_LENGTH
        || text.len() + 1 == KEY_LENGTH
    {
        base64(text, KEY_LENGTH)
    } else {
        text.to_owned()
    };
    Some(key).filter(|key| !key.is_empty() && BASE64_STANDARD.decode(key).is_ok())
}

/// Base64 text of a known length. A blank stands for a `+` that was decoded, or for nothing where lines were joined: the length
/// tells which. Padding that a double click left out is put back. A text that does not fit stays as it is.
fn base64(text: &str, length: usize) -> String {
    let whole = decoded(text);
    let whole = whole.trim().trim_end_matches(|c| !is_base64(c) && c != '…');
    let plus = whole.replace(char::is_whitespace, "+");
    let closed: String = whole.split_whitespace().collect();
    let padded = |text: &String| {
        let missing = length.saturating_sub(text.len());
        let pads = !text.ends_with('=') && missing <= 2;
        if pads { format!("{text}{}", "=".repeat(missing)) } else { text.clone() }
    };
    let fits = |text: &String| text.len() == length && BASE64_STANDARD.decode(text).is_ok();
    let candidates = [&plus, &closed].map(padded);
    candidates.into_iter().find(fits).unwrap_or(plus)
}

/// Decoded as often as it was encoded.
fn decoded(text: &str) -> String {
    let mut text = text.to_owned();
    while text.contains('%') {
        let once = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        if once == text {
            break;
        }
        text = once;
    }
    text
}

fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')
}
