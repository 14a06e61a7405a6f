//! Reparse points of Windows. A junction in the path of a file, or in its place, is refused, and a search does not go into one. The tests use
//! junctions because making one needs no special right.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;

use super::path_folder::PathFolder;
use super::{DriveRoot, NameKind, OpenProblem, walk};
use crate::verify::rules::DrivePath;

/// A drive with a file and a junction to a folder outside, which holds a file of the same name and bytes.
fn drive() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let (inside, outside) = (place.path().join("drive"), place.path().join("outside"));
    fs::create_dir_all(inside.join("c")).unwrap();
    fs::create_dir_all(&outside).unwrap();
    fs::write(inside.join("c").join("a.bin"), "right").unwrap();
    fs::write(outside.join("a.bin"), "right").unwrap();
    junction(&inside.join("linked"), &outside);
    place
}

fn junction(link: &Path, to: &Path) {
    let done = Command::new("cmd").args(["/C", "mklink", "/J"]).arg(link).arg(to).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn w92_a_junction_is_refused_and_not_walked_into() {
    let place = drive();
    let mut root = DriveRoot::<PathFolder>::open(&place.path().join("drive")).unwrap();
    let mut open = |path: &str| root.file(&DrivePath::read(path).unwrap());
    assert_eq!(open("\\c\\a.bin").unwrap().file.length, 5);
    assert_eq!(open("\\linked\\a.bin").unwrap_err(), OpenProblem::Link("linked".into()));
    assert_eq!(open("\\linked").unwrap_err(), OpenProblem::Link("linked".into()));
    let mut found = Vec::new();
    let mut on_file = |path: &[String], kind: NameKind| {
        found.push((path.join("/"), kind == NameKind::Link));
        ControlFlow::Continue(())
    };
    walk(root.root(), &mut on_file, &mut |path, error| panic!("{path:?}: {error}"));
    found.sort();
    assert_eq!(found, [("c/a.bin".to_owned(), false), ("linked".to_owned(), true)]);
}

#[test]
fn w92_a_path_of_more_than_260_characters_is_opened() {
    let place = drive();
    let folder = fs::canonicalize(place.path().join("drive")).unwrap();
    let deep = format!("{}\\{}", "d".repeat(200), "e".repeat(200));
    fs::create_dir_all(folder.join(&deep)).unwrap();
    fs::write(folder.join(&deep).join("far.bin"), "far").unwrap();
    let mut root = DriveRoot::<PathFolder>::open(&folder).unwrap();
    let found = root.file(&DrivePath::read(&format!("\\{deep}\\far.bin")).unwrap()).unwrap();
    assert_eq!(found.file.length, 3);
}
