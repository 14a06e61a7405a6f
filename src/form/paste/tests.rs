//! Pasted addresses as they come out of mail signatures and web pages.

use std::ops::Index;

use strum::VariantArray as _;

use super::*;
use crate::form::address::AddressField;
use crate::form::address::AddressField::{
    Carrier, City, Company, Contact, Country, Emails, Phone, PostalCode, State, Street1, Street2, Street3,
};
use crate::form::{Form, FormFacts, FormField as _, form_of};

mod countries;
mod kinds;

/// The proposed values of the address, in the order of the form.
#[derive(Debug, PartialEq)]
struct Fields([String; 11]);

impl Index<AddressField> for Fields {
    type Output = String;

    fn index(&self, field: AddressField) -> &String {
        &self.0[field as usize]
    }
}

impl<const N: usize> From<[(AddressField, &str); N]> for Fields {
    fn from(list: [(AddressField, &str); N]) -> Self {
        let mut fields = Self(Default::default());
        for (field, value) in list {
            value.clone_into(&mut fields.0[field as usize]);
        }
        fields
    }
}

fn read(text: &str) -> Fields {
    let proposal = propose(text).unwrap();
    Fields(std::array::from_fn(|index| proposal.value(AddressField::VARIANTS[index]).unwrap_or("").to_owned()))
}

#[test]
fn w26_five_lines_of_a_dutch_address() {
    let text =
        "Contoso BV\n12 Canal Street\n3011 AB Rotterdam\nNetherlands\n+31 10 555 0199\nstorage-team@contoso.com\n";
    let expected = [
        "",
        "Contoso BV",
        "12 Canal Street",
        "",
        "",
        "Rotterdam",
        "",
        "3011 AB",
        "Netherlands",
        "+31 10 555 0199",
        "storage-team@contoso.com",
    ];
    assert_eq!(read(text).0, expected);
}

#[test]
fn w26_american_canadian_british_and_german_places() {
    let cases = [
        ("Contoso\n400 Pine Ave\nSeattle, WA 98109\nUSA", ["Seattle", "WA", "98109", "United States"]),
        (
            "Contoso\n400 Pine Ave\nSalt Lake City UT 84101-1234\nUS",
            ["Salt Lake City", "UT", "84101-1234", "United States"],
        ),
        ("Contoso\n1 King St\nToronto, Ontario M5V 3L9\nCanada", ["Toronto", "Ontario", "M5V 3L9", "Canada"]),
        ("Contoso\n1 Mill Lane\nLondon\nSW1A 1AA\nUK", ["London", "", "SW1A 1AA", "United Kingdom"]),
        ("Contoso\n1 Mill Lane\nLondon SW1A 1AA, England", ["London", "", "SW1A 1AA", "United Kingdom"]),
        ("Contoso\nHafenstr. 3\nD-10117 Berlin\nDeutschland", ["Berlin", "", "10117", "Germany"]),
        ("Contoso\nPO Box 7\nWilmington, DE", ["Wilmington, DE", "", "", ""]),
    ];
    for (text, [city, state, code, country]) in cases {
        let got = read(text);
        assert_eq!(
            [&*got[City], &*got[State], &*got[PostalCode], &*got[Country]],
            [city, state, code, country],
            "{text}"
        );
        assert_eq!(got[Contact], "Contoso", "{text}");
    }
}

#[test]
fn labelled_lines_and_windows_line_ends_in_any_order() {
    let got = read(
        "Tel: 010 5550199\r\nE-mail: <team@contoso.com>\r\nContoso\r\nFloor 2\r\n12 Canal Street\r\nDock 4\r\nAntwerp\r\nBelgium",
    );
    assert_eq!((got[Phone].as_str(), got[Emails].as_str()), ("010 5550199", "team@contoso.com"));
    assert_eq!((got[City].as_str(), got[Country].as_str()), ("Antwerp", "Belgium"));
    assert_eq!([&*got[Street1], &*got[Street2], &*got[Street3]], ["Floor 2", "12 Canal Street", "Dock 4"]);
}

#[test]
fn w26_one_line_is_text_and_nothing_is_filled_in_before_the_yes() {
    assert_eq!(propose("12 Canal Street\n"), None);
    let mut form = Form::new(AddressField::VARIANTS.iter().map(|field| field.spec()), &["Someone else"], 0);
    let proposal = propose("Contoso\n12 Canal Street\n3011 AB Rotterdam\nNL").unwrap();
    assert_eq!((form.value(Contact), form.value(City)), ("Someone else", ""));
    assert_eq!(proposal.replaces(&form), [Contact]);
    proposal.apply(&mut form);
    assert_eq!((form.value(Contact), form.value(Country)), ("Contoso", "Netherlands"));
    assert_eq!(form.value(Carrier), "");
}

#[test]
fn w32_an_earlier_address_is_a_proposal_like_any_other() {
    let mut answers = crate::draft::AddressAnswers::default();
    answers.address.city = "Rotterdam".into();
    answers.shipping.carrier = "DHL".into();
    let proposal = from_earlier(&answers);
    let mut form = form_of::<AddressField>(&crate::draft::AddressAnswers::default(), 0, FormFacts::default());
    proposal.apply(&mut form);
    assert_eq!((form.value(City), form.value(Carrier)), ("Rotterdam", "DHL"));
}
