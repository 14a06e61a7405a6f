//! Links and pictures of the book and of README.md lead to files and headings that exist, and the summary names every page once.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::pages::{book, name, pages, prose};
use crate::support::sources::root;

/// The targets of the links and pictures of a line, also of several on one line.
fn targets(line: &str) -> Vec<&str> {
    line.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect()
}

/// The part of an address that names a heading, e.g. `not-saved-yet` for `Not saved yet.`
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect::<String>().to_lowercase()
}

fn has_heading(text: &str, wanted: &str) -> bool {
    prose(text).filter(|line| line.starts_with('#')).any(|line| anchor(line.trim_start_matches('#')) == wanted)
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut found = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(found.pop()),
            Component::CurDir => {}
            part => found.push(part),
        }
    }
    found
}

/// Why a target leads nowhere.
fn fault(page: &Path, text: &str, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (file, heading) = target.split_once('#').map_or((target, None), |(file, heading)| (file, Some(heading)));
    let path = if file.is_empty() { page.to_path_buf() } else { plain(&page.parent().unwrap().join(file)) };
    let there = if file.is_empty() { Ok(text.to_owned()) } else { fs::read_to_string(&path) };
    let in_book = page.starts_with(book());
    match (there, heading) {
        (Err(_), _) if !path.is_dir() => Some(format!("there is no {}", name(&path))),
        (Ok(there), Some(heading)) if !has_heading(&there, heading) => {
            Some(format!("{} has no heading #{heading}", name(&path)))
        }
        _ if in_book && !path.starts_with(book()) => {
            Some(format!("{} is not below docs/, so not in the book", name(&path)))
        }
        _ => None,
    }
}

#[test]
fn links_and_pictures_lead_to_files_and_headings_that_exist() {
    let readme = root().join("README.md");
    let text = fs::read_to_string(&readme).unwrap();
    let mut wrong = Vec::new();
    for (page, text) in pages().into_iter().chain([(readme, text)]) {
        for line in prose(&text) {
            let faults = targets(line).into_iter().filter_map(|target| fault(&page, &text, target));
            wrong.extend(faults.map(|fault| format!("{}: {fault}", name(&page))));
        }
    }
    assert!(wrong.is_empty(), "links that lead nowhere:\n{}", wrong.join("\n"));
}

#[test]
fn the_summary_names_every_page_once() {
    let summary = fs::read_to_string(book().join("SUMMARY.md")).unwrap();
    let mut named: Vec<PathBuf> = summary.lines().flat_map(targets).map(|target| book().join(target)).collect();
    named.sort();
    let there: Vec<PathBuf> = pages().into_iter().map(|(path, _)| path).collect();
    let there: Vec<PathBuf> = there.into_iter().filter(|path| !path.ends_with("SUMMARY.md")).collect();
    assert_eq!(named, there);
}

#[test]
fn targets_and_anchors_are_read_as_the_readers_of_the_book_do() {
    assert_eq!(targets("see [a](b.md#c), ![d](e.svg) and f(g)"), ["b.md#c", "e.svg"]);
    assert_eq!(anchor(" Keys that a terminal keeps to itself"), "keys-that-a-terminal-keeps-to-itself");
    assert_eq!(anchor("the proxy … wants a `sign-in`"), "the-proxy--wants-a-sign-in");
    let page = book().join("keys.md");
    assert!(fault(&page, "", "no-such.md").is_some() && fault(&page, "# A b\n", "#c").is_some());
    assert!(fault(&page, "", "../assets/rehearsal/account.toml").is_some(), "the book cannot show it");
    assert!(fault(&page, "", "../README.md").is_some() && fault(&page, "# A b\n", "#a-b").is_none());
}
