//! The tables of the book. A page marks the place of one with a comment, `<!-- keys: Tree BlobRow -->`, and `<!-- end -->` behind it.

use std::fmt::Write as _;
use std::fs;

use blobfreight::cli::config::SAMPLE;
use blobfreight::cli::{ENVIRONMENT, EXIT_STATUSES};
use blobfreight::protocol::action::Action;
use blobfreight::protocol::key::KeyPress;
use blobfreight::protocol::keymap::{Binding, Context, KeyChoices};

use super::pages::{name, pages};
use crate::support::sources::root;

const END: &str = "<!-- end -->";

/// What the comment asks for; `None` for a comment that asks for nothing.
fn table(asked: &str) -> Option<String> {
    if let Some(contexts) = asked.strip_prefix("keys: ") {
        return Some(keys(contexts.split(' ').map(context), |binding| binding.help));
    }
    match asked {
        "keys that work on every step" => Some(everywhere()),
        "all keys" => Some(all_keys()),
        "names of actions" => Some(names_of_actions()),
        "configuration" => Some(configuration()),
        "environment" => Some(two_columns("variable", ENVIRONMENT.iter().map(|one| (one.name, one.meaning)))),
        "exit statuses" => Some(two_columns("status", EXIT_STATUSES.into_iter())),
        _ => None,
    }
}

fn context(word: &str) -> Context {
    let found = Context::ALL.iter().copied().find(|context| format!("{context:?}") == word);
    found.unwrap_or_else(|| panic!("the key table has no context {word}"))
}

/// The keys of these contexts: those with the same meaning share a row, and a key stands where it is met first.
fn keys(contexts: impl Iterator<Item = Context>, meaning: impl Fn(&Binding) -> &'static str) -> String {
    let mut rows: Vec<(&str, Vec<&KeyPress>)> = Vec::new();
    for binding in contexts.flat_map(Context::bindings) {
        let meaning = meaning(binding);
        let row = rows.iter().position(|(other, _)| *other == meaning).unwrap_or_else(|| {
            rows.push((meaning, Vec::new()));
            rows.len() - 1
        });
        let keys = binding.keys.iter().filter(|key| !rows[row].1.contains(key)).collect::<Vec<_>>();
        rows[row].1.extend(keys);
    }
    let mut table = "| key | does |\n|---|---|\n".to_owned();
    for (meaning, keys) in rows {
        let keys: Vec<String> = keys.into_iter().map(|key| code(&key.to_string())).collect();
        writeln!(table, "| {} | {} |", keys.join(" "), cell(meaning)).unwrap();
    }
    table
}

/// The keys that work on every step.
fn everywhere() -> String {
    let anywhere = Context::ALL.iter().copied().filter(|context| context.is_anywhere());
    let contexts = [Context::Wizard].into_iter().chain(anywhere).chain([Context::Letters, Context::Everywhere]);
    keys(contexts, |binding| match binding.action {
        Action::Goto(_) => "To a step, counted from the first",
        _ => binding.help,
    })
}

/// A table for each context, below what the program's own documentation says of it.
fn all_keys() -> String {
    let source = fs::read_to_string(root().join("src/protocol/keymap/context.rs")).unwrap();
    let mut text = String::new();
    for context in Context::ALL.iter().copied().filter(|context| !matches!(context, Context::Wizard)) {
        let variant = format!("\n    {context:?},\n");
        let above = source.split(&variant).next().unwrap();
        let said = above.lines().rev().map_while(|line| line.trim_start().strip_prefix("/// ")).last();
        let said = said.unwrap_or_else(|| panic!("{context:?} says nothing of itself"));
        let said = said.split(". ").next().unwrap().trim_end_matches('.');
        write!(text, "### {said}\n\n{}\n", keys([context].into_iter(), |binding| binding.help)).unwrap();
    }
    text.trim_end().to_owned() + "\n"
}

/// The actions by the names that `[keys]` knows, each with its keys.
fn names_of_actions() -> String {
    let mut table = "| name | keys | does |\n|---|---|---|\n".to_owned();
    for (name, lines) in KeyChoices::by_name() {
        let keys: Vec<String> = keys_in_letters(&lines).iter().map(|key| code(key)).collect();
        writeln!(table, "| {} | {} | {} |", code(&name), keys.join(" "), cell(&does(&lines))).unwrap();
    }
    table
}

/// What an action does; the first of several meanings as an example.
fn does(lines: &[&Binding]) -> String {
    let several = lines.iter().any(|line| line.help != lines[0].help);
    if several { format!("e.g. {}", lines[0].help) } else { lines[0].help.to_owned() }
}

fn keys_in_letters(lines: &[&Binding]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for key in lines.iter().flat_map(|line| line.keys).map(|key| key.in_letters()) {
        if !names.contains(&key) {
            names.push(key);
        }
    }
    names
}

/// The section of the sample that names every action with its keys.
fn section_of_keys() -> String {
    let mut section = "\n".to_owned();
    for (name, lines) in KeyChoices::by_name() {
        let keys: Vec<String> = keys_in_letters(&lines).iter().map(|key| format!("\"{key}\"")).collect();
        writeln!(section, "# {}\n#{name} = [{}]", does(&lines), keys.join(", ")).unwrap();
    }
    section
}

fn two_columns<'a>(head: &str, rows: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut table = format!("| {head} | meaning |\n|---|---|\n");
    for (name, meaning) in rows {
        writeln!(table, "| {} | {} |", code(name), cell(meaning)).unwrap();
    }
    table
}

/// The keys of the sample, each with its value and the comment above it. Lines that only the sample needs are left out: its head, and names
/// of tables.
fn configuration() -> String {
    let mut table = "| key | value | meaning |\n|---|---|---|\n".to_owned();
    let (mut section, mut comment, mut key_above) = (String::new(), String::new(), false);
    for line in SAMPLE.lines() {
        let setting = line.strip_prefix('#').unwrap_or(line);
        if let Some(words) = line.strip_prefix("# ") {
            let before = if key_above { String::new() } else { comment };
            comment = [before.as_str(), words].join(" ").trim().into();
            key_above = false;
        } else if let Some(name) = setting.strip_prefix('[') {
            if section == "keys." {
                comment.clear();
            }
            section = name.replace(']', ".");
        } else if section == "keys." {
            // They have a table of their own.
        } else if let Some((key, value)) = setting.split_once(" = ") {
            writeln!(table, "| {} | {} | {} |", code(&format!("{section}{key}")), code(value), cell(&comment)).unwrap();
            key_above = true;
        } else {
            comment.clear();
        }
    }
    table
}

fn code(text: &str) -> String {
    let quoted = if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") };
    cell(&quoted)
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The page with its tables as the program has them.
fn written_anew(text: &str) -> String {
    let mut page = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        writeln!(page, "{line}").unwrap();
        let asked = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
        if let Some(table) = asked.and_then(table) {
            assert!(lines.any(|line| line == END), "{line} has no {END}");
            write!(page, "\n{table}\n{END}\n").unwrap();
        }
    }
    page
}

#[test]
fn the_tables_of_the_book_are_those_of_the_program() {
    let write = std::env::var("BLOBFREIGHT_DOCS").is_ok_and(|what| what == "write");
    let mut stale = Vec::new();
    for (path, text) in pages() {
        let wanted = written_anew(&text);
        if wanted != text && write {
            fs::write(&path, wanted).unwrap();
        } else if wanted != text {
            stale.push(name(&path));
        }
    }
    let how = "BLOBFREIGHT_DOCS=write cargo test --locked --test pure -- book";
    assert!(stale.is_empty(), "tables that the program has otherwise, in {stale:?}; {how} writes them anew");
}

#[test]
fn the_sample_of_the_configuration_names_every_action_with_its_keys() {
    let (head, rest) = SAMPLE.split_once("\n[keys]\n").unwrap();
    let (note, rest) = rest.split_once("\n\n").unwrap();
    let (_, tail) = rest.split_once("\n[rehearsal]\n").unwrap();
    let wanted = format!("{head}\n[keys]\n{note}\n{}\n[rehearsal]\n{tail}", section_of_keys());
    if std::env::var("BLOBFREIGHT_DOCS").is_ok_and(|what| what == "write") {
        fs::write(root().join("src/cli/config/sample.toml"), &wanted).unwrap();
    }
    let how = "BLOBFREIGHT_DOCS=write cargo test --locked --test pure -- book writes it anew";
    assert!(wanted == SAMPLE, "the keys of the sample are not those of the program; {how}");
}

#[test]
fn no_comment_asks_for_a_table_that_there_is_not() {
    for (path, text) in pages() {
        let ends = text.lines().filter(|line| *line == END).count();
        let asked = text.lines().filter_map(|line| line.strip_prefix("<!-- ")?.strip_suffix(" -->"));
        let tables = asked.filter(|asked| table(asked).is_some()).count();
        assert_eq!(tables, ends, "{}: each table has its comment before and {END} behind it", name(&path));
    }
}
