//! Holds what is written about the program to it. `docs/behaviours.md`: no test or comment cites a behaviour that is not there, and each
//! one that is built is shown by a test that cites it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use crate::support::sources::{root, sources};

/// How the page marks a line that has no test because there is nothing to test.
const NOT_BUILT: &str = "*(not built yet)*";

/// The ids of the page, and whether each is built.
fn behaviours() -> BTreeMap<String, bool> {
    let page = fs::read_to_string(root().join("docs/behaviours.md")).unwrap();
    let mut found = BTreeMap::new();
    for line in page.lines() {
        let Some((id, text)) = line.strip_prefix("- **").and_then(|rest| rest.split_once("** ")) else { continue };
        assert!(is_id(id), "{id:?} is not W or T and two or three digits");
        assert_eq!(found.insert(id.to_owned(), !text.starts_with(NOT_BUILT)), None, "{id} stands there twice");
    }
    found
}

/// Every source file with its text.
fn texts() -> Vec<(PathBuf, String)> {
    let all = ["src", "tests", "benches"].into_iter().flat_map(sources);
    all.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// `W07`, `T21`, `W100`.
fn is_id(word: &str) -> bool {
    let (kind, number) = word.split_at_checked(1).unwrap_or_default();
    matches!(kind, "W" | "T") && (2..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

/// The ids that the name of a function begins with: W22 and W23 of `w22_w23_an_error_comes_on_leaving`.
fn cited_by_name(line: &str) -> Vec<String> {
    let Some((_, name)) = line.split_once("fn ") else { return Vec::new() };
    name.split('_').map(str::to_uppercase).take_while(|word| is_id(word)).collect()
}

/// The ids that the comment in a line cites: W30 and W39 of `// The whole answer (W30, W39).`
fn cited_by_comment(line: &str) -> Vec<String> {
    let Some((_, comment)) = line.split_once("//") else { return Vec::new() };
    comment.split(|c: char| !c.is_alphanumeric()).filter(|word| is_id(word)).map(str::to_owned).collect()
}

/// Whether the function that begins in this line is a test: `#[test]`, `#[tokio::test]`, `#[tokio::test(…)]`.
fn is_test(lines: &[&str], at: usize) -> bool {
    let above = lines[..at].iter().rev().map(|line| line.trim_start());
    above
        .take_while(|line| line.starts_with("#[") || line.starts_with("//"))
        .any(|line| line.contains("test]") || line.contains("test("))
}

/// The ids that names of tests begin with.
fn shown_by_tests() -> BTreeSet<String> {
    let mut shown = BTreeSet::new();
    for (_, text) in texts() {
        let lines: Vec<&str> = text.lines().collect();
        let tests = lines.iter().enumerate().filter(|(at, _)| is_test(&lines, *at));
        shown.extend(tests.flat_map(|(_, line)| cited_by_name(line)));
    }
    shown
}

#[test]
fn every_cited_behaviour_is_on_the_page() {
    let known = behaviours();
    let mut unknown = Vec::new();
    for (path, text) in texts().into_iter().filter(|(path, _)| !path.ends_with("pure/behaviours.rs")) {
        for (number, line) in text.lines().enumerate() {
            let cited = cited_by_name(line).into_iter().chain(cited_by_comment(line));
            let strange = cited.filter(|id| !known.contains_key(id));
            unknown.extend(strange.map(|id| format!("{}:{} cites {id}", path.display(), number + 1)));
        }
    }
    assert!(unknown.is_empty(), "not in docs/behaviours.md:\n{}", unknown.join("\n"));
}

#[test]
fn every_behaviour_that_is_built_is_shown_by_a_test_and_no_other_is() {
    let shown = shown_by_tests();
    let known = behaviours();
    let untested: Vec<&String> =
        known.iter().filter(|(id, built)| **built && !shown.contains(*id)).map(|(id, _)| id).collect();
    assert!(untested.is_empty(), "no test's name begins with {untested:?}");
    let unmarked: Vec<&String> =
        known.iter().filter(|(id, built)| !**built && shown.contains(*id)).map(|(id, _)| id).collect();
    assert!(unmarked.is_empty(), "{unmarked:?} have tests: take the mark off the page");
}

#[test]
fn ids_are_read_from_names_and_comments_only() {
    assert_eq!(cited_by_name("    fn w22_w23_an_error_of_w40() {"), ["W22", "W23"]);
    assert!(cited_by_name("    fn warnings_w40() {").is_empty() && cited_by_name("let w40 = 1;").is_empty());
    assert_eq!(cited_by_comment("x(); // The whole answer (W30, T39)."), ["W30", "T39"]);
    assert!(cited_by_comment(r#"format!("{date}T00:00:00Z")"#).is_empty());
    assert!(cited_by_comment("// by 2026-11-22T09:00:00Z").is_empty());
    let lines = ["#[test]", "/// Why.", "fn w01_one() {", "}", "fn w02_helper() {"];
    assert!(is_test(&lines, 2) && !is_test(&lines, 4));
}
