//! Text of the service never reaches the terminal raw: escape sequences, control characters, marks that reorder a line, endless words,
//! in every field that Ship, Follow, Keys and Review show.

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{BitLockerKey, Job, JobDrive, JobStage, ReturnPackage, ServiceError, ShippingAddress};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Effect, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::ui::text::clean;

use crate::pure::steps_job::answers::job_in;
use crate::pure::steps_job::known;
use crate::support::app_harness::AppHarness;

/// Words that would move the cursor, colour the screen, set the title, ring, break the line or turn it around.
fn hostile() -> [String; 5] {
    [
        "\x1b[31mred\x1b]0;title\x07\x1b[2J".to_owned(),
        "C1 \u{9b}31m \u{9d}0;t\u{9c} \u{85}next".to_owned(),
        "bidi \u{202e}gnp.exe\u{2066}\u{200f} \u{feff}\u{200b}".to_owned(),
        "lines\r\n! Ship to me\n\tNext".to_owned(),
        "\x1blong".repeat(2_000),
    ]
}

fn address(text: &str) -> ShippingAddress {
    let text = || text.to_owned();
    ShippingAddress {
        recipient: text(),
        street1: text(),
        street2: text(),
        city: text(),
        state: text(),
        postal_code: text(),
        country: text(),
        phone: text(),
        additional: text(),
        street3: text(),
        instruction: text(),
    }
}

fn drive(text: &str) -> JobDrive {
    JobDrive {
        id: text.to_owned(),
        state: text.to_owned(),
        copy_status: Some(format!("{text}Error")),
        manifest: Some(text.to_owned()),
        manifest_hash: Some(text.to_owned()),
        error_log: Some(text.to_owned()),
        verbose_log: Some(text.to_owned()),
        percent: Some(3),
        bytes: Some(4),
        error: Some(ServiceError { code: text.to_owned(), message: text.to_owned() }),
        resolutions: vec![text.to_owned()],
        manifest_backup: Some(text.to_owned()),
        ..JobDrive::default()
    }
}

/// A job with this text wherever the service writes text.
fn job_of(text: &str, state: &str) -> Job {
    Job {
        id: text.to_owned(),
        name: text.to_owned(),
        cancellation_reason: Some(text.to_owned()),
        delayed_stage: Some(text.to_owned()),
        error: Some(ServiceError { code: text.to_owned(), message: text.to_owned() }),
        resolutions: vec![text.to_owned()],
        data_center: Some(text.to_owned()),
        stages: vec![JobStage { word: text.to_owned(), title: text.to_owned(), ..JobStage::default() }],
        shipping: address(text),
        drives: vec![drive(text), JobDrive { copy_status: None, ..drive(text) }],
        return_package: Some(ReturnPackage {
            carrier: text.to_owned(),
            tracking_number: text.to_owned(),
            ..ReturnPackage::default()
        }),
        diagnostics_path: text.to_owned(),
        log_level: text.to_owned(),
        incomplete_list: Some(text.to_owned()),
        provisioning: text.to_owned(),
        created: Some(text.to_owned()),
        tags: vec![(text.to_owned(), text.to_owned())],
        percent: Some(50),
        ..job_in(state)
    }
}

fn states(text: &str) -> [&str; 4] {
    ["Creating", "Transferring", "Completed", text]
}

fn fault(text: &str) -> Fault {
    Fault {
        kind: FaultKind::Denied,
        tried: text.to_owned(),
        advice: Some(text.to_owned()),
        code: Some(text.to_owned()),
        request_id: Some(text.to_owned()),
        ..Fault::local("", text)
    }
}

/// Every cell of every size holds only what a terminal prints.
fn is_harmless(app: &AppHarness) {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12)] {
        for line in app.painted(columns, rows).0 {
            assert_eq!(clean(&line), line, "raw text on {:?} at {columns}x{rows}", app.step());
        }
    }
}

#[test]
fn t16_no_text_of_a_job_reaches_the_terminal_raw() {
    for text in hostile() {
        for state in states(&text) {
            for step in [Step::Review, Step::Ship, Step::Follow, Step::Keys, Step::Verify] {
                let mut app = AppHarness::signed_in(known(Step::Ship, "Creating"));
                app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(job_of(&text, state))))));
                let steps = [Step::Review, Step::Ship, Step::Follow, Step::Keys, Step::Verify];
                let digit = ['8', '9', '0', 'k', 'v'][steps.iter().position(|one| *one == step).unwrap()];
                app.alt(Key::Char(digit));
                is_harmless(&app);
                app.key(Key::Down).key(Key::End);
                is_harmless(&app);
            }
        }
    }
}

#[test]
fn t16_no_text_of_a_fault_or_of_a_job_that_is_gone_reaches_the_terminal_raw() {
    for text in hostile() {
        for step in [Step::Ship, Step::Follow, Step::Keys] {
            let mut app = AppHarness::signed_in(known(step, &text));
            app.answer(Slot::Job, Err(fault(&text)));
            is_harmless(&app);
            app.ctrl('t');
            app.answer(Slot::Job, Ok(Reply::Job(None)));
            is_harmless(&app);
        }
        let mut app = AppHarness::signed_in(known(Step::Keys, "Completed"));
        app.answer(Slot::Keys, Err(fault(&text)));
        is_harmless(&app);
    }
}

#[test]
fn t16_no_drive_or_key_reaches_the_terminal_raw_masked_or_not() {
    for text in hostile() {
        let mut app = AppHarness::signed_in(known(Step::Keys, "Completed"));
        let key = || BitLockerKey { drive: text.clone(), key: text.clone().into() };
        app.answer(Slot::Keys, Ok(Reply::Keys(vec![key(), key()])));
        is_harmless(&app);
        for press in ['v', 'c'] {
            app.press(KeyPress::char(press));
            is_harmless(&app);
        }
        app.press(KeyPress::char('w'));
        app.answer(Slot::SaveKeys, Ok(Reply::SavedKeys(text.replace('\0', "").into())));
        is_harmless(&app);
    }
}

#[test]
fn t16_a_copied_address_holds_nothing_that_a_shell_obeys() {
    for text in hostile() {
        let mut app = AppHarness::signed_in(known(Step::Ship, "Creating"));
        app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(job_of(&text, "Creating"))))));
        app.key(Key::Char('c'));
        let Some(Effect::Copy(copied)) = app.effects.last() else { panic!("{:?}", app.effects) };
        assert!(copied.lines().count() <= 8, "{copied:?}");
        assert!(copied.chars().all(|c| c == '\n' || !c.is_control()) && !copied.contains('\u{202e}'), "{copied:?}");
    }
}
