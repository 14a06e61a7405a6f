//! The structure of the source tree: no circle between files, and one meaning for each type name.
//! The compiler knows neither rule. Both read the sources as text: `use` declarations and `crate::` paths.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::sources::{code, is_test, read_paths, root, sources};

/// A module path without `crate`, for example `["azure", "model", "job"]`.
type Module = Vec<String>;

/// Type names that stand in several places on purpose, each with the reason.
const SAME_NAME: [(&str, &str); 0] = [];

/// The files of the program, without its tests.
fn own_sources() -> Vec<PathBuf> {
    sources("src").into_iter().filter(|path| !is_test(path)).collect()
}

/// The module of a file: `src/scan/engine/cut.rs` is `scan::engine::cut`, a `mod.rs` is its folder.
fn module(path: &Path) -> Module {
    let relative = path.strip_prefix(root().join("src")).unwrap().with_extension("");
    let mut parts: Module = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
        parts.pop();
    }
    parts
}

/// The paths of one `use` tree: `a::{b, c::{self, d as e}}` is `a::b`, `a::c` and `a::c::d`.
fn leaves(tree: &str) -> Vec<String> {
    let mut paths = Vec::new();
    read_paths("", tree.trim(), &mut paths);
    paths.iter().map(|path| path.trim_end_matches("::self").to_owned()).collect()
}

/// A line without `pub`, `pub(crate)` or `pub(in crate::form)`, and whether it had one of them.
fn without_visibility(line: &str) -> (&str, bool) {
    let Some(rest) = line.strip_prefix("pub") else { return (line, false) };
    let rest = rest.strip_prefix('(').and_then(|inside| inside.split_once(')')).map_or(rest, |(_, rest)| rest);
    (rest.trim_start(), true)
}

/// A path as written in a module, counted from the crate's root; `None` where it leads out of the crate.
fn absolute(path: &str, here: &[String], children: &BTreeSet<String>) -> Option<Module> {
    let mut parts = path.split("::").map(str::trim).filter(|part| !part.is_empty()).peekable();
    let mut base: Module = match *parts.peek()? {
        "crate" => Vec::new(),
        "self" | "super" => here.to_vec(),
        child if children.contains(child) => here.to_vec(),
        _ => return None,
    };
    while let Some(part) = parts.next_if(|part| matches!(*part, "crate" | "self" | "super")) {
        if part == "super" {
            base.pop();
        }
    }
    base.extend(parts.map(str::to_owned));
    Some(base)
}

/// What one file names of the crate: the paths it uses, and the names it gives on (`pub use`).
struct Names {
    used: Vec<Module>,
    given_on: Vec<(Module, Module)>,
}

fn names(code: &str, here: &Module) -> Names {
    let child =
        |line: &str| Some(without_visibility(line.trim()).0.strip_prefix("mod ")?.strip_suffix(';')?.to_owned());
    let children: BTreeSet<String> = code.lines().filter_map(child).collect();
    let mut names = Names { used: Vec::new(), given_on: Vec::new() };
    let (mut statement, mut in_use) = (String::new(), false);
    for line in code.lines() {
        let trimmed = line.trim();
        in_use |= without_visibility(trimmed).0.starts_with("use ");
        if !in_use {
            for word in line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')) {
                if word.starts_with("crate::") || word.starts_with("super::") {
                    names.used.extend(absolute(word, here, &children));
                }
            }
            continue;
        }
        statement.push_str(trimmed);
        if trimmed.ends_with(';') {
            let (before, tree) = statement.split_once("use ").unwrap();
            for path in leaves(tree.trim_end_matches(';')).iter().filter_map(|leaf| absolute(leaf, here, &children)) {
                if let Some(name) = path.last().filter(|_| !before.is_empty()) {
                    names.given_on.push((here.iter().chain([name]).cloned().collect(), path.clone()));
                }
                names.used.push(path);
            }
            (statement, in_use) = (String::new(), false);
        }
    }
    names
}

/// From each file to the files it uses. A name that a `mod.rs` gives on counts as the file that defines it.
fn arrows() -> BTreeMap<Module, BTreeSet<Module>> {
    let files: BTreeMap<Module, Names> =
        own_sources().iter().map(|path| (module(path), names(&code(path), &module(path)))).collect();
    let given_on: BTreeMap<Module, Module> = files.values().flat_map(|names| names.given_on.clone()).collect();
    let home = |path: &Module| {
        let mut path = path.clone();
        for _ in 0..8 {
            let Some((length, to)) =
                (1..=path.len()).rev().find_map(|length| Some((length, given_on.get(&path[..length])?)))
            else {
                break;
            };
            path = to.iter().chain(&path[length..]).cloned().collect();
        }
        (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|module| files.contains_key(module))
    };
    let uses = |from: &Module, names: &Names| {
        names.used.iter().filter_map(home).filter(|to| to != from).collect::<BTreeSet<Module>>()
    };
    files.iter().map(|(from, names)| (from.clone(), uses(from, names))).collect()
}

/// The files that can be reached from a file.
fn reached(from: &Module, arrows: &BTreeMap<Module, BTreeSet<Module>>) -> BTreeSet<Module> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from.clone()]);
    while let Some(next) = open.pop() {
        for to in arrows.get(&next).into_iter().flatten() {
            if seen.insert(to.clone()) {
                open.push(to.clone());
            }
        }
    }
    seen
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let arrows = arrows();
    let in_circle: BTreeSet<&Module> = arrows.keys().filter(|file| reached(file, &arrows).contains(*file)).collect();
    let told: Vec<String> = in_circle
        .iter()
        .map(|file| {
            let among =
                arrows[*file].iter().filter(|to| in_circle.contains(to) && reached(to, &arrows).contains(*file));
            format!("{} -> {}", file.join("::"), among.map(|to| to.join("::")).collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert!(told.is_empty(), "{} files use each other in circles:\n{}", told.len(), told.join("\n"));
}

#[test]
fn no_type_name_has_two_meanings() {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in own_sources() {
        for line in code(&path).lines() {
            let (line, _) = without_visibility(line.trim());
            let kind = ["struct ", "enum ", "trait "].into_iter().find_map(|kind| line.strip_prefix(kind));
            let name: String =
                kind.unwrap_or_default().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !name.is_empty() {
                places.entry(name).or_default().insert(module(&path).join("::"));
            }
        }
    }
    let allowed: BTreeSet<&str> = SAME_NAME.iter().map(|(name, _)| *name).collect();
    let twice: Vec<_> = places.iter().filter(|(name, at)| at.len() > 1 && !allowed.contains(name.as_str())).collect();
    assert!(twice.is_empty(), "type names that mean two things: {twice:#?}");
    let unused: Vec<_> = allowed.iter().filter(|name| places.get(**name).is_none_or(|at| at.len() < 2)).collect();
    assert!(unused.is_empty(), "in the list of exceptions without need: {unused:?}");
}

#[test]
fn the_test_reads_use_trees() {
    assert_eq!(leaves("a::{b, c::{d, self}, e as f}"), ["a::b", "a::c::d", "a::c", "a::e"]);
    let here: Module = ["scan", "engine"].map(str::to_owned).to_vec();
    let none = BTreeSet::new();
    assert_eq!(absolute("super::task::Task", &here, &none).unwrap().join("::"), "scan::task::Task");
    assert_eq!(absolute("std::fs", &here, &none), None);
}
