//! Gathers the parts of a rule into whole folders, where a folder is small beside a job. A few folder names are easier to read than
//! many pieces of names.

use super::{DriveLoad, Overheads, Part};
use crate::select::Rule;

/// Gathers disjoint `parts` of the rule with the text `above` into folders and containers that need at most `most` bytes each.
pub(super) fn gather(above: &str, mut parts: Vec<Part>, most: u64, overheads: &Overheads) -> Vec<Part> {
    parts.sort_by_key(|part| part.rule.text());
    let mut gathered = Vec::new();
    divide(above.len(), parts, most, overheads, &mut gathered);
    gathered
}

/// Gathers the parts of each folder below the first `depth` bytes, or divides the folder further if it needs too much.
fn divide(depth: usize, parts: Vec<Part>, most: u64, overheads: &Overheads, gathered: &mut Vec<Part>) {
    let mut rest = parts.into_iter().peekable();
    while let Some(part) = rest.next() {
        let text = part.rule.text();
        let Some(folder) = folder(&text, depth).map(str::to_owned) else {
            gathered.push(part);
            continue;
        };
        let mut together = vec![part];
        while let Some(more) = rest.next_if(|more| more.rule.text().starts_with(&folder)) {
            together.push(more);
        }
        if together.iter().map(|part| part.load.needed(overheads)).fold(0, u64::saturating_add) > most {
            divide(folder.len(), together, most, overheads, gathered);
            continue;
        }
        let mut load = DriveLoad::default();
        for part in &together {
            load.merge(&part.load);
        }
        gathered.push(Part { rule: Rule::Prefix(folder), load });
    }
}

/// The folder of `text` that ends with the first slash after `depth` bytes.
fn folder(text: &str, depth: usize) -> Option<&str> {
    let slash = text.get(depth..)?.find('/')?;
    text.get(..=depth + slash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part(text: &str, size: u64) -> Part {
        let mut load = DriveLoad::default();
        load.add_small(size);
        Part { rule: Rule::Prefix(text.to_owned()), load }
    }

    fn texts(parts: &[Part]) -> Vec<String> {
        parts.iter().map(|part| part.rule.text()).collect()
    }

    #[test]
    fn small_folders_stand_for_their_parts_and_large_ones_are_looked_into() {
        let most = 3 << 20;
        let parts = [
            ("/book/plates/p1", 1),
            ("/book/plates/p2", 1),
            ("/book/x", 1),
            ("/film/a/1", 2 << 20),
            ("/film/b", 2 << 20),
        ];
        let parts = parts.into_iter().chain([("/film/a/2", 1 << 20), ("/fi", 1)]).map(|(text, size)| part(text, size));
        let found = gather("/", parts.collect(), most + (1 << 18), &Overheads::default());
        assert_eq!(texts(&found), ["/book/", "/fi", "/film/a/", "/film/b"]);
    }

    proptest! {
        #[test]
        fn what_is_gathered_is_disjoint_and_holds_the_same(
            names in prop::collection::btree_map("/[ab]{1,2}/([ab]{1,2}/){0,2}[ab]{1,2}", 1_u64..5_000_000, 1..30), most in 0_u64..20_000_000,
        ) {
            // Sorted names of which none begins another are parts.
            let mut parts: Vec<Part> = Vec::new();
            for (name, size) in &names {
                if parts.last().is_none_or(|last| !name.starts_with(&last.rule.text())) {
                    parts.push(part(name, *size));
                }
            }
            let found = gather("/", parts.clone(), most, &Overheads::default());
            for part in &parts {
                let homes = found.iter().filter(|home| part.rule.text().starts_with(&home.rule.text())).count();
                prop_assert_eq!(homes, 1, "{} in {:?}", part.rule, texts(&found));
            }
            let bytes = |parts: &[Part]| parts.iter().map(|part| part.load.bytes()).sum::<u64>();
            prop_assert_eq!(bytes(&found), bytes(&parts));
        }
    }
}
