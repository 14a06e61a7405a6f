//! What the service gets of an address, and what depends on its country.

use serde_json::Value;

use super::super::AddressField::{
    self, Account, Company, Contact, Country, Emails, Kind, PostalCode, State, Street1, Street2, TaxNumber,
};
use super::super::{members, sent, warnings};
use super::{GOOD, filled, for_data_box, with};
use crate::azure::model::{JobChange, ReturnShipping, ServiceName};
use crate::azure::wire;
use crate::draft::AddressAnswers;
use crate::form::{DriveOrigin, FormFacts, country, write_form};

/// Every text of a JSON value with the name of its member.
fn texts(value: &Value, name: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| texts(value, name, found)),
        Value::Array(list) => {
            let all: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            found.push((name.to_owned(), all.join(", ")));
        }
        other => found.push((name.to_owned(), other.as_str().unwrap_or_default().to_owned())),
    }
}

#[test]
fn w70_what_the_service_gets_is_said_member_by_member_as_it_is_sent() {
    let mut values = GOOD;
    (values[Street1 as usize], values[Street2 as usize]) =
        ("Building 12, Industrial Estate North, 12 Harbour Road", "Gate 2");
    (values[Kind as usize], values[TaxNumber as usize], values[State as usize]) = ("office", "NL1", "ZH");
    values[Emails as usize] = "a@contoso.com; b@contoso.com";
    for (service, long) in [(ServiceName::DataBox, 12), (ServiceName::ImportExport, 11)] {
        let form = filled(values).with_facts(FormFacts { service, ..FormFacts::default() });
        let mut answers = AddressAnswers::default();
        write_form::<AddressField>(&form, &mut answers);
        let address = sent(&answers.address, service);
        let shipping = ReturnShipping {
            carrier: answers.shipping.carrier.clone(),
            account_number: answers.shipping.account_number.clone(),
        };
        let change =
            JobChange { return_address: Some(address), return_shipping: Some(shipping), ..JobChange::default() };
        let body = match service {
            ServiceName::DataBox => wire::data_box::body::update(&change).unwrap(),
            ServiceName::ImportExport => wire::job_body::update(&change),
        };
        let mut in_body = Vec::new();
        texts(&body, "", &mut in_body);
        let mut said: Vec<_> =
            members(&answers, service).into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        in_body.sort();
        said.sort();
        assert_eq!(said, in_body);
        assert!(
            said.len() >= long && said.contains(&("streetAddress1".into(), "Building 12, Industrial Estate".into()))
        );
    }
}

#[test]
fn w70_a_long_street_line_says_that_it_is_cut_and_where_that_does_not_help() {
    let says = |street: &'static str, part: &str| {
        let found = warnings(&with(Street1, street));
        assert!(
            found.iter().any(|warning| warning.field == Street1 as usize && warning.text.contains(part)),
            "{found:?}"
        );
    };
    says("Building 12, Industrial Estate North, 12 Harbour Road", "cut between words");
    says("Xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 1", "many carriers print only 35");
    let mut values = GOOD;
    (values[Company as usize], values[Contact as usize]) = ("Contoso Media Archive Holding", "Ana Example");
    assert!(warnings(&filled(values)).iter().any(|warning| warning.text.contains("one line of 42 characters")));
    assert_eq!(warnings(&for_data_box(values)), [], "Data Box has a line for each");
}

#[test]
fn w71_the_code_of_a_state_is_chosen_from_the_countrys_own_and_a_foreign_one_is_doubted() {
    let mut values = GOOD;
    (values[Country as usize], values[State as usize]) = ("United States", "washington");
    values[PostalCode as usize] = "98109";
    let mut form = filled(values);
    form.set_focus(State);
    form.next_field();
    assert_eq!((form.value(State), form.note(State).as_deref()), ("WA", Some("WA is Washington.")));
    assert_eq!(warnings(&form), []);
    values[State as usize] = "Ontario";
    let found = warnings(&filled(values));
    assert!(found.iter().any(|warning| warning.text.contains("codes with O are OH, OK, OR")), "{found:?}");
    values[State as usize] = "";
    assert!(warnings(&filled(values)).iter().any(|warning| warning.text.contains("need a state")));
}

#[test]
fn w71_the_account_says_whether_it_has_to_be_domestic_or_international() {
    let netherlands = country::exact("NL").unwrap();
    let mut values = GOOD;
    for (origin, home, part) in [
        (DriveOrigin::Settled(netherlands), "Netherlands", "a domestic account there serves"),
        (
            DriveOrigin::Settled(netherlands),
            "Belgium",
            "from Netherlands to Belgium: it takes an international account",
        ),
        (DriveOrigin::Expected(netherlands), "Belgium", "step Location settles it"),
        (DriveOrigin::Settled(netherlands), "", "if the drives stay in Netherlands"),
        (DriveOrigin::Unknown, "Belgium", "known once the location is"),
    ] {
        values[Country as usize] = home;
        let form = filled(values).with_facts(FormFacts { origin, ..FormFacts::default() });
        assert!(form.note(Account).is_some_and(|note| note.contains(part)), "{:?}", form.note(Account));
    }
}
