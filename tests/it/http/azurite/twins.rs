//! The simulated Azure and Azurite side by side: the same uploads and listings through the same requests, compared field by field.

use std::collections::BTreeMap;

use blobfreight::sim;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::azurite::elements::{Fields, parse};
use crate::http::azurite::emulator::azurite;
use crate::http::azurite::shown::KEY;
use crate::http::azurite::stock::upload;
use crate::http::azurite::upload::{Answer, Service};

/// Fields that are not compared, and why.
const NOT_COMPARED: [(&str, &str); 10] = [
    ("Properties/Etag", "each service makes its own"),
    ("Properties/Last-Modified", "the time of the upload"),
    ("Properties/Creation-Time", "the time of the upload"),
    ("Properties/AccessTierChangeTime", "a time, which Azurite gives also where no tier was set"),
    ("Properties/Content-MD5", "the simulated Azure keeps the one that was sent and computes none"),
    ("Properties/ServerEncrypted", "Azurite leaves it out for a blob made of blocks"),
    ("Properties/Sealed", "Azurite writes it for append blobs that are not sealed"),
    ("Properties/DefaultEncryptionScope", "Azurite knows no encryption scopes"),
    ("Properties/DenyEncryptionScopeOverride", "Azurite knows no encryption scopes"),
    ("Properties/ImmutableStorageWithVersioningEnabled", "Azurite knows no immutable versions"),
];

/// Azurite gives snapshots a lease; List Blobs documents that they have none.
const NOT_OF_SNAPSHOTS: [&str; 2] = ["Properties/LeaseStatus", "Properties/LeaseState"];

/// An entry without what differs by nature. An empty element is as good as none, as in the service's own examples.
fn comparable(mut fields: Fields) -> Fields {
    fields.retain(|_, text| !text.is_empty());
    for (path, _) in NOT_COMPARED {
        fields.remove(path);
    }
    if fields.contains_key("Snapshot") {
        for path in NOT_OF_SNAPSHOTS {
            fields.remove(path);
        }
    }
    fields
}

/// The entries of a listing in the order of their names; a snapshot's time is replaced by its rank among those of its blob.
fn entries(answer: &Answer) -> Vec<Fields> {
    let mut entries: Vec<Fields> = parse(&answer.text).entries;
    let text = |fields: &Fields, path: &str| fields.get(path).cloned().unwrap_or_default();
    entries.sort_by_key(|fields| (text(fields, "Name"), text(fields, ""), text(fields, "Snapshot")));
    let mut ranks: BTreeMap<String, usize> = BTreeMap::new();
    for fields in &mut entries {
        let rank = ranks.entry(text(fields, "Name")).or_default();
        if let Some(time) = fields.get_mut("Snapshot") {
            *rank += 1;
            *time = format!("number {rank}");
        }
    }
    entries.into_iter().map(comparable).collect()
}

/// What a listing repeats of the request.
fn head(answer: &Answer) -> Fields {
    let mut head = parse(&answer.text).head;
    head.retain(|_, text| !text.is_empty());
    head
}

fn names(answer: &Answer) -> Vec<String> {
    parse(&answer.text).entries.into_iter().map(|mut fields| fields.remove("Name").unwrap_or_default()).collect()
}

#[tokio::test]
async fn both_emulators_answer_the_same_requests_alike() {
    let Some(azurite) = azurite(KEY) else { return };
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
    let theirs = Service::new(&azurite.endpoint, KEY);
    let ours = Service::new(&sim.endpoints().blob, &sim.endpoints().storage_key);
    assert_eq!(upload(&ours).await.len(), upload(&theirs).await.len());
    let mut compared = 0;
    for (target, least) in [
        ("/alpha?restype=container&comp=list", 9),
        ("/alpha?restype=container&comp=list&include=metadata", 9),
        ("/alpha?restype=container&comp=list&include=snapshots%2Cmetadata", 13),
        ("/alpha?restype=container&comp=list&delimiter=%2F&include=metadata", 9),
        ("/alpha?restype=container&comp=list&prefix=doc&include=snapshots", 7),
        ("/names?restype=container&comp=list", 45),
        ("/names?restype=container&comp=list&delimiter=%2F", 35),
        ("/names?restype=container&comp=list&delimiter=%2F&prefix=dir%2F", 3),
        ("/names?restype=container&comp=list&delimiter=%2F&prefix=a%2F", 3),
        ("/names?restype=container&comp=list&prefix=per%25", 2),
        ("/names?restype=container&comp=list&prefix=nothing", 0),
        ("/%24web?restype=container&comp=list&delimiter=%2F&prefix=css%2F", 1),
        ("/?comp=list&prefix=alpha", 2),
        ("/?comp=list&prefix=alpha&include=metadata", 2),
    ] {
        let target = &format!("{target}&maxresults=5000");
        let (our, their) = (ours.done("GET", target, &[], b"").await, theirs.done("GET", target, &[], b"").await);
        assert_eq!(head(&our), head(&their), "{target}");
        let (our_entries, their_entries) = (entries(&our), entries(&their));
        assert_eq!(our_entries, their_entries, "{target}");
        assert!(our_entries.len() >= least, "{target}: {}", our_entries.len());
        compared += our_entries.iter().map(Fields::len).sum::<usize>();
    }
    assert!(compared > 800, "only {compared} fields were compared");
    // Without folders and snapshots, whose order differs in Azurite alone, the order is the same too.
    let flat = "/names?restype=container&comp=list";
    let (our, their) = (ours.done("GET", flat, &[], b"").await, theirs.done("GET", flat, &[], b"").await);
    assert_eq!(names(&our), names(&their));
}

#[tokio::test]
async fn both_emulators_refuse_alike_and_page_alike() {
    let Some(azurite) = azurite(KEY) else { return };
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
    let theirs = Service::new(&azurite.endpoint, KEY);
    let ours = Service::new(&sim.endpoints().blob, &sim.endpoints().storage_key);
    for service in [&ours, &theirs] {
        service.done("PUT", "/paged?restype=container", &[], b"").await;
        for name in ["a", "b/1", "b/2", "c", "d"] {
            service.put(&format!("paged/{name}"), "BlockBlob", &[], b"x").await;
        }
    }
    for (target, status) in [
        ("/none-such?restype=container&comp=list", 404),
        ("/paged?restype=container&comp=list&maxresults=0", 400),
        ("/paged?restype=container&comp=list&maxresults=x", 400),
        ("/paged?restype=container&comp=list&include=nonsense", 400),
        ("/paged/none", 404),
    ] {
        let (our, their) = (ours.send("GET", target, &[], b"").await, theirs.send("GET", target, &[], b"").await);
        assert_eq!((our.status, their.status), (status, status), "{target}");
        // Azurite leaves the code out where its own reading of the parameters refuses.
        if let Some(code) = their.headers.get("x-ms-error-code") {
            assert_eq!(our.headers.get("x-ms-error-code"), Some(code), "{target}");
        }
    }
    for size in 1..=6 {
        let mut pages = Vec::new();
        for service in [&ours, &theirs] {
            let (mut sizes, mut marker) = (Vec::new(), String::new());
            loop {
                let target = format!("/paged?restype=container&comp=list&maxresults={size}&marker={marker}");
                let page = parse(&service.done("GET", &target, &[], b"").await.text);
                sizes.push(page.entries.len());
                marker = utf8_percent_encode(&page.head["NextMarker"], NON_ALPHANUMERIC).to_string();
                if marker.is_empty() {
                    break;
                }
            }
            pages.push(sizes);
        }
        assert_eq!(pages[0], pages[1], "pages of {size}");
    }
}
