//! The selection of a Data Box job: the whole account, containers, lists in the body, or list files in the account.
//! An entry in the wrong form takes no blob and is no error, as the documentation of the list file says.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::super::blob::content::BlobStore;
use super::super::jobs::job::StoredJob;
use super::super::jobs::rules::{ExportRules, SnapshotRule};
use super::super::jobs::xml_entity::character;
use super::super::switches::{Acceptance, InlineSlash, Switches};

/// The copy status of the drives when a list file cannot be read.
const BAD_LIST: &str = "OtherUserError";

/// Reads a job's selection.
///
/// # Errors
/// The copy status a drive shows when a list file cannot be used.
pub(crate) fn rules(job: &StoredJob, store: &BlobStore, switches: &Switches) -> Result<ExportRules, &'static str> {
    let slash = switches.inline_slash;
    let details = job.properties.get("details").unwrap_or(&Value::Null);
    let transfer = &details["dataExportDetails"][0]["transferConfiguration"];
    let mut rules = match switches.snapshots {
        Acceptance::Accepted => ExportRules::default(),
        Acceptance::Refused => ExportRules::without_snapshots(),
    };
    if transfer["transferConfigurationType"] == "TransferAll" {
        rules.add_prefix("/".to_owned());
        return Ok(rules);
    }
    let filter = &transfer["transferFilterDetails"]["include"];
    let texts =
        |list: &Value| list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    let blobs = &filter["blobFilterDetails"];
    let (containers, prefixes, paths): (Vec<String>, Vec<String>, Vec<String>) =
        (texts(&blobs["containerList"]), texts(&blobs["blobPrefixList"]), texts(&blobs["blobPathList"]));
    for container in containers {
        rules.add_prefix(format!("/{}/", container.trim_matches('/')));
    }
    for prefix in prefixes.iter().filter_map(|prefix| inline(prefix, slash)) {
        rules.add_prefix(format!("/{prefix}"));
    }
    for path in paths.iter().filter_map(|path| inline(path, slash)) {
        rules.add_path(path.to_owned(), SnapshotRule::All);
    }
    for file in filter["filterFileDetails"].as_array().into_iter().flatten() {
        // Files of Azure Files are not exported to disks, and their list is ignored.
        if file["filterFileType"] == "AzureBlob" {
            let path = file["filterFilePath"].as_str().unwrap_or("").trim_start_matches('/');
            let list = store.find(path).and_then(|item| item.content.clone()).ok_or(BAD_LIST)?;
            let text = String::from_utf8(list).map_err(|_| BAD_LIST)?;
            add_file(&mut rules, &text).ok_or(BAD_LIST)?;
        }
    }
    Ok(rules)
}

/// An entry of a list in the body without its slash; `None` when it is not in the form the switch asks for.
fn inline(entry: &str, slash: InlineSlash) -> Option<&str> {
    match (slash, entry.strip_prefix('/')) {
        (InlineSlash::Either | InlineSlash::Leading, Some(rest)) => Some(rest),
        (InlineSlash::Either | InlineSlash::None, None) => Some(entry),
        _ => None,
    }
}

/// Adds the entries of a list file; `None` when it is not XML. Other tags, also in another case, are passed over, and there
/// may be several roots, as in the documentation's own sample.
fn add_file(rules: &mut ExportRules, text: &str) -> Option<()> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let (mut open, mut value) = (Vec::new(), String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                value.clear();
                open.push(tag.name().as_ref().to_owned());
            }
            Event::Text(text) => value.push_str(&text),
            Event::CData(text) => value.push_str(&text),
            Event::GeneralRef(entity) => value.push(character(&entity)?),
            Event::End(_) => {
                let path = std::mem::take(&mut value);
                match open.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                    ["BlobList", "BlobPathPrefix"] => rules.add_prefix(path),
                    ["BlobList", "BlobPath"] => {
                        if let Some(path) = path.strip_prefix('/') {
                            rules.add_path(path.to_owned(), SnapshotRule::All);
                        }
                    }
                    _ => {}
                }
                open.pop()?;
            }
            Event::Eof => return open.is_empty().then_some(()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(xml: &str, path: &str) -> Option<bool> {
        let mut rules = ExportRules::without_snapshots();
        add_file(&mut rules, xml).map(|()| rules.takes(path, None))
    }

    #[test]
    fn a_list_file_takes_what_its_entries_with_a_leading_slash_name() {
        let xml = "<?xml version=\"1.0\"?><BlobList><BlobPathPrefix>/pic/2019</BlobPathPrefix><BlobPath>/pic/cat &amp; dog</BlobPath>\
            <BlobPath IncludeSnapshots=\"true\">/$root/logo</BlobPath></BlobList><AzureFileList><FilePath>/share/a</FilePath></AzureFileList>";
        for path in ["pic/2019-a", "pic/cat & dog", "$root/logo"] {
            assert_eq!(takes(xml, path), Some(true), "{path}");
        }
        assert_eq!(takes(xml, "share/a"), Some(false));
    }

    #[test]
    fn a_wrong_tag_or_a_missing_slash_takes_nothing_and_is_no_error() {
        for entry in ["<BlobPath>a/b</BlobPath>", "<BlobPathPrefix>a/</BlobPathPrefix>", "<blobPath>/a/b</blobPath>"] {
            assert_eq!(takes(&format!("<BlobList>{entry}</BlobList>"), "a/b"), Some(false), "{entry}");
        }
        assert_eq!(takes("<Bloblist><BlobPath>/a/b</BlobPath></Bloblist>", "a/b"), Some(false));
    }

    #[test]
    fn what_is_not_xml_cannot_be_used() {
        for bad in ["<BlobList>", "<BlobList><BlobPath>a</Blob></BlobList>", "<BlobList>&nope;</BlobList>"] {
            assert_eq!(takes(bad, "a"), None, "{bad}");
        }
    }
}
