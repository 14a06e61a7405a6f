//! What is uploaded, and the memory of it that listings are compared with.

use blobfreight::azure::model::BlobKind;

use crate::http::azurite::upload::Service;

/// Containers, `$root` and `$web` among them and one whose name begins another's.
pub(super) const CONTAINERS: [&str; 5] = ["$root", "$web", "alpha", "alpha-two", "names"];

/// Names that hurt and that Azurite survives. It does not survive control characters and U+FFFE (every listing then fails) and
/// makes a slash of a backslash.
const NAMES: [&str; 44] = [
    "a",
    "a/b",
    "a//b",
    "a/b/c",
    "trailing/",
    "dir/one",
    "dir/two",
    "dir/sub/three",
    "dir0",
    "dir.",
    "dir-1/x",
    "Case",
    "case",
    "a b",
    " lead",
    "per%20cent",
    "per%",
    "%41",
    "plus+plus",
    "amp&amp;",
    "less<more>",
    "quote'\"",
    "semi;colon",
    "hash#tag",
    "question?mark",
    "equals=1",
    "comma,comma",
    "(p)[b]{c}",
    "x*y|z:",
    "$dollar",
    "@at",
    "~tilde",
    "ünïcode/é",
    "e\u{301}",
    "日本語/写真",
    "emoji 🦀",
    "\u{a0}blank",
    "rtl \u{202e}txt",
    "zero\u{200b}width",
    "ends.",
    "]]>",
    "&#65;",
    "-",
    "_",
];

/// An uploaded blob or snapshot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct UploadedBlob {
    pub container: String,
    pub name: String,
    pub snapshot: Option<String>,
    pub size: u64,
    pub kind: &'static str,
    /// The tier that was set; `None` for the account's default and for kinds without tiers.
    pub tier: Option<String>,
    pub metadata: Vec<(String, String)>,
}

impl UploadedBlob {
    pub(super) fn path(&self) -> String {
        format!("{}/{}", self.container, self.name)
    }
}

/// How a kind is called in the uploads' header.
pub(super) fn kind(kind: Option<BlobKind>) -> &'static str {
    match kind {
        Some(BlobKind::Block) => "BlockBlob",
        Some(BlobKind::Page) => "PageBlob",
        Some(BlobKind::Append) => "AppendBlob",
        None => "",
    }
}

/// Makes everything, and tells what there is now. Containers that are there already stay as they are.
pub(super) async fn upload(service: &Service) -> Vec<UploadedBlob> {
    for container in CONTAINERS {
        let answer =
            service.send("PUT", &format!("/{}?restype=container", container.replace('$', "%24")), &[], b"").await;
        assert!([201, 409].contains(&answer.status), "{container}: {}", answer.text);
    }
    let mut stock = Stock { service, uploads: Vec::new() };
    for path in
        ["$root/robots.txt", "$root/a", "$web/index.html", "$web/css/site.css", "alpha-two/x", "alpha-two/dir/x"]
    {
        stock.block(path, path.len(), None, &[]).await;
    }
    for (index, name) in NAMES.iter().enumerate() {
        stock.block(&format!("names/{name}"), index, None, &[]).await;
    }
    stock.block(&format!("names/{}", "n".repeat(1_024)), 1, None, &[]).await;
    stock.kinds().await;
    stock.block("alpha/cool.txt", 3, Some("Cool"), &[]).await;
    stock.block("alpha/set/archive.txt", 4, None, &[]).await;
    stock.tier("alpha/set/archive.txt", "Archive").await;
    stock.block("alpha/meta.txt", 5, None, &[("name", "evil"), ("project", "a<b&c"), ("k2", "two words")]).await;
    stock.snapshots().await;
    stock.uploads.sort();
    stock.uploads
}

struct Stock<'s> {
    service: &'s Service,
    uploads: Vec<UploadedBlob>,
}

impl Stock<'_> {
    async fn block(&mut self, path: &str, size: usize, tier: Option<&str>, metadata: &[(&str, &str)]) {
        let named: Vec<(String, &str)> =
            metadata.iter().map(|(key, value)| (format!("x-ms-meta-{key}"), *value)).collect();
        let mut headers: Vec<(&str, &str)> = named.iter().map(|(key, value)| (key.as_str(), *value)).collect();
        headers.extend(tier.map(|tier| ("x-ms-access-tier", tier)));
        self.service.put(path, "BlockBlob", &headers, &vec![b'x'; size]).await;
        self.remember(path, size, "BlockBlob", tier, metadata);
    }

    async fn tier(&mut self, path: &str, tier: &str) {
        let target = format!("{}?comp=tier", crate::http::azurite::upload::blob(path));
        self.service.done("PUT", &target, &[("x-ms-access-tier", tier)], b"").await;
        self.uploads.last_mut().unwrap().tier = Some(tier.to_owned());
    }

    /// A block blob out of two blocks, a page blob and an append blob.
    async fn kinds(&mut self) {
        let target = crate::http::azurite::upload::blob("alpha/blocks.bin");
        for id in ["MDAx", "MDAy"] {
            self.service.done("PUT", &format!("{target}?comp=block&blockid={id}"), &[], &[7; 600]).await;
        }
        let list = "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><Latest>MDAx</Latest><Latest>MDAy</Latest></BlockList>";
        self.service.done("PUT", &format!("{target}?comp=blocklist"), &[], list.as_bytes()).await;
        self.remember("alpha/blocks.bin", 1_200, "BlockBlob", None, &[]);
        self.service.put("alpha/disk.vhd", "PageBlob", &[("x-ms-blob-content-length", "1024")], b"").await;
        self.remember("alpha/disk.vhd", 1_024, "PageBlob", None, &[]);
        self.service.put("alpha/logs/app.log", "AppendBlob", &[], b"").await;
        let append = format!("{}?comp=appendblock", crate::http::azurite::upload::blob("alpha/logs/app.log"));
        self.service.done("PUT", &append, &[], b"a line\n").await;
        self.remember("alpha/logs/app.log", 7, "AppendBlob", None, &[]);
    }

    /// A blob that changed between its snapshots, beside one whose name continues its name.
    async fn snapshots(&mut self) {
        for (size, text) in [(10, "first"), (20, "second"), (30, "third")] {
            self.uploads.retain(|stored| stored.path() != "alpha/doc" || stored.snapshot.is_some());
            self.block("alpha/doc", size, None, &[("edition", text)]).await;
            let time = self.service.snapshot("alpha/doc", &[]).await;
            self.remember("alpha/doc", size, "BlockBlob", None, &[("edition", text)]);
            self.uploads.last_mut().unwrap().snapshot = Some(time);
        }
        self.block("alpha/doc.txt", 1, None, &[]).await;
        let time = self.service.snapshot("alpha/doc.txt", &[]).await;
        self.remember("alpha/doc.txt", 1, "BlockBlob", None, &[]);
        self.uploads.last_mut().unwrap().snapshot = Some(time);
        self.block("alpha/doc/inside", 1, None, &[]).await;
    }

    fn remember(&mut self, path: &str, size: usize, kind: &'static str, tier: Option<&str>, metadata: &[(&str, &str)]) {
        let (container, name) = path.split_once('/').unwrap();
        let mut metadata: Vec<(String, String)> =
            metadata.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        metadata.sort();
        self.uploads.push(UploadedBlob {
            container: container.to_owned(),
            name: name.to_owned(),
            snapshot: None,
            size: size as u64,
            kind,
            tier: tier.map(str::to_owned),
            metadata,
        });
    }
}
