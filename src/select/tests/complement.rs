//! How many rules a complement takes, on names like those found in real containers, and that it can be given up.

use super::*;

/// A small generator, so that the names are the same on every machine.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// `IMG_20190103_142233_0001.jpg`: a camera's names with date, time and counter.
fn camera(count: usize) -> Vec<String> {
    let mut state = 7;
    let mut names: Vec<String> = (0..count)
        .map(|index| {
            let day = index * 3000 / count;
            let (year, month, date) = (2015 + day / 336, 1 + day % 336 / 28, 1 + day % 28);
            let clock = random(&mut state) % 86_400;
            let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
            format!("IMG_{year}{month:02}{date:02}_{hour:02}{minute:02}{second:02}_{:04}.jpg", index % 10_000)
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// 32 hexadecimal digits.
fn hex(count: usize) -> Vec<String> {
    let mut state = 11;
    let mut names: Vec<String> = (0..count)
        .map(|_| {
            let mut word = || (random(&mut state) << 3 ^ random(&mut state)) & 0xFFFF_FFFF;
            format!("{:08x}{:08x}{:08x}{:08x}", word(), word(), word(), word())
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Rules needed to leave out `unchecked` of the names, chosen evenly at random.
fn rules_for(names: &[String], unchecked: usize) -> usize {
    let mut state = 3;
    let mut out = std::collections::BTreeSet::new();
    while out.len() < unchecked {
        let pick = usize::try_from(random(&mut state)).unwrap_or_default() % names.len();
        out.insert(names[pick].as_str());
    }
    let siblings: Vec<&str> = names.iter().map(String::as_str).collect();
    let out: Vec<&str> = out.into_iter().collect();
    let rules = complement("/photos/", &siblings, &out, &|| false).unwrap();
    assert_eq!(leaked(&rules, &siblings, &out), 0, "every name but the unchecked ones is taken, and none of those");
    rules.len()
}

/// How many names are taken wrongly or left out wrongly.
fn leaked(rules: &[Rule], siblings: &[&str], out: &[&str]) -> usize {
    let selection = Selection::from_rules(rules.iter().cloned());
    let wrong = |name: &&&str| {
        let taken = selection.check(&blob(name)) != Check::Off;
        taken == out.binary_search(name).is_ok()
    };
    siblings.iter().filter(wrong).count()
}

#[test]
fn t23_a_few_photos_out_of_200_000_cost_few_rules() {
    let names = camera(200_000);
    for (unchecked, limit) in [(1, 60), (10, 450), (100, 3200), (1000, 20_000)] {
        let rules = rules_for(&names, unchecked);
        println!("camera names, {unchecked} unchecked: {rules} rules");
        assert!(rules <= limit, "{rules} rules for {unchecked} unchecked camera names");
    }
}

#[test]
fn t23_a_few_hashes_out_of_200_000_cost_few_rules() {
    let names = hex(200_000);
    for (unchecked, limit) in [(1, 70), (10, 500), (100, 3300), (1000, 19_500)] {
        let rules = rules_for(&names, unchecked);
        println!("hexadecimal names, {unchecked} unchecked: {rules} rules");
        assert!(rules <= limit, "{rules} rules for {unchecked} unchecked hexadecimal names");
    }
}

#[test]
fn a_kept_name_that_begins_an_unchecked_one_is_written_as_an_exact_path() {
    let rules = complement("/photos/", &["a", "a/", "ab", "b"], &["a/"], &|| false).unwrap();
    assert_eq!(rules, vec![path("photos/a"), prefix("/photos/ab"), prefix("/photos/b")]);
}

#[test]
fn t23_giving_up_is_noticed_soon() {
    let names = hex(50_000);
    let selection = Selection::from_rules([prefix("/photos/")]);
    let mut listings = Listings::default();
    listings.add(ListingKey::Names("/photos/".to_owned()), names.iter().map(String::as_str));
    let asked = std::cell::Cell::new(0);
    let cancelled = || {
        asked.set(asked.get() + 1);
        asked.get() > 3
    };
    let result = selection.uncheck(&[blob(&names[100])], &listings, &cancelled);
    assert_eq!(result, Err(UncheckError::Cancelled(Cancelled)));
    assert_eq!(asked.get(), 4, "it stops at the first yes");
}

#[test]
fn an_unlisted_level_is_named() {
    let mut selection = Selection::from_rules([prefix("/photos/")]);
    let target = folder("2024/may/");
    let levels = vec![ListingKey::Names("/photos/".to_owned()), ListingKey::Names("/photos/2024/".to_owned())];
    assert_eq!(selection.toggle(&target), Toggle::Needs(levels));
    let mut listings = Listings::default();
    listings.add(ListingKey::Names("/photos/".to_owned()), ["2023/", "2024/"]);
    let result = selection.uncheck(std::slice::from_ref(&target), &listings, &|| false);
    assert_eq!(result, Err(UncheckError::Missing(ListingKey::Names("/photos/2024/".to_owned()))));
    listings.add(ListingKey::Names("/photos/2024/".to_owned()), ["may/", "june/", ""]);
    let change = selection.uncheck(&[target], &listings, &|| false).unwrap();
    assert!(selection.make(change));
    assert_eq!(
        selection.rules(),
        vec![prefix("/photos/2023"), prefix("/photos/2024/j"), path("photos/2024/")],
        "the blob that is named like the folder stays by its exact path"
    );
}
