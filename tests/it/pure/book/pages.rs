//! The pages of the book.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::sources::root;

/// The folder of the book.
pub(super) fn book() -> PathBuf {
    root().join("docs")
}

/// Every page with its text, the summary among them.
pub(super) fn pages() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![book()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The path as a person writes it, from the folder of the project on.
pub(super) fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// The lines of a page that are prose: those of code blocks are left out.
pub(super) fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut code = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    })
}
