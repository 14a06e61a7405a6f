//! Walks an XML document of the Blob service. Gives every element with its full path, so that a metadata key called `Name` is never
//! taken for a blob's name.

use quick_xml::{Reader, events::Event};

/// Calls `on_element(path, text, encoded)` at the end of every element: `path` from the root, joined with `/`; `text` is the
/// element's own text with entities resolved; `encoded` is the attribute `Encoded="true"` (Microsoft page: List Blobs).
///
/// # Errors
/// A sentence, when the document is malformed or ends before its root does. The elements before the error are right.
pub(crate) fn each_element(xml: &str, mut on_element: impl FnMut(&str, &mut String, bool)) -> Result<(), String> {
    walk(xml, XmlPath::default(), |path, text, encoded| {
        on_element(path, text, encoded);
        Ok(())
    })
}

/// The same for a reader that must not misread anything: an entity or an element name that XML does not allow is an error, and
/// `on_element` ends the walk with an error of its own.
///
/// # Errors
/// As [`each_element`], and those of `on_element`.
pub(crate) fn each_element_strict(
    xml: &str,
    on_element: impl FnMut(&str, &mut String, bool) -> Result<(), String>,
) -> Result<(), String> {
    walk(xml, XmlPath { strict: true, ..XmlPath::default() }, on_element)
}

fn walk(
    xml: &str,
    mut walk: XmlPath,
    mut on_element: impl FnMut(&str, &mut String, bool) -> Result<(), String>,
) -> Result<(), String> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    loop {
        let at = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                walk.open(tag.name().as_ref())?;
                walk.encoded = is_encoded(&tag);
            }
            Ok(Event::Empty(tag)) => {
                walk.open(tag.name().as_ref())?;
                walk.close(&mut on_element)?;
            }
            Ok(Event::End(_)) => walk.close(&mut on_element)?,
            Ok(Event::Text(text)) => walk.text.push_str(&text.xml10_content()),
            Ok(Event::CData(text)) => walk.text.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(entity)) => walk.resolve(&entity)?,
            Ok(Event::Eof) if walk.starts.is_empty() && walk.path_was_seen => return Ok(()),
            Ok(Event::Eof) if walk.path_was_seen => return Err("the answer is cut off".into()),
            Ok(Event::Eof) => return Err("the answer is empty".into()),
            Ok(_) => {}
            Err(quick_xml::Error::Syntax(_)) => return Err("the answer is cut off".into()),
            Err(_) => return Err(format!("the answer is not valid XML at byte {at}")),
        }
    }
}

#[derive(Default)]
struct XmlPath {
    path: String,
    /// Where each open element's name starts in `path`, its slash included.
    starts: Vec<usize>,
    text: String,
    encoded: bool,
    path_was_seen: bool,
    /// What XML does not allow is an error.
    strict: bool,
}

impl XmlPath {
    fn open(&mut self, name: &str) -> Result<(), String> {
        // A slash would make one element look like two.
        if self.strict && name.contains('/') {
            return Err(format!("the answer is not valid XML (an element is called `{name}`)"));
        }
        self.starts.push(self.path.len());
        if !self.path.is_empty() {
            self.path.push('/');
        }
        self.path.push_str(name);
        self.text.clear();
        self.encoded = false;
        self.path_was_seen = true;
        Ok(())
    }

    fn close(
        &mut self,
        on_element: &mut impl FnMut(&str, &mut String, bool) -> Result<(), String>,
    ) -> Result<(), String> {
        on_element(&self.path, &mut self.text, self.encoded)?;
        self.path.truncate(self.starts.pop().unwrap_or(0));
        self.text.clear();
        self.encoded = false;
        Ok(())
    }

    /// The five entities of XML and character references. Any other is kept as it stands, or is an error of a strict walk.
    fn resolve(&mut self, entity: &quick_xml::events::BytesRef<'_>) -> Result<(), String> {
        if let Ok(Some(character)) = entity.resolve_char_ref() {
            self.text.push(character);
            return Ok(());
        }
        let name = entity.xml10_content();
        match name.as_ref() {
            "lt" => self.text.push('<'),
            "gt" => self.text.push('>'),
            "amp" => self.text.push('&'),
            "quot" => self.text.push('"'),
            "apos" => self.text.push('\''),
            other if self.strict => return Err(format!("the answer is not valid XML (`&{other};` is unknown)")),
            other if other.starts_with('#') => self.text.push(char::REPLACEMENT_CHARACTER),
            other => {
                self.text.push('&');
                self.text.push_str(other);
                self.text.push(';');
            }
        }
        Ok(())
    }
}

fn is_encoded(tag: &quick_xml::events::BytesStart<'_>) -> bool {
    let attribute = tag.try_get_attribute("Encoded").ok().flatten();
    attribute.is_some_and(|attribute| attribute.value.eq_ignore_ascii_case("true"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(xml: &str) -> (Vec<String>, Result<(), String>) {
        let mut all = Vec::new();
        let end = each_element(xml, |path, text, encoded| {
            all.push(format!("{path}={text}{}", if encoded { "!" } else { "" }));
        });
        (all, end)
    }

    #[test]
    fn paths_texts_and_entities_come_out_whole() {
        let (all, end) = told(
            "\u{feff}<?xml version=\"1.0\"?><a>\n<b Encoded=\"TRUE\"> x&amp;&#x41;&odd;<![CDATA[<y>]]></b><c/></a>",
        );
        assert_eq!(end, Ok(()));
        assert_eq!(all[..2], ["a/b= x&A&odd;<y>!", "a/c="]);
    }

    #[test]
    fn a_strict_walk_refuses_what_the_other_accepts() {
        let strict = |xml: &str| each_element_strict(xml, |_, _, _| Ok(()));
        assert_eq!(strict("<a>&lt;&#x41;</a>"), Ok(()));
        for odd in ["<a>&odd;</a>", "<a>&#xD800;</a>", "<a/b></a/b>"] {
            assert!(each_element(odd, |_, _, _| {}).is_ok() && strict(odd).is_err(), "{odd}");
        }
        assert_eq!(each_element_strict("<a><b/></a>", |_, _, _| Err("no".into())), Err("no".into()));
    }

    #[test]
    fn a_document_that_ends_early_is_cut_and_nonsense_is_invalid() {
        for cut in ["<a><b>1</b>", "<a><b>1</b", "<a><b", "<a>text"] {
            assert_eq!(told(cut).1, Err("the answer is cut off".into()), "{cut}");
        }
        assert!(told("<a><b></a></b>").1.unwrap_err().contains("not valid XML"));
        assert_eq!(told("").1, Err("the answer is empty".into()));
        assert_eq!(told("just words").1, Err("the answer is empty".into()));
    }
}
