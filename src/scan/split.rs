//! Splits the rest of a listing into prefixes that can be listed side by side, by the names of one level. Pure.

/// What a running listing keeps and what other listings take over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LevelSplit {
    /// Prefixes that hold every name from the first of them on, in order; none begins another. The running listing ends before the
    /// first.
    pub(super) prefixes: Vec<String>,
    /// What is left of the running listing begins with this prefix.
    pub(super) rest: Option<String>,
}

/// Splits a level behind the name `after` into about `parts` prefixes. `names` are all folders and blobs of the level that begin with
/// `prefix`.
pub(super) fn split_level(prefix: &str, names: &[String], after: &str, parts: usize) -> LevelSplit {
    let mut names: Vec<&str> = names.iter().map(String::as_str).filter(|name| name.len() > prefix.len()).collect();
    names.sort_unstable();
    names.dedup();
    let mut groups = vec![NameGroup { prefix, names: &names, whole: false }];
    while groups.len() < parts {
        let widest =
            groups.iter().enumerate().filter(|(_, group)| !group.whole).max_by_key(|(_, group)| group.names.len());
        let Some(index) = widest.map(|(index, _)| index) else { break };
        let group = groups.swap_remove(index);
        groups.extend(group.split());
    }
    groups.sort_unstable_by_key(|group| group.prefix);
    let ahead = |text: &str| text > after && !after.starts_with(text);
    let prefixes: Vec<String> =
        groups.iter().map(|group| group.prefix).filter(|text| ahead(text)).map(str::to_owned).collect();
    let rest = groups.iter().map(|group| group.prefix).find(|text| after.starts_with(*text)).map(str::to_owned);
    LevelSplit { prefixes, rest }
}

/// Names with a common prefix.
struct NameGroup<'a> {
    prefix: &'a str,
    names: &'a [&'a str],
    /// It cannot be split further at this level.
    whole: bool,
}

impl<'a> NameGroup<'a> {
    /// Splits the group by the next character.
    fn split(self) -> Vec<Self> {
        let (Some(first), Some(last)) = (self.names.first(), self.names.last()) else { return Vec::new() };
        if self.names.len() == 1 {
            return vec![Self { prefix: first, names: self.names, whole: true }];
        }
        let shared = first.char_indices().zip(last.chars()).find(|((_, a), b)| a != b);
        let shared = shared.map_or(first.len().min(last.len()), |((at, _), _)| at);
        if first.len() == shared {
            // One name begins all others, so no longer prefix holds it: the group stays whole.
            return vec![Self { prefix: &first[..shared], names: self.names, whole: true }];
        }
        let key = |name: &'a str| name[shared..].chars().next();
        let groups = self.names.chunk_by(|a, b| key(a) == key(b));
        let group = |names: &'a [&'a str]| {
            let length = names.first().and_then(|name| key(name)).map_or(0, char::len_utf8);
            let prefix = names.first().map_or("", |name| &name[..shared + length]);
            Self { prefix, names, whole: false }
        };
        groups.map(group).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_thousand_folders_become_a_handful_of_prefixes() {
        let names: Vec<String> = (0..1000).map(|n| format!("d{n:04}/")).collect();
        let split = split_level("", &names, "d0004/f0999", 10);
        assert_eq!(split.rest.as_deref(), Some("d00"));
        assert_eq!(split.prefixes, ["d01", "d02", "d03", "d04", "d05", "d06", "d07", "d08", "d09"]);
    }

    #[test]
    fn nothing_is_split_off_one_folder_or_behind_the_last() {
        for names in [vec!["a/".to_owned()], vec!["0/".to_owned(), "a/".to_owned()]] {
            let split = split_level("", &names, "a/1", 8);
            assert_eq!((split.prefixes, split.rest.as_deref()), (Vec::new(), Some("a/")));
        }
    }

    proptest! {
        #[test]
        fn every_name_is_listed_exactly_once(
            blobs in prop::collection::btree_set("[ab/ü-]{1,5}", 1..40), at in any::<prop::sample::Index>(), parts in 1_usize..12,
        ) {
            let blobs: Vec<String> = blobs.into_iter().collect();
            let level: Vec<String> = blobs.iter().map(|name| match name.find('/') {
                Some(slash) => name[..=slash].to_owned(),
                None => name.clone(),
            }).collect();
            let after = at.get(&blobs).clone();
            let split = split_level("", &level, &after, parts);
            for name in blobs.iter().filter(|name| **name > after) {
                let kept = usize::from(split.prefixes.first().is_none_or(|end| name < end));
                let taken = split.prefixes.iter().filter(|prefix| name.starts_with(prefix.as_str())).count();
                prop_assert_eq!(kept + taken, 1, "{} in {:?}", name, split);
                prop_assert!(taken == 1 || split.rest.as_ref().is_some_and(|rest| name.starts_with(rest.as_str())));
            }
            for name in blobs.iter().filter(|name| **name <= after) {
                prop_assert!(split.prefixes.iter().all(|prefix| !name.starts_with(prefix.as_str())));
            }
        }
    }
}
