//! The check of the returned drives as a person goes through it: drives, progress, pause, result. Keys and answers in, draft, effects and
//! screen out. No drive is read.

use blobfreight::azure::model::{Job, JobDrive};
use blobfreight::draft::Draft;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, DriveVerification, Effect, Msg, ProgressEvent, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;
use blobfreight::verify::rules::{
    AttachedDrive, AttachedState, BlobAgain, CheckOutcome, DriveFault, DriveFinding, DriveOutcome, DriveVerdict,
    MeterReading, PromisedTotal,
};
use blobfreight::wizard::rail::progress;

use crate::pure::steps_forms::answers::{created, job_in};
use crate::support::app_harness::{AppHarness, now};

/// On Verify with two drives in the job, and with a mounted and a locked drive on the machine.
pub(super) fn choosing() -> AppHarness {
    let mut app = AppHarness::signed_in(Draft { step: Step::Verify, ..created() });
    let drive = |id: &str| JobDrive {
        id: id.into(),
        manifest: Some(format!("\\{id}.manifest")),
        manifest_hash: Some("0123456789ABCDEF0123456789ABCDEF".into()),
        ..JobDrive::default()
    };
    let job = Job { drives: vec![drive("WX11"), drive("WX12")], ..job_in("Completed") };
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(job)))));
    let attached = |place: &str, file_system: Option<&str>, state| AttachedDrive {
        place: place.into(),
        file_system: file_system.map(str::to_owned),
        state,
    };
    let found = vec![
        attached("/media/ana/WX11", Some("ntfs3"), AttachedState::Mounted(vec!["WX11.manifest".into()])),
        attached("/dev/sdc1", None, AttachedState::Locked),
    ];
    app.answer(Slot::AttachedDrives, Ok(Reply::AttachedDrives(found)));
    app
}

/// The call of the check among the last effects.
fn check(app: &AppHarness) -> DriveVerification {
    let call = app.effects.iter().find_map(|effect| match effect {
        Effect::Start { call: Call::CheckDrives(check), .. } => Some(check.clone()),
        _ => None,
    });
    call.unwrap_or_else(|| panic!("{:?}", app.told()))
}

/// A part of a blob with other bytes than promised.
pub(super) fn wrong_part() -> DriveFinding {
    DriveFinding {
        entry: Some(3),
        index: Some(2),
        offset: Some(8_388_608),
        length: Some(4_194_304),
        blob: "footage/a.mov".into(),
        detail: "block 2 has another MD5".into(),
        ..DriveFinding::of_file(DriveFault::WrongHash, "\\footage\\a.mov", "")
    }
}

/// A check that runs, with this progress.
pub(super) fn checking() -> AppHarness {
    let mut app = choosing();
    app.key(Key::Enter);
    app.now += std::time::Duration::from_secs(10);
    let reading = MeterReading {
        bytes: 1_500_000_000,
        entries: 12,
        promised: Some(PromisedTotal { bytes: 300_000_000_000, entries: 2_400 }),
        findings: 1,
        damage: 1,
        first: vec![wrong_part()],
        ..MeterReading::default()
    };
    let id = app.current(Slot::CheckDrives);
    app.send(Msg::Progress { slot: Slot::CheckDrives, id, event: ProgressEvent::Checked(Box::new(reading)) });
    app
}

/// What came of the check of one drive.
fn outcome(drive: DriveOutcome) -> Reply {
    let missing = BlobAgain { blob: "footage/b.mov".into(), snapshot: Some("2026-01-02T03:04:05.0000000Z".into()) };
    let again = vec![BlobAgain { blob: "footage/a.mov".into(), snapshot: None }, missing];
    let again = if drive.damaged > 0 { again } else { Vec::new() };
    Reply::CheckedDrives(Box::new(CheckOutcome { drives: vec![drive], again, ..CheckOutcome::default() }))
}

fn drive() -> DriveOutcome {
    DriveOutcome {
        folder: "/media/ana/WX11".into(),
        drive_id: Some("WX11".into()),
        facts: vec!["checked against the manifest \\WX11.manifest, version 2014-11-01".into()],
        entries: 10,
        right: 10,
        ..DriveOutcome::default()
    }
}

/// A check that found a damaged and a missing blob.
pub(super) fn damaged() -> AppHarness {
    let mut app = checking();
    let counts = [(DriveFault::WrongHash, 1)].into_iter().collect();
    let bad = DriveOutcome { right: 8, damaged: 1, missing: 1, findings: vec![wrong_part()], counts, ..drive() };
    app.answer(Slot::CheckDrives, Ok(outcome(bad)));
    app
}

#[test]
fn w97_found_drives_are_offered_with_their_manifests_and_checked_against_the_job() {
    let mut app = choosing();
    let screen = app.screen(80, 24);
    for words in ["WX11, WX12", "hash of 2 manifests", "/media/ana/WX11", "WX11.manifest", "/dev/sdc1", "locked"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    app.key(Key::Enter);
    let wanted = check(&app);
    assert_eq!(wanted.drives[0].folder.to_str(), Some("/media/ana/WX11"));
    let expected: Vec<String> = wanted.expected.unwrap().into_iter().map(|drive| drive.id).collect();
    assert_eq!((expected, wanted.logs), (vec!["WX11".to_owned(), "WX12".to_owned()], None));
}

#[test]
fn w97_a_locked_drive_leads_to_the_command_that_unlocks_it_and_is_never_chosen() {
    let mut app = choosing();
    app.key(Key::Down).key(Key::Char(' '));
    assert!(app.notice().contains("unlocked and mounted first"), "{}", app.notice());
    app.key(Key::Enter);
    assert_eq!(app.step(), Step::Keys);
}

#[test]
fn w97_any_folder_can_be_typed_several_too_and_logs_beside_them() {
    let mut app = choosing();
    app.key(Key::Tab).types("/mnt/one").key(Key::Enter).paste("'/mnt/two q'").key(Key::Enter);
    app.key(Key::Tab).types("/home/ana/logs").key(Key::BackTab).key(Key::BackTab);
    assert!(app.screen(80, 24).contains("[x] /mnt/two q"), "{}", app.screen(80, 24));
    app.key(Key::Enter);
    let wanted = check(&app);
    let folders: Vec<_> = wanted.drives.iter().map(|drive| drive.folder.to_str().unwrap()).collect();
    assert_eq!(folders, ["/mnt/one", "/mnt/two q"]);
    assert_eq!(wanted.logs.unwrap().to_str(), Some("/home/ana/logs"));
}

#[test]
fn w98_the_screen_says_bytes_blobs_pace_time_left_and_the_first_findings() {
    let screen = checking().screen(80, 24);
    for words in ["1.50 GB of about 300.0 GB", "12 of 2,400 blobs", "150.0 MB/s, about 34 min left", "\\footage\\a.mov"]
    {
        assert!(screen.contains(words), "{words}: {screen}");
    }
}

#[test]
fn w98_a_check_pauses_and_goes_on_where_it_stopped_and_runs_while_other_steps_are_open() {
    let mut app = checking();
    app.alt(Key::Char('k'));
    assert!(progress(app.shared(), Step::Verify).summary.contains("checking"));
    app.alt(Key::Char('v')).key(Key::Char(' '));
    assert_eq!(app.told(), ["cancel CheckDrives"]);
    assert!(app.screen(80, 24).contains("Paused") && app.screen(80, 24).contains("Space goes on"));
    app.key(Key::Char(' '));
    let wanted = check(&app);
    assert!(!wanted.anew && wanted.drives.len() == 1);
    app.ctrl('x');
    assert_eq!(app.told(), ["cancel CheckDrives"]);
}

#[test]
fn w98_reports_are_saved_with_one_key_and_the_page_names_the_files() {
    let mut app = damaged();
    app.key(Key::Char('w'));
    assert_eq!(app.told(), ["SaveReports SaveReports"]);
    let files = ["txt", "html", "json", "csv"].map(|form| format!("/home/ana/reports/verify-export.{form}").into());
    app.answer(Slot::SaveReports, Ok(Reply::SavedReports(files.to_vec())));
    let screen = app.screen(100, 40);
    for form in ["txt", "html", "json", "csv"] {
        assert!(screen.contains(&format!("Saved to /home/ana/reports/verify-export.{form}")), "{screen}");
    }
}

#[test]
fn w99_the_end_tells_right_damaged_missing_and_unchecked_and_the_draft_keeps_it() {
    let app = damaged();
    let screen = app.screen(80, 24);
    assert!(screen.contains("10 blobs: 8 right, 1 damaged, 1 missing, 0 not checked"), "{screen}");
    assert!(screen.contains("not checked yet: WX12"), "the other drive of the job: {screen}");
    let kept = &app.draft().verified.drives[0];
    assert_eq!((kept.drive.as_str(), kept.verdict, kept.right), ("WX11", DriveVerdict::Damaged, 8));
    assert!(kept.at > now() && app.told().contains(&"save".to_owned()), "{:?}", app.told());
    let rail = progress(app.shared(), Step::Verify);
    assert!(!rail.answered && rail.summary.contains("1 drive damaged or incomplete"), "{}", rail.summary);
}

#[test]
fn w99_the_page_at_the_end_says_what_the_checks_said_and_which_drives_are_open() {
    let mut app = damaged();
    app.ctrl('n');
    let screen = app.screen(100, 60);
    for words in ["WX11, checked 2026-", "blobs are damaged", "1 blob damaged and 1 missing"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    assert!(!screen.contains("were right when they were checked"), "{screen}");
}

#[test]
fn w99_right_is_said_only_of_what_was_checked_and_a_job_only_when_every_drive_was() {
    let mut app = checking();
    app.answer(Slot::CheckDrives, Ok(outcome(drive())));
    let screen = app.screen(80, 24);
    assert!(screen.contains("every blob that is promised on them is there and right"), "{screen}");
    assert!(screen.contains("not checked yet: WX12"), "{screen}");
    assert!(!progress(app.shared(), Step::Verify).answered, "one of two drives");
    app.key(Key::Char('r'));
    app.answer(Slot::AttachedDrives, Ok(Reply::AttachedDrives(Vec::new())));
    app.types("/mnt/two").key(Key::Enter).key(Key::BackTab).key(Key::Enter);
    let second = DriveOutcome { drive_id: Some("wx12 ".into()), ..drive() };
    app.answer(Slot::CheckDrives, Ok(outcome(second)));
    assert!(progress(app.shared(), Step::Verify).answered, "both are right");
    let mut doubtful = checking();
    doubtful.answer(Slot::CheckDrives, Ok(outcome(DriveOutcome { right: 9, unchecked: 1, ..drive() })));
    let screen = doubtful.screen(80, 24);
    assert!(screen.contains("not everything could be checked") && !screen.contains("there and right"), "{screen}");
}

#[test]
fn w99_one_key_makes_a_draft_of_just_what_is_damaged_or_missing() {
    let mut app = damaged();
    app.key(Key::Char('n'));
    let drafts = app.effects.iter().find_map(|effect| match effect {
        Effect::Start { call: Call::AddDrafts(drafts), .. } => Some(drafts.clone()),
        _ => None,
    });
    let draft = &drafts.unwrap()[0];
    let wanted = [
        Rule::Blob { path: "footage/a.mov".into(), snapshots: false },
        Rule::Snapshot { path: "footage/b.mov".into(), time: "2026-01-02T03:04:05.0000000Z".into() },
    ];
    assert_eq!(draft.selection.rules.as_slice(), wanted);
    assert!(draft.job.is_none() && draft.verified.drives.is_empty() && draft.step == Step::Drives);
    app.answer(Slot::FetchAgain, Ok(Reply::Added(vec!["export-media-2".into()])));
    assert!(app.screen(80, 24).contains("The draft export-media-2"), "{}", app.screen(80, 24));
    app.key(Key::Char('n'));
    assert!(app.told().is_empty(), "no second one: {:?}", app.told());
}
