//! The small fields of a manifest: numbers, digests, attributes. Pure.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use super::super::rules::{FilePart, Md5Sum, read_md5};

/// Reads a number of bytes.
///
/// # Errors
/// A clause that says why it is none.
pub(super) fn number(text: &str) -> Result<u64, String> {
    let digits = text.trim();
    match digits.parse::<u64>() {
        Ok(number) if !digits.starts_with('+') => Ok(number),
        _ if digits.is_empty() => Err("is empty".into()),
        _ if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(format!("{} is larger than any file", short(digits)))
        }
        _ if digits.strip_prefix('-').is_some_and(|rest| rest.parse::<u64>().is_ok()) => {
            Err(format!("{} is negative", short(digits)))
        }
        _ => Err(format!("{:?} is no number", short(digits))),
    }
}

/// Enough of a text to recognise it.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Reads a digest: hexadecimal digits as documented, or Base64 as HTTP writes it.
pub(super) fn digest(text: &str) -> Option<Md5Sum> {
    read_md5(text).or_else(|| BASE64_STANDARD.decode(text.trim()).ok()?.try_into().ok())
}

/// The value of an attribute; names are compared without regard to case. One that is no XML is as good as absent.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        tag.attributes().with_checks(false).flatten().find(|given| given.key.as_ref().eq_ignore_ascii_case(name))?;
    found.normalized_value(XmlVersion::Explicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// Reads a `Block` or `PageRange`. Without an offset it follows the one before it.
///
/// # Errors
/// A clause that says what it lacks.
pub(super) fn part(tag: &BytesStart<'_>, follows: u64, wrong: &mut Vec<String>) -> Result<FilePart, String> {
    let length = attribute(tag, "Length").ok_or("has no Length")?;
    let length = number(&length).map_err(|why| format!("has a Length that {why}"))?;
    let offset = match attribute(tag, "Offset") {
        Some(offset) => number(&offset).map_err(|why| format!("has an Offset that {why}"))?,
        None => follows,
    };
    let md5 = match attribute(tag, "Hash") {
        Some(hash) => digest(&hash).or_else(|| {
            wrong.push(format!("has the Hash {:?}, which is no MD5", short(&hash)));
            None
        }),
        // Some clients name their blocks by digest: `MD5/` and Base64.
        None => attribute(tag, "Id").and_then(|id| digest(id.strip_prefix("MD5/")?)),
    };
    Ok(FilePart { offset, length, md5 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_none_are_told_apart() {
        assert_eq!(number(" 18446744073709551615 "), Ok(u64::MAX));
        for (text, word) in [
            ("", "empty"),
            ("-1", "negative"),
            ("18446744073709551616", "larger"),
            ("1e3", "no number"),
            ("+1", "no number"),
        ] {
            assert!(number(text).unwrap_err().contains(word), "{text}");
        }
    }

    #[test]
    fn a_digest_may_be_hexadecimal_or_base64() {
        assert_eq!(digest(" D41D8CD98F00B204E9800998ECF8427E"), digest("1B2M2Y8AsgTpgAmY7PhCfg=="));
        assert!(digest("1B2M2Y8AsgTpgAmY7PhCfg==").is_some() && digest("AAAA").is_none());
    }
}
