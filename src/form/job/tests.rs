//! Job names and options: what is refused at the key, what on leaving, and names that are suggested.

use jiff::Timestamp;
use strum::VariantArray as _;

use super::JobField::{BackupManifest, DiagnosticsPath, LogLevel, Name, ResourceGroup, Tags};
use super::*;
use crate::azure::model;
use crate::draft::JobAnswers;
use crate::form::{Edit, Form, FormFacts, FormField as _, form_of, write_form};

fn form(answers: &JobAnswers, focus: JobField) -> Form {
    form_of::<JobField>(answers, focus.into(), FormFacts::default())
}

fn wrong(field: JobField, value: &str) -> Option<String> {
    let mut form =
        form(&JobAnswers { name: "export-1".into(), resource_group: "rg".into(), ..JobAnswers::default() }, Name);
    form.set_value(field, value);
    form.check_all();
    form.error(field).map(str::to_owned)
}

#[test]
fn w24_capitals_are_folded_and_blanks_refused_in_a_job_name() {
    let mut form = form(&JobAnswers::default(), Name);
    for c in "My Job_1".chars() {
        form.edit(Edit::Insert(c));
    }
    assert_eq!(form.value(Name), "myjob1");
    assert!(form.edit(Edit::Insert('_')).refused.is_some());
}

#[test]
fn job_names_of_the_safe_intersection() {
    for good in ["abc", "export-media-1122", "a1-", "a23456789012345678901234"].map(|name| name.trim_end_matches('-')) {
        assert_eq!(wrong(Name, good).is_none(), good.len() >= 3, "{good}");
    }
    for bad in ["ab", "1abc", "-abc", "abc-", "aBc", "a_b_c", "a234567890123456789012345", "", "naïve"] {
        assert!(wrong(Name, bad).is_some(), "{bad}");
    }
}

#[test]
fn resource_groups_and_diagnostics_paths() {
    for good in ["rg", "Media_(west).1", "grüppe"] {
        assert_eq!(wrong(ResourceGroup, good), None, "{good}");
    }
    for bad in ["rg.", "a b", &"x".repeat(91)] {
        assert!(wrong(ResourceGroup, bad).is_some(), "{bad}");
    }
    for good in ["waimportexport", "logs/export", "logs/export/2026/", "a1b", "my-logs/Büro 4"] {
        assert_eq!(wrong(DiagnosticsPath, good), None, "{good}");
    }
    for bad in ["/logs", "Logs", "ab", "a--b", "-ab", "$root", "logs//x", "logs/x.", "logs/\\", "logs/ /x", "x/"] {
        assert!(wrong(DiagnosticsPath, bad).is_some(), "{bad}");
    }
}

#[test]
fn tags_are_optional_and_checked_like_any_field() {
    assert_eq!(wrong(Tags, ""), None);
    assert_eq!(wrong(Tags, "CostCenter=4711, Owner=ana"), None);
    assert!(wrong(Tags, "CostCenter").is_some_and(|text| text.contains("name=value")));
    let mut form = form(&JobAnswers::default(), Tags);
    form.set_value(Tags, "CostCenter=4711 Owner=ana");
    assert_eq!(warnings(&form).iter().map(|warning| warning.field).collect::<Vec<_>>(), [Tags as usize]);
}

#[test]
fn options_come_back_as_they_were_chosen() {
    let mut answers = JobAnswers { log_level: model::LogLevel::Error, backup_manifest: false, ..JobAnswers::default() };
    let mut form = form(&answers, BackupManifest);
    assert_eq!((form.value(LogLevel), form.value(BackupManifest)), ("Error", "off"));
    form.edit(Edit::NextChoice);
    form.set_focus(LogLevel);
    form.edit(Edit::Insert(' '));
    write_form::<JobField>(&form, &mut answers);
    assert_eq!((answers.log_level, answers.backup_manifest), (model::LogLevel::Verbose, true));
}

#[test]
fn w25_every_field_has_help_with_an_example() {
    for field in JobField::VARIANTS {
        assert!(field.spec().help.contains("e.g."), "{field:?}");
    }
}

proptest::proptest! {
    #[test]
    fn a_suggested_name_is_always_a_good_one(account in ".{0,30}", second in 0_i64..4_000_000_000) {
        let name = suggest(&account, Timestamp::from_second(second).unwrap());
        proptest::prop_assert_eq!(wrong(Name, &name), None, "{}", name);
    }

    #[test]
    fn a_numbered_name_is_a_good_one_and_no_other_number_has_it(name in "[a-z][a-z0-9-]{1,22}[a-z0-9]", number in 2_usize..400) {
        let one = numbered(&name, number);
        proptest::prop_assert_eq!(wrong(Name, &one), None, "{}", one);
        proptest::prop_assert_ne!(&numbered(&name, number + 1), &one);
        proptest::prop_assert_eq!(wrong(Name, &untaken(&one, |other| other == one)), None);
    }
}

#[test]
fn the_suggested_name_says_account_and_day() {
    let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
    assert_eq!(suggest("mediaarchive", now), "export-mediaarchive-1122");
    assert_eq!(suggest("", now), "export-1122");
}

#[test]
fn a_taken_name_becomes_the_next_in_its_row() {
    let taken = |name: &str| ["media", "media-2", "media-3", "export-1122"].contains(&name);
    assert_eq!(untaken("films", taken), "films");
    assert_eq!(untaken("media", taken), "media-4");
    assert_eq!(untaken("media-2", taken), "media-4");
    assert_eq!(untaken("export-1122", taken), "export-1122-2", "a day is no number in a row");
    assert_eq!(numbered("export-mediaarchive-1122", 12), "export-mediaarch-1122-12", "the day stays");
}
