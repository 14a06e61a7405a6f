//! Which files a recording may overwrite, and which messages are in it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::recording::{MARK, RECORDED_BY, RecordHeader, RecordedMessage, Recording, line};
use crate::app::{Model, Settings, update};
use crate::azure::cloud::Cloud;
use crate::azure::fault::{Fault, Retry};
use crate::azure::model::{BlobItem, BlobKind, Entry as Listing, Page};
use crate::plan::count::{CountProgress, CountReport, CountTotals, FindingCount, FindingKind, RuleReport, RuleStatus};
use crate::plan::{Overheads, Part};
use crate::protocol::hit::{HitTarget, RowClick};
use crate::protocol::key::{Key, KeyPress, Mouse, MouseAction};
use crate::protocol::message::{Msg, Opening, ProgressEvent, Reply, RequestId, Slot};
use crate::protocol::palette::Palette;
use crate::protocol::window::Notifications;
use crate::select::{Change, Rule};

fn model() -> Model {
    let settings = Settings {
        clouds: Cloud::built_in(),
        ascii: false,
        palette: Palette::DARK,
        motion: true,
        overheads: Overheads::default(),
        service: None,
        inline_slash: None,
        has_browser: true,
        remember: false,
        notifications: Notifications::Bell,
        keys: crate::protocol::keymap::KeyChoices::default(),
    };
    Model::new(settings, (80, 24), Timestamp::UNIX_EPOCH)
}

fn record(path: &Path, messages: Vec<Msg>) -> Vec<String> {
    let (mut recording, mut model) = (Recording::create(path).unwrap(), model());
    for msg in messages {
        recording.write(&model, Timestamp::UNIX_EPOCH, &msg);
        update(&mut model, Timestamp::UNIX_EPOCH, msg);
    }
    assert!(recording.stopped.is_none(), "{:?}", recording.stopped);
    fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn the_first_line_holds_the_settings_and_every_other_line_a_message() {
    let folder = tempfile::tempdir().unwrap();
    let key = KeyPress::plain(Key::Down);
    let lines = record(&folder.path().join("r"), vec![Msg::Started(Opening::Rehearse), Msg::Tick, Msg::Key(key)]);
    let head: RecordHeader = serde_json::from_str(&lines[0]).unwrap();
    assert!(lines[0].starts_with(MARK) && head.recorded_by == RECORDED_BY);
    assert_eq!((head.size, head.opening), ((80, 24), Opening::Rehearse));
    assert!(matches!(serde_json::from_str::<RecordedMessage>(&lines[1]).unwrap().msg, Msg::Tick));
    assert!(matches!(serde_json::from_str::<RecordedMessage>(&lines[2]).unwrap().msg, Msg::Key(read) if read == key));
    assert_eq!(lines.len(), 3);
}

#[test]
fn a_recording_overwrites_an_older_one_or_an_empty_file_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r");
    record(&path, vec![Msg::Started(Opening::Start), Msg::Tick]);
    assert_eq!(record(&path, vec![Msg::Started(Opening::Start)]).len(), 1);
    fs::write(&path, "my thesis").unwrap();
    let why = Recording::create(&path).unwrap_err().to_string();
    assert!(why.contains("something else than a recording. Name another file in BLOBFREIGHT_RECORD."), "{why}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "my thesis");
    fs::write(&path, "").unwrap();
    assert_eq!(record(&path, vec![Msg::Started(Opening::Start)]).len(), 1, "an empty file, as mktemp makes it");
    for other in [folder.path().to_owned(), folder.path().join("gone").join("r")] {
        assert!(Recording::create(&other).is_err(), "{}", other.display());
    }
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_a_recording_and_no_link_is_followed() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (folder.path().join("r"), folder.path().join("link"));
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    record(&path, vec![Msg::Started(Opening::Start)]);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert!(Recording::create(&link).is_err());
    assert!(Recording::create(Path::new("/dev/null")).is_err());
}

#[test]
fn an_empty_variable_begins_no_recording() {
    assert!(Recording::from_variable(None).unwrap().is_none());
    assert!(Recording::from_variable(Some(OsString::new())).unwrap().is_none());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_recording_and_the_exit_message_says_so() {
    let file = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut recording = Recording { path: "r".into(), file, stopped: None };
    recording.write(&model(), Timestamp::UNIX_EPOCH, &Msg::Tick);
    recording.write(&model(), Timestamp::UNIX_EPOCH, &Msg::Tick);
    assert_eq!(recording.exit_message(), "The recording r ends early: the disk is full.\n");
}

/// A message after it was written and read, and the original, both as `Debug` text.
fn round_trip(msg: &Msg) -> (String, String) {
    let line = line(&model(), Timestamp::UNIX_EPOCH, msg).unwrap();
    let read: RecordedMessage = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error} in {line}"));
    (format!("{:?}", read.msg), format!("{msg:?}"))
}

#[test]
fn answers_with_every_field_filled_are_read_as_they_were_written() {
    let rule = Rule::Blob { path: "c/é\u{fffe}\n".into(), snapshots: false };
    let found = FindingCount { count: u64::MAX, bytes: 1, examples: vec!["c/a".into()] };
    let totals = CountTotals { findings: BTreeMap::from([(FindingKind::CaseTwins, found)]), ..CountTotals::default() };
    let fault = Fault {
        status: Some(403),
        code: Some("AuthorizationFailed".into()),
        retry: Retry::After(7),
        ..Fault::local("count", "it broke")
    };
    let shares = [RuleStatus::Counted, RuleStatus::Inside { of: 0 }, RuleStatus::Invalid { reason: "no".into() }];
    let share = |standing| RuleReport {
        rule: rule.clone(),
        standing,
        totals: totals.clone(),
        complete: true,
        reused: false,
        problem: Some(fault.clone()),
        parts: vec![Part { rule: rule.clone(), load: totals.load.clone() }],
    };
    let report = CountReport {
        totals: totals.clone(),
        rules: shares.into_iter().map(share).collect(),
        requests: 3,
        millis: 4,
        complete: false,
        twins_one_in: 1,
        since: Some(20_261_122_090_000),
        began_anew: Some("why".into()),
    };
    let item = BlobItem {
        name: "a".into(),
        snapshot: Some("t".into()),
        kind: Some(BlobKind::Append),
        metadata: vec![("k".into(), "v".into())],
        ..BlobItem::default()
    };
    let page =
        Page { items: vec![Listing::Directory(Box::new(item)), Listing::Prefix("b/".into())], next: Some("m".into()) };
    let progress = CountProgress { rules: (1, 2), waiting: Some("w".into()), ..CountProgress::default() };
    let done = |outcome| Msg::Done { slot: Slot::Listing(7), id: RequestId(u64::MAX), outcome };
    let (slot, id) = (Slot::Scan, RequestId(1));
    for msg in [
        done(Ok(Reply::Scanned(Box::new(report)))),
        done(Ok(Reply::Entries(page))),
        done(Ok(Reply::Unchecked(Change::default()))),
        done(Ok(Reply::SavedKeys("/home/é/k".into()))),
        done(Ok(Reply::Job(None))),
        done(Err(fault.clone())),
        Msg::Progress { slot, id, event: ProgressEvent::Counted(progress) },
        Msg::Progress {
            slot,
            id,
            event: ProgressEvent::Waits { delay: Duration::from_millis(1_500), reason: "busy".into(), asked: true },
        },
        Msg::Saved(Err(fault)),
        Msg::Paste("東京\u{200b}".into()),
        Msg::Mouse { mouse: Mouse { action: MouseAction::WheelUp, column: 3, row: u16::MAX }, on: None },
        Msg::Mouse {
            mouse: Mouse { action: MouseAction::Press, column: 0, row: 0 },
            on: Some(HitTarget::Row { across: -1, down: 2, then: RowClick::Toggle }),
        },
        Msg::Key(KeyPress::alt(Key::F(12))),
        Msg::Terminate,
    ] {
        let (read, original) = round_trip(&msg);
        assert_eq!(read, original);
    }
}
