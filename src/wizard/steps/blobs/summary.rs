//! The selection in a few words, for the rail and for the line above the tree. Computed from the rules for every frame.

use std::collections::BTreeSet;

use crate::select::{Compiled, FileReason, INLINE_LIMIT, Rule};
use crate::wizard::service;
use crate::wizard::shared::Shared;
use crate::wording;

/// For the rail: `2 containers, 18 rules`, or `whole account`.
pub fn short(rules: &[Rule]) -> String {
    if rules.iter().any(is_account) {
        return "whole account".to_owned();
    }
    let containers: BTreeSet<&str> = rules.iter().filter_map(container).collect();
    match (containers.len(), rules.len()) {
        (_, 0) => String::new(),
        (0, count) => many(count, "rule"),
        (some, count) => format!("{}, {}", many(some, "container"), many(count, "rule")),
    }
}

/// The line above the tree: how many rules of each kind, and the form the service gets them in, e.g. `2 prefixes · inline (64 of 30,000
/// bytes)`. It is shorter where columns are few.
pub fn long(shared: &Shared, dot: &str, columns: usize) -> String {
    words(&shared.draft.selection.rules, service::compiled(shared), dot, columns)
}

fn words(rules: &[Rule], compiled: Result<Compiled, String>, dot: &str, columns: usize) -> String {
    if rules.is_empty() {
        return "Nothing is checked yet.".to_owned();
    }
    let kinds = [
        (rules.iter().filter(|rule| matches!(rule, Rule::Prefix(_))).count(), "prefix"),
        (rules.iter().filter(|rule| matches!(rule, Rule::Blob { .. })).count(), "path"),
        (rules.iter().filter(|rule| matches!(rule, Rule::Snapshot { .. })).count(), "snapshot"),
    ];
    let kinds = kinds.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| many(count, word));
    let mut parts: Vec<String> =
        if rules.iter().any(is_account) { vec!["whole account".to_owned()] } else { kinds.collect() };
    let form = form(rules, compiled);
    let dot = format!(" {dot} ");
    let lead = if parts.len() == 1 { parts.concat() } else { many(rules.len(), "rule") };
    if parts.len() > 1 {
        parts.insert(0, many(rules.len(), "rule"));
    }
    parts.push(form.clone());
    let words = parts.join(&dot);
    if words.chars().count() <= columns {
        return words;
    }
    let short = form.replace("fits the inline list", "inline").replace("needs a list file", "list file");
    format!("{lead}{dot}{short}")
}

/// The form the service gets the rules in.
fn form(rules: &[Rule], compiled: Result<Compiled, String>) -> String {
    match compiled {
        Ok(Compiled::WholeAccount) => "one order for all".to_owned(),
        Ok(Compiled::Containers(_)) => "whole containers".to_owned(),
        Ok(Compiled::ListFile { reason: FileReason::OnlyForm, .. }) if rules.iter().any(Rule::needs_list_file) => {
            "list file, snapshots cannot be said".to_owned()
        }
        Ok(Compiled::ListFile { reason: FileReason::OnlyForm, .. }) => "goes as a list file".to_owned(),
        Ok(Compiled::Inline { bytes, .. }) => {
            format!(
                "fits the inline list ({} of {} bytes)",
                wording::count(bytes as u64),
                wording::count(INLINE_LIMIT as u64)
            )
        }
        Ok(Compiled::ListFile { reason: FileReason::Snapshots, .. }) => {
            let single = rules.iter().any(|rule| matches!(rule, Rule::Snapshot { .. }));
            format!("needs a list file: {}", if single { "single snapshots" } else { "snapshots left out" })
        }
        Ok(Compiled::ListFile { reason: FileReason::TooLong { bytes }, .. }) => {
            format!("needs a list file: {} bytes", wording::count(bytes as u64))
        }
        Err(why) => why,
    }
}

fn is_account(rule: &Rule) -> bool {
    *rule == Rule::Prefix("/".to_owned())
}

/// The container a rule is about; `None` for a prefix that ends within a container's name.
fn container(rule: &Rule) -> Option<&str> {
    let path = match rule {
        Rule::Prefix(prefix) => prefix.strip_prefix('/')?,
        Rule::Blob { path, .. } | Rule::Snapshot { path, .. } => path,
    };
    path.split_once('/').map(|(container, _)| container)
}

/// As [`wording::many`], of what a list holds.
pub fn many(count: usize, word: &str) -> String {
    wording::many(count as u64, word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::select::compile;

    fn long(rules: &[Rule], dot: &str, columns: usize) -> String {
        words(rules, compile(rules).map_err(|why| why.to_string()), dot, columns)
    }

    fn prefix(text: &str) -> Rule {
        Rule::Prefix(text.into())
    }

    #[test]
    fn the_rail_says_the_selection_in_a_few_words() {
        assert_eq!(short(&[]), "");
        assert_eq!(short(&[prefix("/a/"), prefix("/b/x/"), prefix("/b/y/")]), "2 containers, 3 rules");
        assert_eq!(short(&[prefix("/boo")]), "1 rule");
        assert_eq!(short(&[prefix("/"), prefix("/a/")]), "whole account");
    }

    #[test]
    fn t29_the_line_above_the_tree_says_when_a_list_file_is_needed() {
        let path = Rule::Blob { path: "a/x".into(), snapshots: true };
        let told = long(&[prefix("/a/f/"), prefix("/b/"), path.clone()], "·", 100);
        assert_eq!(told, "3 rules · 2 prefixes · 1 path · fits the inline list (53 of 30,000 bytes)");
        assert_eq!(long(&[prefix("/b/"), path], "·", 51), "2 rules · inline (45 of 30,000 bytes)");
        let single = Rule::Snapshot { path: "a/x".into(), time: "2026-01-01T00:00:00.0000000Z".into() };
        assert_eq!(long(&[single], "·", 100), "1 snapshot · needs a list file: single snapshots");
        let alone = Rule::Blob { path: "a/x".into(), snapshots: false };
        assert_eq!(long(&[alone], "·", 100), "1 path · needs a list file: snapshots left out");
    }
}
