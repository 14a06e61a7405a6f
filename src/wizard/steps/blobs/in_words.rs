//! What is checked, in words a person would use, as far as the rules say it: for the pane beside the tree.

use crate::select::Rule;
use crate::wording::some_of;

/// Names that one line says at most.
const NAMES: usize = 4;

/// What some rules take, one line for what belongs together, in the order of the rules.
pub fn in_words<'r>(rules: impl IntoIterator<Item = &'r Rule>) -> Vec<String> {
    let mut groups: Vec<(RuleGroup, Vec<String>)> = Vec::new();
    for rule in rules {
        let (group, name) = placed(rule);
        let together = |(known, _): &&mut (RuleGroup, Vec<String>)| *known == group && group != RuleGroup::Alone;
        match groups.iter_mut().find(together) {
            Some((_, names)) => names.push(name),
            None => groups.push((group, vec![name])),
        }
    }
    groups.into_iter().map(|(group, names)| group.words(&names)).collect()
}

/// Rules that are said in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum RuleGroup {
    /// A rule that is a line of its own.
    Alone,
    /// Names below this folder or container that begin with some letters.
    Beginning(String),
    /// Blobs of this folder or container; with their snapshots or without.
    Blobs(String, bool),
}

fn placed(rule: &Rule) -> (RuleGroup, String) {
    match rule {
        Rule::Prefix(prefix) => {
            let path = prefix.strip_prefix('/').unwrap_or(prefix);
            match path.rsplit_once('/') {
                _ if path.is_empty() => (RuleGroup::Alone, "the whole account".to_owned()),
                Some((container, "")) if !container.contains('/') => {
                    (RuleGroup::Alone, format!("the container {container}"))
                }
                Some((folder, "")) => (RuleGroup::Alone, format!("{folder}/")),
                Some((folder, start)) => (RuleGroup::Beginning(format!("{folder}/")), start.to_owned()),
                None => (RuleGroup::Beginning(String::new()), path.to_owned()),
            }
        }
        Rule::Blob { path, snapshots } => {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            (RuleGroup::Blobs(format!("{folder}/"), *snapshots), name.to_owned())
        }
        Rule::Snapshot { path, time } => {
            let time = time.get(..16).unwrap_or(time).replace('T', " ");
            (RuleGroup::Alone, format!("the snapshot of {path} of {time}"))
        }
    }
}

impl RuleGroup {
    fn words(&self, names: &[String]) -> String {
        let some = some_of(names, NAMES);
        match self {
            Self::Alone => names.concat(),
            Self::Beginning(folder) if folder.is_empty() => format!("containers that begin with {some}"),
            Self::Beginning(folder) => format!("{folder}: what begins with {some}"),
            Self::Blobs(folder, true) => format!("{folder}: {some}"),
            Self::Blobs(folder, false) => format!("{folder}: {some}, without snapshots"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn prefix(text: &str) -> Rule {
        Rule::Prefix(text.into())
    }

    #[test]
    fn what_belongs_together_is_one_line() {
        let blob = |path: &str, snapshots| Rule::Blob { path: path.into(), snapshots };
        let rules = [
            prefix("/book/"),
            prefix("/footage/2019/"),
            prefix("/footage/202"),
            prefix("/footage/203"),
            blob("book/a.txt", true),
            blob("book/b.txt", true),
            blob("book/c.txt", false),
            prefix("/log"),
        ];
        let told = in_words(&rules);
        assert_eq!(
            told,
            [
                "the container book",
                "footage/2019/",
                "footage/: what begins with 202, 203",
                "book/: a.txt, b.txt",
                "book/: c.txt, without snapshots",
                "containers that begin with log",
            ]
        );
        assert_eq!(in_words(&[prefix("/")]), ["the whole account"]);
    }

    proptest! {
        #[test]
        fn no_more_lines_than_rules_and_none_is_empty(texts in proptest::collection::vec("/?[a-b]{0,2}(/[a-b]{0,2}){0,3}", 1..12)) {
            let rules: Vec<Rule> = texts.iter().map(|text| prefix(text)).collect();
            let told = in_words(&rules);
            prop_assert!(told.len() <= rules.len() && told.iter().all(|line| !line.trim().is_empty()), "{:?}", told);
        }
    }
}
