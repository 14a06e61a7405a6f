//! The form Ship: carrier, tracking number, drives, date and serial numbers of the parcel to Microsoft, and the delivery package made of
//! them.
//!
//! The service requires carrier and tracking number and declares no format for the date (Microsoft page: Jobs - Update,
//! `DeliveryPackageInformation`); ISO 8601 is sent. One tracking number belongs to one job.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use super::spec::{CheckContext, FieldKind, FieldSpec, TEXT};
use super::{FieldWarning, Form, FormField, carrier, serials, tracking};
use crate::azure::model::{DeliveryPackage, ServiceName};
use crate::draft::ParcelAnswers;

/// Drives one job takes at most.
const MOST_DRIVES: u32 = 10;
/// Days a ship date may lie before or after today.
const DAYS: i32 = 14;

/// The fields, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum ParcelField {
    /// Carrier that has the parcel.
    Carrier,
    /// Its tracking number.
    TrackingNumber,
    /// How many drives are in it.
    DriveCount,
    /// The day it leaves.
    ShipDate,
    /// Serial numbers of the drives in it.
    Serials,
}

static CARRIER: FieldSpec = FieldSpec {
    label: "Carrier",
    help: "Who has the parcel, e.g. FedEx; the arrow keys choose from the list.",
    kind: FieldKind::Pick(carrier::CHOICES),
    ..TEXT
};

static TRACKING_NUMBER: FieldSpec = FieldSpec {
    label: "Tracking number",
    help: "From the carrier's receipt, e.g. 794657312042. One number belongs to one job.",
    accepts: tracking_accepts,
    check: check_tracking,
    ..TEXT
};

static DRIVE_COUNT: FieldSpec = FieldSpec {
    label: "Drives in the parcel",
    help: "How many drives it holds, 1 to 10, e.g. 2.",
    shown: |context| context.facts.service.takes_parcel_contents(),
    accepts: |c| if c.is_ascii_digit() { Ok(c) } else { Err("A number of drives takes digits.") },
    check: |value, _| drives(value).map(drop),
    ..TEXT
};

static SHIP_DATE: FieldSpec = FieldSpec {
    label: "Ship date",
    help: "The day it left or leaves, as year-month-day, e.g. 2026-11-22.",
    shown: |context| context.facts.service.takes_parcel_contents(),
    accepts: |c| if c.is_ascii_digit() || c == '-' { Ok(c) } else { Err("A date takes digits and hyphens.") },
    check: check_date,
    ..TEXT
};

static SERIALS: FieldSpec = FieldSpec {
    label: "Serial numbers",
    help: "Of the drives, from their labels (S/N); paste several at once, e.g. 9CA995BB WX11A22. For the packing slip.",
    required: false,
    accepts: serials::accepts,
    check: serials::check,
    ..TEXT
};

impl From<ParcelField> for usize {
    fn from(field: ParcelField) -> Self {
        field as Self
    }
}

impl FormField for ParcelField {
    type Answers = ParcelAnswers;

    fn spec(self) -> &'static FieldSpec {
        match self {
            Self::Carrier => &CARRIER,
            Self::TrackingNumber => &TRACKING_NUMBER,
            Self::DriveCount => &DRIVE_COUNT,
            Self::ShipDate => &SHIP_DATE,
            Self::Serials => &SERIALS,
        }
    }

    fn read(self, answers: &ParcelAnswers) -> &str {
        match self {
            Self::Carrier => &answers.carrier,
            Self::TrackingNumber => &answers.tracking_number,
            Self::DriveCount => &answers.drive_count,
            Self::ShipDate => &answers.ship_date,
            Self::Serials => &answers.serials,
        }
    }

    fn write(self, answers: &mut ParcelAnswers, value: &str) {
        let answer = match self {
            Self::Carrier => &mut answers.carrier,
            Self::TrackingNumber => &mut answers.tracking_number,
            Self::DriveCount => &mut answers.drive_count,
            Self::ShipDate => &mut answers.ship_date,
            Self::Serials => &mut answers.serials,
        };
        value.clone_into(answer);
    }
}

/// The package as the service gets it; `None` while a field of it is missing or wrong.
pub fn package(answers: &ParcelAnswers, service: ServiceName) -> Option<DeliveryPackage> {
    let carrier = answers.carrier.trim();
    let tracking_number = answers.tracking_number.trim();
    if carrier.is_empty() || tracking_number.is_empty() {
        return None;
    }
    let mut package = DeliveryPackage {
        carrier: carrier.to_owned(),
        tracking_number: tracking_number.to_owned(),
        drive_count: None,
        ship_date: None,
    };
    if service.takes_parcel_contents() {
        package.drive_count = Some(drives(answers.drive_count.trim()).ok()?);
        let date = date(answers.ship_date.trim()).ok()?;
        package.ship_date = Some(format!("{date}T00:00:00Z"));
    }
    Some(package)
}

/// The parcel of another draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherParcel {
    /// The job it is for.
    pub job: String,
    /// Its tracking number as typed.
    pub tracking_number: String,
}

/// What is doubtful about the parcel: another carrier than the drives come back with, a number whose check digit does not fit or that
/// another parcel has, serial numbers that can be none.
pub fn warnings(form: &Form, return_carrier: &str, others: &[OtherParcel]) -> Vec<FieldWarning> {
    let (carrier, number) = (form.trimmed(ParcelField::Carrier), form.trimmed(ParcelField::TrackingNumber));
    let mut warnings = carrier_warning(carrier, return_carrier);
    let about_number = tracking::doubt(number, carrier).into_iter().chain(same_number(number, others));
    warnings.extend(about_number.map(|text| FieldWarning::new(ParcelField::TrackingNumber, text)));
    let count = form.is_shown(ParcelField::DriveCount).then(|| drives(form.trimmed(ParcelField::DriveCount)).ok());
    let doubts = serials::doubts(form.value(ParcelField::Serials), count.flatten());
    warnings.extend(doubts.into_iter().map(|text| FieldWarning::new(ParcelField::Serials, text)));
    warnings
}

/// That the parcel of another job has the same number.
fn same_number(number: &str, others: &[OtherParcel]) -> Option<String> {
    let plain = tracking::plain(number);
    let other = others.iter().find(|other| !plain.is_empty() && tracking::plain(&other.tracking_number) == plain)?;
    Some(format!(
        "The parcel of job {} has this number too. Microsoft supports one tracking number a job: give each job a parcel of its own.",
        other.job
    ))
}

/// That the parcel goes out with another carrier than the drives come back with.
fn carrier_warning(carrier: &str, return_carrier: &str) -> Vec<FieldWarning> {
    let differs = !carrier.is_empty() && !return_carrier.is_empty() && !carrier::same(carrier, return_carrier);
    let text = format!(
        "The drives go out with {carrier} and come back with {return_carrier}; that is allowed; check that you mean it."
    );
    differs.then(|| FieldWarning::new(ParcelField::Carrier, text)).into_iter().collect()
}

fn tracking_accepts(c: char) -> Result<char, &'static str> {
    let allowed = c.is_ascii_alphanumeric() || matches!(c, '-' | ' ');
    if allowed {
        Ok(c.to_ascii_uppercase())
    } else {
        Err("A tracking number takes letters A to Z, digits, blanks and hyphens.")
    }
}

fn check_tracking(value: &str, _: &CheckContext) -> Result<(), String> {
    if let Some(c) = value.chars().find(|c| tracking_accepts(*c).is_err()) {
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
    let looks_right = value.len() == 10 && value.chars().all(|c| c.is_ascii_digit() || c == '-');
    let read = looks_right.then(|| value.parse::<Date>().ok()).flatten();
    read.ok_or_else(|| format!("\"{value}\" is not a day of the calendar; write year-month-day, e.g. 2026-11-22."))
}

fn check_date(value: &str, context: &CheckContext) -> Result<(), String> {
    let date = date(value)?;
    let Some(today) = context.facts.today else { return Ok(()) };
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
    use strum::VariantArray as _;

    use super::ParcelField::{DriveCount, ShipDate, TrackingNumber};
    use super::*;
    use crate::form::{FormFacts, form_of, write_form};

    fn form(answers: &ParcelAnswers) -> Form {
        form_of::<ParcelField>(answers, 0, facts())
    }

    fn facts() -> FormFacts {
        FormFacts { today: Some(jiff::civil::date(2026, 11, 22)), ..FormFacts::default() }
    }

    fn answers() -> ParcelAnswers {
        ParcelAnswers {
            carrier: "FedEx".into(),
            tracking_number: " 7946 5731 2042 ".into(),
            drive_count: "2".into(),
            ship_date: "2026-11-22".into(),
            serials: "WX11A22 9CA995BB".into(),
            ..ParcelAnswers::default()
        }
    }

    fn wrong(field: ParcelField, value: &str) -> bool {
        let mut form = form(&answers());
        form.set_value(field, value);
        form.check_all() == 1 && form.focus() == usize::from(field)
    }

    #[test]
    fn w25_every_field_has_help_with_an_example() {
        for field in ParcelField::VARIANTS {
            assert!(field.spec().help.contains("e.g."), "{field:?}");
        }
    }

    #[test]
    fn a_good_parcel_becomes_a_delivery_package() {
        let mut form = form(&answers());
        assert_eq!(form.check_all(), 0);
        let mut again = ParcelAnswers::default();
        write_form::<ParcelField>(&form, &mut again);
        assert_eq!(again, answers());
        assert_eq!(warnings(&form, "", &[]).len(), 1, "the check digit of the example is another");
        let package = package(&again, ServiceName::ImportExport).unwrap();
        assert_eq!((package.tracking_number.as_str(), package.drive_count), ("7946 5731 2042", Some(2)));
        assert_eq!(package.ship_date.as_deref(), Some("2026-11-22T00:00:00Z"));
        assert_eq!(super::package(&ParcelAnswers::default(), ServiceName::ImportExport), None);
        assert_eq!(super::package(&ParcelAnswers::default(), ServiceName::DataBox), None);
    }

    #[test]
    fn a_service_is_told_only_what_it_takes_and_nothing_else_is_asked() {
        let answers = ParcelAnswers { drive_count: String::new(), ship_date: "soon".into(), ..answers() };
        let check = |service| {
            let facts = FormFacts { service, ..facts() };
            form_of::<ParcelField>(&answers, 0, facts).check_all()
        };
        assert_eq!((check(ServiceName::ImportExport), check(ServiceName::DataBox)), (2, 0));
        assert_eq!(package(&answers, ServiceName::ImportExport), None);
        let sent = package(&answers, ServiceName::DataBox).unwrap();
        assert_eq!((sent.carrier.as_str(), sent.drive_count, sent.ship_date), ("FedEx", None, None));
    }

    #[test]
    fn drives_dates_and_numbers_out_of_bounds_are_told() {
        for drives in ["0", "11", "99999999999999999999", "two", "-1"] {
            assert!(wrong(DriveCount, drives), "{drives}");
        }
        for date in ["2026-11-07", "2026-12-07", "2026-02-30", "22.11.2026", "20261122", "2025-11-22", "-9999-01-01"] {
            assert!(wrong(ShipDate, date), "{date}");
        }
        for date in ["2026-11-08", "2026-12-06"] {
            assert!(!wrong(ShipDate, date), "{date}");
        }
        for number in ["12345", "1Z999*", &"1".repeat(41)] {
            assert!(wrong(TrackingNumber, number), "{number}");
        }
        assert!(!wrong(TrackingNumber, "794657312042-1"));
    }

    #[test]
    fn another_carrier_than_for_the_way_back_is_only_a_warning() {
        let form = form(&answers());
        let on_carrier = |back| warnings(&form, back, &[]).iter().filter(|warning| warning.field == 0).count();
        assert_eq!((on_carrier("Fed Ex"), on_carrier("DHL")), (0, 1));
        for field in ParcelField::VARIANTS {
            assert!(field.spec().help.contains("e.g."), "{field:?}");
        }
    }

    #[test]
    fn w86_a_number_that_another_job_has_is_a_warning_with_that_job_however_it_is_written() {
        let mut form = form(&answers());
        let other = OtherParcel { job: "media-1".into(), tracking_number: "794657312042".into() };
        let about = |form: &Form, others: &[OtherParcel]| {
            warnings(form, "", others).into_iter().find(|warning| warning.text.contains("media-1"))
        };
        assert_eq!(about(&form, std::slice::from_ref(&other)).unwrap().field, usize::from(TrackingNumber));
        form.set_value(TrackingNumber, "794657312043");
        assert_eq!(about(&form, &[other]), None);
        form.set_value(TrackingNumber, "");
        assert_eq!(about(&form, &[OtherParcel { job: "media-1".into(), tracking_number: " ".into() }]), None);
    }
}
