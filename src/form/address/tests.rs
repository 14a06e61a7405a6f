//! The address form: what is an error, what is only a warning, and that nothing typed is lost on the way to the draft.

mod sent;

use strum::VariantArray as _;

use super::AddressField::{
    Account, City, Company, Contact, Country, Emails, Kind, Phone, PostalCode, State, Street1, Street2, Street3,
    TaxNumber,
};
use super::*;
use crate::azure::model::{AddressKind, ReturnAddress, ServiceName};
use crate::draft::AddressAnswers;
use crate::form::{Edit, Form, FormFacts, FormField as _, email, form_of, write_form};

fn filled(values: [&str; 15]) -> Form {
    Form::new(AddressField::VARIANTS.iter().map(|field| field.spec()), &values, 0)
}

const GOOD: [&str; 15] = [
    "Ana Example",
    "Contoso Ltd",
    "12 Canal Street",
    "",
    "",
    "Rotterdam",
    "",
    "3011 AB",
    "Netherlands",
    "+31 10 555 0199",
    "storage-team@contoso.com",
    "not stated",
    "",
    "FedEx",
    "510087020",
];

/// The address that goes into the request.
fn return_address(form: &Form) -> ReturnAddress {
    let mut answers = AddressAnswers::default();
    write_form::<AddressField>(form, &mut answers);
    sent(&answers.address, form.facts().service)
}

fn with(field: AddressField, value: &'static str) -> Form {
    let mut values = GOOD;
    values[field as usize] = value;
    filled(values)
}

#[test]
fn a_complete_address_is_right_and_raises_no_warning() {
    let mut form = filled(GOOD);
    assert_eq!((form.check_all(), warnings(&form)), (0, vec![]));
}

#[test]
fn each_required_field_is_asked_for_by_name() {
    for field in AddressField::VARIANTS.iter().copied().filter(|field| *field != Kind) {
        let mut form = with(field, "  ");
        let wrong = usize::from(field.spec().required);
        assert_eq!(form.check_all(), wrong, "{field:?}");
        if wrong == 1 {
            assert_eq!(form.focus(), usize::from(field));
            assert!(form.error(field).is_some_and(|text| text.contains("missing") && text.contains("e.g.")));
        }
    }
}

#[test]
fn w25_every_field_has_help_with_an_example() {
    for field in AddressField::VARIANTS {
        assert!(field.spec().help.contains("e.g."), "{field:?}");
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
    let mut form = with(Country, "nl");
    assert_eq!(return_address(&form).country, "Netherlands");
    form.set_focus(Country);
    form.next_field();
    assert_eq!((form.value(Country), form.error(Country)), ("Netherlands", None));
    let mut form = with(Country, "Nether");
    assert_eq!(form.check_all(), 0);
    assert_eq!(form.value(Country), "Netherlands", "the only one that fits");
    let mut form = with(Country, "Guin");
    form.check_all();
    assert_eq!(form.error(Country), Some("\"Guin\" is not the whole name of a country; is Guinea (GN) meant?"));
}

#[test]
fn w24_letters_in_a_phone_number_are_refused_at_the_key() {
    let mut form = with(Phone, "");
    form.set_focus(Phone);
    assert!(form.edit(Edit::Insert('F')).refused.is_some_and(|line| line.contains("digits")));
    assert_eq!(form.value(Phone), "");
}

#[test]
fn what_is_unusual_warns_and_does_not_stop() {
    let cases = [
        (Company, "The very long name of a company and its storeroom", "35"),
        (Emails, "ana.keller@contoso.com", "one person"),
        (Emails, "contosostore@gmail.com", "one person"),
        (PostalCode, "30110", "3011 AB"),
        (Account, "12", "9 digits"),
    ];
    for (field, value, part) in cases {
        let mut form = with(field, value);
        assert_eq!(form.check_all(), 0, "{value}");
        let found = warnings(&form);
        assert!(found.iter().any(|w| w.field == usize::from(field) && w.text.contains(part)), "{value}: {found:?}");
    }
    let mut values = GOOD;
    (values[Country as usize], values[PostalCode as usize]) = ("Canada", "M5V 3L9");
    assert_eq!(warnings(&filled(values)).iter().map(|w| w.field).collect::<Vec<_>>(), [State as usize]);
}

#[test]
fn what_was_typed_goes_to_the_draft_untouched_and_to_the_service_trimmed() {
    let form = with(City, " Rotterdam ");
    let mut answers = AddressAnswers::default();
    write_form::<AddressField>(&form, &mut answers);
    assert_eq!(answers.address.city, " Rotterdam ");
    assert_eq!(return_address(&form).city, "Rotterdam");
    let again = form_of::<AddressField>(&answers, Emails.into(), FormFacts::default());
    let values = |form: &Form| (0..form.len()).map(|index| form.value(index).to_owned()).collect::<Vec<_>>();
    assert_eq!((values(&again), again.focus()), (values(&form), Emails as usize));
}

#[test]
fn a_country_without_postal_codes_says_so_and_fills_in_what_is_usual_after_a_key() {
    for (country, usual) in [("Hong Kong", "999077"), ("United Arab Emirates", "00000"), ("Qatar", "00000")] {
        let mut values = GOOD;
        (values[Country as usize], values[PostalCode as usize]) = (country, "");
        let mut form = filled(values);
        assert_eq!((form.check_all(), form.focus()), (1, PostalCode as usize));
        let error = form.error(PostalCode).unwrap();
        assert!(error.contains("the service requires something") && error.contains(usual), "{error}");
        assert_eq!(form.value(PostalCode), "", "nothing is filled in by itself");
        form.edit(Edit::NextChoice);
        form.edit(Edit::TakeChoice);
        assert_eq!((form.check_all(), form.value(PostalCode), warnings(&form)), (0, "00000", vec![]));
    }
    let mut form = with(PostalCode, "");
    form.check_all();
    assert!(form.error(PostalCode).unwrap().contains("in Netherlands e.g. 3011 AB"));
    assert_eq!(form.options(PostalCode), Vec::<String>::new());
}

#[test]
fn a_box_is_a_warning_on_its_own_line() {
    let found = warnings(&with(Street1, "Postfach 12"));
    assert!(found.iter().any(|w| w.field == usize::from(Street1) && w.text.contains("PO box")), "{found:?}");
    let form = with(Street2, "P.O. Box 12");
    assert_eq!(warnings(&form).iter().map(|w| w.field).collect::<Vec<_>>(), [Street2 as usize]);
    assert_eq!(form.wrong(), 0);
}

#[test]
fn what_the_service_gets_is_told_where_it_differs() {
    let form = with(Country, "holland");
    assert_eq!(form.sent_otherwise(Country).as_deref(), Some("Netherlands"));
    assert_eq!(with(Country, "Netherlands").sent_otherwise(Country), None);
    let form = with(Phone, "\u{202a}+31\u{a0}10 555 0199\u{202c}");
    assert_eq!(return_address(&form).phone, "+31 10 555 0199");
    let named = with(Phone, "Tel. +31 10 555 0199");
    assert_eq!(named.sent_otherwise(Phone).as_deref(), Some("+31 10 555 0199"));
    assert_eq!(with(State, "").sent_otherwise(State), None);
}

#[test]
fn a_pasted_phone_or_mailbox_loses_its_name() {
    let mut form = with(Phone, "");
    form.set_focus(Phone);
    form.edit(Edit::Paste("Tel.: \u{202a}+31\u{2011}10\u{2011}555\u{2011}0199\u{202c}\n".into()));
    assert_eq!((form.value(Phone), form.wrong()), ("+31-10-555-0199", 0));
    let mut form = with(Emails, "");
    form.set_focus(Emails);
    form.edit(Edit::Paste("Storage <mailto:storage@contoso.com>".into()));
    assert_eq!(form.value(Emails), "storage@contoso.com");
}

/// The form for Data Box.
fn for_data_box(values: [&str; 15]) -> Form {
    filled(values).with_facts(FormFacts { service: ServiceName::DataBox, ..FormFacts::default() })
}

fn labels(form: &Form) -> Vec<&str> {
    form.shown().filter_map(|index| form.spec(index)).map(|spec| spec.label).collect()
}

#[test]
fn fields_of_one_service_are_shown_for_that_service_only() {
    let classic = labels(&filled(GOOD)).len();
    assert_eq!(classic, 12, "{:?}", labels(&filled(GOOD)));
    let form = for_data_box(GOOD);
    assert_eq!(labels(&form).len(), classic + 2, "a third street line and the address type");
    let mut values = GOOD;
    values[Country as usize] = "Brazil";
    let form = for_data_box(values);
    assert_eq!(labels(&form).len(), classic + 3);
    assert_eq!(form.note(TaxNumber).as_deref(), Some("In Brazil: CNPJ or CPF."));
}

#[test]
fn a_street_line_that_was_typed_for_data_box_never_hides() {
    let mut values = GOOD;
    values[Street3 as usize] = "Gate 2";
    assert!(filled(values).is_shown(Street3), "the classic service gets it as well");
}

#[test]
fn keys_pass_over_hidden_fields_and_a_hidden_field_is_not_wrong() {
    let mut values = GOOD;
    (values[Kind as usize], values[TaxNumber as usize]) = ("home", "1");
    let mut form = filled(values);
    form.set_focus(Street2);
    assert!(form.next_field());
    assert_eq!(form.focus(), City as usize);
    assert!(form.previous_field());
    assert_eq!((form.focus(), form.check_all()), (Street2 as usize, 0));
    form.set_facts(FormFacts { service: ServiceName::DataBox, ..FormFacts::default() });
    form.set_focus(Kind);
    form.set_facts(FormFacts::default());
    assert_eq!(form.focus(), AddressField::Carrier as usize, "the focus leaves a field that is hidden");
}

#[test]
fn the_tax_number_appears_with_its_country() {
    let mut form = for_data_box(GOOD);
    form.set_focus(Country);
    form.edit(Edit::DeleteToStart);
    for c in "india".chars() {
        form.edit(Edit::Insert(c));
    }
    form.next_field();
    assert!(form.is_shown(TaxNumber));
    assert_eq!(form.value(Country), "India");
}

#[test]
fn the_draft_keeps_the_code_of_a_country_and_the_form_shows_its_name() {
    for (typed, kept, shown) in
        [("Belgium", "BE", "Belgium"), ("belg", "belg", "belg"), ("BE", "BE", "Belgium"), ("in", "in", "in")]
    {
        let mut answers = AddressAnswers::default();
        Country.write(&mut answers, typed);
        assert_eq!((answers.address.country.as_str(), Country.read(&answers)), (kept, shown));
    }
}

#[test]
fn both_services_get_the_whole_address() {
    let mut values = GOOD;
    (values[Street3 as usize], values[Kind as usize], values[Emails as usize]) =
        ("Gate 2", "office", "a@contoso.com; B@contoso.com b@contoso.com");
    let sent = return_address(&for_data_box(values));
    assert_eq!((sent.recipient().as_str(), sent.street3.as_str()), ("Contoso Ltd, Ana Example", "Gate 2"));
    assert_eq!((sent.country.as_str(), sent.country_code.as_str()), ("Netherlands", "NL"));
    assert_eq!(
        (sent.emails, sent.kind),
        (vec!["a@contoso.com".into(), "B@contoso.com".into()], AddressKind::Commercial)
    );
    let mut values = GOOD;
    values[Country as usize] = "holland";
    assert_eq!(for_data_box(values).sent_otherwise(Country).as_deref(), Some("NL"));
    assert_eq!(for_data_box(GOOD).sent_otherwise(Country), None, "a plain name says enough");
}

#[test]
fn both_lengths_of_an_american_code_are_usual() {
    for code in ["98109", "98109-1234"] {
        let mut values = GOOD;
        (values[Country as usize], values[State as usize], values[PostalCode as usize]) = ("United States", "WA", code);
        assert_eq!((warnings(&for_data_box(values)), for_data_box(values).wrong()), (vec![], 0), "{code}");
    }
}

#[test]
fn one_group_mailbox_among_several_is_enough() {
    assert_eq!(warnings(&with(Emails, "ana.keller@contoso.com, storage-team@contoso.com")), []);
    let found = warnings(&with(Emails, "ana.keller@contoso.com, ben@gmail.com"));
    assert!(found.iter().any(|warning| warning.text.contains("single persons")), "{found:?}");
    assert_eq!(with(Contact, "").wrong(), 1);
}
