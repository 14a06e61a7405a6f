//! Manifests of every version, encoding and kind of damage, read as a stream.

use std::io::{self, Read};

use super::{ManifestProblem, ManifestReader};
use crate::verify::rules::{FilePart, PartKind, PromisedFile, read_md5};

/// The documented form, with what the samples show beside the grammar: blanks in a Hash, unknown attributes, odd lengths.
const WHOLE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<DriveManifest Version="2014-11-01">
  <Drive>
    <DriveId>9WM35C3U</DriveId>
    <StorageAccountKey>c2VjcmV0</StorageAccountKey>
    <ClientCreator>Windows Azure Import/Export service</ClientCreator>
    <BlobList Id="session#1-0">
      <Blob>
        <BlobPath>pictures/bob/wild/desert.jpg</BlobPath>
        <FilePath>\pictures\bob\wild\desert.jpg</FilePath>
        <ClientData>x</ClientData>
        <Length>3263</Length>
        <BlockList>
          <Block Offset="0" Length="2721" Id="AAAAAA==" Hash=" 9C8AB0DB1B2E5E3D0C5B1E2A3F4D5C6B"/>
          <Block Offset="2721" Length="542" Id="MD5/cAzn4h7VVSWXf696qp5Uaw=="/>
        </BlockList>
        <MetadataPath Hash="d41d8cd98f00b204e9800998ecf8427e">\pictures\bob\wild\desert.jpg.metadata</MetadataPath>
        <PropertiesPath Hash="D41D8CD98F00B204E9800998ECF8427E">\pictures\bob\wild\desert.jpg.properties</PropertiesPath>
      </Blob>
    </BlobList>
    <BlobList>
      <Blob>
        <BlobPath>$root/a&amp;b &lt;c&gt; &#x416;</BlobPath>
        <FilePath>\$root\a&amp;b</FilePath>
        <Snapshot>2014-09-12T22:03:50.1234567Z</Snapshot>
        <Length>16384</Length>
        <PageRangeList>
          <PageRange Offset="512" Length="512" Hash="0F343B0931126A20F133D67C2B018A3B" Unknown="1"/>
          <PageRange Offset="12288" Length="4096"/>
        </PageRangeList>
      </Blob>
    </BlobList>
  </Drive>
</DriveManifest>
"#;

fn read(bytes: &[u8]) -> (Vec<PromisedFile>, Option<ManifestProblem>) {
    let mut files = Vec::new();
    let mut problem = None;
    for file in ManifestReader::new(bytes) {
        match file {
            Ok(file) => files.push(file),
            Err(found) => problem = Some(found),
        }
    }
    (files, problem)
}

#[test]
fn the_documented_manifest_is_read_to_its_last_field() {
    let (files, problem) = read(WHOLE.as_bytes());
    assert_eq!((files.len(), problem), (2, None));
    let (picture, snapshot) = (&files[0], &files[1]);
    assert_eq!(picture.blob, "pictures/bob/wild/desert.jpg");
    assert_eq!(picture.path, "\\pictures\\bob\\wild\\desert.jpg");
    assert_eq!((picture.length, picture.kind, picture.parts.len()), (Some(3_263), PartKind::Block, 2));
    let second = FilePart {
        offset: 2_721,
        length: 542,
        md5: read_md5("700CE7E21ED5552597 7FAF7AAA9E546B".replace(' ', "").as_str()),
    };
    assert_eq!(picture.parts[1], second, "the digest in the Id stands in for a Hash that is not there");
    assert_eq!(picture.metadata.as_ref().unwrap().path, "\\pictures\\bob\\wild\\desert.jpg.metadata");
    assert!(picture.properties.as_ref().unwrap().md5.is_some() && picture.contradictions().is_empty());
    assert_eq!((snapshot.blob.as_str(), snapshot.number), ("$root/a&b <c> Ж", 1));
    assert_eq!(snapshot.snapshot.as_deref(), Some("2014-09-12T22:03:50.1234567Z"));
    assert_eq!(
        (snapshot.kind, snapshot.parts[1].md5, snapshot.properties.is_none()),
        (PartKind::PageRange, None, true)
    );
}

#[test]
fn the_head_names_version_and_drive_and_no_secret() {
    let mut reader = ManifestReader::new(WHOLE.as_bytes());
    reader.next_file().unwrap();
    assert_eq!(reader.head().drive_id.as_deref(), Some("9WM35C3U"));
    assert_eq!(reader.head().version.as_deref(), Some("2014-11-01"));
    assert!(!format!("{:?}", reader.head()).contains("c2VjcmV0"));
}

#[test]
fn every_encoding_reads_alike() {
    let plain = read(WHOLE.as_bytes());
    let units: Vec<u16> = format!("\u{feff}{WHOLE}").encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for bytes in [format!("\u{feff}{WHOLE}").as_bytes(), &little, &big, WHOLE.replace('\n', "\r\n").as_bytes()] {
        assert_eq!(read(bytes), plain);
    }
}

#[test]
fn a_manifest_cut_anywhere_is_said_to_be_cut_and_what_was_read_stands() {
    let whole = read(WHOLE.as_bytes()).0;
    let end = WHOLE.find("</DriveManifest>").unwrap() + "</DriveManifest>".len();
    for cut in 0..end {
        let (files, problem) = read(&WHOLE.as_bytes()[..cut]);
        assert_eq!(files, whole[..files.len()], "cut at {cut}");
        let problem = problem.unwrap_or_else(|| panic!("cut at {cut} is not told"));
        let begun = WHOLE[..cut].contains("<DriveManifest Version=\"2014-11-01\">");
        assert!(matches!(problem, ManifestProblem::Truncated { .. }) || !begun, "cut at {cut}: {problem}");
    }
}

#[test]
fn what_is_no_manifest_is_told_apart() {
    let problem = |text: &str| read(text.as_bytes()).1.unwrap();
    assert_eq!(problem(""), ManifestProblem::Empty);
    assert_eq!(problem(" \n"), ManifestProblem::Empty);
    assert_eq!(problem("\u{feff}"), ManifestProblem::Empty);
    assert!(matches!(problem("<DriveLog/>"), ManifestProblem::Other { root } if root == "DriveLog"));
    assert!(matches!(problem("<DriveManifest><Drive></DriveManifest>"), ManifestProblem::Malformed { .. }));
    let bomb = "<!DOCTYPE a [<!ENTITY b \"xxxxxxxxxx\"><!ENTITY c \"&b;&b;&b;\">]><DriveManifest><Drive><DriveId>&c;</DriveId>";
    assert_eq!(problem(bomb), ManifestProblem::Entities);
    let two = "<DriveManifest></DriveManifest><DriveManifest></DriveManifest>";
    assert!(matches!(problem(two), ManifestProblem::Other { .. }));
    assert!(matches!(read(b"<DriveManifest>\xff\xff</DriveManifest>").1, Some(ManifestProblem::Malformed { .. })));
}

#[test]
fn an_entry_that_contradicts_itself_says_how() {
    let entry = |inside: &str| {
        let text = format!(
            "<DriveManifest><Drive><BlobList><Blob><BlobPath>c/a</BlobPath><FilePath>\\c\\a</FilePath>{inside}</Blob></BlobList></Drive></DriveManifest>"
        );
        let (files, problem) = read(text.as_bytes());
        assert_eq!((files.len(), problem), (1, None), "{inside}");
        files[0].contradictions().join("; ")
    };
    let hash = "Hash=\"D41D8CD98F00B204E9800998ECF8427E\"";
    for (inside, word) in [
        (String::new(), "no Length"),
        ("<Length>-4</Length>".to_owned(), "negative"),
        ("<Length>99999999999999999999</Length>".to_owned(), "larger than any file"),
        ("<Length>four</Length>".to_owned(), "no number"),
        (
            format!("<Length>8</Length><BlockList><Block Offset=\"0\" Length=\"4\" {hash}/></BlockList>"),
            "blocks end at 4",
        ),
        (format!("<Length>4</Length><BlockList><Block Offset=\"0\" {hash}/></BlockList>"), "no Length"),
        (format!("<Length>4</Length><BlockList><Block Offset=\"x\" Length=\"4\" {hash}/></BlockList>"), "Offset"),
        (
            "<Length>4</Length><BlockList><Block Offset=\"0\" Length=\"4\" Hash=\"xyz\"/></BlockList>".to_owned(),
            "no MD5",
        ),
        (
            "<Length>0</Length><PropertiesPath>\\c\\a.properties</PropertiesPath>".to_owned(),
            "PropertiesPath has no Hash",
        ),
    ] {
        assert!(entry(&inside).contains(word), "{inside}: {}", entry(&inside));
    }
    for empty in [
        "<BlockList/>",
        "",
        "<BlockList><Block Offset=\"0\" Length=\"0\" Hash=\"D41D8CD98F00B204E9800998ECF8427E\"/></BlockList>",
    ] {
        assert_eq!(entry(&format!("<Length>0</Length>{empty}")), "");
    }
}

#[test]
fn a_lone_surrogate_in_a_path_is_noted() {
    let text = "<DriveManifest><Blob><FilePath>\\c\\a&#xD800;b</FilePath><Length>0</Length></Blob></DriveManifest>";
    assert!(read(text.as_bytes()).0[0].is_unwritable);
}

/// Gives a manifest of that many entries without ever holding it.
struct Endless {
    left: u64,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given == self.ready.len() {
            self.given = 0;
            self.ready = match self.left {
                0 if self.ended => Vec::new(),
                0 => {
                    self.ended = true;
                    b"</BlobList></Drive></DriveManifest>".to_vec()
                }
                number => {
                    self.left -= 1;
                    let block = "<Block Offset=\"0\" Length=\"4194304\" Id=\"AAAAAA==\" Hash=\"0F343B0931126A20F133D67C2B018A3B\"/>";
                    format!("<Blob><BlobPath>c/{number:012}</BlobPath><FilePath>\\c\\{number:012}</FilePath><Length>4194304</Length><BlockList>{block}</BlockList></Blob>\n").into_bytes()
                }
            };
        }
        let count = out.len().min(self.ready.len() - self.given);
        out[..count].copy_from_slice(&self.ready[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

#[test]
fn a_large_manifest_streams_in_little_memory() {
    let start = b"<DriveManifest Version=\"2014-11-01\"><Drive><DriveId>D1</DriveId><BlobList>".to_vec();
    let count = 20_000;
    let mut reader = ManifestReader::new(Endless { left: count, ready: start, given: 0, ended: false });
    let mut seen = 0;
    while let Some(file) = reader.next_file().unwrap() {
        assert_eq!(file.number, seen);
        seen += 1;
    }
    assert_eq!(seen, count);
    assert!(
        reader.buffered() < 64 * 1024,
        "the reader holds {} bytes after a manifest of megabytes",
        reader.buffered()
    );
}
