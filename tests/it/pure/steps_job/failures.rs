//! The page of what was not exported: from Follow and from Keys, what it says, what is saved, and the new draft.

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{Job, JobDrive};
use blobfreight::draft::{Draft, KnownJob};
use blobfreight::logs::{FailureReport, JobLogList, LogEntry, LogReader, LogRole, LogSource, ReportBuilder};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;

use crate::pure::steps_job::answers::{created, job_in};
use crate::support::app_harness::{AppHarness, now};

/// A finished job with a log and an incomplete list; the second link carries a signature.
pub(crate) fn finished() -> Job {
    let drive = JobDrive {
        id: "WD-1".into(),
        state: "ShippedBack".into(),
        copy_status: Some("CompletedWithErrors".into()),
        error_log: Some("https://mediaarchive.blob.core.windows.net/logs/job_WD-1_error.xml".into()),
        ..JobDrive::default()
    };
    let incomplete_list = Some("https://mediaarchive.blob.core.windows.net/logs/rest.xml?sig=secret".into());
    Job { drives: vec![drive], incomplete_list, ..job_in("Closed") }
}

/// On a step of a job that was read a moment ago.
pub(crate) fn after(step: Step, job: &Job) -> AppHarness {
    let mut draft = Draft { step, ..created() };
    let before = draft.job.take();
    draft.job = Some(KnownJob::told(job, before, now(), now()));
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(job.clone())))));
    app
}

/// A report of these entries, all of one log.
fn report(entries: &[LogEntry], log: &str) -> FailureReport {
    let mut builder = ReportBuilder::default();
    let mut reader = LogReader::new();
    for entry in entries.iter().cloned().chain(reader.push(log.as_bytes())) {
        builder.push(&entry);
    }
    let source = LogSource { role: LogRole::Errors, drive: "WD-1".into(), link: "logs/job_WD-1_error.xml".into() };
    builder.end_log(source, &reader.finish().1);
    builder.finish(&JobLogList::of(&finished()))
}

fn failed(path: &str, status: &str) -> LogEntry {
    LogEntry { path: path.into(), status: Some(status.into()), ..LogEntry::default() }
}

const WHOLE: &str = "<DriveLog><DriveId>WD-1</DriveId><Status>CompletedWithErrors</Status></DriveLog>";

pub(crate) fn three_reasons() -> FailureReport {
    let mut entries = vec![failed("c/name:1.txt", "FileNameInvalid"), failed("c/leased.mov", "LeasePresent")];
    entries.extend((0..1_200).map(|at| failed(&format!("c/clip-{at:04}.mov"), "IOFailed")));
    report(&entries, WHOLE)
}

fn answer(report: FailureReport) -> Reply {
    Reply::Logs(Box::new(report))
}

/// The page with this report.
pub(crate) fn opened(report: FailureReport) -> AppHarness {
    let mut app = after(Step::Follow, &finished());
    app.types("e").answer(Slot::Logs, Ok(answer(report)));
    app
}

#[test]
fn w81_e_reads_the_logs_and_shows_the_reasons_with_what_can_be_done() {
    let mut app = after(Step::Follow, &finished());
    app.types("e");
    let call = app.effects.iter().find_map(|effect| match effect {
        Effect::Start { call: Call::Logs { account, logs }, .. } => Some((account.clone(), logs.clone())),
        _ => None,
    });
    let (account, logs) = call.expect("the logs are read");
    assert!(account.ends_with("/storageAccounts/mediaarchive"), "{account}");
    assert_eq!(logs.sources.len(), 2);
    assert!(logs.sources.iter().all(|source| !source.link.contains("secret")), "{:?}", logs.sources);
    assert!(app.screen(80, 24).contains("What was not exported"), "{}", app.screen(80, 24));

    app.answer(Slot::Logs, Ok(answer(three_reasons())));
    let screen = app.screen(80, 40);
    for part in
        ["1,202 blobs were not exported.", "1,200", "The drive could not be written", "A new job can export it."]
    {
        assert!(screen.contains(part), "{part} is missing:\n{screen}");
    }
    app.key(Key::Down).key(Key::Down);
    let screen = app.screen(80, 40);
    assert!(screen.contains("No job can export it: download it.") && screen.contains("FileNameInvalid"), "{screen}");
    app.key(Key::Enter);
    assert!(app.screen(80, 24).contains("c/name:1.txt"), "{}", app.screen(80, 24));
    app.key(Key::Esc);
    assert!(app.screen(80, 24).contains("1,202 blobs"), "Esc leads back to the reasons");
    app.key(Key::Esc);
    assert_eq!(app.step(), Step::Follow, "and then to the job");
    assert!(!app.screen(80, 24).contains("1,202 blobs"));
    app.types("e");
    assert!(app.told().is_empty() && app.screen(80, 24).contains("1,202 blobs"), "what was read stays");
}

#[test]
fn w19_no_signature_of_a_link_is_shown() {
    for step in [Step::Follow, Step::Keys] {
        let mut app = after(step, &finished());
        let mut screens = vec![app.screen(200, 80)];
        for _ in 0..2 {
            app.ctrl('n');
            screens.push(app.screen(200, 80));
        }
        let all = screens.join("\n");
        assert!(all.contains("logs/rest.xml") && !all.contains("secret"), "{step:?}: {all}");
    }
}

#[test]
fn w81_keys_leads_to_the_page_too_and_escape_leads_back() {
    let mut app = after(Step::Keys, &finished());
    app.types("e");
    assert_eq!(app.step(), Step::Follow);
    app.answer(Slot::Logs, Ok(answer(three_reasons())));
    assert!(app.screen(80, 24).contains("1,202 blobs"), "{}", app.screen(80, 24));
    app.key(Key::Esc).alt(Key::Right);
    assert_eq!(app.step(), Step::Keys);
}

#[test]
fn w81_no_log_an_unread_log_and_a_refusal_are_never_nothing_failed() {
    let before = after(Step::Follow, &job_in("Shipping"));
    assert!(!before.screen(80, 24).contains("what failed"), "{}", before.screen(80, 24));

    let mut app = after(Step::Follow, &job_in("Closed"));
    app.types("e");
    assert!(app.told().is_empty(), "there is nothing to read");
    assert!(app.screen(80, 24).contains("it is not known what failed"), "{}", app.screen(80, 24));

    let app = opened(report(&[], &WHOLE[..30]));
    let screen = app.screen(80, 40);
    assert!(screen.contains("is not whole: the log stops") && screen.contains("it is not everything"), "{screen}");

    let app = opened(report(&[], WHOLE));
    let screen = app.screen(80, 40);
    assert!(screen.contains("ends with the status") && screen.contains("it is not everything"), "{screen}");

    let mut app = after(Step::Follow, &finished());
    app.types("e");
    let denied =
        Fault { kind: FaultKind::Denied, ..Fault::local("read the account mediaarchive", "you may not read it") };
    app.answer(Slot::Logs, Err(denied));
    assert!(app.screen(80, 24).contains("you may not read it"), "{}", app.screen(80, 24));
    app.types("r");
    assert!(app.told().iter().any(|told| told == "Logs Logs"), "{:?}", app.told());
}

#[test]
fn w82_w_saves_every_blob_to_files_that_are_named() {
    let mut app = opened(three_reasons());
    app.types("w");
    assert_eq!(app.told(), ["SaveLogs SaveLogs"]);
    let files = vec!["/data/reports/job.csv".into(), "/data/reports/job.json".into()];
    app.answer(Slot::SaveLogs, Ok(Reply::SavedLogs { files, complete: false }));
    let screen = app.screen(80, 40);
    assert!(screen.contains("Saved to /data/reports/job.csv"), "{screen}");
    assert!(screen.contains("a log was not whole"), "{screen}");
    assert_eq!(app.draft().papers, ["/data/reports/job.csv", "/data/reports/job.json"], "the end page names them");
}

#[test]
fn w83_what_is_beyond_one_draft_is_told_apart_from_what_no_job_can_export() {
    let more = FailureReport { failed: 1_702, retry_left: 500, ..three_reasons() };
    let screen = opened(more).screen(80, 40).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(screen.contains("500 more do not fit in one draft; w saves them all. 1 is left out"), "{screen}");
}

#[test]
fn w83_n_makes_one_draft_of_what_another_job_can_export() {
    let mut app = opened(three_reasons());
    assert!(app.screen(80, 40).contains("1 is left out"), "{}", app.screen(80, 40));
    let before = app.draft().clone();
    app.types("n");
    let drafts = app.effects.iter().find_map(|effect| match effect {
        Effect::Start { slot: Slot::RetryDraft, call: Call::AddDrafts(drafts), .. } => Some(drafts.clone()),
        _ => None,
    });
    let draft = drafts.expect("a draft is made").pop().unwrap();
    assert_eq!((draft.selection.rules.len(), draft.step, draft.job.clone()), (1_201, Step::Drives, None));
    assert!(draft.selection.rules.contains(&Rule::Blob { path: "c/leased.mov".into(), snapshots: false }));
    assert!(draft.journal.create.is_none() && draft.drives.counted.is_none());
    assert_eq!(draft.address, before.address);
    app.types("n");
    assert!(app.told().is_empty(), "one draft at a time");
    app.answer(Slot::RetryDraft, Ok(Reply::Added(vec!["export-media-2".into()])));
    assert!(app.screen(80, 40).contains("The draft export-media-2 on the start screen"), "{}", app.screen(80, 40));
    assert_eq!(app.draft().selection, before.selection, "this draft stays as it is");
    app.types("n");
    assert!(app.told().is_empty(), "and no second one");
}
