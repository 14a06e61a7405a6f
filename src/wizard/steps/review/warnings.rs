//! Warnings before the job is created, computed from the answers. A warning never blocks the creation.

use crate::azure::model::ServiceName;
use crate::draft::ChosenLocation;
use crate::form::country;
use crate::select::Rule;
use crate::wizard::service;
use crate::wizard::shared::Shared;
use crate::wizard::steps::account::{Verdict, rights, verdict};
use crate::wizard::steps::drives;
use crate::wording::many;

/// The open warnings, gravest first, one sentence each: the doubts, then the facts of every job.
pub fn warnings(shared: &Shared) -> Vec<String> {
    let mut warnings = doubts(shared);
    warnings.extend(facts(shared));
    warnings
}

/// The warnings that the answers of this job give rise to. Other answers have none.
pub fn doubts(shared: &Shared) -> Vec<String> {
    let mut doubts = Vec::new();
    doubts.extend(about_account(shared));
    doubts.extend(rights::missing(shared));
    doubts.extend(drives::warnings(shared));
    doubts.extend(about_location(shared));
    doubts.extend(about_nothing(shared));
    doubts.extend(about_selection(shared));
    doubts
}

/// What holds for every job of the service, whatever the answers are.
pub fn facts(shared: &Shared) -> Vec<String> {
    let lessons = service::late_lessons(shared).iter().map(|lesson| (*lesson).to_owned());
    let charges = "Egress and transactions of everything exported are charged to the account's subscription.";
    lessons.chain([charges.to_owned()]).collect()
}

fn about_account(shared: &Shared) -> Vec<String> {
    let account = shared.catalogue.account.as_ref().or(shared.draft.account.as_ref().map(|chosen| &chosen.account));
    match account.map(verdict) {
        Some(Verdict::Doubtful(reasons)) => reasons.into_iter().map(|why| format!("Account: {why}.")).collect(),
        _ => Vec::new(),
    }
}

fn about_location(shared: &Shared) -> Vec<String> {
    let Some(chosen) = &shared.draft.location else { return Vec::new() };
    let mut warnings = Vec::new();
    if !chosen.address.is_complete() {
        warnings.push(format!(
            "{} shows no street address: its operations desk gives one out on request. Ask before you ship.",
            chosen.title
        ));
    }
    if chosen.ships_to != chosen.account_location {
        warnings.push(format!(
            "Drives go to {}, not to the account's own region {}.",
            chosen.title, chosen.account_location
        ));
    }
    warnings.extend(about_border(chosen, &shared.draft.address.address.country));
    warnings
}

/// The drives cross a border on both ways. The country of the location is that of its address, or of its region without an address.
fn about_border(chosen: &ChosenLocation, home: &str) -> Option<String> {
    /// Between members of the European Union no customs papers are needed.
    const UNION: &str = "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
    let there = country::of_place(&chosen.address.country, &chosen.ships_to)?;
    let home = country::exact(home).filter(|home| *home != there)?;
    let within = [home, there].iter().all(|country| UNION.split(' ').any(|code| code == country.alpha2));
    let papers = if within { "" } else { "customs papers both ways, and " };
    Some(format!(
        "The drives cross a border twice ({} to {} and back): {papers}an international carrier account.",
        home.name, there.name
    ))
}

/// Rules that match nothing, as far as listings show. After a complete count, the count warns of them.
fn about_nothing(shared: &Shared) -> Option<String> {
    let counted = shared.draft.drives.counted.as_ref();
    if counted.is_some_and(|counted| counted.complete && drives::fits(shared, counted)) {
        return None;
    }
    let rules = &shared.draft.selection.rules;
    let nothing: Vec<&Rule> = shared.catalogue.unmatched.iter().filter(|rule| rules.contains(rule)).collect();
    let first = nothing.first()?;
    let others = nothing.len() - 1;
    let more = if others == 0 { String::new() } else { format!(" and {}", many(others as u64, "other rule")) };
    Some(format!("Nothing on the server matches the rule \u{201c}{first}\u{201d}{more}: look at the rules again."))
}

fn about_selection(shared: &Shared) -> Vec<String> {
    let rules = &shared.draft.selection.rules;
    let mut warnings = about_rules(rules, shared.draft.service());
    if rules.iter().any(Rule::needs_list_file) {
        warnings.push(about_snapshots(shared.draft.service()));
    }
    warnings
}

fn about_snapshots(service: ServiceName) -> String {
    match service {
        ServiceName::DataBox => {
            "Azure Data Box has no words for single snapshots or for blobs without them: those rules name the whole blob, and what comes of its snapshots is documented nowhere."
        }
        ServiceName::ImportExport => "Picking or leaving out snapshots is documented, and rarely used; check what came back.",
    }
    .to_owned()
}

fn about_rules(rules: &[Rule], service: ServiceName) -> Vec<String> {
    let mut warnings = Vec::new();
    if rules.contains(&Rule::Prefix("/".into())) {
        warnings.push("The whole account is exported, its log container included.".to_owned());
    }
    if rules.iter().any(|rule| matches!(rule, Rule::Prefix(_))) {
        warnings.push(
            if service.selects_snapshots() {
                "Prefixes take every snapshot at full size, and whatever is added under them until the copy."
            } else {
                "Prefixes take whatever is added under them until the copy. Whether Azure Data Box exports snapshots is documented nowhere."
            }
            .to_owned(),
        );
    }
    let open_ended = rules.iter().filter(|rule| matches!(rule, Rule::Prefix(text) if !text.ends_with('/'))).count();
    if open_ended > 0 {
        warnings.push(match open_ended {
            1 => "1 prefix does not end in /, so it takes every name that begins so.".to_owned(),
            _ => format!("{open_ended} prefixes do not end in /, so they take every name that begins so."),
        });
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::azure::model::{LocationName, ShippingAddress};

    fn at(region: &str, country: &str) -> ChosenLocation {
        ChosenLocation {
            job_location: LocationName::new(region),
            ships_to: LocationName::new(region),
            title: region.into(),
            address: ShippingAddress { country: country.into(), ..ShippingAddress::default() },
            carriers: Vec::new(),
            account_location: LocationName::new(region),
            ..ChosenLocation::default()
        }
    }

    #[test]
    fn a_border_is_told_also_where_the_location_shows_no_address() {
        for (region, shown, home, part) in [
            ("Australia Southeast", " ", "Norway", Some("Norway to Australia and back): customs papers both ways")),
            ("Southeast Asia", "+65 0000 0000", "Norge", Some("Norway to Singapore")),
            ("West Europe", "Netherlands (NL)", "Belgium", Some("and back): an international")),
            ("West Europe", "Netherlands (NL)", "Nederland", None),
            ("Korea Central", "Republic of Korea", "South Korea", None),
            ("West US", "USA", "United States", None),
            ("West US", "USA", "", None),
            ("Atlantis", "", "Norway", None),
        ] {
            let warnings = about_border(&at(region, shown), home);
            let fits = match part {
                Some(part) => warnings.as_ref().is_some_and(|text| text.contains(part)),
                None => warnings.is_none(),
            };
            assert!(fits, "{region} {home}: {warnings:?}");
        }
    }

    #[test]
    fn one_open_prefix_is_told_as_one() {
        let open = |text: &str| Rule::Prefix(text.into());
        let warnings = |rules: &[Rule]| about_rules(rules, ServiceName::ImportExport).join(" ");
        assert!(warnings(&[open("/media/2024")]).contains("1 prefix does not end in /, so it takes"));
        assert!(warnings(&[open("/a"), open("/b")]).contains("2 prefixes do not end in /, so they take"));
        assert!(!warnings(&[open("/a/")]).contains("not end"));
    }
}
