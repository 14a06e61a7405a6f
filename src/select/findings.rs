//! Findings on a list of rules: rules that are probably not meant. `ui` has their words.

use std::collections::BTreeMap;

use super::Rule;

/// A finding on a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleFinding {
    /// The same rule stands at this earlier place too.
    Duplicate(usize),
    /// The rule at this place selects all its blobs as well. Harmless: each blob is exported once.
    Inside(usize),
    /// A prefix without a closing `/` that is the full name of a container or folder takes these others too.
    TakesSiblings(Vec<String>),
    /// Nothing on the server matches it.
    MatchesNothing,
}

/// A finding and the rule it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleMark {
    /// The rule's place in the list.
    pub rule: usize,
    /// The finding.
    pub finding: RuleFinding,
}

/// What is known about the account without a request.
pub trait AccountKnowledge {
    /// Names that a listing of `level` (`/`, `/container/` or `/container/folder/`) has shown so far and that begin with
    /// `start`, in any order, at most `limit`; containers and folders with their closing `/`.
    fn names(&self, level: &str, start: &str, limit: usize) -> Vec<String>;

    /// How many blobs the rule matches, where it was counted to the end.
    fn count(&self, rule: &Rule) -> Option<u64>;
}

/// How many names a finding carries at most.
const NAMES: usize = 50;

/// The findings on a list of rules, in the order of the list.
pub fn findings(rules: &[Rule], known: &dyn AccountKnowledge) -> Vec<RuleMark> {
    let index = RuleIndex::new(rules);
    let mut marks = Vec::new();
    for (place, rule) in rules.iter().enumerate() {
        let first = index.first(rule);
        let around = if first < place {
            Some(RuleFinding::Duplicate(first))
        } else {
            index.around(rule).map(RuleFinding::Inside)
        };
        let siblings = siblings(rule, known).map(RuleFinding::TakesSiblings);
        let nothing = (known.count(rule) == Some(0)).then_some(RuleFinding::MatchesNothing);
        let found = [around, siblings, nothing].into_iter().flatten();
        marks.extend(found.map(|finding| RuleMark { rule: place, finding }));
    }
    marks
}

/// The containers or folders that a prefix selects besides the one it names in full.
fn siblings(rule: &Rule, known: &dyn AccountKnowledge) -> Option<Vec<String>> {
    let Rule::Prefix(prefix) = rule else { return None };
    let (level, start) = prefix.split_at(prefix.rfind('/')? + 1);
    if start.is_empty() {
        return None;
    }
    let closed = format!("{start}/");
    let mut names = known.names(level, start, NAMES);
    let others = names.iter().position(|name| *name == closed).map(|own| names.swap_remove(own));
    names.sort_unstable();
    (others.is_some() && !names.is_empty()).then_some(names)
}

/// The first place of each rule.
struct RuleIndex<'a> {
    first: BTreeMap<&'a Rule, usize>,
    prefixes: BTreeMap<&'a str, usize>,
}

impl<'a> RuleIndex<'a> {
    fn new(rules: &'a [Rule]) -> Self {
        let mut index = Self { first: BTreeMap::new(), prefixes: BTreeMap::new() };
        for (place, rule) in rules.iter().enumerate() {
            index.first.entry(rule).or_insert(place);
            if let Rule::Prefix(prefix) = rule {
                index.prefixes.entry(prefix).or_insert(place);
            }
        }
        index
    }

    fn first(&self, rule: &Rule) -> usize {
        self.first.get(rule).copied().unwrap_or(usize::MAX)
    }

    /// A rule that takes everything the given one takes and more.
    fn around(&self, rule: &Rule) -> Option<usize> {
        let text = rule.text();
        let own = matches!(rule, Rule::Prefix(_));
        let mut ends = text.char_indices().map(|(index, _)| index).skip(1).chain((!own).then_some(text.len()));
        let prefix = ends.find_map(|end| self.prefixes.get(text.get(..end)?).copied());
        prefix.or_else(|| self.around_exact(rule))
    }

    fn around_exact(&self, rule: &Rule) -> Option<usize> {
        let (Rule::Blob { path, snapshots: false } | Rule::Snapshot { path, .. }) = rule else { return None };
        self.first.get(&Rule::Blob { path: path.clone(), snapshots: true }).copied()
    }
}
