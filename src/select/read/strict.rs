//! XML 1.0 rules that the parser does not check. The service's reader stops at each of these faults, but only after the drives have
//! arrived. So the list is refused here.

use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::BytesDecl;
use quick_xml::events::attributes::AttrError;

use super::problem::{BAD_AMPERSAND, Problem};
use crate::select::xml::is_xml;

/// The first character that XML does not allow, not even escaped.
pub(super) fn characters(text: &str) -> Result<(), Problem> {
    let Some((offset, character)) = text.char_indices().find(|(_, character)| !is_xml(*character)) else {
        return Ok(());
    };
    let problem = if character == '\0' {
        "a NUL stands in the file, which XML forbids; the file may be UTF-16 or damaged: save it as UTF-8.".to_owned()
    } else {
        let code = u32::from(character);
        format!(
            "the character U+{code:04X} stands in the file, which XML forbids, escaped too; delete it, or select the blob by a prefix that ends before it."
        )
    };
    Err(Problem::at(offset, problem))
}

/// Text between tags, as it stands in the file.
pub(super) fn text(raw: &str, start: usize) -> Result<(), Problem> {
    match raw.find("]]>") {
        Some(at) => Err(Problem::at(start + at, "]]> stands in text, which XML forbids; write ]]&gt;.")),
        None => Ok(()),
    }
}

/// The text of a comment.
pub(super) fn comment(raw: &str, start: usize) -> Result<(), Problem> {
    let at = raw.find("--").or_else(|| raw.ends_with('-').then(|| raw.len() - 1));
    match at {
        Some(at) => Err(Problem::at(
            start + "<!--".len() + at,
            "-- stands within a comment, which XML forbids; write one hyphen, or delete the comment.",
        )),
        None => Ok(()),
    }
}

/// A processing instruction.
pub(super) fn instruction(raw: &str, start: usize) -> Result<(), Problem> {
    let name = raw.split([' ', '\t', '\r', '\n', '?']).next().unwrap_or_default();
    if name.eq_ignore_ascii_case("xml") {
        return Err(Problem::at(
            start,
            "an XML declaration is written <?xml version=\"1.0\" encoding=\"utf-8\"?> in small letters.",
        ));
    }
    let letters = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    if letters { Ok(()) } else { Err(Problem::at(start, "<? begins an instruction without a name; delete it.")) }
}

/// The XML declaration. Returns whether it declares another encoding that does no harm.
pub(super) fn declaration(declared: &BytesDecl<'_>, start: usize, ascii: bool) -> Result<bool, Problem> {
    let refuse = |problem: String| Err(Problem::at(start, problem));
    if start > 0 {
        return refuse("the XML declaration must be the very first of the file; delete what stands before it.".into());
    }
    let right = "write <?xml version=\"1.0\" encoding=\"utf-8\"?>.";
    match declared.version() {
        Ok(version) if version == "1.0" => {}
        Ok(version) => return refuse(format!("the file declares XML {version:?}, which few readers know; {right}")),
        Err(_) => return refuse(format!("the XML declaration does not begin with a version; {right}")),
    }
    attributes(declared, start + 2)?;
    match declared.standalone() {
        None => {}
        Some(Ok(word)) if word == "yes" || word == "no" => {}
        Some(_) => return refuse(format!("standalone is neither yes nor no; {right}")),
    }
    let encoding = match declared.encoding() {
        None => return Ok(false),
        Some(Ok(encoding)) => encoding.to_ascii_lowercase(),
        Some(Err(_)) => return refuse(format!("the encoding of the XML declaration cannot be read; {right}")),
    };
    let like_ascii =
        ["us-ascii", "ascii", "iso-8859-", "windows-125", "latin"].iter().any(|name| encoding.starts_with(name));
    match encoding.as_str() {
        "utf-8" => Ok(false),
        _ if like_ascii && ascii => Ok(true),
        _ => refuse(format!("the file declares the encoding {encoding:?} and is UTF-8; write encoding=\"utf-8\".")),
    }
}

/// The attributes of a tag that begins at `start`, by the rules that the parser does not check.
pub(super) fn attributes(raw: &str, start: usize) -> Result<(), Problem> {
    let mut quote = None;
    let mut characters = raw.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => {
                quote = None;
                let next = characters.peek().map(|(_, next)| *next);
                if next.is_some_and(|next| !matches!(next, ' ' | '\t' | '\r' | '\n' | '/' | '?')) {
                    return Err(Problem::at(start + at + 1, "a space is missing before the next attribute; add one."));
                }
            }
            (Some(_), '<') => return Err(Problem::at(start + at, "< stands in an attribute; write &lt;.")),
            _ => {}
        }
    }
    Ok(())
}

/// The problem of an attribute that cannot be read.
pub(super) fn attribute(error: &AttrError, start: usize) -> Problem {
    let (at, problem) = match error {
        AttrError::ExpectedEq(at) => (*at, "an attribute has no value; write name=\"value\"."),
        AttrError::ExpectedValue(at) => (*at, "an attribute has no value after =; write name=\"value\"."),
        AttrError::UnquotedValue(at) => (*at, "the value of an attribute stands in quotes; write name=\"value\"."),
        AttrError::ExpectedQuote(at, _) => (*at, "the closing quote of an attribute is missing; add it."),
        AttrError::Duplicated(at, _) => (*at, "an attribute stands here twice; keep one."),
    };
    Problem::at(start + at, problem)
}

/// The problem of a file that the parser refuses, with what to write instead.
pub(super) fn malformed(error: &Error) -> String {
    match error {
        Error::IllFormed(IllFormedError::UnclosedReference) => BAD_AMPERSAND.to_owned(),
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            format!("not well-formed XML: <{expected}> is closed by </{found}>; write </{expected}>.")
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
            format!("not well-formed XML: </{found}> closes nothing; delete it.")
        }
        error => format!("not well-formed XML: {error}."),
    }
}
