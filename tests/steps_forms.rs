//! Return address, job options and parcel as a person meets them: keys and answers in, draft, effects and screen out. No terminal,
//! no network.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[path = "support/seat.rs"]
mod seat;
#[path = "steps_forms/ship.rs"]
mod ship;

use blobfreight::app::key::Key;
use blobfreight::app::protocol::{Reply, Slot};
use blobfreight::app::{Focus, Model};
use blobfreight::azure::fault::Fault;
use blobfreight::azure::model::ResourceGroup;
use blobfreight::draft::AddressAnswers;
use blobfreight::form::address::{CITY, COUNTRY, PHONE, POSTAL_CODE, RECIPIENT, STREET1};
use blobfreight::form::{Form, job};
use blobfreight::wizard::Step;
use blobfreight::wizard::rail::{Mark, mark, progress};
use seat::{Seat, address, created, draft, location, told};

fn form(model: &Model) -> &Form {
    &model.wizard.as_ref().unwrap().steps.address.form
}

/// At the address form, with the focus on a field.
fn at_address(focus: usize) -> Seat {
    let mut draft = draft(Step::Address);
    draft.focus.insert(Step::Address, focus);
    Seat::at(draft).0
}

#[test]
fn w03_every_key_is_kept_raw_with_the_field_it_was_typed_in() {
    let mut seat = at_address(RECIPIENT);
    seat.write("Contoso ");
    assert_eq!(told(&seat.press(Key::Enter)), ["save"]);
    seat.write("12");
    let kept = seat.draft().clone();
    assert_eq!((kept.address.address.recipient.as_str(), kept.address.address.street1.as_str()), ("Contoso ", "12"));
    let (mut again, _) = Seat::at(kept);
    again.write(" Harbour Road");
    assert_eq!(again.draft().address.address.street1, "12 Harbour Road", "resumed in the same field");
}

#[test]
fn w04_back_keeps_what_was_typed_and_checks_nothing() {
    let mut seat = at_address(PHONE);
    seat.write("12");
    seat.alt(Key::Left);
    assert_eq!((seat.draft().step, seat.draft().address.address.phone.as_str()), (Step::Location, "12"));
    assert_eq!((form(&seat.model).error(PHONE), seat.notice()), (None, ""));
    let mut seat = at_address(PHONE);
    seat.write("12");
    seat.press(Key::Esc);
    assert_eq!(seat.draft().step, Step::Location, "Esc with nothing open is Back");
}

#[test]
fn w05_w06_next_with_errors_goes_to_the_first_and_counts_them() {
    let mut draft = draft(Step::Address);
    draft.address = address();
    draft.address.address.city.clear();
    draft.address.address.phone = "12".into();
    let (mut seat, _) = Seat::at(draft);
    seat.ctrl('n');
    assert_eq!((seat.draft().step, seat.notice()), (Step::Address, "2 fields need you"));
    assert_eq!(form(&seat.model).focus(), CITY);
    assert_eq!(progress(seat.desk(), Step::Address).needs.as_deref(), Some("2 fields need you"));
    seat.write("Ghent");
    seat.ctrl('n');
    assert_eq!((seat.notice(), form(&seat.model).focus()), ("1 field needs you", PHONE));
    seat.ctrl('u');
    seat.write("+32 9 555 01 99");
    seat.ctrl('n');
    assert_eq!(seat.draft().step, Step::Options);
    let told = progress(seat.desk(), Step::Address);
    assert!(told.answered && told.needs.is_none(), "{told:?}");
    assert_eq!(told.summary, "Contoso Media, Ghent");
}

#[test]
fn w08_w09_another_location_marks_the_carrier_and_the_old_one_clears_the_mark() {
    let mut draft = draft(Step::Address);
    draft.address = address();
    let (mut seat, _) = Seat::at(draft);
    seat.ctrl('n');
    assert_eq!(mark(seat.desk(), Step::Address), Mark::Done);
    let desk = &mut seat.model.wizard.as_mut().unwrap().desk;
    let before = desk.draft.location.replace(location("japaneast", "Japan East", &["DHL"]));
    let answers = desk.draft.address.clone();
    assert_eq!(mark(desk, Step::Address), Mark::Stale);
    assert_eq!(progress(desk, Step::Address).stale.as_deref(), Some("Japan East names no FedEx"));
    assert_eq!(desk.draft.address, answers, "nothing is deleted");
    desk.draft.location = before;
    assert_eq!(mark(desk, Step::Address), Mark::Done);
}

#[test]
fn w21_w22_w23_an_error_comes_on_leaving_and_goes_with_the_key_that_fixes_it() {
    let mut seat = at_address(PHONE);
    seat.write("+32 9");
    assert_eq!(form(&seat.model).error(PHONE), None);
    seat.press(Key::Tab);
    let why = form(&seat.model).error(PHONE).unwrap().to_owned();
    let start: String = why.chars().take(20).collect();
    assert_eq!(seat.row_with(&start), seat.row_with("Phone") + 1, "on the line under it");
    seat.press(Key::BackTab);
    let mut keys = 0;
    while form(&seat.model).error(PHONE).is_some() {
        seat.write("5");
        keys += 1;
        assert!(keys < 12, "never fixed");
    }
    seat.row_with("With the country code");
}

#[test]
fn w24_a_character_that_can_never_be_right_is_refused_with_a_line() {
    let mut draft = draft(Step::Options);
    draft.options.name = "export".into();
    let (mut seat, _) = Seat::at(draft);
    seat.write("_X");
    assert_eq!(seat.draft().options.name, "exportx", "refused and folded");
    seat.write("_");
    seat.row_with("! A job name takes");
}

const LINES: &str = "Contoso Media\n12 Harbour Road\n9000 Ghent\nBelgium\n+32 9 555 01 99\n";

#[test]
fn w26_pasted_lines_are_a_question_and_only_yes_fills_them_in() {
    let mut seat = at_address(STREET1);
    assert_eq!(told(&seat.paste(LINES)), Vec::<String>::new());
    seat.row_with("Fill the fields from the pasted lines?");
    seat.row_with("12 Harbour Road");
    seat.press(Key::Enter);
    seat.press(Key::Char('n'));
    assert_eq!(seat.draft().address, AddressAnswers::default());
    seat.paste(LINES);
    assert_eq!(told(&seat.press(Key::Char('y'))), ["save"]);
    let address = &seat.draft().address.address;
    assert_eq!(
        (address.recipient.as_str(), address.city.as_str(), address.country.as_str()),
        ("Contoso Media", "Ghent", "Belgium")
    );
    assert_eq!(form(&seat.model).trimmed(POSTAL_CODE), "9000");
    assert_eq!(seat.draft().step, Step::Address);
    seat.paste(LINES);
    seat.press(Key::Esc);
    assert_eq!(seat.draft().step, Step::Address, "Esc closes the question, not the step");
}

#[test]
fn w27_a_pasted_line_stays_in_its_field_without_its_newline_and_control_characters() {
    let mut seat = at_address(STREET1);
    seat.paste("12 Harbour\u{7} Road\n");
    assert_eq!(seat.draft().address.address.street1, "12 Harbour Road");
    assert_eq!((form(&seat.model).focus(), seat.draft().step), (STREET1, Step::Address));
}

#[test]
fn w29_w30_the_cursor_stands_where_the_next_character_goes() {
    for (text, behind) in [("Zürich", 6), ("東京", 4), ("e\u{301}", 1), ("👩\u{200d}🚀", 2)] {
        let mut seat = at_address(CITY);
        let (_, empty) = seat.screen(80, 24);
        seat.write(text);
        let (_, cursor) = seat.screen(80, 24);
        assert_eq!(cursor.unwrap().x, empty.unwrap().x + behind, "{text}");
        assert_eq!(cursor.unwrap().y, empty.unwrap().y);
    }
    let mut seat = at_address(CITY);
    seat.write(&"Llanfairpwll".repeat(5));
    let (lines, cursor) = seat.screen(80, 24);
    let row = &lines[seat.row_with("City")];
    assert!(row.contains('<') && !row.contains('>'), "{row}");
    assert!(cursor.unwrap().x < 80);
    seat.press(Key::Home);
    let row = &seat.screen(80, 24).0[seat.row_with("City")];
    assert!(row.contains('>') && !row.contains('<'), "{row}");
}

#[test]
fn w31_the_country_list_narrows_and_gives_the_form_the_service_gets() {
    let mut seat = at_address(COUNTRY);
    seat.write("belg");
    seat.press(Key::Down);
    assert_eq!(form(&seat.model).marked(), Some(0));
    seat.press(Key::Esc);
    assert_eq!((form(&seat.model).marked(), seat.draft().step), (None, Step::Address), "Esc leaves the list first");
    seat.press(Key::Down);
    seat.press(Key::Enter);
    assert_eq!((seat.draft().address.address.country.as_str(), form(&seat.model).focus()), ("Belgium", PHONE));
}

#[test]
fn w32_the_last_address_is_offered_and_never_filled_in_silently() {
    let (mut seat, effects) = Seat::at(draft(Step::Address));
    assert!(told(&effects).contains(&"LastAddress: LastAddress".to_owned()), "{effects:?}");
    seat.answer(Slot::LastAddress, Ok(Reply::LastAddress(Some(Box::new(address())))));
    assert_eq!(seat.draft().address, AddressAnswers::default());
    let offer = seat.row_with("Ctrl-O fills in the address of your last export:");
    assert_eq!(seat.row_with("Contoso Media, Ghent"), offer + 1);
    assert_eq!(told(&seat.ctrl('o')), ["save"]);
    assert_eq!(seat.draft().address, address());
    assert_eq!(seat.model.wizard.as_ref().unwrap().focus, Focus::Body);
    assert!(!seat.screen(80, 24).0.join("\n").contains("Ctrl-O"));
}

#[test]
fn an_address_that_went_with_the_job_cannot_be_edited() {
    let mut draft = created();
    draft.step = Step::Address;
    let (mut seat, _) = Seat::at(draft);
    let before = seat.draft().address.clone();
    seat.write("x");
    assert!(seat.notice().contains("cannot be changed"), "{}", seat.notice());
    assert_eq!(seat.draft().address, before);
    seat.ctrl('n');
    assert_eq!(seat.draft().step, Step::Options);
}

#[test]
fn options_start_with_a_name_and_group_and_list_the_groups() {
    let (mut seat, effects) = Seat::at(draft(Step::Options));
    assert!(told(&effects).contains(&"Groups: Groups".to_owned()), "{effects:?}");
    assert_eq!(seat.draft().options.name, "export-mediaarchive-1122");
    assert_eq!(seat.draft().options.resource_group, "media-rg");
    let groups =
        ["media-rg", "Backup-rg"].map(|name| ResourceGroup { name: name.into(), location: "westeurope".into() });
    seat.answer(Slot::Groups, Ok(Reply::Groups(groups.to_vec())));
    seat.press(Key::Tab);
    seat.ctrl('u');
    seat.row_with("Backup-rg");
    seat.write("back");
    seat.press(Key::Down);
    seat.press(Key::Enter);
    assert_eq!(seat.draft().options.resource_group, "Backup-rg");
    seat.press(Key::BackTab);
    seat.write("x");
    assert_eq!(seat.draft().options.resource_group, "Backup-rgx");
    seat.press(Key::Tab);
    seat.row_with("lists no group Backup-rgx");
    seat.ctrl('n');
    assert_eq!(seat.draft().step, Step::Review, "a warning stops nobody");
}

#[test]
fn groups_that_cannot_be_read_are_said_and_read_again_and_stop_nobody() {
    let (mut seat, _) = Seat::at(draft(Step::Options));
    seat.answer(Slot::Groups, Err(Fault::local("list the resource groups", "the network is away")));
    seat.row_with("! Could not list the resource groups: the network");
    assert_eq!(told(&seat.ctrl('t')), ["Groups: Groups"]);
    seat.answer(Slot::Groups, Err(Fault::local("list the resource groups", "the network is away")));
    seat.press(Key::Tab);
    seat.ctrl('u');
    seat.write("typed-rg");
    seat.ctrl('n');
    assert_eq!((seat.draft().options.resource_group.as_str(), seat.draft().step), ("typed-rg", Step::Review));
}

#[test]
fn a_choice_changes_with_space_and_is_kept() {
    let mut draft = draft(Step::Options);
    draft.focus.insert(Step::Options, job::BACKUP_MANIFEST);
    let (mut seat, _) = Seat::at(draft);
    seat.row_with("(*) on");
    assert_eq!(told(&seat.press(Key::Char(' '))), ["save"]);
    assert!(!seat.draft().options.backup_manifest);
    seat.press(Key::Left);
    assert!(seat.draft().options.backup_manifest);
}

#[test]
fn no_size_makes_a_form_panic_and_each_shows_its_focus_from_40x12() {
    for mut draft in [draft(Step::Address), draft(Step::Options), created()] {
        for focus in [0, 3, 6, 10] {
            draft.focus.insert(draft.step, focus);
            let (mut seat, _) = Seat::at(draft.clone());
            seat.ctrl('n');
            for (columns, rows) in (0..=60).flat_map(|columns| (0..=20).map(move |rows| (columns, rows))) {
                seat.screen(columns, rows);
            }
            for size in [(40, 12), (80, 24), (120, 40)] {
                assert!(seat.screen(size.0, size.1).1.is_some(), "{:?} {focus} {size:?}", draft.step);
            }
        }
    }
}
