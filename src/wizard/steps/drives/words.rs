//! Describes the count in words for the rail, Review and the top of the Drives page. The words are made anew for every frame.

use crate::azure::model::ServiceName;
use crate::draft::{CountedTotals, PlannedDrives};
use crate::plan::Purchase;
use crate::select::Rule;
use crate::wizard::shared::Shared;
use crate::wizard::steps::drives::estimate::fits;
use crate::wording::{decimal, many};

/// A number a person can take in at a glance: `9,412`, `34 k`, `1.2 M`.
pub fn round(number: u64) -> String {
    let (unit, sign) = match number {
        0..10_000 => return number.to_string(),
        10_000..1_000_000 => return format!("{} k", number / 1000),
        1_000_000..1_000_000_000 => (1_000_000, "M"),
        _ => (1_000_000_000, "G"),
    };
    format!("{}.{} {sign}", number / unit, number % unit * 10 / unit)
}

/// The drives of a plan: `9 drives of 4TB`, or `2 drives from 2x8TB + 1x4TB`.
pub fn drives(count: u64, sizes: &str) -> String {
    let sizes = sizes.trim();
    let given = Purchase::parse(sizes).is_ok_and(|purchase| !purchase.given.is_empty());
    format!("{} {} {sizes}", many(count, "drive"), if given { "from" } else { "of" })
}

/// For the rail and the review: `9 drives of 4TB, 34.10 TB`, or `9 drives of 4TB, 30.00 TB of 34.10 TB` if some blobs fit on no drive.
pub(super) fn short(counted: &CountedTotals) -> String {
    let least = if counted.complete { "" } else { "at least " };
    let all = decimal(counted.bytes);
    let Some(plan) = &counted.plan else { return format!("{least}{all}") };
    let sum = match plan.bytes.map(decimal) {
        Some(part) if part != all => format!("{part} of {all}"),
        _ => all,
    };
    format!("{least}{}, {sum}", planned(plan))
}

fn planned(plan: &PlannedDrives) -> String {
    drives(u64::try_from(plan.drives).unwrap_or(u64::MAX), &plan.sizes)
}

/// The warnings of the count before the job is created, gravest first.
pub fn warnings(shared: &Shared) -> Vec<String> {
    if shared.draft.selection.rules.is_empty() {
        return Vec::new();
    }
    let Some(counted) = shared.draft.drives.counted.as_ref().filter(|counted| fits(shared, counted)) else {
        return vec![
            "The blobs as checked now are not counted to the end: nobody knows how many drives they need.".into(),
        ];
    };
    let mut warnings = Vec::new();
    if !counted.complete {
        warnings.push("Not everything could be counted: the number of drives is a least number.".to_owned());
    }
    warnings.extend(about_plan(counted));
    let service = shared.draft.service;
    for (kind, count) in counted.findings.iter().filter(|(kind, _)| kind.concerns(service)) {
        warnings.push(format!("{}: {}", many(*count, "blob"), kind.sentence(service)));
    }
    warnings.extend(about_nothing(counted));
    match about_snapshots(counted.snapshots, service) {
        Some(words) => warnings.push(words),
        None if counted.snapshots > 0 => {
            warnings.push(format!("{} included, each at full size.", many(counted.snapshots, "snapshot")));
        }
        None => {}
    }
    warnings
}

/// Why drives may be planned for snapshots that do not come; `None` where there are none, and with a service that takes them.
pub fn about_snapshots(snapshots: u64, service: Option<ServiceName>) -> Option<String> {
    (snapshots > 0 && service == Some(ServiceName::DataBox)).then(|| {
        format!(
            "{} counted, each at full size; whether Azure Data Box exports snapshots is documented nowhere.",
            many(snapshots, "snapshot")
        )
    })
}

fn about_plan(counted: &CountedTotals) -> Vec<String> {
    let mut warnings = Vec::new();
    let Some(plan) = &counted.plan else {
        return vec!["The drive sizes cannot be read, so no drives are planned: type them in the step Drives.".into()];
    };
    if plan.drives > crate::plan::DRIVES_PER_JOB {
        let way = match plan.jobs {
            0 | 1 => "check less".to_owned(),
            jobs => format!("make {jobs} jobs of it in the step Drives"),
        };
        warnings.push(format!("{} are needed and a job takes ten: take larger drives, or {way}.", planned(plan)));
    }
    if plan.too_large > 0 {
        warnings.push(format!(
            "{} larger than the largest drive cannot be exported: a blob is never split.",
            many(plan.too_large, "blob")
        ));
    }
    warnings
}

/// Rules that match nothing, the first three by name.
fn about_nothing(counted: &CountedTotals) -> Vec<String> {
    let rules: Vec<&Rule> = counted.nothing.iter().filter_map(|place| counted.rules.get(*place)).collect();
    let mut warnings: Vec<String> = rules.iter().take(3).map(|rule| format!("Nothing matches {rule}.")).collect();
    if rules.len() > 3 {
        warnings.push(format!("{} more match nothing either.", many((rules.len() - 3) as u64, "rule")));
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_rounded_up() {
        let shown = [9_999, 10_000, 999_999, 1_299_999, 34_100_000_000].map(round);
        assert_eq!(shown, ["9999", "10 k", "999 k", "1.2 M", "34.1 G"]);
    }

    #[test]
    fn given_drives_are_told_from_bought_ones() {
        assert_eq!(drives(1, "4TB"), "1 drive of 4TB");
        assert_eq!(drives(3, "2x8TB + 1x4TB "), "3 drives from 2x8TB + 1x4TB");
    }
}
