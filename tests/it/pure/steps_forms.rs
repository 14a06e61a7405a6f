//! Return address, job options and parcel as a person meets them: keys and answers in, draft, effects and screen out. No terminal,
//! no network.

pub(crate) mod answers;
mod data_box;
mod reading;
mod review;
mod ship;
mod ship_once;
mod ship_pages;
mod tags;

use crate::support::app_harness::AppHarness;
use answers::{address, created, draft};
use blobfreight::app::{Focus, Model};
use blobfreight::azure::fault::Fault;
use blobfreight::azure::model::{LocationName, ResourceGroup};
use blobfreight::draft::{AddressAnswers, Draft};
use blobfreight::form::Form;
use blobfreight::form::address::AddressField::{
    self, Account, Carrier, City, Contact, Country, Phone, PostalCode, Street1,
};
use blobfreight::form::job::JobField;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::progress::StepMark;
use blobfreight::wizard::rail::{mark, progress};

fn form(model: &Model) -> &Form {
    &model.wizard.as_ref().unwrap().steps.address.form
}

/// At the address form, with the focus on a field.
fn at_address(focus: AddressField) -> AppHarness {
    let mut draft = draft(Step::Address);
    draft.focus.insert(Step::Address, focus.into());
    AppHarness::signed_in(draft)
}

#[test]
fn w03_every_key_is_kept_raw_with_the_field_it_was_typed_in() {
    let mut app = at_address(Contact);
    app.types("Contoso ");
    assert_eq!(app.key(Key::Enter).told(), ["save"]);
    app.key(Key::Enter).types("12");
    let kept = app.draft().clone();
    assert_eq!((kept.address.address.contact.as_str(), kept.address.address.street1.as_str()), ("Contoso ", "12"));
    let mut again = AppHarness::signed_in(kept);
    again.types(" Harbour Road");
    assert_eq!(again.draft().address.address.street1, "12 Harbour Road", "resumed in the same field");
}

#[test]
fn w04_back_keeps_what_was_typed_and_checks_nothing() {
    let mut app = at_address(Phone);
    app.types("12");
    app.alt(Key::Left);
    assert_eq!((app.draft().step, app.draft().address.address.phone.as_str()), (Step::Drives, "12"));
    assert_eq!((form(&app.model).error(Phone), app.notice()), (None, ""));
    let mut app = at_address(Phone);
    app.types("12");
    app.key(Key::Esc);
    assert_eq!(app.draft().step, Step::Drives, "Esc with nothing open is Back");
}

#[test]
fn w05_w06_next_with_errors_goes_to_the_first_and_counts_them() {
    let mut draft = draft(Step::Address);
    draft.address = address();
    draft.address.address.city.clear();
    draft.address.address.phone = "12".into();
    let mut app = AppHarness::signed_in(draft);
    app.ctrl('n');
    assert_eq!((app.draft().step, app.notice()), (Step::Address, "2 fields need you"));
    assert_eq!(form(&app.model).focus(), City as usize);
    assert_eq!(progress(app.shared(), Step::Address).needs.as_deref(), Some("2 fields need you"));
    app.types("Ghent");
    app.ctrl('n');
    assert_eq!((app.notice(), form(&app.model).focus()), ("1 field needs you", Phone as usize));
    app.ctrl('u');
    app.types("+32 9 555 01 99");
    app.ctrl('n');
    assert_eq!(app.draft().step, Step::Location);
    let told = progress(app.shared(), Step::Address);
    assert!(told.answered && told.needs.is_none(), "{told:?}");
    assert_eq!(told.summary, "Contoso Media, Ghent");
}

#[test]
fn w08_w09_another_location_marks_the_carrier_and_the_old_one_clears_the_mark() {
    let mut draft = draft(Step::Address);
    draft.address = address();
    let mut app = AppHarness::signed_in(draft);
    app.ctrl('n');
    assert_eq!(mark(app.shared(), Step::Address), StepMark::Done);
    let shared = &mut app.model.wizard.as_mut().unwrap().shared;
    let before = shared.draft.location.clone();
    let japan = shared.draft.location.as_mut().unwrap();
    (japan.ships_to, japan.title) = (LocationName::new("japaneast"), "Japan East".into());
    japan.carriers.retain(|carrier| carrier == "DHL");
    let answers = shared.draft.address.clone();
    assert_eq!(mark(shared, Step::Address), StepMark::Stale);
    assert_eq!(progress(shared, Step::Address).stale.as_deref(), Some("Japan East names no FedEx"));
    assert_eq!(shared.draft.address, answers, "nothing is deleted");
    shared.draft.location = before;
    assert_eq!(mark(shared, Step::Address), StepMark::Done);
}

#[test]
fn w21_w22_w23_an_error_comes_on_leaving_and_goes_with_the_key_that_fixes_it() {
    let mut app = at_address(Phone);
    app.types("+32 9");
    assert_eq!(form(&app.model).error(Phone), None);
    app.key(Key::Tab);
    let why = form(&app.model).error(Phone).unwrap().to_owned();
    let start: String = why.chars().take(20).collect();
    assert_eq!(app.row_with(&start), app.row_with("Phone") + 1, "on the line under it");
    app.key(Key::BackTab);
    let mut keys = 0;
    while form(&app.model).error(Phone).is_some() {
        app.types("5");
        keys += 1;
        assert!(keys < 12, "never fixed");
    }
    app.row_with("With the country code");
}

#[test]
fn w24_a_character_that_can_never_be_right_is_refused_with_a_line() {
    let mut draft = draft(Step::Options);
    draft.options.name = "export".into();
    let mut app = AppHarness::signed_in(draft);
    app.types("_X");
    assert_eq!(app.draft().options.name, "exportx", "refused and folded");
    app.types("_");
    app.row_with("! A job name takes");
}

const LINES: &str = "Contoso Media\n12 Harbour Road\n9000 Ghent\nBelgium\n+32 9 555 01 99\n";

#[test]
fn w26_pasted_lines_are_a_question_and_only_yes_fills_them_in() {
    let mut app = at_address(Street1);
    assert_eq!(app.paste(LINES).told(), Vec::<String>::new());
    app.row_with("Fill the fields from the pasted lines?");
    app.row_with("12 Harbour Road");
    app.key(Key::Enter);
    app.key(Key::Char('n'));
    assert_eq!(app.draft().address, AddressAnswers::default());
    app.paste(LINES);
    assert_eq!(app.key(Key::Char('y')).told(), ["save"]);
    let address = &app.draft().address.address;
    assert_eq!(
        (address.contact.as_str(), address.city.as_str(), address.country.as_str()),
        ("Contoso Media", "Ghent", "BE")
    );
    assert_eq!(form(&app.model).trimmed(PostalCode), "9000");
    assert_eq!(app.draft().step, Step::Address);
    app.paste(LINES);
    app.key(Key::Esc);
    assert_eq!(app.draft().step, Step::Address, "Esc closes the question, not the step");
}

#[test]
fn w27_a_pasted_line_stays_in_its_field_without_its_newline_and_control_characters() {
    let mut app = at_address(Street1);
    app.paste("12 Harbour\u{7} Road\n");
    assert_eq!(app.draft().address.address.street1, "12 Harbour Road");
    assert_eq!((form(&app.model).focus(), app.draft().step), (Street1.into(), Step::Address));
}

#[test]
fn w29_w30_the_cursor_stands_where_the_next_character_goes() {
    for (text, behind) in [("Zürich", 6), ("東京", 4), ("e\u{301}", 1), ("👩\u{200d}🚀", 2)] {
        let mut app = at_address(City);
        let (_, empty) = app.painted(80, 24);
        app.types(text);
        let (_, cursor) = app.painted(80, 24);
        assert_eq!(cursor.unwrap().x, empty.unwrap().x + behind, "{text}");
        assert_eq!(cursor.unwrap().y, empty.unwrap().y);
    }
    let mut app = at_address(City);
    app.types(&"Llanfairpwll".repeat(5));
    let (lines, cursor) = app.painted(80, 24);
    let row = &lines[app.row_with("City")];
    assert!(row.contains('<') && !row.contains('>'), "{row}");
    assert!(cursor.unwrap().x < 80);
    app.key(Key::Home);
    let row = &app.painted(80, 24).0[app.row_with("City")];
    assert!(row.contains('>') && !row.contains('<'), "{row}");
}

#[test]
fn w31_the_country_list_narrows_and_gives_the_form_the_service_gets() {
    let mut app = at_address(Country);
    app.types("belg");
    app.key(Key::Down);
    assert_eq!(form(&app.model).marked(), Some(0));
    app.key(Key::Esc);
    assert_eq!((form(&app.model).marked(), app.draft().step), (None, Step::Address), "Esc leaves the list first");
    app.key(Key::Down);
    app.key(Key::Enter);
    assert_eq!((app.draft().address.address.country.as_str(), form(&app.model).focus()), ("BE", Phone as usize));
}

#[test]
fn a_list_gives_its_only_match_on_enter_whatever_the_field() {
    for (focus, typed, taken) in
        [(Country, "belg", "Belgium"), (Carrier, "Fed", "FedEx"), (Carrier, "Pigeon", "Pigeon"), (Carrier, "up", "UPS")]
    {
        let mut app = at_address(focus);
        app.types(typed);
        app.key(Key::Enter);
        assert_eq!(form(&app.model).value(focus), taken);
    }
    let mut app = at_address(Country);
    app.types("norge");
    app.row_with("The service gets Norway.");
}

#[test]
fn a_country_without_postal_codes_offers_what_is_usual_there() {
    let mut draft = draft(Step::Address);
    draft.address = address();
    draft.address.address.postal_code.clear();
    draft.address.address.country = "Hong Kong".into();
    let mut app = AppHarness::signed_in(draft);
    app.ctrl('n');
    app.row_with("Postal code is missing. Hong Kong has none,");
    app.row_with("999077");
    assert_eq!(app.draft().address.address.postal_code, "");
    app.key(Key::Down);
    app.key(Key::Enter);
    assert_eq!(app.draft().address.address.postal_code, "00000");
    app.ctrl('n');
    assert_eq!(app.draft().step, Step::Location);
}

#[test]
fn pasted_lines_without_a_field_are_told_and_not_filled_in() {
    let mut app = at_address(Street1);
    app.paste(&format!("{LINES}Fax: +32 9 555 01 98"));
    app.row_with("Has no field           Fax: +32 9 555 01 98");
    app.key(Key::Char('y'));
    assert_eq!(form(&app.model).value(Phone), "+32 9 555 01 99");
}

#[test]
fn w32_the_last_address_is_offered_and_never_filled_in_silently() {
    let mut app = AppHarness::signed_in(draft(Step::Address));
    assert!(app.asked.contains(&"LastAddress LastAddress".to_owned()), "{:?}", app.asked);
    app.answer(Slot::LastAddress, Ok(Reply::LastAddress(Some(Box::new(address())))));
    assert_eq!(app.draft().address, AddressAnswers::default());
    let offer = app.row_with("Ctrl-O fills in the address of your last export:");
    assert_eq!(app.row_with("Contoso Media, Ghent"), offer + 1);
    assert_eq!(app.ctrl('o').told(), ["save"]);
    assert_eq!(app.draft().address, address());
    assert_eq!(app.model.wizard.as_ref().unwrap().focus, Focus::Body);
    assert!(!app.painted(80, 24).0.join("\n").contains("Ctrl-O"));
}

#[test]
fn an_address_that_went_with_the_job_cannot_be_edited() {
    let mut draft = created();
    draft.step = Step::Address;
    let mut app = AppHarness::signed_in(draft);
    let before = app.draft().address.clone();
    app.types("x");
    assert!(app.notice().contains("cannot be changed"), "{}", app.notice());
    assert_eq!(app.draft().address, before);
    app.ctrl('n');
    assert_eq!(app.draft().step, Step::Location);
}

#[test]
fn options_start_with_a_name_and_group_and_list_the_groups() {
    let mut app = AppHarness::signed_in(draft(Step::Options));
    assert!(app.asked.contains(&"Groups Groups".to_owned()), "{:?}", app.asked);
    assert_eq!(app.draft().options.name, "export-mediaarchive-1122");
    assert_eq!(app.draft().options.resource_group, "media-rg");
    let groups =
        ["media-rg", "Backup-rg"].map(|name| ResourceGroup { name: name.into(), location: "westeurope".into() });
    app.answer(Slot::Groups, Ok(Reply::Groups(groups.to_vec())));
    app.key(Key::Tab);
    app.ctrl('u');
    app.row_with("Backup-rg");
    app.types("back");
    app.key(Key::Down);
    app.key(Key::Enter);
    assert_eq!(app.draft().options.resource_group, "Backup-rg");
    app.key(Key::BackTab);
    app.types("x");
    assert_eq!(app.draft().options.resource_group, "Backup-rgx");
    app.key(Key::Tab);
    app.row_with("lists no group Backup-rgx");
    app.ctrl('n');
    assert_eq!(app.draft().step, Step::Review, "a warning stops nobody");
}

#[test]
fn groups_that_cannot_be_read_are_said_and_read_again_and_stop_nobody() {
    let mut app = AppHarness::signed_in(draft(Step::Options));
    app.answer(Slot::Groups, Err(Fault::local("list the resource groups", "the network is away")));
    app.row_with("! Could not list the resource groups: the network");
    assert_eq!(app.ctrl('t').told(), ["Groups Groups"]);
    app.answer(Slot::Groups, Err(Fault::local("list the resource groups", "the network is away")));
    app.key(Key::Tab);
    app.ctrl('u');
    app.types("typed-rg");
    app.ctrl('n');
    assert_eq!((app.draft().options.resource_group.as_str(), app.draft().step), ("typed-rg", Step::Review));
}

#[test]
fn a_choice_changes_with_space_and_is_kept() {
    let mut draft = draft(Step::Options);
    draft.focus.insert(Step::Options, JobField::BackupManifest.into());
    let mut app = AppHarness::signed_in(draft);
    app.row_with("(*) on");
    assert_eq!(app.key(Key::Char(' ')).told(), ["save"]);
    assert!(!app.draft().options.backup_manifest);
    app.key(Key::Left);
    assert!(app.draft().options.backup_manifest);
}

#[test]
fn no_size_makes_a_form_panic_and_each_shows_its_focus_from_40x12() {
    for mut draft in [draft(Step::Address), draft(Step::Options), created()] {
        for focus in [0, 3, 6, 10] {
            draft.focus.insert(draft.step, focus);
            let mut app = AppHarness::signed_in(draft.clone());
            app.ctrl('n');
            for (columns, rows) in (0..=60).flat_map(|columns| (0..=20).map(move |rows| (columns, rows))) {
                app.painted(columns, rows);
            }
            for size in [(40, 12), (80, 24), (120, 40)] {
                assert!(app.painted(size.0, size.1).1.is_some(), "{:?} {focus} {size:?}", draft.step);
            }
        }
    }
}

#[test]
fn shift_tab_on_a_field_with_fixed_choices_is_not_said_to_lead_to_the_steps() {
    let mut draft = draft(Step::Options);
    draft.focus.insert(Step::Options, JobField::LogLevel.into());
    let mut app = AppHarness::signed_in(draft);
    let hints = app.painted(100, 24).0[23].clone();
    assert!(hints.contains("Space change") && !hints.contains("Shift-Tab"), "{hints}");
    app.key(Key::BackTab);
    assert_eq!(app.model.wizard.as_ref().unwrap().focus, Focus::Body, "it goes to the field before");
}

#[test]
fn no_label_is_cut_at_any_width_and_the_cursor_stands_in_the_box_below_it() {
    let ship = Draft { step: Step::Ship, ..created() };
    for (draft, labels) in [
        (
            draft(Step::Address),
            &["Street, line 2", "State or province", "Return carrier", "Carrier account number"][..],
        ),
        (draft(Step::Options), &["Resource group", "Diagnostics path", "Log level", "Manifest backup"]),
        (ship, &["Carrier", "Tracking number", "Drives in the parcel", "Ship date"]),
    ] {
        for columns in [40, 45, 60, 80, 120] {
            let screen = AppHarness::signed_in(draft.clone()).screen(columns, 200);
            for label in labels {
                assert!(screen.contains(label), "{label:?} at {columns}:\n{screen}");
            }
        }
    }
    let mut app = at_address(Account);
    app.on_screen(40, 12).types("51");
    let (lines, cursor) = app.painted(40, 12);
    let (label, at) = (lines.iter().position(|line| line.contains("› Carrier account number")), cursor.unwrap());
    assert_eq!(label.map(|row| row + 1), Some(usize::from(at.y)), "{}", lines.join("\n"));
    assert_eq!(lines[usize::from(at.y)].trim(), "51");
}

#[test]
fn the_labels_of_a_pasted_address_stand_whole_above_their_values_where_there_is_little_room() {
    let mut app = AppHarness::signed_in(draft(Step::Address));
    app.paste("Nordlys Arkiv AS\nMuseumsgata 4\n9008 Tromso\nNorway\n+47 77 60 00 00");
    let lines = app.painted(40, 100).0;
    let at = lines.iter().position(|line| line.trim() == "Company").unwrap();
    assert_eq!(lines[at + 1].trim(), "Nordlys Arkiv AS");
    assert!(app.screen(80, 24).contains("Company                Nordlys Arkiv AS"), "{}", app.screen(80, 24));
}
