//! Locks that another machine left behind, and those of programs that were killed.

use std::fs;

use blobfreight::draft::store::StoreError;

use super::{draft, id, store};

/// The text of a lock as a program on this or another machine leaves it.
fn left_behind(host: &str, more: &str) -> String {
    format!(r#"{{"pid": 4711, "host": "{host}", "since": "2026-11-20T08:00:00Z"{more}}}"#)
}

fn own_host() -> String {
    let (_home, store) = store();
    store.save(&draft("d1", 0)).unwrap();
    let _lock = store.lock(&id("d1")).unwrap();
    store.holder(&id("d1")).unwrap().host
}

#[test]
fn w56_what_another_machine_left_open_is_opened_only_after_a_word_of_the_person() {
    let (_home, store) = store();
    store.save(&draft("d1", 0)).unwrap();
    fs::write(store.dir().join("d1.lock"), left_behind("nas-of-the-studio", "")).unwrap();
    let Err(StoreError::Held { held_by: Some(holder) }) = store.load(&id("d1")).unwrap().1 else {
        panic!("it was opened")
    };
    assert!(holder.is_elsewhere() && holder.to_string().contains("nas-of-the-studio"), "{holder}");
    assert_eq!(store.holder(&id("d1")).map(|holder| holder.pid), Some(4711));
    let told = StoreError::Held { held_by: Some(holder) }.to_string();
    assert!(told.contains("take it over"), "{told}");
    assert!(matches!(store.discard(&id("d1")), Err(StoreError::Held { .. })), "nor is it moved");
    drop(store.take_over(&id("d1")).unwrap());
    store.load(&id("d1")).unwrap().1.unwrap();
    assert!(matches!(store.take_over(&id("d9")), Err(StoreError::Missing(_))));
}

#[test]
fn w56_a_lock_left_by_a_crash_or_before_a_reboot_of_this_machine_heals_by_itself() {
    let host = own_host();
    for more in ["", r#", "process": "another-boot/1""#] {
        let (_home, store) = store();
        store.save(&draft("d1", 0)).unwrap();
        fs::write(store.dir().join("d1.lock"), left_behind(&host, more)).unwrap();
        store.load(&id("d1")).unwrap().1.unwrap();
    }
}

#[test]
fn w56_a_running_program_is_not_taken_over() {
    let (_home, store) = store();
    store.save(&draft("d1", 0)).unwrap();
    let _open = store.lock(&id("d1")).unwrap();
    assert!(matches!(store.take_over(&id("d1")), Err(StoreError::Held { .. })));
}

#[test]
fn w56_a_lock_whose_text_is_damaged_keeps_nobody_out() {
    let (_home, store) = store();
    store.save(&draft("d1", 0)).unwrap();
    for text in ["{ oops", "", "null", r#"{"pid": -1}"#] {
        fs::write(store.dir().join("d1.lock"), text).unwrap();
        store.load(&id("d1")).unwrap().1.unwrap();
    }
}
