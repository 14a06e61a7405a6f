//! List Containers, read from XML.

use super::xml;
use crate::azure::model::{Container, Page};

/// One page of List Containers.
///
/// # Errors
/// A sentence, when the document is cut or malformed.
pub(crate) fn parse(body: &str) -> Result<Page<Container>, String> {
    let mut items = Vec::new();
    let mut next = None;
    let mut current = Container { name: String::new(), last_modified: String::new() };
    let mut root = false;
    xml::each_element(body, |path, text, _| match path {
        "EnumerationResults" => root = true,
        "EnumerationResults/NextMarker" => next = Some(std::mem::take(text)).filter(|marker| !marker.is_empty()),
        "EnumerationResults/Containers/Container/Name" => current.name = std::mem::take(text),
        "EnumerationResults/Containers/Container/Properties/Last-Modified" => {
            current.last_modified = std::mem::take(text);
        }
        "EnumerationResults/Containers/Container" => {
            let done = Container {
                name: std::mem::take(&mut current.name),
                last_modified: std::mem::take(&mut current.last_modified),
            };
            if !done.name.is_empty() {
                items.push(done);
            }
        }
        _ => {}
    })
    .map_err(|reason| format!("{reason}, after {} containers", items.len()))?;
    if root { Ok(Page { items, next }) } else { Err("the answer is not a listing".into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_page_may_have_a_marker_and_an_empty_marker_is_the_end() {
        let page =
            parse("<EnumerationResults><Containers/><NextMarker>a&amp;b</NextMarker></EnumerationResults>").unwrap();
        assert_eq!((page.items.len(), page.next.as_deref()), (0, Some("a&b")));
        let last = "<EnumerationResults><Containers><Container><Name>$root</Name><Properties><Last-Modified>Mon</Last-Modified></Properties><Metadata><Name>evil</Name></Metadata></Container></Containers><NextMarker /></EnumerationResults>";
        let page = parse(last).unwrap();
        assert_eq!(page.items, [Container { name: "$root".into(), last_modified: "Mon".into() }]);
        assert_eq!(page.next, None);
    }

    #[test]
    fn another_document_is_not_an_empty_account() {
        assert!(parse("<html><body/></html>").is_err());
        assert!(
            parse("<EnumerationResults><Containers><Container><Name>a</Name></Container>")
                .unwrap_err()
                .contains("after 1 containers")
        );
    }
}
