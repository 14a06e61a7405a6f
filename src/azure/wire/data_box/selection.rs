//! Which blobs a job exports: `transferConfiguration` in its forms, written and read.

use serde_json::{Map, Value, json};

use crate::azure::{model::BlobList, wire::json::JsonView};

const BLOBS: &str = "StorageAccount";

/// The form of the selection. Azure Files are never part of it: the service does not export them to customer disks.
pub(super) fn transfer_configuration(blobs: &BlobList) -> Value {
    match blobs {
        BlobList::WholeAccount => json!({
            "transferConfigurationType": "TransferAll",
            "transferAllDetails": { "include": {
                "dataAccountType": BLOBS, "transferAllBlobs": true, "transferAllFiles": false
            } },
        }),
        BlobList::Containers(names) => by_filter("blobFilterDetails", &json!({ "containerList": names })),
        BlobList::File(path) => {
            by_filter("filterFileDetails", &json!([{ "filterFileType": "AzureBlob", "filterFilePath": path }]))
        }
        BlobList::Inline { paths, prefixes } => {
            let lists = [("blobPrefixList", prefixes), ("blobPathList", paths)];
            let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
            let lists: Map<String, Value> =
                lists.map(|(key, list)| (key.to_owned(), Value::from(list.clone()))).collect();
            by_filter("blobFilterDetails", &lists.into())
        }
    }
}

fn by_filter(member: &str, filter: &Value) -> Value {
    json!({
        "transferConfigurationType": "TransferUsingFilter",
        "transferFilterDetails": { "include": { "dataAccountType": BLOBS, member: filter } },
    })
}

/// The selection of a job; `None` where the answer does not say it. Answers of 2020 carry an empty sibling beside the form in use.
pub(super) fn blobs(view: JsonView<'_>) -> Option<BlobList> {
    let all = view.at("transferAllDetails").at("include");
    if all.is_object() || view.at("transferConfigurationType").text().eq_ignore_ascii_case("TransferAll") {
        return all.at("transferAllBlobs").flag(true).then_some(BlobList::WholeAccount);
    }
    let include = view.at("transferFilterDetails").at("include");
    let file = include.at("filterFileDetails").items().find_map(|file| file.at("filterFilePath").word());
    if let Some(path) = file {
        return Some(BlobList::File(path));
    }
    let lists = include.at("blobFilterDetails");
    let (paths, mut prefixes) = (lists.at("blobPathList").words(), lists.at("blobPrefixList").words());
    let containers = lists.at("containerList").words();
    match (paths.is_empty() && prefixes.is_empty(), containers.is_empty()) {
        (true, true) => None,
        (true, false) => Some(BlobList::Containers(containers)),
        (false, _) => {
            // A union of all lists; a container is the prefix that ends in its name and a slash.
            prefixes.extend(containers.iter().map(|name| format!("/{name}/")));
            Some(BlobList::Inline { paths, prefixes })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inline() -> BlobList {
        BlobList::Inline { paths: vec!["film/a.mov".into()], prefixes: vec!["/raw/2024".into()] }
    }

    fn containers() -> BlobList {
        BlobList::Containers(vec!["film".into(), "$root".into()])
    }

    #[test]
    fn each_form_has_its_own_members_and_no_others() {
        let include = |blobs: &BlobList| transfer_configuration(blobs)["transferFilterDetails"]["include"].clone();
        assert_eq!(
            include(&containers()),
            json!({ "dataAccountType": "StorageAccount", "blobFilterDetails": { "containerList": ["film", "$root"] } })
        );
        assert_eq!(
            include(&BlobList::File("lists/films.xml".into())),
            json!({ "dataAccountType": "StorageAccount", "filterFileDetails": [
                { "filterFileType": "AzureBlob", "filterFilePath": "lists/films.xml" }
            ] })
        );
        assert_eq!(
            include(&inline()),
            json!({ "dataAccountType": "StorageAccount", "blobFilterDetails": {
                "blobPathList": ["film/a.mov"], "blobPrefixList": ["/raw/2024"]
            } })
        );
        let only = BlobList::Inline { paths: vec!["film/a.mov".into()], prefixes: Vec::new() };
        assert_eq!(include(&only)["blobFilterDetails"], json!({ "blobPathList": ["film/a.mov"] }));
        for blobs in [containers(), inline(), BlobList::File("l/a.xml".into())] {
            assert_eq!(transfer_configuration(&blobs)["transferConfigurationType"], "TransferUsingFilter");
            assert!(!transfer_configuration(&blobs).to_string().contains("azureFile"));
        }
    }

    #[test]
    fn what_was_sent_is_read_back() {
        for sent in [BlobList::WholeAccount, containers(), inline(), BlobList::File("lists/films.xml".into())] {
            assert_eq!(blobs(JsonView::new(&transfer_configuration(&sent))), Some(sent));
        }
    }

    #[test]
    fn an_empty_sibling_is_no_selection_and_lists_are_a_union() {
        let mut old = transfer_configuration(&BlobList::WholeAccount);
        old["transferFilterDetails"] = json!({});
        assert_eq!(blobs(JsonView::new(&old)), Some(BlobList::WholeAccount));
        let mut both = transfer_configuration(&inline());
        both["transferFilterDetails"]["include"]["blobFilterDetails"]["containerList"] = json!(["music"]);
        both["transferAllDetails"] = json!({});
        let union =
            BlobList::Inline { paths: vec!["film/a.mov".into()], prefixes: vec!["/raw/2024".into(), "/music/".into()] };
        assert_eq!(blobs(JsonView::new(&both)), Some(union));
        assert_eq!(blobs(JsonView::new(&json!({}))), None);
    }
}
