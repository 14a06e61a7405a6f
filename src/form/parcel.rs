//! The parcel to Microsoft: carrier, tracking number, drives and ship date; and the delivery package the service gets.
//!
//! The service requires carrier and tracking number and declares no format for the date (Microsoft page: Jobs - Update,
//! `DeliveryPackageInformation`); ISO 8601 is sent. One tracking number belongs to one job.

use jiff::civil::Date;

use super::spec::{CheckContext, FieldKind, FieldSpec, FormFacts, TEXT};
use super::{FieldWarning, Form, carrier};
use crate::azure::model::DeliveryPackage;
use crate::draft::ParcelAnswers;

/// Index of the carrier.
pub const CARRIER: usize = 0;
/// Index of the tracking number.
pub const TRACKING_NUMBER: usize = 1;
/// Index of the number of drives.
pub const DRIVE_COUNT: usize = 2;
/// Index of the ship date.
pub const SHIP_DATE: usize = 3;

/// Drives one job takes at most.
pub const MOST_DRIVES: u32 = 10;
/// Days a ship date may lie before or after today.
const DAYS: i32 = 14;

/// The fields, in the order of the constants above.
pub static SPECS: [FieldSpec; 4] = [
    FieldSpec {
        label: "Carrier",
        help: "Who has the parcel, e.g. FedEx; the arrow keys choose from the list.",
        kind: FieldKind::Pick(carrier::PICK),
        ..TEXT
    },
    FieldSpec {
        label: "Tracking number",
        help: "From the carrier's receipt, e.g. 794657312042. One number belongs to one job.",
        takes: tracking_takes,
        check: check_tracking,
        ..TEXT
    },
    FieldSpec {
        label: "Drives in the parcel",
        help: "How many drives it holds, 1 to 10, e.g. 2.",
        takes: |c| if c.is_ascii_digit() { Ok(c) } else { Err("A number of drives takes digits.") },
        check: |value, _| drives(value).map(|_| ()),
        ..TEXT
    },
    FieldSpec {
        label: "Ship date",
        help: "The day it left or leaves, as year-month-day, e.g. 2026-11-22.",
        takes: |c| if c.is_ascii_digit() || c == '-' { Ok(c) } else { Err("A date takes digits and hyphens.") },
        check: check_date,
        ..TEXT
    },
];

/// The form with what was typed before.
pub fn form(answers: &ParcelAnswers, focus: usize, facts: FormFacts) -> Form {
    let values = [&*answers.carrier, &*answers.tracking_number, &*answers.drive_count, &*answers.ship_date];
    Form::new(&SPECS, &values, focus).with_facts(facts)
}

/// Writes the form into the draft's answers as typed, right or wrong.
pub fn write(form: &Form, answers: &mut ParcelAnswers) {
    let raw = |index| form.value(index).to_owned();
    *answers = ParcelAnswers {
        carrier: raw(CARRIER),
        tracking_number: raw(TRACKING_NUMBER),
        drive_count: raw(DRIVE_COUNT),
        ship_date: raw(SHIP_DATE),
    };
}

/// The package as the service gets it; `None` while an answer is missing or cannot be read.
pub fn package(answers: &ParcelAnswers) -> Option<DeliveryPackage> {
    let carrier = answers.carrier.trim();
    let tracking_number = answers.tracking_number.trim();
    let drive_count = drives(answers.drive_count.trim()).ok()?;
    let date = date(answers.ship_date.trim()).ok()?;
    (!carrier.is_empty() && !tracking_number.is_empty()).then(|| DeliveryPackage {
        carrier: carrier.to_owned(),
        tracking_number: tracking_number.to_owned(),
        drive_count: Some(drive_count),
        ship_date: Some(format!("{date}T00:00:00Z")),
    })
}

/// What is unusual about the answers: another carrier than the way back uses.
pub fn warnings(form: &Form, return_carrier: &str) -> Vec<FieldWarning> {
    let carrier = form.trimmed(CARRIER);
    let differs = !carrier.is_empty() && !return_carrier.is_empty() && !carrier::same(carrier, return_carrier);
    let text = format!(
        "The drives go out with {carrier} and come back with {return_carrier}; that is allowed, check that it is meant."
    );
    differs.then(|| FieldWarning::new(CARRIER, text)).into_iter().collect()
}

fn tracking_takes(c: char) -> Result<char, &'static str> {
    let fits = c.is_ascii_alphanumeric() || matches!(c, '-' | ' ');
    if fits {
        Ok(c.to_ascii_uppercase())
    } else {
        Err("A tracking number takes letters A to Z, digits, blanks and hyphens.")
    }
}

fn check_tracking(value: &str, _: &CheckContext) -> Result<(), String> {
    if let Some(c) = value.chars().find(|c| tracking_takes(*c).is_err()) {
        return Err(format!(
            "\"{c}\" cannot be in a tracking number; it takes letters A to Z, digits, blanks and hyphens."
        ));
    }
    match value.chars().filter(char::is_ascii_alphanumeric).count() {
        0..6 => Err("This is too short for a tracking number; copy all of it from the receipt.".to_owned()),
        6..=40 => Ok(()),
        _ => Err("This is too long for a tracking number; write one number only.".to_owned()),
    }
}

fn drives(value: &str) -> Result<u32, String> {
    match value.parse::<u32>() {
        Ok(0) => Err("A parcel holds at least 1 drive.".to_owned()),
        Ok(count) if count <= MOST_DRIVES => Ok(count),
        Err(_) if value.chars().any(|c| !c.is_ascii_digit()) => {
            Err("Write the number of drives in digits, e.g. 2.".to_owned())
        }
        _ => Err(format!("One job takes at most {MOST_DRIVES} drives; more drives need another job.")),
    }
}

fn date(value: &str) -> Result<Date, String> {
    let shaped = value.len() == 10 && value.chars().all(|c| c.is_ascii_digit() || c == '-');
    let read = shaped.then(|| value.parse::<Date>().ok()).flatten();
    read.ok_or_else(|| format!("\"{value}\" is not a day of the calendar; write year-month-day, e.g. 2026-11-22."))
}

fn check_date(value: &str, around: &CheckContext) -> Result<(), String> {
    let date = date(value)?;
    let Some(today) = around.facts.today else { return Ok(()) };
    let days = today.until(date).map_or(i32::MAX, |span| span.get_days());
    match days {
        ..0 if days < -DAYS => {
            Err(format!("{date} is more than {DAYS} days ago (today is {today}); check year and month."))
        }
        0.. if days > DAYS => Err(format!(
            "{date} is more than {DAYS} days ahead (today is {today}); announce the parcel when it leaves."
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> FormFacts {
        FormFacts { today: Some(jiff::civil::date(2026, 11, 22)), ..FormFacts::default() }
    }

    fn answers() -> ParcelAnswers {
        ParcelAnswers {
            carrier: "FedEx".into(),
            tracking_number: " 7946 5731 2042 ".into(),
            drive_count: "2".into(),
            ship_date: "2026-11-22".into(),
        }
    }

    fn wrong(index: usize, value: &str) -> bool {
        let mut form = form(&answers(), 0, facts());
        form.set_value(index, value);
        form.check_all() == 1 && form.focus() == index
    }

    #[test]
    fn a_good_parcel_becomes_a_delivery_package() {
        let mut form = form(&answers(), 0, facts());
        assert_eq!(form.check_all(), 0);
        let mut again = ParcelAnswers::default();
        write(&form, &mut again);
        assert_eq!(again, answers());
        let package = package(&again).unwrap();
        assert_eq!((package.tracking_number.as_str(), package.drive_count), ("7946 5731 2042", Some(2)));
        assert_eq!(package.ship_date.as_deref(), Some("2026-11-22T00:00:00Z"));
        assert_eq!(super::package(&ParcelAnswers::default()), None);
    }

    #[test]
    fn drives_dates_and_numbers_out_of_bounds_are_told() {
        for drives in ["0", "11", "99999999999999999999", "two", "-1"] {
            assert!(wrong(DRIVE_COUNT, drives), "{drives}");
        }
        for date in ["2026-11-07", "2026-12-07", "2026-02-30", "22.11.2026", "20261122", "2025-11-22", "-9999-01-01"] {
            assert!(wrong(SHIP_DATE, date), "{date}");
        }
        for date in ["2026-11-08", "2026-12-06"] {
            assert!(!wrong(SHIP_DATE, date), "{date}");
        }
        for number in ["12345", "1Z999*", &"1".repeat(41)] {
            assert!(wrong(TRACKING_NUMBER, number), "{number}");
        }
        assert!(!wrong(TRACKING_NUMBER, "794657312042-1"));
    }

    #[test]
    fn another_carrier_than_for_the_way_back_is_only_a_warning() {
        let form = form(&answers(), 0, facts());
        assert_eq!(warnings(&form, "Fed Ex"), vec![]);
        assert_eq!(warnings(&form, "DHL").len(), 1);
        for spec in &SPECS {
            assert!(spec.help.contains("e.g."), "{}", spec.label);
        }
    }
}
