//! The address form: what is an error, what is only a warning, and that nothing typed is lost on the way to the draft.

use super::*;
use crate::form::Edit;

fn filled(values: [&str; 11]) -> Form {
    Form::new(&SPECS, &values, 0)
}

const GOOD: [&str; 11] = [
    "Contoso Ltd",
    "12 Canal Street",
    "",
    "Rotterdam",
    "",
    "3011 AB",
    "Netherlands",
    "+31 10 555 0199",
    "storage-team@contoso.com",
    "FedEx",
    "510087020",
];

fn with(index: usize, value: &'static str) -> Form {
    let mut values = GOOD;
    values[index] = value;
    filled(values)
}

#[test]
fn a_complete_address_is_right_and_raises_no_warning() {
    let mut form = filled(GOOD);
    assert_eq!((form.check_all(), warnings(&form)), (0, vec![]));
}

#[test]
fn each_required_field_is_asked_for_by_name() {
    for (index, spec) in SPECS.iter().enumerate() {
        let mut form = with(index, "  ");
        let wrong = usize::from(spec.required);
        assert_eq!(form.check_all(), wrong, "{}", spec.label);
        if wrong == 1 {
            assert_eq!(form.focus(), index);
            assert!(form.error(index).is_some_and(|text| text.contains("missing") && text.contains("e.g.")));
        }
    }
}

#[test]
fn w25_every_field_has_help_with_an_example() {
    for spec in &SPECS {
        assert!(spec.help.contains("e.g."), "{}", spec.label);
    }
}

#[test]
fn mail_addresses_without_at_dot_or_with_two_are_told_apart() {
    for (bad, part) in
        [("team", "@"), ("team@contoso", "no dot"), ("a@b.c, d@e.f", "\",\""), ("team@contoso..com", "not an")]
    {
        let error = email::check(bad).unwrap_err();
        assert!(error.contains(part), "{bad}: {error}");
    }
    assert_eq!(email::check("storage-team@contoso.co.uk"), Ok(()));
    assert_eq!(email::check("tëam@contoso.com"), Ok(()));
}

#[test]
fn w31_the_country_is_accepted_as_code_and_shown_as_the_service_gets_it() {
    let mut form = with(COUNTRY, "nl");
    assert_eq!(return_address(&form).country, "Netherlands");
    form.set_focus(COUNTRY);
    form.next_field();
    assert_eq!((form.value(COUNTRY), form.error(COUNTRY)), ("Netherlands", None));
    let mut form = with(COUNTRY, "Nether");
    assert_eq!(form.check_all(), 0);
    assert_eq!(form.value(COUNTRY), "Netherlands", "the only one that fits");
    let mut form = with(COUNTRY, "Guin");
    form.check_all();
    assert_eq!(form.error(COUNTRY), Some("\"Guin\" is not the whole name of a country; is Guinea (GN) meant?"));
}

#[test]
fn w24_letters_in_a_phone_number_are_refused_at_the_key() {
    let mut form = with(PHONE, "");
    form.set_focus(PHONE);
    assert!(form.edit(Edit::Insert('F')).refused.is_some_and(|line| line.contains("digits")));
    assert_eq!(form.value(PHONE), "");
}

#[test]
fn what_is_unusual_warns_and_does_not_stop() {
    let cases = [
        (RECIPIENT, "The very long name of a company and its storeroom", "35"),
        (EMAIL, "ana.keller@contoso.com", "one person"),
        (EMAIL, "contosostore@gmail.com", "one person"),
        (POSTAL_CODE, "30110", "3011 AB"),
        (ACCOUNT, "12", "9 digits"),
    ];
    for (field, value, part) in cases {
        let mut form = with(field, value);
        assert_eq!(form.check_all(), 0, "{value}");
        let found = warnings(&form);
        assert!(found.iter().any(|w| w.field == field && w.text.contains(part)), "{value}: {found:?}");
    }
    let mut values = GOOD;
    (values[COUNTRY], values[POSTAL_CODE]) = ("Canada", "M5V 3L9");
    assert_eq!(warnings(&filled(values)).iter().map(|w| w.field).collect::<Vec<_>>(), [STATE]);
}

#[test]
fn what_was_typed_goes_to_the_draft_untouched_and_to_the_service_trimmed() {
    let form = with(CITY, " Rotterdam ");
    let mut answers = AddressAnswers::default();
    write(&form, &mut answers);
    assert_eq!(answers.address.city, " Rotterdam ");
    assert_eq!(return_address(&form).city, "Rotterdam");
    assert_eq!(return_shipping(&form).account_number, "510087020");
    let again = super::form(&answers, EMAIL, FormFacts::default());
    let values = |form: &Form| (0..form.len()).map(|index| form.value(index).to_owned()).collect::<Vec<_>>();
    assert_eq!((values(&again), again.focus()), (values(&form), EMAIL));
}

#[test]
fn a_country_without_postal_codes_says_so_and_fills_in_what_is_usual_after_a_key() {
    for (country, usual) in [("Hong Kong", "999077"), ("United Arab Emirates", "00000"), ("Qatar", "00000")] {
        let mut values = GOOD;
        (values[COUNTRY], values[POSTAL_CODE]) = (country, "");
        let mut form = filled(values);
        assert_eq!((form.check_all(), form.focus()), (1, POSTAL_CODE));
        let error = form.error(POSTAL_CODE).unwrap();
        assert!(error.contains("the service requires something") && error.contains(usual), "{error}");
        assert_eq!(form.value(POSTAL_CODE), "", "nothing is filled in by itself");
        form.edit(Edit::NextChoice);
        form.edit(Edit::TakeChoice);
        assert_eq!((form.check_all(), form.value(POSTAL_CODE), warnings(&form)), (0, "00000", vec![]));
    }
    let mut form = with(POSTAL_CODE, "");
    form.check_all();
    assert!(form.error(POSTAL_CODE).unwrap().contains("in Netherlands e.g. 3011 AB"));
    assert_eq!(form.options(POSTAL_CODE), Vec::<String>::new());
}

#[test]
fn a_box_is_a_warning_on_its_own_line() {
    let found = warnings(&with(STREET1, "Postfach 12"));
    assert!(found.iter().any(|w| w.field == STREET1 && w.text.contains("PO box")), "{found:?}");
    let form = with(STREET2, "P.O. Box 12");
    assert_eq!(warnings(&form).iter().map(|w| w.field).collect::<Vec<_>>(), [STREET2]);
    assert_eq!(form.wrong(), 0);
}

#[test]
fn what_the_service_gets_is_told_where_it_differs() {
    let form = with(COUNTRY, "holland");
    assert_eq!(form.sent_otherwise(COUNTRY).as_deref(), Some("Netherlands"));
    assert_eq!(with(COUNTRY, "Netherlands").sent_otherwise(COUNTRY), None);
    let form = with(PHONE, "\u{202a}+31\u{a0}10 555 0199\u{202c}");
    assert_eq!(return_address(&form).phone, "+31 10 555 0199");
    let named = with(PHONE, "Tel. +31 10 555 0199");
    assert_eq!(named.sent_otherwise(PHONE).as_deref(), Some("+31 10 555 0199"));
    assert_eq!(with(STATE, "").sent_otherwise(STATE), None);
}

#[test]
fn a_pasted_phone_or_mailbox_loses_its_name() {
    let mut form = with(PHONE, "");
    form.set_focus(PHONE);
    form.edit(Edit::Paste("Tel.: \u{202a}+31\u{2011}10\u{2011}555\u{2011}0199\u{202c}\n".into()));
    assert_eq!((form.value(PHONE), form.wrong()), ("+31-10-555-0199", 0));
    let mut form = with(EMAIL, "");
    form.set_focus(EMAIL);
    form.edit(Edit::Paste("Storage <mailto:storage@contoso.com>".into()));
    assert_eq!(form.value(EMAIL), "storage@contoso.com");
}
