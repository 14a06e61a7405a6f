//! A listing taken apart without knowing what it means: every entry as the texts of its elements by path.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

/// One entry: texts by the path of their element below the entry; the name of the entry's own element is under the empty path.
pub(super) type Fields = BTreeMap<String, String>;

/// What a listing says outside of its entries, and its entries.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub head: Fields,
    pub entries: Vec<Fields>,
}

/// Takes a listing apart. Entries are the children of `Blobs` or `Containers`.
pub(super) fn parse(xml: &str) -> Listing {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    let mut listing = Listing::default();
    let (mut path, mut text, mut entry): (Vec<String>, String, Option<Fields>) = (Vec::new(), String::new(), None);
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                path.push(tag.name().as_ref().to_owned());
                text.clear();
                if path.len() == 3 && ["Blobs", "Containers"].contains(&path[1].as_str()) {
                    entry = Some(Fields::from([(String::new(), path[2].clone())]));
                }
            }
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref().unwrap() {
                Some(character) => text.push(character),
                None => text.push_str(match entity.xml10_content().as_ref() {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("unknown entity {other}"),
                }),
            },
            Event::Eof => return listing,
            _ => {}
        }
        if matches!(event, Event::End(_) | Event::Empty(_)) {
            match (path.len(), &mut entry) {
                (3, Some(_)) => listing.entries.extend(entry.take()),
                (4.., Some(entry)) => drop(entry.insert(path[3..].join("/"), std::mem::take(&mut text))),
                (2, None) => drop(listing.head.insert(path[1].clone(), std::mem::take(&mut text))),
                _ => {}
            }
            path.pop();
            text.clear();
        }
    }
}
