//! Forms as a person meets them: type a value, leave the field, read the error, repair it.

use super::*;

fn no_digits(c: char) -> Result<char, &'static str> {
    if c.is_ascii_digit() { Err("Letters only.") } else { Ok(c.to_ascii_lowercase()) }
}

fn at_least_three(value: &str, _: &CheckContext) -> Result<(), String> {
    if value.len() < 3 { Err("Three letters at least, e.g. abc.".into()) } else { Ok(()) }
}

fn not_the_first(value: &str, context: &CheckContext) -> Result<(), String> {
    if value == context.value(0_usize) { Err("Must differ from the first.".into()) } else { Ok(()) }
}

const TEXT: FieldSpec =
    FieldSpec { label: "Word", help: "A word, e.g. abc.", accepts: no_digits, check: at_least_three, ..spec::TEXT };

static SPECS: [FieldSpec; 4] = [
    TEXT,
    FieldSpec { label: "Other", help: "Another, e.g. xyz.", required: false, check: not_the_first, ..TEXT },
    FieldSpec {
        label: "Log",
        kind: FieldKind::Choice(&["Verbose", "Error"]),
        accepts: any_text,
        check: always_valid,
        ..TEXT
    },
    FieldSpec {
        label: "Carrier",
        kind: FieldKind::Pick(carrier::CHOICES),
        accepts: any_text,
        check: always_valid,
        ..TEXT
    },
];

fn form() -> Form {
    Form::new(&SPECS, &[], 0)
}

fn type_in(form: &mut Form, text: &str) {
    for c in text.chars() {
        form.edit(Edit::Insert(c));
    }
}

#[test]
fn w21_a_field_says_nothing_before_it_was_left_once() {
    let mut form = form();
    assert_eq!(form.error(0_usize), None);
    type_in(&mut form, "a");
    form.edit(Edit::Backspace);
    assert_eq!(form.line(0_usize), Some(FieldLine::Help("A word, e.g. abc.")));
    form.next_field();
    assert_eq!(form.error(0_usize), Some("Word is missing. A word, e.g. abc."));
    assert_eq!(form.error(3_usize), None, "the fields behind stay quiet");
}

#[test]
fn w22_w23_the_error_goes_at_the_key_that_repairs_it_and_comes_back_only_on_leaving() {
    let mut form = form();
    type_in(&mut form, "ab");
    form.next_field();
    assert_eq!(form.line(0_usize), Some(FieldLine::Error("Three letters at least, e.g. abc.")));
    form.previous_field();
    assert!(matches!(form.line(0_usize), Some(FieldLine::Error(_))));
    type_in(&mut form, "c");
    assert_eq!(form.line(0_usize), Some(FieldLine::Help("A word, e.g. abc.")));
    form.edit(Edit::Backspace);
    assert_eq!(form.error(0_usize), None, "wrong again, but not left yet");
    form.next_field();
    assert!(form.error(0_usize).is_some());
}

#[test]
fn w23_an_error_about_another_field_goes_when_that_one_changes() {
    let mut form = Form::new(&SPECS, &["same", "same"], 1);
    form.previous_field();
    assert_eq!(form.error(1_usize), Some("Must differ from the first."));
    type_in(&mut form, "x");
    assert_eq!(form.error(1_usize), None);
}

#[test]
fn w24_a_character_that_can_never_fit_is_refused_with_a_line() {
    let mut form = form();
    let outcome = form.edit(Edit::Insert('7'));
    assert_eq!(outcome, EditOutcome { changed: false, refused: Some("Letters only.") });
    assert_eq!(form.line(0_usize), Some(FieldLine::Refused("Letters only.")));
    form.edit(Edit::Insert('A'));
    assert_eq!((form.value(0_usize), form.line(0_usize)), ("a", Some(FieldLine::Help("A word, e.g. abc."))));
    assert!(form.edit(Edit::Insert('\u{1b}')).refused.is_some());
}

#[test]
fn a_paste_keeps_what_would_be_refused_and_says_so() {
    let mut form = form();
    let outcome = form.edit(Edit::Paste("Ab7\n".into()));
    assert_eq!((form.value(0_usize), outcome), ("ab7", EditOutcome { changed: true, refused: Some("Letters only.") }));
    let huge = form.edit(Edit::Paste("x".repeat(MAX_CHARS)));
    assert!(!huge.changed && huge.refused.is_some());
    assert_eq!(form.value(0_usize), "ab7");
}

#[test]
fn w05_next_counts_what_is_wrong_and_goes_to_the_first() {
    let mut form = Form::new(&SPECS, &["abc", "", "", ""], 3);
    assert_eq!(form.check_all(), 1);
    assert_eq!(form.focus(), 3);
    let mut form = Form::new(&SPECS, &[], 2);
    assert_eq!(form.wrong(), 2);
    assert_eq!((needs_you(form.check_all()).as_str(), form.focus()), ("2 fields need you", 0));
    assert_eq!(needs_you(1), "1 field needs you");
}

#[test]
fn a_choice_goes_round_and_always_holds_an_option() {
    let mut form = Form::new(&SPECS, &["", "", "error"], 2);
    assert_eq!(form.value(2_usize), "Error");
    form.edit(Edit::NextChoice);
    assert_eq!(form.value(2_usize), "Verbose");
    form.edit(Edit::Left);
    form.edit(Edit::Insert('v'));
    assert_eq!(form.value(2_usize), "Verbose");
    assert!(form.edit(Edit::Insert('z')).refused.is_some());
    form.edit(Edit::Undo);
    assert_eq!(form.value(2_usize), "Error");
}

#[test]
fn w31_a_list_narrows_and_its_marked_entry_is_taken_by_key_or_on_leaving() {
    let mut form = Form::new(&SPECS, &[], 3);
    type_in(&mut form, "d");
    assert_eq!(form.options(3_usize), ["FedEx", "DHL", "Blue Dart"]);
    form.edit(Edit::NextChoice);
    form.edit(Edit::NextChoice);
    assert_eq!((form.marked(), form.value(3_usize)), (Some(1), "d"));
    assert!(form.edit(Edit::TakeChoice).changed);
    assert_eq!((form.value(3_usize), form.marked()), ("DHL", None));
    form.edit(Edit::DeleteToStart);
    type_in(&mut form, "usps");
    form.previous_field();
    assert_eq!(form.value(3_usize), "US Postal Service");
}

#[test]
fn a_form_without_fields_and_indices_out_of_range_do_nothing() {
    let mut empty = Form::new(std::iter::empty(), &[], 4);
    assert!(!empty.next_field() && !empty.previous_field());
    assert_eq!((empty.check_all(), empty.edit(Edit::Insert('a'))), (0, EditOutcome::default()));
    let mut form = form();
    form.set_value(99_usize, "x");
    form.set_focus(99_usize);
    assert_eq!((form.focus(), form.value(99_usize), form.line(99_usize)), (0, "", None));
}
