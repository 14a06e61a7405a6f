//! Check marks, offers, the panel's findings and rules typed by hand.

use super::*;

#[test]
fn t20_space_on_a_folder_takes_it_in_and_undo_brings_back_what_it_covered() {
    let mut selection = Selection::from_rules([path("photos/2024/a.jpg"), prefix("/photos/2024/may/")]);
    assert_eq!(selection.check(&folder("2024/")), Check::Part);
    assert_eq!(selection.toggle(&folder("2024/")), Toggle::Changed);
    assert_eq!(selection.rules(), vec![prefix("/photos/2024/")]);
    assert!(selection.undo());
    assert_eq!(selection.rules(), vec![prefix("/photos/2024/may/"), path("photos/2024/a.jpg")]);
}

#[test]
fn t21_a_folder_checked_by_its_parent_is_told_from_one_checked_itself() {
    let selection = Selection::from_rules([prefix("/photos/2024/")]);
    assert_eq!(selection.check(&folder("2024/")), Check::On);
    assert_eq!(selection.check(&folder("2024/may/")), Check::Inherited);
    assert_eq!(selection.check(&folder("2024x/")), Check::Off);
    assert_eq!(selection.check(&container("photos")), Check::Part);
    assert_eq!(selection.check(&container("photo")), Check::Off);
}

#[test]
fn a_folder_a_blob_of_its_name_and_a_blob_ending_in_a_slash_are_three_rows() {
    let mut selection = Selection::default();
    selection.toggle(&blob("a/"));
    assert_eq!(selection.check(&blob("a")), Check::Off);
    assert_eq!(selection.check(&blob("a/")), Check::On);
    assert_eq!(selection.check(&folder("a/")), Check::Part);
    selection.toggle(&folder("a/"));
    assert_eq!(selection.check(&blob("a/")), Check::Inherited);
    assert_eq!(selection.check(&blob("a")), Check::Off);
}

#[test]
fn t29_one_snapshot_alone_and_a_blob_without_its_snapshots() {
    let time = "2026-02-03T04:05:06.1234567Z".to_owned();
    let single = Target::Snapshot { container: "photos".to_owned(), name: "a".to_owned(), time };
    let mut selection = Selection::default();
    selection.toggle(&single);
    assert_eq!(selection.check(&blob("a")), Check::Part);
    selection.toggle_snapshots(&blob("a"));
    assert_eq!(selection.blob_rule("photos", "a"), Some(false));
    assert_eq!(selection.len(), 2, "the snapshot stays beside the blob");
    selection.toggle_snapshots(&blob("a"));
    assert_eq!(selection.rules(), vec![path("photos/a")]);
    assert_eq!(selection.check(&single), Check::Inherited);
    assert_eq!(selection.toggle(&single), Toggle::Needs(vec![ListingKey::Snapshots("photos/a".to_owned())]));
}

#[test]
fn t24_all_children_one_by_one_can_become_the_folder_rule() {
    let children = || ["a", "b", "c"].map(blob);
    let mut selection = Selection::from_rules([path("photos/a"), path("photos/b")]);
    assert_eq!(selection.offer_folder(&container("photos"), children()), None);
    selection.toggle_snapshots(&blob("c"));
    let offer = selection.offer_folder(&container("photos"), children()).unwrap();
    assert_eq!(offer, FolderOffer { rule: prefix("/photos/"), replaces: 3, adds_snapshots: true });
    assert!(selection.accept(&offer));
    assert_eq!(selection.rules(), vec![prefix("/photos/")]);
    assert_eq!(selection.offer_folder(&container("photos"), children()), None, "nothing is left to offer");
    assert!(selection.undo());
    assert_eq!(selection.len(), 3);
}

#[test]
fn t26_ten_thousand_rules_come_back_with_one_undo() {
    let rules: Vec<Rule> = (0..10_000).map(|index| path(&format!("photos/{index:05}"))).collect();
    let mut selection = Selection::from_rules(rules.clone());
    selection.toggle(&container("photos"));
    assert_eq!(selection.len(), 1);
    selection.undo();
    assert_eq!(selection.rules(), rules);
}

#[test]
fn t25_a_selection_is_saved_as_its_rules() {
    let selection = Selection::from_rules([path("photos/a"), prefix("/music/")]);
    let saved = serde_json::to_string(&selection).unwrap();
    assert_eq!(saved, r#"[{"Prefix":"/music/"},{"Blob":{"path":"photos/a","snapshots":true}}]"#);
    assert_eq!(serde_json::from_str::<Selection>(&saved).unwrap(), selection);
}

/// An account with `music`, `music2` and `photos`, where nothing was found under `/photos/old/`.
struct Account;

impl AccountKnowledge for Account {
    fn names(&self, level: &str, start: &str, limit: usize) -> Vec<String> {
        let names = if level == "/" { vec!["music/", "music2/", "photos/"] } else { vec!["2024/", "2024.zip"] };
        names.into_iter().filter(|name| name.starts_with(start)).take(limit).map(str::to_owned).collect()
    }

    fn count(&self, rule: &Rule) -> Option<u64> {
        (*rule == prefix("/photos/old/")).then_some(0)
    }
}

#[test]
fn t27_the_panel_marks_what_is_probably_not_meant() {
    let single = Rule::Blob { path: "music2/x".to_owned(), snapshots: false };
    let rules = vec![
        prefix("/music"),
        prefix("/music/"),
        single.clone(),
        prefix("/music"),
        prefix("/photos/old/"),
        prefix("/photos/2024"),
        prefix("/pho"),
    ];
    let music2 = RuleFinding::TakesSiblings(vec!["music2/".to_owned()]);
    let expected = [
        (0, music2.clone()),
        (1, RuleFinding::Inside(0)),
        (2, RuleFinding::Inside(0)),
        (3, RuleFinding::Duplicate(0)),
        (3, music2),
        (4, RuleFinding::Inside(6)),
        (4, RuleFinding::MatchesNothing),
        (5, RuleFinding::Inside(6)),
        (5, RuleFinding::TakesSiblings(vec!["2024.zip".to_owned()])),
    ];
    assert_eq!(findings(&rules, &Account), expected.map(|(rule, finding)| RuleMark { rule, finding }).to_vec());
}

#[test]
fn t28_a_typed_rule_says_what_looks_like_a_slip() {
    let warnings = |text: &str| typed(text).unwrap().warnings;
    assert_eq!(typed("/photos/2024/").unwrap(), TypedRule { rule: prefix("/photos/2024/"), warnings: Vec::new() });
    assert_eq!(typed("photos/a b.jpg").unwrap().rule, path("photos/a b.jpg"));
    assert_eq!(warnings("/photos"), vec![TypedWarning::OpenContainer]);
    assert_eq!(warnings("/photos/20"), vec![TypedWarning::OpenPrefix]);
    assert_eq!(warnings("/"), vec![TypedWarning::WholeAccount]);
    assert_eq!(warnings("photos/*.jpg"), vec![TypedWarning::NoWildcards]);
    assert_eq!(warnings("/Photos/"), vec![TypedWarning::UpperCaseContainer]);
    assert_eq!(warnings("photos/2024/"), vec![TypedWarning::PathEndsInSlash]);
    assert_eq!(warnings("photos/a%20b"), vec![TypedWarning::PercentEncoded]);
}

#[test]
fn t28_what_is_no_rule_is_refused_with_what_to_type() {
    assert_eq!(typed("  "), Err(TypedError::Empty));
    let told = typed("https://x.blob.core.windows.net/photos/a.jpg").unwrap_err().to_string();
    assert!(told.ends_with("write photos/a.jpg for the blob, or /photos/a.jpg/ for the folder"), "{told}");
    assert_eq!(typed("//x"), Err(TypedError::EmptyContainer));
    assert_eq!(typed("a/b\nc/d"), Err(TypedError::LineEnd));
    let error = typed("logo.bmp").unwrap_err().to_string();
    assert!(error.contains("$root/logo.bmp"), "{error}");
}
