//! The trash and the archive: nothing is lost on the way there and back, and nothing is emptied early.

use std::fs;

use blobfreight::draft::DraftSummary;
use blobfreight::draft::store::StoreError;
use jiff::{SignedDuration, Timestamp};

use super::{draft, id, names, store};

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

#[test]
fn w53_a_draft_discarded_twice_replaces_none_in_the_trash_and_the_last_comes_back_first() {
    let (_home, store) = store();
    for (second, stamp) in [(0, "20261101T000000Z"), (60, "20261102T000000Z")] {
        store.save(&draft("d1", second)).unwrap();
        store.discard(&id("d1")).unwrap();
        let trash = store.dir().join("trash");
        let newest = names(&trash).into_iter().find(|name| !name.contains("000000Z")).unwrap();
        fs::rename(trash.join(newest), trash.join(format!("d1.{stamp}.json"))).unwrap();
    }
    assert_eq!(store.discarded().unwrap().len(), 2);
    store.restore(&id("d1")).unwrap();
    assert_eq!(store.read(&id("d1")).unwrap(), draft("d1", 60));
    let refused = store.restore(&id("d1")).unwrap_err();
    assert!(matches!(refused, StoreError::Taken(_)), "it would replace the one that is back: {refused}");
    assert_eq!(store.discarded().unwrap().len(), 1);
}

#[test]
fn w16_a_draft_whose_way_back_from_the_trash_was_cut_is_there_once() {
    for archived in [false, true] {
        let (_home, store) = store();
        store.save(&draft("d1", 0)).unwrap();
        if archived {
            store.archive(&id("d1")).unwrap();
        }
        let place = if archived { "archive/d1.json" } else { "d1.json" };
        fs::create_dir(store.dir().join("trash")).unwrap();
        fs::hard_link(store.dir().join(place), store.dir().join("trash/d1.20261126T201500.125Z.json")).unwrap();
        assert_eq!(store.discarded().unwrap()[0].discarded, Some("2026-11-26T20:15:00.125Z".parse().unwrap()));
        store.restore(&id("d1")).unwrap();
        assert!(store.discarded().unwrap().is_empty());
        assert_eq!((store.read(&id("d1")).unwrap(), store.list().unwrap().len()), (draft("d1", 0), 1));
    }
}

#[test]
fn w53_a_damaged_draft_is_moved_as_it_is_and_comes_back_as_it_was() {
    let (_home, store) = store();
    fs::write(store.dir().join("d1.json"), "{ oops").unwrap();
    store.discard(&id("d1")).unwrap();
    assert!(matches!(store.discarded().unwrap()[0].content, DraftSummary::Refused(_)));
    store.restore(&id("d1")).unwrap();
    assert_eq!(fs::read_to_string(store.dir().join("d1.json")).unwrap(), "{ oops");
}

#[test]
fn w53_the_trash_is_emptied_after_thirty_days_and_only_at_the_second_look() {
    let (_home, store) = store();
    store.save(&draft("d1", 0)).unwrap();
    store.discard(&id("d1")).unwrap();
    fs::write(store.dir().join("trash/d2.json"), "put there by an older program").unwrap();
    let now = Timestamp::now();
    let kept = |store: &blobfreight::draft::store::DraftStore| store.discarded().unwrap().len();
    for later in [days(0), days(29), days(400)] {
        store.empty_old_trash(now + later);
        assert_eq!(kept(&store), 2, "{later:?}: a clock that is wrong for a while empties nothing");
    }
    // The clock is right again, then wrong for an hour.
    for later in [days(1), days(400)] {
        store.empty_old_trash(now + later);
        assert_eq!(kept(&store), 2, "{later:?}");
    }
    store.empty_old_trash(now + days(400) + SignedDuration::from_hours(1));
    assert_eq!(kept(&store), 2, "an hour is no second look");
    store.empty_old_trash(now + days(402));
    assert_eq!(store.discarded().unwrap().iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["d2"]);
}

#[test]
fn w51_an_archived_draft_is_listed_as_such_and_opening_it_brings_it_back() {
    let (_home, store) = store();
    store.save(&draft("d1", 0)).unwrap();
    store.archive(&id("d1")).unwrap();
    assert!(store.list().unwrap()[0].archived && store.read(&id("d1")).unwrap() == draft("d1", 0));
    assert!(store.add(&[draft("d1", 60)]).is_err(), "its name is taken");
    let (read, lock) = store.load(&id("d1")).unwrap();
    assert_eq!(read, draft("d1", 0));
    drop(lock.unwrap());
    assert!(!store.list().unwrap()[0].archived);
    store.archive(&id("d1")).unwrap();
    store.discard(&id("d1")).unwrap();
    store.restore(&id("d1")).unwrap();
    assert!(!store.list().unwrap()[0].archived);
}

#[test]
fn w16_a_move_that_was_cut_between_its_two_parts_leaves_one_draft() {
    let (_home, store) = store();
    store.save(&draft("d1", 0)).unwrap();
    let archive = store.dir().join("archive");
    fs::create_dir(&archive).unwrap();
    fs::hard_link(store.dir().join("d1.json"), archive.join("d1.json")).unwrap();
    let listed = store.list().unwrap();
    assert_eq!((listed.len(), listed[0].archived), (1, false));
    store.archive(&id("d1")).unwrap();
    assert!(store.list().unwrap()[0].archived);
}

#[test]
fn w16_a_draft_that_was_changed_after_a_move_was_cut_moves_on_and_the_older_one_is_in_the_trash() {
    for open_first in [false, true] {
        let (_home, store) = store();
        store.save(&draft("d1", 0)).unwrap();
        store.archive(&id("d1")).unwrap();
        let older = fs::read(store.dir().join("archive/d1.json")).unwrap();
        fs::hard_link(store.dir().join("archive/d1.json"), store.dir().join("d1.json")).unwrap();
        store.save(&draft("d1", 60)).unwrap();
        if open_first {
            assert_eq!(store.load(&id("d1")).unwrap().0, draft("d1", 60));
            assert!(!store.dir().join("archive/d1.json").exists());
        }
        store.archive(&id("d1")).unwrap();
        assert!(store.list().unwrap()[0].archived);
        assert_eq!(store.read(&id("d1")).unwrap(), draft("d1", 60));
        let trash = store.dir().join("trash");
        assert_eq!(
            names(&trash).iter().map(|name| fs::read(trash.join(name)).unwrap()).collect::<Vec<_>>(),
            [&older[..]]
        );
        store.unarchive(&id("d1")).unwrap();
        assert!(!store.list().unwrap()[0].archived);
    }
}

#[test]
fn w16_a_draft_that_another_program_is_moving_is_not_moved_from_the_other_side() {
    let (_home, store) = store();
    store.save(&draft("d1", 0)).unwrap();
    store.archive(&id("d1")).unwrap();
    let _moving = store.lock(&id("d1")).unwrap();
    assert!(matches!(store.unarchive(&id("d1")), Err(StoreError::Held { .. })));
    assert!(store.list().unwrap()[0].archived);
}

#[test]
fn w17_a_draft_that_is_open_elsewhere_is_neither_discarded_nor_archived() {
    let (_home, store) = store();
    store.save(&draft("d1", 0)).unwrap();
    let _open = store.lock(&id("d1")).unwrap();
    assert!(matches!(store.discard(&id("d1")), Err(StoreError::Held { .. })));
    assert!(matches!(store.archive(&id("d1")), Err(StoreError::Held { .. })));
    assert_eq!(store.read(&id("d1")).unwrap(), draft("d1", 0));
}
