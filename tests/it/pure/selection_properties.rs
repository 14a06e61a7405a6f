//! The selection against brute force: on random accounts whose names were chosen to hurt, rules, check marks, complements
//! and both wire forms must agree with looking at every blob.

use std::collections::{BTreeMap, BTreeSet};

use blobfreight::select::{
    Check, Compiled, ListingKey, Listings, ReadNote, Rule, Selection, Target, Toggle, compile, read_list,
};
use proptest::prelude::*;

use crate::support::rules::takes;

/// Blobs by `container/name`, with the times of their snapshots.
type Account = BTreeMap<String, BTreeSet<String>>;
/// What is exported: a path, and the snapshot's time or the blob itself.
type Items = BTreeSet<(String, Option<String>)>;

const CONTAINERS: [&str; 5] = ["$root", "a", "ab", "b", "a-b"];
const PARTS: [&str; 12] = ["a", "ab", "b", "", "é", "è", "日本", "日", "a b", "&<", "a.", "Z"];

fn account() -> impl Strategy<Value = Account> {
    let parts = prop::collection::vec(prop::sample::select(PARTS.to_vec()), 1..4);
    let name = parts.prop_map(|parts| parts.join("/")).prop_filter("a blob has a name", |name| !name.is_empty());
    let blob = (prop::sample::select(CONTAINERS.to_vec()), name, 0..3_usize);
    prop::collection::vec(blob, 1..40).prop_map(|blobs| {
        let times = |count| (0..count).map(|n| format!("2026-02-03T04:05:0{n}.1234567Z")).collect();
        blobs.into_iter().map(|(container, name, count)| (format!("{container}/{name}"), times(count))).collect()
    })
}

/// Every row a tree of this account could show.
fn rows(account: &Account) -> Vec<Target> {
    let mut rows = BTreeSet::from([Target::Account]);
    for (path, times) in account {
        let (container, name) = path.split_once('/').unwrap_or_default();
        let (container, name) = (container.to_owned(), name.to_owned());
        rows.insert(Target::Container { container: container.clone() });
        for (slash, _) in name.match_indices('/') {
            rows.insert(Target::Folder { container: container.clone(), prefix: name[..=slash].to_owned() });
        }
        for time in times {
            rows.insert(Target::Snapshot { container: container.clone(), name: name.clone(), time: time.clone() });
        }
        rows.insert(Target::Blob { container, name });
    }
    rows.into_iter().collect()
}

fn items(account: &Account) -> Items {
    let all = account.iter().flat_map(|(path, times)| {
        let snapshots = times.iter().map(|time| (path.clone(), Some(time.clone())));
        std::iter::once((path.clone(), None)).chain(snapshots)
    });
    all.collect()
}

fn exported(account: &Account, rules: &[Rule]) -> Items {
    let taken = |(path, time): &(String, Option<String>)| rules.iter().any(|rule| takes(rule, path, time.as_deref()));
    items(account).into_iter().filter(taken).collect()
}

/// What a row stands for.
fn below(account: &Account, row: &Target) -> Items {
    let text = row.text();
    let stands = |(path, time): &(String, Option<String>)| {
        let own = format!("/{path}");
        match row {
            Target::Account | Target::Container { .. } | Target::Folder { .. } => own.starts_with(&text),
            Target::Blob { .. } => own == text,
            Target::Snapshot { time: wanted, .. } => own == text && time.as_ref() == Some(wanted),
        }
    };
    items(account).into_iter().filter(stands).collect()
}

/// What a listing with a delimiter shows of a level.
fn listed<'a>(account: &'a Account, level: &ListingKey) -> BTreeSet<&'a str> {
    match level {
        ListingKey::Names(level) => {
            let start = level.trim_start_matches('/');
            let under = account.keys().filter_map(|path| path.strip_prefix(start));
            under.map(|rest| rest.split_inclusive('/').next().unwrap_or_default()).collect()
        }
        ListingKey::Snapshots(path) => account[path].iter().map(String::as_str).collect(),
    }
}

fn listings<'a>(account: &'a Account, levels: &[ListingKey]) -> Listings<'a> {
    let mut listings = Listings::default();
    for level in levels {
        listings.add(level.clone(), listed(account, level));
    }
    listings
}

/// Random rules, some cut in the middle of a name.
fn rules(account: &Account, picks: &[(prop::sample::Index, usize)]) -> Vec<Rule> {
    let rows = rows(account);
    let rule = |(index, how): &(prop::sample::Index, usize)| {
        let row = index.get(&rows);
        match (row.rule(), how) {
            (Rule::Blob { path, .. }, 0) => Rule::Blob { path, snapshots: false },
            (Rule::Prefix(prefix), 1..=3) => {
                let end = prefix.char_indices().map(|(at, _)| at).filter(|at| *at > 0).nth(*how);
                Rule::Prefix(prefix[..end.unwrap_or(prefix.len())].to_owned())
            }
            (rule, _) => rule,
        }
    };
    picks.iter().map(rule).collect()
}

fn picks(count: usize) -> impl Strategy<Value = Vec<(prop::sample::Index, usize)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0..6_usize), 0..count)
}

/// The check mark, from the words of its definition and every rule.
fn check_by_hand(rules: &[Rule], row: &Target) -> Check {
    let text = row.text();
    let path = &text[1..];
    let covering = |rule: &&Rule| matches!(rule, Rule::Prefix(prefix) if text.starts_with(prefix.as_str()));
    let own = |rule: &Rule| match (rule, row) {
        (Rule::Blob { path: own, .. }, Target::Blob { .. }) => own == path,
        _ => *rule == row.rule(),
    };
    let with_all = Rule::Blob { path: path.to_owned(), snapshots: true };
    let from_blob = matches!(row, Target::Snapshot { .. }) && rules.contains(&with_all);
    let part = |rule: &Rule| match row {
        Target::Blob { .. } => matches!(rule, Rule::Snapshot { path: own, .. } if own == path),
        Target::Snapshot { .. } => false,
        _ => rule.text().starts_with(&text),
    };
    if rules.iter().filter(covering).any(|rule| !row.is_prefix() || *rule != row.rule()) || from_blob {
        Check::Inherited
    } else if rules.iter().any(own) {
        Check::On
    } else if rules.iter().any(part) {
        Check::Part
    } else {
        Check::Off
    }
}

/// The fewest prefixes and exact paths that take all of `kept` and nothing of `out`, found by trying every set of them.
fn fewest(kept: &[&str], out: &[&str]) -> usize {
    let mut takes: BTreeSet<usize> = BTreeSet::new();
    for (place, path) in kept.iter().enumerate() {
        takes.insert(1 << place);
        for end in (1..=path.len()).filter(|end| path.is_char_boundary(*end)) {
            let prefix = &path[..end];
            if !out.iter().any(|path| path.starts_with(prefix)) {
                let under = kept.iter().enumerate().filter(|(_, path)| path.starts_with(prefix));
                takes.insert(under.map(|(place, _)| 1 << place).sum());
            }
        }
    }
    let all = (1 << kept.len()) - 1;
    let mut best = vec![usize::MAX; all + 1];
    best[0] = 0;
    for done in 0..=all {
        let reached = best[done].saturating_add(1);
        for take in takes.iter().filter(|_| reached < usize::MAX) {
            best[done | take] = best[done | take].min(reached);
        }
    }
    best[all]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn t22_check_marks_agree_with_a_look_at_every_rule((account, picks) in (account(), picks(12))) {
        let rules = rules(&account, &picks);
        let selection = Selection::from_rules(rules.clone());
        for row in rows(&account) {
            prop_assert_eq!(selection.check(&row), check_by_hand(&rules, &row), "{:?} under {:?}", row, rules);
        }
    }

    #[test]
    fn t20_toggling_takes_or_leaves_exactly_what_the_row_stands_for(
        (account, picks, pick) in (account(), picks(8), any::<prop::sample::Index>())
    ) {
        let mut selection = Selection::from_rules(rules(&account, &picks));
        let rows = rows(&account);
        let row = pick.get(&rows);
        let before = exported(&account, &selection.rules());
        let check = selection.check(row);
        if selection.toggle(row) == Toggle::Changed {
            let after = exported(&account, &selection.rules());
            let own = below(&account, row);
            let expected: Items = match check {
                Check::On => before.difference(&own).cloned().collect(),
                _ => before.union(&own).cloned().collect(),
            };
            prop_assert_eq!(after, expected);
        } else {
            prop_assert_eq!(check, Check::Inherited);
            prop_assert!(!selection.needed_listings(std::slice::from_ref(row)).is_empty());
        }
    }

    #[test]
    fn t23_unchecking_below_a_checked_folder_leaves_exactly_the_rest(
        (account, picks, outs) in (account(), picks(8), prop::collection::vec(any::<prop::sample::Index>(), 1..4))
    ) {
        let mut selection = Selection::from_rules(rules(&account, &picks));
        let start = selection.clone();
        let rows = rows(&account);
        let outs: Vec<Target> = outs.iter().map(|pick| pick.get(&rows).clone()).collect();
        let before = exported(&account, &selection.rules());
        let own: Items = outs.iter().flat_map(|row| below(&account, row)).collect();
        let levels = selection.needed_listings(&outs);
        let change = selection.uncheck(&outs, &listings(&account, &levels), &|| false).unwrap();
        let changed = selection.make(change);
        let after = exported(&account, &selection.rules());
        prop_assert_eq!(after, before.difference(&own).cloned().collect::<Items>(), "{:?}", selection.rules());
        for row in &outs {
            prop_assert!(matches!(selection.check(row), Check::Off), "{:?} is still checked", row);
        }
        if changed {
            prop_assert!(selection.undo());
        }
        prop_assert_eq!(selection, start);
    }

    /// How many rules it takes depends on the names; that no set of rules is smaller holds for all of them.
    #[test]
    fn t23_no_smaller_set_of_prefixes_and_paths_keeps_the_rest(
        (account, base, cut, outs) in (
            account(), any::<prop::sample::Index>(), 0..4_usize, prop::collection::vec(any::<prop::sample::Index>(), 1..5)
        )
    ) {
        let account: Account = account.into_iter().take(11).map(|(path, _)| (path, BTreeSet::new())).collect();
        let rows = rows(&account);
        let folders: Vec<&Target> = rows.iter().filter(|row| row.is_prefix()).collect();
        let mut text = base.get(&folders).text();
        for _ in 0..cut {
            // A rule may end anywhere, also within a name.
            let short = text.char_indices().next_back().map_or(0, |(at, _)| at).max(1);
            text.truncate(short);
        }
        let mut selection = Selection::from_rules([Rule::Prefix(text)]);
        let outs: Vec<Target> = outs.iter().map(|pick| pick.get(&rows).clone()).collect();
        let outs: Vec<Target> = outs.into_iter().filter(|row| selection.check(row) == Check::Inherited).collect();
        let before = exported(&account, &selection.rules());
        let levels = selection.needed_listings(&outs);
        let change = selection.uncheck(&outs, &listings(&account, &levels), &|| false).unwrap();
        selection.make(change);
        let after = exported(&account, &selection.rules());
        let paths = |items: &Items| items.iter().map(|(path, _)| format!("/{path}")).collect::<Vec<_>>();
        let (kept, out) = (paths(&after), paths(&before.difference(&after).cloned().collect()));
        let (kept, out): (Vec<&str>, Vec<&str>) = (kept.iter().map(String::as_str).collect(), out.iter().map(String::as_str).collect());
        if !outs.is_empty() {
            prop_assert_eq!(selection.len(), fewest(&kept, &out), "{:?} without {:?}", selection.rules(), out);
        }
    }

    #[test]
    fn t29_a_blob_loses_its_snapshots_and_stays((account, picks, pick) in (account(), picks(8), any::<prop::sample::Index>())) {
        let mut selection = Selection::from_rules(rules(&account, &picks));
        let blobs: Vec<Target> = rows(&account).into_iter().filter(|row| matches!(row, Target::Blob { .. })).collect();
        let blob = pick.get(&blobs);
        let mut expected = exported(&account, &selection.rules());
        if selection.check(blob) == Check::Inherited {
            let levels = selection.needed_listings(std::slice::from_ref(blob));
            let change = selection.without_snapshots(blob, &listings(&account, &levels), &|| false).unwrap();
            selection.make(change);
            let path = blob.text()[1..].to_owned();
            expected.retain(|(own, time)| *own != path || time.is_none());
            prop_assert_eq!(exported(&account, &selection.rules()), expected);
        }
    }

    #[test]
    fn t26_undo_and_redo_walk_the_same_way((account, picks) in (account(), picks(20))) {
        let mut selection = Selection::default();
        let mut states = vec![selection.clone()];
        for rule in rules(&account, &picks) {
            let changed = if selection.contains(&rule) { selection.remove(&rule) } else { selection.insert(rule) };
            if changed {
                states.push(selection.clone());
            }
        }
        for state in states.iter().rev().skip(1) {
            prop_assert!(selection.undo());
            prop_assert_eq!(&selection, state);
        }
        prop_assert!(!selection.undo());
        for state in states.iter().skip(1) {
            prop_assert!(selection.redo());
            prop_assert_eq!(&selection, state);
        }
        prop_assert!(!selection.redo());
    }

    #[test]
    fn what_is_sent_exports_what_is_selected((account, picks) in (account(), picks(12))) {
        let rules = Selection::from_rules(rules(&account, &picks)).rules();
        let sent = match compile(&rules) {
            Ok(Compiled::WholeAccount | Compiled::Containers(_)) => panic!("the classic service has no such form"),
            Err(_) => Vec::new(),
            Ok(Compiled::Inline { blob_paths, blob_path_prefixes, .. }) => {
                prop_assert!(blob_paths.iter().all(|path| !path.starts_with('/')));
                prop_assert!(blob_path_prefixes.iter().all(|prefix| prefix.starts_with('/')));
                let paths = blob_paths.into_iter().map(|path| Rule::Blob { path, snapshots: true });
                blob_path_prefixes.into_iter().map(Rule::Prefix).chain(paths).collect()
            }
            Ok(Compiled::ListFile { xml, .. }) => read_list(xml.as_bytes()).unwrap().rules,
        };
        prop_assert_eq!(exported(&account, &sent), exported(&account, &rules));
    }

    #[test]
    fn a_list_file_round_trips(paths in prop::collection::vec(("[a-z]{3,4}", "[ -~\t\n\ré日\u{85}\u{2028}]{1,12}", 0..4_u8), 0..12)) {
        let rule = |(container, name, kind): (String, String, u8)| match kind {
            0 => Rule::Prefix(format!("/{container}/{name}")),
            1 => Rule::Snapshot { path: format!("{container}/{name}"), time: "2026-02-03T04:05:06.1234567Z".to_owned() },
            kind => Rule::Blob { path: format!("{container}/{name}"), snapshots: kind == 2 },
        };
        let rules: Vec<Rule> = paths.into_iter().map(rule).collect();
        let read = read_list(blobfreight::select::write_list(&rules).unwrap().as_bytes()).unwrap();
        prop_assert_eq!(read.rules, rules);
        // A name may look like a slip; what is written is never odd.
        prop_assert!(read.notes.iter().all(|sum| matches!(sum.note, ReadNote::Slip(_))), "{:?}", read.notes);
    }

    #[test]
    fn reading_any_text_ends_in_a_list_or_a_place(text in "(<BlobList>|</BlobList>|<BlobPath>|</BlobPath>|&amp;|&#1;|&|<|/|a|\n| |<!--|-->|\")*") {
        match read_list(text.as_bytes()) {
            Ok(list) => prop_assert!(list.rules.len() <= text.len()),
            Err(error) => prop_assert!(error.position.line >= 1 && error.position.line <= text.lines().count() + 1),
        }
    }
}
