//! One state of the job for all steps: Ship, Follow and Keys read it by themselves and say when.

use std::time::Duration;

use blobfreight::azure::fault::{Fault, FaultKind, Retry};
use blobfreight::azure::model::{BitLockerKey, Job, JobDrive};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Msg, Opening, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::protocol::window::{Notifications, WindowFocus};
use blobfreight::wizard::rail::progress;
use jiff::SignedDuration;

use crate::pure::steps_job::answers::job_in;
use crate::pure::steps_job::{job, known};
use crate::support::app_harness::AppHarness;

const AFTER_CREATION: [Step; 3] = [Step::Ship, Step::Follow, Step::Keys];

fn later(app: &mut AppHarness, seconds: i64) {
    app.now += Duration::from_secs(seconds.unsigned_abs());
    app.send(Msg::Tick);
}

fn key() -> BitLockerKey {
    BitLockerKey { drive: "WX11".into(), key: "111111-222222".to_owned().into() }
}

#[test]
fn each_step_reads_the_job_when_opened_and_every_minute_while_it_is_open() {
    for step in AFTER_CREATION {
        let mut app = AppHarness::signed_in(known(step, "Creating"));
        assert!(app.asked.contains(&"Job Job".to_owned()), "{step:?}: {:?}", app.asked);
        app.answer(Slot::Job, Ok(job("Creating")));
        later(&mut app, 59);
        assert_eq!(app.told(), Vec::<String>::new(), "{step:?}");
        later(&mut app, 1);
        assert_eq!(app.told(), ["Job Job"], "{step:?}");
        app.answer(Slot::Job, Ok(job("Received")));
        assert!(progress(app.shared(), Step::Follow).summary.contains("arrived"), "{step:?}: the rail knows");
    }
}

#[test]
fn each_step_says_when_it_was_read_and_when_it_will_be_read_again() {
    for step in AFTER_CREATION {
        let mut app = AppHarness::signed_in(known(step, "Shipping"));
        app.answer(Slot::Job, Ok(job("Shipping")));
        later(&mut app, 12);
        let screen = app.screen(120, 30);
        assert!(screen.contains("job is Shipping, read 12 s ago, reads again in 48 s"), "{step:?}\n{screen}");
        let wake = app.model.wake_in().unwrap();
        assert!(wake <= Duration::from_secs(1), "it counts down: {wake:?}");
    }
}

#[test]
fn other_steps_do_not_read_it() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Shipping"));
    app.answer(Slot::Job, Ok(job("Shipping")));
    app.alt(Key::Char('6'));
    later(&mut app, 600);
    assert!(!app.told().contains(&"Job Job".to_owned()));
}

#[test]
fn a_failed_reading_is_shown_and_tried_again_by_itself_unless_that_cannot_help() {
    for step in AFTER_CREATION {
        let offline = Fault { kind: FaultKind::Offline, ..Fault::local("read the job", "no connection") };
        let page =
            Fault { kind: FaultKind::BrokenAnswer, retry: Retry::Never, ..Fault::local("read the job", "a web page") };
        let mut app = AppHarness::signed_in(known(step, "Shipping"));
        for passing in [offline, page] {
            app.answer(Slot::Job, Err(passing));
            assert!(app.screen(80, 24).contains("Could not read the job"), "{step:?}");
            later(&mut app, 60);
            assert_eq!(app.told(), ["Job Job"], "{step:?}");
        }
        let denied =
            Fault { kind: FaultKind::Denied, retry: Retry::Never, ..Fault::local("read the job", "not allowed") };
        app.answer(Slot::Job, Err(denied));
        later(&mut app, 60);
        assert_eq!(app.told(), Vec::<String>::new(), "{step:?}");
        app.ctrl('t');
        assert!(app.told().contains(&"Job Job".to_owned()), "{step:?}: {:?}", app.told());
    }
}

#[test]
fn keys_are_asked_for_by_themselves_once_the_job_can_have_them() {
    let mut app = AppHarness::signed_in(known(Step::Keys, "Transferring"));
    assert!(!app.asked.contains(&"Keys Keys".to_owned()), "{:?}", app.asked);
    app.answer(Slot::Job, Ok(job("Packaging")));
    assert!(app.screen(80, 24).contains("Nothing yet: the job is Packaging"), "{}", app.screen(80, 24));
    later(&mut app, 60);
    app.answer(Slot::Job, Ok(job("Completed")));
    later(&mut app, 0);
    assert_eq!(app.told(), ["Keys Keys"]);
    app.answer(Slot::Keys, Ok(Reply::Keys(Vec::new())));
    later(&mut app, 30);
    assert_eq!(app.told(), Vec::<String>::new(), "none came: not in a hurry");
    later(&mut app, 30);
    assert_eq!(app.told(), ["Keys Keys"]);
    app.answer(Slot::Keys, Ok(Reply::Keys(vec![key()])));
    assert!(app.screen(80, 24).contains("WX11"));
    assert_eq!(progress(app.shared(), Step::Keys).summary, "save them, they vanish");
    later(&mut app, 600);
    assert_eq!(app.told(), Vec::<String>::new());
    assert_eq!(app.model.wake_in(), None, "nothing moves any more");
}

#[test]
fn r_on_keys_reads_the_job_too_so_that_the_rail_agrees() {
    let mut app = AppHarness::signed_in(known(Step::Keys, "Received"));
    app.answer(Slot::Job, Ok(job("Received")));
    app.press(KeyPress::char('r'));
    assert_eq!(app.told(), ["Job Job", "Keys Keys"]);
    app.answer(Slot::Keys, Ok(Reply::Keys(vec![key()])));
    app.answer(Slot::Job, Ok(job("Completed")));
    assert_eq!(progress(app.shared(), Step::Follow).summary, "finished");
}

#[test]
fn an_older_answer_never_comes_after_the_parcel_was_announced() {
    let mut draft = known(Step::Ship, "Creating");
    draft.parcel.carrier = "FedEx".into();
    draft.parcel.tracking_number = "1234567890".into();
    draft.parcel.drive_count = "1".into();
    draft.parcel.ship_date = "2026-11-22".into();
    let mut app = AppHarness::signed_in(draft);
    let read = app.current(Slot::Job);
    app.ctrl('n');
    app.answer(Slot::Ship, Ok(job("Creating")));
    app.answer(Slot::Ship, Ok(job("Shipping")));
    app.send(Msg::Done { slot: Slot::Job, id: read, outcome: Ok(job("Creating")) });
    assert_eq!(app.draft().job.as_ref().unwrap().status.word, "Shipping");
}

#[test]
fn follow_names_every_stage_with_the_time_it_was_seen() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Shipping"));
    app.now = "2026-11-25T10:30:00Z".parse().unwrap();
    app.answer(Slot::Job, Ok(job("Received")));
    let screen = app.screen(80, 24);
    for line in [
        "✓ ship now     seen 2026-11-20 10:00",
        "✓ on the way   seen 2026-11-22 09:00",
        "● arrived      seen 2026-11-25 10:30",
        "○ copying",
        "○ being packed",
        "○ finished",
    ] {
        assert!(screen.contains(line), "{line} is missing:\n{screen}");
    }
}

#[test]
fn w03_the_row_of_the_keys_comes_back() {
    let mut app = AppHarness::signed_in(known(Step::Keys, "Completed"));
    app.answer(Slot::Keys, Ok(Reply::Keys(vec![key(), key()])));
    app.key(Key::Down);
    let mut app = AppHarness::signed_in(app.draft().clone());
    app.answer(Slot::Keys, Ok(Reply::Keys(vec![key(), key()])));
    assert_eq!(app.model.wizard.as_ref().unwrap().steps.keys.row, 1);
}

#[test]
fn the_state_of_a_drive_can_be_read_whole_at_every_width() {
    for columns in [80, 40] {
        let mut app = AppHarness::signed_in(known(Step::Follow, "Packaging"));
        let drive = JobDrive {
            id: "9CA995BB".into(),
            copy_status: Some("CompletedWithWarnings".into()),
            percent: Some(100),
            bytes: Some(4_270_000_000_000),
            ..JobDrive::default()
        };
        let drives = vec![JobDrive { id: "8AA1".into(), ..drive.clone() }, drive];
        app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(Job { drives, ..job_in("Packaging") })))));
        app.on_screen(columns, 24).key(Key::End).key(Key::Down);
        let body =
            app.frame().iter().map(|line| line.rsplit('│').next().unwrap_or(line).to_owned()).collect::<Vec<_>>();
        let at = body.iter().position(|line| line.contains("› 9CA995BB")).unwrap();
        let told = body[at..].iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        assert!(told.contains("CompletedWithWarnings"), "{}", body.join("\n"));
        assert!(told.contains("100") && told.contains("4.27 TB"), "{}", body.join("\n"));
    }
}

#[test]
fn w45_the_question_before_a_cancel_is_the_first_thing_in_view_and_can_be_read_line_by_line() {
    for state in ["Creating", "Transferring"] {
        let mut app = AppHarness::signed_in(known(Step::Follow, state));
        app.on_screen(40, 12).key(Key::End).press(KeyPress::char('x'));
        assert!(app.frame().iter().any(|line| line.contains("! Cancel the job?")), "{}", app.frame().join("\n"));
        assert!(app.frame().last().unwrap().contains("y yes"), "{}", app.frame().join("\n"));
        crate::support::lines::reads_whole("the question before a cancel", &mut app);
        app.press(KeyPress::char('n'));
        assert!(!app.screen(40, 200).contains("Cancel the job?"));
    }
}

#[test]
fn a_clock_that_jumps_either_way_neither_stops_the_reads_nor_makes_the_times_absurd() {
    for jump in [-400, 400] {
        for step in AFTER_CREATION {
            let mut app = AppHarness::signed_in(known(step, "Shipping"));
            app.answer(Slot::Job, Ok(job("Shipping")));
            app.now += SignedDuration::from_hours(24 * jump);
            app.send(Msg::Tick);
            assert_eq!(app.told(), ["Job Job"], "{step:?}: the job is looked at once the clock is another one");
            app.answer(Slot::Job, Ok(job("Shipping")));
            let screen = app.screen(120, 40);
            assert!(screen.contains("read 0 s ago") || screen.contains("read just now"), "{step:?}:\n{screen}");
            later(&mut app, 60);
            assert_eq!(app.told(), ["Job Job"], "{step:?}: and then as ever");
        }
    }
}

/// The window goes to the front or behind another one.
fn window(app: &mut AppHarness, window: WindowFocus) {
    app.send(Msg::Window(window));
}

#[test]
fn w87_a_job_is_read_seldom_behind_another_window_and_at_once_on_coming_back() {
    for step in AFTER_CREATION {
        let mut app = AppHarness::signed_in(known(step, "Shipping"));
        app.answer(Slot::Job, Ok(job("Shipping")));
        window(&mut app, WindowFocus::Behind);
        later(&mut app, 14 * 60);
        assert_eq!(app.told(), Vec::<String>::new(), "{step:?}");
        let screen = app.screen(120, 30);
        assert!(screen.contains("min, seldom while"), "{step:?}\n{screen}");
        later(&mut app, 3 * 60);
        assert_eq!(app.told(), ["Job Job"], "{step:?}: it may be seen beside the other window");
        app.answer(Slot::Job, Ok(job("Shipping")));
        later(&mut app, 30);
        window(&mut app, WindowFocus::InFront);
        assert_eq!(app.told(), ["Job Job"], "{step:?}");
        app.answer(Slot::Job, Ok(job("Shipping")));
        for place in [WindowFocus::Behind, WindowFocus::InFront] {
            window(&mut app, place);
            assert_eq!(app.told(), Vec::<String>::new(), "{step:?}: it was read a moment ago");
        }
        later(&mut app, 10);
        assert_eq!(app.told(), ["Job Job"], "{step:?}");
    }
}

#[test]
fn w87_a_service_that_asks_for_a_pause_gets_it_whoever_comes_back() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Shipping"));
    let busy = Fault { retry: Retry::After(300), ..Fault::local("read the job", "too many requests") };
    app.answer(Slot::Job, Err(busy));
    window(&mut app, WindowFocus::Behind);
    later(&mut app, 100);
    window(&mut app, WindowFocus::InFront);
    assert_eq!(app.told(), Vec::<String>::new());
    later(&mut app, 200);
    assert_eq!(app.told(), ["Job Job"]);
}

#[test]
fn w87_a_terminal_that_reports_nothing_changes_nothing() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Shipping"));
    app.answer(Slot::Job, Ok(job("Shipping")));
    window(&mut app, WindowFocus::Unreported);
    later(&mut app, 59);
    assert_eq!(app.told(), Vec::<String>::new());
    later(&mut app, 1);
    assert_eq!(app.told(), ["Job Job"]);
}

#[test]
fn w87_a_job_that_moves_on_is_told_once_and_only_while_nobody_looks() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Shipping"));
    app.answer(Slot::Job, Ok(job("Shipping")));
    for (place, state, told) in [
        (WindowFocus::InFront, "Received", false),
        (WindowFocus::Behind, "Transferring", true),
        (WindowFocus::Behind, "Transferring", false),
        (WindowFocus::Behind, "Packaging", true),
        (WindowFocus::Unreported, "Transferring", true),
    ] {
        window(&mut app, place);
        later(&mut app, 1_200);
        app.answer(Slot::Job, Ok(job(state)));
        assert_eq!(app.told().contains(&"notify".to_owned()), told, "{place:?} {state}: {:?}", app.told());
    }
    app.press(KeyPress::char('r'));
    app.answer(Slot::Job, Ok(job("Packaging")));
    assert!(!app.told().contains(&"notify".to_owned()), "somebody pressed a key a moment ago: {:?}", app.told());
}

#[test]
fn w87_a_notification_names_the_job_and_its_state_and_the_configuration_makes_it_less() {
    for (way, told) in [
        (Notifications::Desktop, "Notify(\"job export-media: arrived\")"),
        (Notifications::Bell, "Ring"),
        (Notifications::Off, ""),
    ] {
        let mut app = AppHarness::signed_in(known(Step::Follow, "Shipping"));
        app.model.settings.notifications = way;
        window(&mut app, WindowFocus::Behind);
        app.answer(Slot::Job, Ok(job("Received")));
        let words: Vec<String> = app.effects.iter().map(|effect| format!("{effect:?}")).collect();
        let said: Vec<&String> = words.iter().filter(|word| word.starts_with("Notify") || *word == "Ring").collect();
        assert_eq!(said.first().map_or("", |word| word.as_str()), told, "{way:?}");
    }
}

#[test]
fn w87_a_draft_that_is_opened_behind_another_window_is_no_news() {
    let mut app = AppHarness::started(Opening::Resume(known(Step::Follow, "Shipping").id));
    window(&mut app, WindowFocus::Behind);
    let draft = Box::new(known(Step::Follow, "Shipping"));
    app.answer(Slot::OpenDraft, Ok(Reply::Opened { draft, read_only: None }));
    assert!(!app.told().contains(&"notify".to_owned()), "{:?}", app.told());
}
