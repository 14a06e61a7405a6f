//! The key table of README.md is what the program's key table has for the keys that work on every step.

use std::fmt::Write as _;
use std::fs;

use blobfreight::protocol::action::Action;
use blobfreight::protocol::key::KeyPress;
use blobfreight::protocol::keymap::{Binding, Context};

use crate::support::sources::root;

const HEAD: &str = "| key | does |\n|---|---|\n";

/// The rows of the table: keys with the same meaning share one.
fn table() -> String {
    let anywhere = Context::ALL.iter().copied().filter(|context| context.is_anywhere());
    let contexts = [Context::Wizard].into_iter().chain(anywhere).chain([Context::Letters, Context::Everywhere]);
    let mut rows: Vec<(&str, Vec<&KeyPress>)> = Vec::new();
    for binding in contexts.flat_map(Context::bindings) {
        let meaning = meaning(binding);
        match rows.iter_mut().find(|(other, _)| *other == meaning) {
            Some((_, keys)) => keys.extend(binding.keys),
            None => rows.push((meaning, binding.keys.iter().collect())),
        }
    }
    let mut table = HEAD.to_owned();
    for (meaning, keys) in rows {
        let keys: Vec<String> = keys.into_iter().map(|key| format!("`{key}`")).collect();
        writeln!(table, "| {} | {meaning} |", keys.join(" ")).unwrap();
    }
    table
}

fn meaning(binding: &Binding) -> &'static str {
    if matches!(binding.action, Action::Goto(_)) { "To a step, counted from the first" } else { binding.help }
}

#[test]
fn the_keys_in_the_readme_are_those_of_the_key_table() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let begin = readme.find(HEAD).expect("README.md has a key table");
    let shown: String = readme[begin..].split_inclusive('\n').take_while(|line| line.starts_with('|')).collect();
    let wanted = table();
    assert!(shown == wanted, "the key table of README.md is another one; put this in its place:\n\n{wanted}");
}
