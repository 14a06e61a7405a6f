//! The end of an export, its deadlines, and a deletion that would take unsaved keys along.

use std::time::Duration;

use blobfreight::azure::cloud::Cloud;
use blobfreight::azure::fault::{Fault, FaultKind, Retry};
use blobfreight::azure::model::{Job, JobActions, JobDrive, JobStatus};
use blobfreight::draft::Draft;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Msg, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::poll;

use crate::pure::steps_job::answers::{data_box_job, job_in};
use crate::pure::steps_job::stages::following;
use crate::pure::steps_job::{job, known};
use crate::support::app_harness::AppHarness;

fn asked_to_delete(draft: Draft) -> AppHarness {
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Job, Ok(job("Completed")));
    app.key(Key::Char('d'));
    app
}

#[test]
fn w88_a_job_whose_keys_were_not_saved_is_deleted_only_when_that_is_typed() {
    let mut app = asked_to_delete(known(Step::Follow, "Completed"));
    assert!(app.screen(100, 30).contains("without its keys?"), "{}", app.screen(100, 30));
    app.types("y").key(Key::Enter);
    assert!(app.draft().journal.delete.is_none() && app.notice().contains("Nothing is deleted"), "{}", app.notice());
    app.key(Key::Backspace).types("Delete without keys").key(Key::Enter);
    assert!(app.draft().journal.delete.is_some());
    assert!(matches!(app.effects.last(), Some(Effect::Start { call: Call::DeleteJob(_), .. })), "{:?}", app.effects);
    let mut app = asked_to_delete(known(Step::Follow, "Completed"));
    app.types("delete without").key(Key::Esc);
    assert!(!app.screen(100, 30).contains("without its keys?") && app.draft().journal.delete.is_none());
}

#[test]
fn w88_saved_keys_need_no_typing_unless_a_drive_is_missing_in_the_file() {
    let saved = |of: &[&str]| {
        let mut draft = known(Step::Follow, "Completed");
        draft.keys_file = Some("/home/ana/keys.txt".into());
        draft.keys_of = of.iter().map(|drive| (*drive).to_owned()).collect();
        let mut app = AppHarness::signed_in(draft);
        let drive = |id: &str| JobDrive { id: id.into(), state: "ShippedBack".into(), ..JobDrive::default() };
        let job = Job { drives: vec![drive("WX11"), drive("WX12")], ..job_in("Completed") };
        app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(job)))));
        app.key(Key::Char('d')).screen(100, 30)
    };
    assert!(saved(&["WX11", "WX12"]).contains("They were saved to"));
    assert!(saved(&[]).contains("They were saved to"), "an older draft does not say whose keys are in the file");
    let screen = saved(&["wx11"]);
    assert!(screen.contains("without its keys?") && screen.contains("The keys of WX12 go with it"), "{screen}");
}

#[test]
fn w88_the_journey_ends_on_what_came_back_what_did_not_and_what_to_do() {
    let mut draft = known(Step::Keys, "Closed");
    draft.keys_file = Some("/home/ana/keys.txt".into());
    draft.parcel.serials = "WX11 WX13".into();
    draft.papers = vec!["/home/ana/slip.html".into()];
    let mut app = AppHarness::signed_in(draft);
    let drive = |id: &str, failed| JobDrive {
        id: id.into(),
        state: "ShippedBack".into(),
        bytes: Some(4_000_000_000_000),
        failed_files: failed,
        ..JobDrive::default()
    };
    let closed = Job { drives: vec![drive("WX11", None), drive("WX12", Some(3))], ..job_in("Closed") };
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(closed)))));
    app.ctrl('n').ctrl('n');
    let screen = app.screen(110, 60);
    for words in [
        "The end of export-media",
        "some blobs failed",
        "WX11: sent back (ShippedBack)",
        "3 files failed",
        "Sent, but not among the drives of the service: WX13",
        "Keys: /home/ana/keys.txt",
        "Saved: /home/ana/slip.html",
        "Until at the latest",
        "Unlock each drive without writing",
    ] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    app.ctrl('n');
    assert!(app.notice().contains("Press q to leave"), "{}", app.notice());
    app.key(Key::Esc);
    assert!(!app.screen(110, 60).contains("The end of"));
}

/// The end of a job with errors, with the service's words for its drives.
fn ended(drive_words: &[&str]) -> AppHarness {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Closed"));
    let drive = |(number, state): (usize, &&str)| JobDrive {
        id: format!("WX1{number}"),
        state: (*state).to_owned(),
        ..JobDrive::default()
    };
    let drives = drive_words.iter().enumerate().map(drive).collect();
    let status = JobStatus::of_data_box("CompletedWithErrors");
    let allows = JobActions { delete: true, ..JobActions::default() };
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(Job { drives, status, allows, ..job_in("Closed") })))));
    app
}

#[test]
fn w88_a_job_that_received_no_drive_has_nothing_to_unlock_and_says_so() {
    let mut app = ended(&["NeverReceived", "DriveNotReceived"]);
    let screen = app.screen(110, 60);
    assert!(screen.contains("none of the job's drives was received") && !screen.contains("Save the"), "{screen}");
    assert!(!app.key(Key::Char('d')).screen(110, 60).contains("without its keys?"));
    app.key(Key::Esc).ctrl('n');
    app.answer(Slot::Keys, Ok(Reply::Keys(Vec::new())));
    let screen = app.screen(110, 60);
    assert!(screen.contains("no keys are expected") && !screen.contains("Keys come once"), "{screen}");
    app.ctrl('n').ctrl('n');
    let screen = app.screen(110, 60);
    assert!(
        screen.contains("none of the job's drives was received") && screen.contains("No keys: no drive came"),
        "{screen}"
    );
    for false_words in ["were sent back", "Not checked yet", "Unlock each drive", "not saved", "Save the"] {
        assert!(!screen.contains(false_words), "{false_words}: {screen}");
    }
}

#[test]
fn w88_a_job_on_its_way_back_whose_drives_never_came_is_not_said_to_come_back() {
    let drives = vec![JobDrive { id: "WX11".into(), state: "NeverReceived".into(), ..JobDrive::default() }];
    let app = following(Job { drives, ..data_box_job("ShippedToCustomer") });
    let screen = app.screen(110, 60);
    assert!(screen.contains("No drive was received"), "{screen}");
    for false_words in ["Coming back", "delivered them", "at its end"] {
        assert!(!screen.contains(false_words), "{false_words}: {screen}");
    }
}

#[test]
fn w88_a_job_that_received_some_drives_names_the_others_and_wants_no_check_of_them() {
    let mut app = ended(&["NeverReceived", "ShippedBack"]);
    app.ctrl('n').ctrl('n').ctrl('n');
    let screen = app.screen(110, 60);
    for words in ["1 drive never came", "Not checked yet: WX11.", "What 1 drive was to hold", "keys are not saved"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
}

#[test]
fn w44_a_job_at_its_end_without_keys_is_told_so_and_never_to_wait_for_the_drives() {
    let mut app = ended(&["ShippedBack"]);
    app.ctrl('n');
    app.answer(Slot::Keys, Ok(Reply::Keys(Vec::new())));
    let screen = app.screen(110, 60);
    assert!(screen.contains("gives no keys so far") && !screen.contains("Keys come once"), "{screen}");
}

#[test]
fn w88_the_end_of_a_job_that_went_before_its_drives_left_says_its_last_word_and_wants_no_keys() {
    let mut app = AppHarness::signed_in(known(Step::Keys, "Creating"));
    app.answer(Slot::Job, Ok(Reply::Job(None)));
    app.ctrl('n').ctrl('n');
    let screen = app.screen(110, 60);
    assert!(
        screen.contains("it was last Creating.") && screen.contains("No keys are saved: they come when"),
        "{screen}"
    );
    assert!(!screen.contains("keys are not saved"), "{screen}");
}

#[test]
fn w55_a_job_whose_cancelling_was_asked_for_is_not_to_be_shipped() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Creating"));
    let asked = Job { cancel_requested: true, ..job_in("Creating") };
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(asked)))));
    let screen = app.screen(100, 40);
    assert!(screen.contains("Being cancelled") && screen.contains("Send no drives"), "{screen}");
    assert!(!screen.contains("Ship now") && !screen.contains("announce the parcel"), "{screen}");
}

#[test]
fn w88_the_end_never_says_more_than_is_known() {
    let mut app = AppHarness::signed_in(known(Step::Keys, "Transferring"));
    app.answer(Slot::Job, Ok(job("Transferring")));
    app.ctrl('n').ctrl('n');
    let screen = app.screen(110, 60);
    assert!(screen.contains("It is not here yet") && screen.contains("Not known yet"), "{screen}");
    assert!(screen.contains("No keys are saved: they come when") && !screen.contains("without errors"), "{screen}");
}

#[test]
fn w87_the_deadlines_are_saved_as_a_calendar_and_the_portal_is_a_key_away() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Creating"));
    let id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ImportExport/jobs/export-media";
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(Job { id: id.into(), ..job_in("Creating") })))));
    app.key(Key::Char('i'));
    let Some(Effect::Start { call: Call::SavePapers(texts), .. }) = app.effects.last() else {
        panic!("{:?}", app.effects)
    };
    assert!(texts[0].name == "export-media.ics" && texts[0].text.contains("BEGIN:VEVENT"), "{texts:?}");
    app.answer(Slot::Calendar, Ok(Reply::SavedPapers(vec!["/d/papers/export-media.ics".into()])));
    assert!(app.notice().contains("/d/papers/export-media.ics"), "{}", app.notice());
    app.key(Key::Char('o'));
    let copied = app.effects.iter().find_map(|effect| if let Effect::Copy(text) = effect { Some(text) } else { None });
    let link = copied.unwrap();
    assert!(link.starts_with("https://portal.azure.com/#") && link.ends_with(id), "{link}");
}

#[test]
fn w87_each_cloud_has_its_own_portal_and_no_link_leaves_it() {
    let id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataBox/jobs/j";
    assert_eq!(
        Cloud::us_government().portal_link(None, id).unwrap(),
        format!("https://portal.azure.us/#/resource{id}")
    );
    let china = Cloud::china().portal_link(Some("contoso.cn"), id).unwrap();
    assert_eq!(china, format!("https://portal.azure.cn/#@contoso.cn/resource{id}"));
    assert_eq!(Cloud::public().portal_link(None, "/a b"), None);
    assert_eq!(Cloud { name: "lab".into(), ..Cloud::public() }.portal_link(None, id), None);
}

#[test]
fn w87_what_comes_next_is_said_with_its_source() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Received"));
    app.answer(Slot::Job, Ok(job("Received")));
    let screen = app.screen(110, 50);
    assert!(screen.contains("Microsoft aims at 7 to 10 days") && screen.contains("(2022)"), "{screen}");
}

#[test]
fn w87_a_job_that_says_nothing_new_is_read_less_and_less_often() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Shipping"));
    app.answer(Slot::Job, Ok(job("Shipping")));
    let mut waits = vec![poll::every(app.shared())];
    for _ in 0..40 {
        let wait = poll::every(app.shared());
        app.now += wait;
        app.send(Msg::Tick).answer(Slot::Job, Ok(job("Shipping")));
        waits.push(poll::every(app.shared()));
    }
    assert_eq!(waits[..5], [Duration::from_secs(60); 5], "at first every minute");
    assert!(
        waits.last() >= Some(&Duration::from_secs(900)) && waits.iter().max() <= Some(&Duration::from_secs(990)),
        "{waits:?}"
    );
    let wait = poll::every(app.shared());
    app.now += wait;
    app.send(Msg::Tick).answer(Slot::Job, Ok(job("Received")));
    assert_eq!(poll::every(app.shared()), Duration::from_secs(60), "a change begins anew");
}

#[test]
fn w87_a_service_that_asks_for_a_pause_gets_it() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Shipping"));
    let busy =
        Fault { kind: FaultKind::Throttled, retry: Retry::After(300), ..Fault::local("read the job", "too many") };
    app.answer(Slot::Job, Err(busy));
    app.now += Duration::from_secs(299);
    app.send(Msg::Tick);
    assert!(!app.told().contains(&"Job Job".to_owned()));
    app.now += Duration::from_secs(1);
    app.send(Msg::Tick);
    assert_eq!(app.told(), ["Job Job"]);
}

#[test]
fn w89_a_rehearsal_offers_its_clock_and_mishaps_and_a_real_job_does_not() {
    let mut app = AppHarness::signed_in(Draft { rehearsal: true, ..known(Step::Follow, "Shipping") });
    app.answer(Slot::Job, Ok(job("Shipping")));
    app.key(Key::Char('t'));
    assert!(app.screen(100, 40).contains("The parcel gets lost"), "{}", app.screen(100, 40));
    app.key(Key::Down).key(Key::Enter);
    assert!(matches!(app.effects.last(), Some(Effect::Start { call: Call::Rehearse { .. }, .. })), "{:?}", app.effects);
    let mut app = AppHarness::signed_in(known(Step::Follow, "Shipping"));
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(data_box_job("DataCopy"))))));
    app.key(Key::Char('t')).key(Key::Char('+'));
    assert!(!app.screen(100, 40).contains("The parcel gets lost") && app.told().is_empty());
}
