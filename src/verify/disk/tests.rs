//! Opening files of a drive: links, pipes and other spellings, with both kinds of folder.

use std::fs;
use std::ops::ControlFlow;
use std::os::unix::fs::symlink;
use std::path::Path;

use super::path_folder::PathFolder;
use super::unix_folder::UnixFolder;
use super::{DriveRoot, Folder, OpenProblem, walk};
use crate::verify::rules::DrivePath;

fn path(text: &str) -> DrivePath {
    DrivePath::read(text).unwrap()
}

/// A drive with a file, and everything that must not be taken for one; the file outside has the same bytes.
fn drive() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let drive = place.path().join("drive");
    let outside = place.path().join("outside");
    fs::create_dir_all(drive.join("c/inner")).unwrap();
    fs::create_dir_all(&outside).unwrap();
    fs::write(outside.join("a.bin"), "right").unwrap();
    fs::write(drive.join("c/a.bin"), "right").unwrap();
    fs::write(drive.join("top.bin"), "top").unwrap();
    fs::write(drive.join("c/Caf\u{e9}.TXT"), "spelled").unwrap();
    symlink(outside.join("a.bin"), drive.join("c/link.bin")).unwrap();
    symlink(&outside, drive.join("linked")).unwrap();
    symlink("nowhere", drive.join("c/dangling")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(drive.join("c/pipe")).status().unwrap().success());
    place
}

fn opens_files_only<F: Folder>(root: &Path) {
    let mut root = DriveRoot::<F>::open(root).unwrap();
    let mut bytes = [0; 16];
    let found = root.file(&path("\\c\\a.bin")).unwrap();
    assert_eq!((found.file.length, found.spelled.as_deref()), (5, None));
    assert_eq!(found.file.fill_at(&mut bytes, 1).unwrap(), 4);
    assert_eq!(&bytes[..4], b"ight");
    assert_eq!(root.file(&path("\\top.bin")).unwrap().file.length, 3);
    let mut problem = |text: &str| root.file(&path(text)).unwrap_err();
    assert_eq!(problem("\\c\\none"), OpenProblem::Missing);
    assert_eq!(problem("\\none\\a.bin"), OpenProblem::Missing);
    assert_eq!(problem("\\c\\link.bin"), OpenProblem::Link("link.bin".into()));
    assert_eq!(problem("\\c\\dangling"), OpenProblem::Link("dangling".into()));
    assert_eq!(problem("\\linked\\a.bin"), OpenProblem::Link("linked".into()));
    assert!(matches!(problem("\\c\\inner"), OpenProblem::NotAFile(what) if what.contains("folder")));
    assert!(matches!(problem("\\c\\pipe"), OpenProblem::NotAFile(what) if what.contains("pipe")));
    assert!(matches!(problem("\\c\\a.bin\\b"), OpenProblem::NotAFile(what) if what.contains("should be a folder")));
    assert_eq!(problem(&format!("\\c\\{}", "字".repeat(120))), OpenProblem::Unrepresentable);
}

fn other_spellings<F: Folder>(root: &Path) {
    let mut root = DriveRoot::<F>::open(root).unwrap();
    for asked in ["\\c\\cafe\u{301}.txt", "\\C\\CAF\u{c9}.TXT"] {
        let found = root.file(&path(asked)).unwrap();
        assert_eq!(found.spelled.as_deref(), Some("\\c\\Caf\u{e9}.TXT"), "{asked}");
    }
    assert_eq!(root.file(&path("\\C\\none")).unwrap_err(), OpenProblem::Missing);
}

fn finds_everything<F: Folder>(root: &Path) {
    let mut found = Vec::new();
    fs::create_dir_all(root.join("System Volume Information/x")).unwrap();
    fs::write(root.join("System Volume Information/x/y"), "").unwrap();
    let root = DriveRoot::<F>::open(root).unwrap();
    let mut on_file = |path: &[String], _: super::NameKind| {
        found.push(path.join("/"));
        ControlFlow::Continue(())
    };
    walk(root.root(), &mut on_file, &mut |path, error| panic!("{path:?}: {error}"));
    found.sort();
    assert_eq!(found, ["c/Caf\u{e9}.TXT", "c/a.bin", "c/dangling", "c/link.bin", "c/pipe", "linked", "top.bin"]);
}

#[test]
fn nothing_but_a_regular_file_below_the_root_is_opened() {
    let place = drive();
    opens_files_only::<UnixFolder>(&place.path().join("drive"));
    opens_files_only::<PathFolder>(&place.path().join("drive"));
}

#[test]
fn a_name_in_another_spelling_is_found_and_said() {
    let place = drive();
    other_spellings::<UnixFolder>(&place.path().join("drive"));
    other_spellings::<PathFolder>(&place.path().join("drive"));
}

#[test]
fn every_file_is_walked_and_no_link_followed() {
    let place = drive();
    finds_everything::<UnixFolder>(&place.path().join("drive"));
    finds_everything::<PathFolder>(&place.path().join("drive"));
}
