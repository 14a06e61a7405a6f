//! Follow shows what the service says of a job: its stages, delays and errors in its own words, and nothing ahead of a job that ended.

use blobfreight::azure::model::{Job, JobDrive, JobStage, ServiceError, StageDelay, StageProgress};
use blobfreight::draft::{Draft, KnownJob};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::steps_job::answers::{created_on_data_box, data_box_job, job_in};
use crate::pure::steps_job::known;
use crate::support::app_harness::{AppHarness, now};

/// On Follow, with this job read a moment ago.
pub(crate) fn following(job: Job) -> AppHarness {
    let mut draft = Draft { step: Step::Follow, ..created_on_data_box(&job.status.word) };
    let before = draft.job.take();
    draft.job = Some(KnownJob::told(&job, before, now(), now()));
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(job)))));
    app
}

/// What stands below the header and the line of steps.
fn body(app: &AppHarness) -> String {
    app.painted(100, 40).0.split_off(2).join("\n")
}

fn stage(word: &str, title: &str, progress: StageProgress, status: &str, time: Option<&str>) -> JobStage {
    JobStage {
        word: word.into(),
        title: title.into(),
        progress,
        status: status.into(),
        time: time.map(str::to_owned),
        delays: Vec::new(),
    }
}

fn stages() -> Vec<JobStage> {
    let mut copy =
        stage("DataCopy", "Data copy", StageProgress::Current, "InProgress", Some("2026-11-21T08:00:00+00:00"));
    copy.delays = vec![
        StageDelay { code: "HighDemandDelay".into(), description: String::new(), resolved: false },
        StageDelay { code: "InternalIssueDelay".into(), description: "A reader was replaced.".into(), resolved: true },
    ];
    vec![
        stage("AtAzureDC", "Received", StageProgress::Done, "Succeeded", Some("2026-11-20T12:34:56.1234567+00:00")),
        copy,
        stage("Weighing", "Weighing", StageProgress::Unknown, "Dancing", Some("next Tuesday")),
        stage("Completed", "Completed", StageProgress::Ahead, "None", None),
    ]
}

#[test]
fn w45_the_page_opens_with_the_state_and_what_to_do_and_the_drives_are_below() {
    let drive = |id: &str| JobDrive { id: id.into(), state: "Completed".into(), ..JobDrive::default() };
    let drives = vec![drive("9CA995BB"), drive("9CA995BC")];
    for (word, state) in [("ShippedToCustomer", "Coming back"), ("DataCopy", "Copying")] {
        let way = (0..8).map(|number| stage("S", &format!("Stage {number}"), StageProgress::Ahead, "None", None));
        let job = Job { stages: way.collect(), drives: drives.clone(), ..data_box_job(word) };
        let mut app = following(job);
        app.on_screen(80, 24);
        let screen = app.frame().join("\n");
        assert!(screen.contains(state) && screen.contains("Stage 0"), "{screen}");
        for _ in 0..30 {
            app.key(Key::Down);
        }
        let screen = app.frame().join("\n");
        assert!(screen.contains("› 9CA995BC"), "{screen}");
    }
}

#[test]
fn the_services_own_stages_stand_in_its_order_with_their_times_and_delays() {
    let app = following(Job { stages: stages(), ..data_box_job("DataCopy") });
    let screen = app.screen(100, 40);
    let lines = [
        "Stages (times in UTC)",
        "✓ Received  2026-11-20 12:34",
        "● Data copy 2026-11-21 08:00",
        "Delayed: HighDemandDelay",
        "A delay is over: A reader was replaced.",
        "? Weighing  next Tuesday, Dancing",
        "○ Completed",
    ];
    let places: Vec<usize> =
        lines.iter().map(|line| screen.find(line).unwrap_or_else(|| panic!("{line} is missing:\n{screen}"))).collect();
    assert!(places.is_sorted(), "{screen}");
}

#[test]
fn without_stages_the_way_of_the_jobs_service_is_shown() {
    let screen = following(data_box_job("AwaitingShipmentDetails")).screen(100, 40);
    for line in ["✓ being prepared", "● ship now", "○ coming back", "○ finished"] {
        assert!(screen.contains(line), "{line} is missing:\n{screen}");
    }
    let mut app = AppHarness::signed_in(known(Step::Follow, "Creating"));
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(job_in("Creating"))))));
    let screen = app.screen(100, 40);
    assert!(!screen.contains("being prepared") && !screen.contains("coming back"), "{screen}");
}

#[test]
fn a_job_that_left_the_way_shows_nothing_as_still_ahead() {
    for word in ["Cancelled", "Aborted", "Failed_IssueDetectedAtAzureDC", "OnTheMoon"] {
        let screen = body(&following(data_box_job(word)));
        assert!(!screen.contains('○'), "{word}:\n{screen}");
        assert!(screen.contains(&format!("The job is {word}")), "{word}:\n{screen}");
        let mut app = AppHarness::signed_in(known(Step::Follow, "Shipping"));
        app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(job_in("OnHold"))))));
        let screen = body(&app);
        assert!(!screen.contains('○') && screen.contains("✓ on the way"), "{screen}");
    }
}

#[test]
fn what_the_service_says_of_a_job_in_trouble_is_shown_in_its_words() {
    let job = Job {
        stages: stages(),
        delayed_stage: Some("DataCopy".into()),
        error: Some(ServiceError { code: "SsemUserErrorX".into(), message: "The key is gone.".into() }),
        all_devices_lost: true,
        data_center: Some("AMS06".into()),
        ..data_box_job("DataCopy")
    };
    let screen = following(job).screen(120, 40);
    for words in [
        "this stage may be late: Data copy",
        "SsemUserErrorX: The key is gone.",
        "all drives of the job were lost",
        "AMS06",
    ] {
        assert!(screen.contains(words), "{words} is missing:\n{screen}");
    }
    let cancelled = Job { cancellation_reason: Some("NoLongerNeeded null".into()), ..data_box_job("Cancelled") };
    let screen = following(cancelled).screen(120, 40);
    assert!(screen.contains("NoLongerNeeded null"), "{screen}");
    assert!(!screen.contains("Cancelling was asked for"), "it is over:\n{screen}");
}

#[test]
fn drives_have_bytes_files_and_the_reason_they_failed() {
    let fine = JobDrive {
        id: "WX11".into(),
        copy_status: Some("InProgress".into()),
        percent: Some(25),
        bytes: Some(1_000_000_000_000),
        total_bytes: Some(4_000_000_000_000),
        files: Some(12_000),
        total_files: Some(48_000),
        failed_files: Some(3),
        ..JobDrive::default()
    };
    let broken = JobDrive {
        id: "WX12".into(),
        copy_status: Some("DriveCorrupted".into()),
        error: Some(ServiceError { code: "Bad".into(), message: "Unreadable sectors.".into() }),
        ..JobDrive::default()
    };
    let job = Job { drives: vec![fine, broken], percent: Some(25), ..data_box_job("DataCopy") };
    for (columns, rows) in [(120, 40), (40, 60)] {
        let screen = following(job.clone()).screen(columns, rows);
        let words = screen.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
        for facts in
            ["1.00 TB of 4.00 TB", "12,000 of 48,000", "3 files failed", "DriveCorrupted", "Unreadable sectors."]
        {
            assert!(
                words.contains(facts) || columns == 40 && screen.contains(facts.split(' ').next().unwrap()),
                "{facts} is missing:\n{screen}"
            );
        }
    }
}

#[test]
fn the_rail_and_the_page_say_cancelled_and_not_shipped() {
    let mut app = following(data_box_job("Cancelled"));
    app.alt(Key::Char('9'));
    assert!(app.screen(100, 30).contains("was cancelled"), "{}", app.screen(100, 30));
}
