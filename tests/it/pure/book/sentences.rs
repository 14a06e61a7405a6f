//! Each sentence that heads a part of `docs/troubleshooting.md` is one that the program says.

use std::fs;

use super::pages::{book, prose};
use crate::support::sources::{code, is_test, sources};

/// What stands between the quotation marks of a program: continued lines joined, escapes resolved.
fn said(code: &str) -> String {
    let mut joined = String::new();
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        let mut line = line.to_owned();
        while let Some(begun) = line.strip_suffix('\\') {
            line = format!("{begun}{}", lines.next().unwrap_or_default().trim_start());
        }
        joined.push_str(&line);
        joined.push('\n');
    }
    joined.replace("\\\"", "\"")
}

/// Whether the parts of a heading between its `…` stand in this order in one line.
fn has(text: &str, heading: &str) -> bool {
    text.lines().any(|line| {
        let mut rest = line;
        heading.split('…').map(str::trim).filter(|part| !part.is_empty()).all(|part| {
            let found = rest.find(part);
            rest = found.map_or("", |at| &rest[at + part.len()..]);
            found.is_some()
        })
    })
}

fn headings(page: &str) -> Vec<&str> {
    prose(page).filter_map(|line| line.strip_prefix("### ")).collect()
}

#[test]
fn the_sentences_of_the_troubleshooting_are_those_of_the_program() {
    let page = fs::read_to_string(book().join("troubleshooting.md")).unwrap();
    let texts: Vec<String> =
        sources("src").iter().filter(|path| !is_test(path)).map(|path| said(&code(path))).collect();
    let headings = headings(&page);
    assert!(headings.len() >= 30, "the page explains {} sentences", headings.len());
    let stale: Vec<&&str> = headings.iter().filter(|heading| !texts.iter().any(|text| has(text, heading))).collect();
    assert!(stale.is_empty(), "no file in src/ says this; write what it says now:\n{stale:#?}");
}

#[test]
fn a_sentence_is_found_over_line_breaks_and_around_what_is_filled_in() {
    let text = said("let a = \"The drive {serial} of \\\n         the job\";\n");
    assert!(has(&text, "The drive … of the job") && has(&text, "of the job"));
    assert!(!has(&text, "of the job … drive") && !has(&text, "The drives"));
}
