//! The rules of the house that a compiler does not know: which folder may use which, how long a file may be, how it opens.
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::sources::{code, is_test, read_paths, root, sources};

/// Lines a source file may have.
const LONGEST: usize = 400;

/// Crates that bring IO or a terminal; none of the pure folders names them.
const IMPURE: [&str; 12] = [
    "tokio::",
    "crossterm::",
    "ratatui::",
    "reqwest::",
    "hyper::",
    "azure_core::",
    "azure_identity::",
    "std::fs",
    "std::net",
    "std::io",
    "std::process",
    "std::env",
];

/// What each folder may use of its siblings. `main.rs` and `lib.rs` join everything and are not listed.
fn allowed() -> BTreeMap<&'static str, Vec<&'static str>> {
    const DATA: [&str; 3] = ["azure::model", "azure::fault", "azure::cloud"];
    let with_data = |more: &[&'static str]| DATA.iter().chain(more).copied().collect::<Vec<_>>();
    BTreeMap::from([
        ("app", with_data(&["app", "draft", "form", "logs", "plan", "protocol", "select", "tree", "wizard"])),
        (
            "wizard",
            with_data(&[
                "draft",
                "form",
                "layout",
                "logs",
                "papers",
                "plan",
                "protocol",
                "select",
                "tree",
                "unlock",
                "verify::rules",
                "wizard",
            ]),
        ),
        ("protocol", with_data(&["draft", "form", "logs", "plan", "protocol", "select", "tree", "verify::rules"])),
        ("tree", with_data(&["select", "tree"])),
        ("select", with_data(&["select"])),
        ("form", with_data(&["draft", "form", "plan", "protocol::key"])),
        ("papers", with_data(&["draft", "form", "papers"])),
        ("plan", with_data(&["plan", "select"])),
        (
            "ui",
            with_data(&[
                "app",
                "draft",
                "form",
                "layout",
                "logs",
                "papers",
                "plan",
                "protocol",
                "select",
                "tree",
                "ui",
                "unlock",
                "verify::rules",
                "wizard",
            ]),
        ),
        ("logs", with_data(&["logs", "select"])),
        ("plain", with_data(&["app", "draft", "form", "plain", "protocol", "select", "tree", "ui", "wizard"])),
        (
            "draft",
            with_data(&["convert", "draft", "files", "plan", "protocol::step", "select", "tree", "verify::rules"]),
        ),
        ("azure", vec!["azure"]),
        ("scan", vec!["azure", "convert", "files", "plan", "scan", "select"]),
        ("files", vec![]),
        ("sim", vec!["files", "sim"]),
        ("term", vec!["protocol::key", "protocol::palette", "term"]),
        ("layout", vec![]),
        ("convert", vec![]),
        ("wording", vec![]),
        ("characters", vec![]),
        ("unlock", vec!["azure::model", "unlock"]),
        ("verify", vec!["files", "logs", "verify"]),
    ])
}

/// Folders that hold no IO at all.
const PURE: [&str; 14] = [
    "app",
    "protocol",
    "wizard",
    "tree",
    "select",
    "form",
    "papers",
    "plan",
    "logs",
    "layout",
    "convert",
    "wording",
    "characters",
    "unlock",
];

/// The parts of `verify` that hold no IO at all.
const PURE_IN_VERIFY: [&str; 5] = [
    "verify/rules",
    "verify/report",
    "verify/manifest/fields.rs",
    "verify/manifest/parser.rs",
    "verify/manifest/problem.rs",
];

/// Files that every folder may use.
const COMMON: [&str; 2] = ["characters", "wording"];

/// Folder under `src`, or the file's stem for files that lie there directly.
fn folder(path: &Path) -> String {
    let relative = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    relative.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Every `crate::…` path in the code, groups in braces taken apart.
fn uses(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        read_paths("", rest, &mut found);
    }
    found
}

#[test]
fn arrows_point_the_right_way() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    for path in sources("src").into_iter().filter(|path| !is_test(path)) {
        let Some(may) = allowed.get(folder(&path).as_str()) else { continue };
        for used in uses(&code(&path)) {
            let fine = COMMON.iter().any(|common| used.starts_with(common))
                || may.iter().any(|prefix| used == *prefix || used.starts_with(&format!("{prefix}::")));
            if !fine {
                wrong.push(format!("{} uses crate::{used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "against the dependency rule of src/lib.rs:\n{}", wrong.join("\n"));
}

/// The layers of `azure` from the bottom up. Each uses only layers below it; within a layer the parts do not use each other.
const AZURE: [&[&str]; 12] = [
    &["cloud", "fault", "model", "urls"],
    &["wire"],
    &["credentials"],
    &["request"],
    &["errors"],
    &["transport"],
    &["auth"],
    &["session"],
    &["jobs"],
    &["azure"],
    &["accounts", "blobs", "locks", "rights", "services", "tenants"],
    &["diagnosis"],
];

#[test]
fn the_layers_of_azure_point_down() {
    let layer_of = |part: &str| AZURE.iter().position(|layer| layer.contains(&part));
    let root = root().join("src/azure");
    let mut wrong = Vec::new();
    for path in sources("src/azure").into_iter().filter(|path| !is_test(path) && *path != root.join("mod.rs")) {
        let part = path.strip_prefix(&root).unwrap().iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let layer = layer_of(part).unwrap_or_else(|| panic!("no layer is named for src/azure/{part}"));
        // In a file directly in the folder `super` is `azure`; deeper, it is the file's own part.
        let own = if path.parent() == Some(&root) { "crate::azure::" } else { "own::" };
        let code = code(&path).replace("super::super::", "crate::azure::").replace("super::", own);
        let used = uses(&code).into_iter().filter_map(|used| {
            let first = used.strip_prefix("azure::")?.split("::").next()?;
            // `azure::Azure` is the type of `azure::azure`.
            Some(if first == "Azure" { "azure" } else { first }.to_owned())
        });
        for used in used.filter(|used| used != part && layer_of(used).is_none_or(|below| below >= layer)) {
            wrong.push(format!("{} uses {used}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "against the layers of src/azure/mod.rs:\n{}", wrong.join("\n"));
}

#[test]
fn pure_folders_hold_no_io() {
    let mut wrong = Vec::new();
    for path in sources("src").into_iter().filter(|path| !is_test(path)) {
        let under = |place: &str| path.starts_with(root().join("src").join(place));
        let draft = under("draft") && !under("draft/store");
        let verify = PURE_IN_VERIFY.into_iter().any(under);
        let pure = draft || verify || PURE.contains(&folder(&path).as_str());
        let code = code(&path);
        for name in IMPURE.iter().filter(|name| pure && code.contains(**name)) {
            wrong.push(format!("{} names {name}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "IO in a pure folder:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_terminal_layer_names_crossterm() {
    let wrong: Vec<_> = sources("src")
        .into_iter()
        .filter(|path| folder(path) != "term" && code(path).contains("crossterm::"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn no_file_is_too_long_to_read_in_one_sitting() {
    let all = ["src", "tests", "benches"].into_iter().flat_map(sources);
    let long: Vec<_> = all
        .map(|path| (fs::read_to_string(&path).unwrap().lines().count(), path))
        .filter(|(lines, _)| *lines > LONGEST)
        .collect();
    assert!(long.is_empty(), "over {LONGEST} lines, split them: {long:?}");
}

#[test]
fn every_file_opens_by_saying_what_it_is_for() {
    let all = ["src", "tests", "benches"].into_iter().flat_map(sources);
    let silent: Vec<_> = all.filter(|path| !fs::read_to_string(path).unwrap().starts_with("//! ")).collect();
    assert!(silent.is_empty(), "no `//!` at the top: {silent:?}");
}

#[test]
fn the_test_reads_grouped_uses() {
    assert_eq!(uses("use crate::app::{Model, key::Key};"), ["app::Model", "app::key::Key"]);
    assert_eq!(uses("use crate::{app, ui::text};"), ["app", "ui::text"]);
    assert_eq!(uses("use crate::{a::{b, c as d}, e::{self}};"), ["a::b", "a::c", "e::self"]);
    assert_eq!(uses("let x = crate::sim::start();"), ["sim::start"]);
}

#[test]
fn colours_are_named_in_the_theme_alone() {
    let mut wrong = Vec::new();
    for path in sources("src").into_iter().filter(|path| !is_test(path)) {
        if path.starts_with(root().join("src/ui/theme")) {
            continue;
        }
        let named = code(&path).replace("Color::Reset", "").contains("Color::");
        let shorthand = code(&path).contains("style::Stylize") || code(&path).contains(".fg(");
        if named || shorthand {
            wrong.push(path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "name a role of ui::theme in place of a colour:\n{}", wrong.join("\n"));
}
