//! A drive in a temporary folder, and its manifest in the published form.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::super::{CheckMeter, CheckRequest, CheckedDrive, NamedDrive, check};
use crate::verify::hash::md5_of;
use crate::verify::rules::{DriveFault, Severity, md5_text};

/// A blob of a drive.
#[derive(Clone, Debug, Default)]
pub(super) struct BlobOnDrive {
    pub(super) name: String,
    pub(super) content: Vec<u8>,
    /// Bytes of a block; with `pages`, of a page range, of which every second one is listed.
    pub(super) part: usize,
    pub(super) pages: bool,
    pub(super) snapshot: Option<String>,
    pub(super) properties: Option<Vec<u8>>,
    pub(super) metadata: Option<Vec<u8>>,
}

impl BlobOnDrive {
    pub(super) fn new(name: &str, content: &[u8], part: usize) -> Self {
        Self { name: name.into(), content: content.to_vec(), part, ..Self::default() }
    }

    fn path(&self) -> String {
        let suffix = self.snapshot.as_ref().map(|time| format!(" ({})", time.replace(':', ""))).unwrap_or_default();
        format!("\\{}{suffix}", self.name.replace('/', "\\"))
    }

    /// The element of the manifest.
    pub(super) fn element(&self) -> String {
        let mut parts = String::new();
        let tag = if self.pages { "PageRange" } else { "Block" };
        for (index, part) in
            self.content.chunks(self.part.max(1)).enumerate().filter(|(index, _)| !self.pages || index % 2 == 0)
        {
            let (offset, hash) = (index * self.part, md5_text(&md5_of(part)));
            let _infallible = write!(parts, "<{tag} Offset=\"{offset}\" Length=\"{}\" Hash=\"{hash}\"/>", part.len());
        }
        let side = |element: &str, ending: &str, bytes: &Option<Vec<u8>>| {
            let Some(bytes) = bytes else { return String::new() };
            format!("<{element} Hash=\"{}\">{}.{ending}</{element}>", md5_text(&md5_of(bytes)), self.path())
        };
        format!(
            "<Blob><BlobPath>{}</BlobPath><FilePath>{}</FilePath>{}<Length>{}</Length><{tag}List>{parts}</{tag}List>{}{}</Blob>",
            self.name,
            self.path(),
            self.snapshot.as_ref().map(|time| format!("<Snapshot>{time}</Snapshot>")).unwrap_or_default(),
            self.content.len(),
            side("MetadataPath", "metadata", &self.metadata),
            side("PropertiesPath", "properties", &self.properties),
        )
    }
}

/// A drive in a temporary folder.
pub(super) struct DriveFixture {
    folder: tempfile::TempDir,
    pub(super) blobs: Vec<BlobOnDrive>,
}

impl DriveFixture {
    /// Writes the blobs and their manifest.
    pub(super) fn new(blobs: Vec<BlobOnDrive>) -> Self {
        let drive = Self { folder: tempfile::tempdir().unwrap(), blobs };
        for blob in &drive.blobs {
            let write = |path: String, bytes: &[u8]| {
                let file = drive.at(&path);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, bytes).unwrap();
            };
            write(blob.path(), &blob.content);
            for (ending, side) in [("properties", &blob.properties), ("metadata", &blob.metadata)] {
                if let Some(bytes) = side {
                    write(format!("{}.{ending}", blob.path()), bytes);
                }
            }
        }
        let elements: String = drive.blobs.iter().map(BlobOnDrive::element).collect();
        drive.write_manifest("D1", &elements);
        drive
    }

    pub(super) fn write_manifest(&self, drive: &str, elements: &str) {
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><DriveManifest Version=\"2014-11-01\"><Drive><DriveId>{drive}</DriveId><BlobList>{elements}</BlobList></Drive></DriveManifest>"
        );
        fs::write(self.root().join(format!("{drive}.manifest")), text).unwrap();
    }

    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A file of the drive, by the manifest's path or by the name of its blob.
    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.root().join(path.trim_start_matches('\\').replace('\\', "/"))
    }

    pub(super) fn request(&self, readers: usize) -> CheckRequest {
        let drives = vec![NamedDrive { folder: self.root().to_owned(), drive_id: None }];
        CheckRequest { drives, readers: Some(readers), ..CheckRequest::default() }
    }

    /// Checks it: from file to file, and with several readers. Both must say the same.
    pub(super) fn check(&self) -> CheckedDrive {
        let [in_order, at_once] = [1, 3].map(|readers| one(&self.request(readers)));
        assert_eq!(in_order.findings.all(), at_once.findings.all());
        assert_eq!((in_order.entries, in_order.right()), (at_once.entries, at_once.right()));
        at_once
    }

    /// The kinds of finding, in order.
    pub(super) fn faults(&self) -> Vec<DriveFault> {
        self.check().findings.all().iter().map(|finding| finding.fault).collect()
    }
}

/// The check of one drive.
pub(super) fn one(request: &CheckRequest) -> CheckedDrive {
    check(request, &CheckMeter::default()).drives.pop().unwrap()
}

/// The exit status of a check of this drive alone.
pub(super) fn status(checked: &CheckedDrive) -> u8 {
    match checked.worst() {
        Some(Severity::Damage) => 1,
        Some(Severity::Unchecked) => 2,
        _ => 0,
    }
}

/// Bytes that differ at every place.
pub(super) fn bytes(length: usize, seed: usize) -> Vec<u8> {
    (0..length)
        .map(|at| (at.wrapping_mul(31).wrapping_add(at >> 8).wrapping_add(seed * 7) % 251).to_le_bytes()[0] | 1)
        .collect()
}
