//! The structure of the source tree: no circle between files, and one meaning for each type name.
//! The compiler knows neither rule. Both read the sources as text: `use` declarations and `crate::` paths.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module path without `crate`, for example `["azure", "model", "job"]`.
type Module = Vec<String>;

/// Type names that stand in several places on purpose, each with the reason.
const SAME_NAME: [(&str, &str); 0] = [];

fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut folders) = (Vec::new(), vec![root]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let tests = path.file_stem().is_some_and(|stem| stem == "tests");
            if path.is_dir() && !tests {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !tests {
                found.push(path);
            }
        }
    }
    found
}

/// The code of a file without its comments and its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("\nmod tests {").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The module of a file: `src/scan/engine/cut.rs` is `scan::engine::cut`, a `mod.rs` is its folder.
fn module(path: &Path) -> Module {
    let relative = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap().with_extension("");
    let mut parts: Module = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
        parts.pop();
    }
    parts
}

/// The paths of one `use` tree: `a::{b, c::d as e}` is `a::b` and `a::c::d`.
fn leaves(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((prefix, group)) = tree.strip_suffix('}').and_then(|tree| tree.split_once('{')) else {
        let path = tree.split(" as ").next().unwrap_or_default().trim();
        return vec![path.trim_end_matches("::self").to_owned()];
    };
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for letter in group.chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if letter == ',' && depth == 0 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    let inner = parts.iter().filter(|part| !part.trim().is_empty()).flat_map(|part| leaves(part));
    inner
        .map(|leaf| if leaf == "self" { prefix.trim_end_matches("::").to_owned() } else { format!("{prefix}{leaf}") })
        .collect()
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
    let children: BTreeSet<String> = code
        .lines()
        .filter_map(|line| {
            line.trim().trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
        })
        .collect();
    let mut names = Names { used: Vec::new(), given_on: Vec::new() };
    let (mut statement, mut in_use) = (String::new(), false);
    for line in code.lines() {
        let trimmed = line.trim();
        in_use |=
            ["use ", "pub use ", "pub(crate) use ", "pub(super) use "].iter().any(|start| trimmed.starts_with(start));
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
        sources().iter().map(|path| (module(path), names(&code(path), &module(path)))).collect();
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
    for path in sources() {
        for line in code(&path).lines() {
            let line = line
                .trim()
                .trim_start_matches("pub ")
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub(super) ");
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
