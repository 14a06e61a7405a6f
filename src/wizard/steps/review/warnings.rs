//! Warnings before the job is created, computed from the answers. A warning never blocks the creation.

use crate::azure::model::ServiceName;
use crate::select::Rule;
use crate::wizard::shared::Shared;
use crate::wizard::steps::account::{Verdict, chosen, rights, verdict};
use crate::wizard::steps::drives;
use crate::wizard::{paperwork, service};
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
    doubts.extend(about_vault_key(shared));
    doubts
}

/// What holds for every job of the service, whatever the answers are.
pub fn facts(shared: &Shared) -> Vec<String> {
    let lessons = service::late_lessons(shared).iter().map(|lesson| (*lesson).to_owned());
    let charges = "Egress and transactions of everything exported are charged to the account's subscription.";
    lessons.chain([charges.to_owned()]).collect()
}

/// A key of the customer: what it takes to read the BitLocker keys later, or that it is not used.
fn about_vault_key(shared: &Shared) -> Option<String> {
    let service = shared.draft.service();
    if !shared.draft.options.encryption.customer_managed {
        return None;
    }
    Some(if service.takes_vault_key() {
        "A key of your own protects the BitLocker keys. Whether its vault is there and its identity may use it is not checked here; without either the service cannot hand out the BitLocker keys, and nobody can read the drives.".to_owned()
    } else {
        format!(
            "The key of your own is not used: {} takes none when a job is created. It is set in the portal once the job exists.",
            service.title()
        )
    })
}

fn about_account(shared: &Shared) -> Vec<String> {
    match chosen(shared).map(|(subscription, account)| verdict(subscription, account)) {
        Some(Verdict::Doubtful(reasons)) => reasons.into_iter().map(|why| format!("Account: {why}.")).collect(),
        _ => Vec::new(),
    }
}

fn about_location(shared: &Shared) -> Vec<String> {
    let Some(chosen) = &shared.draft.location else { return Vec::new() };
    let mut warnings = Vec::new();
    if !chosen.address.is_complete() {
        let says = chosen.address.notice().map(|notice| format!(" It says: {notice}")).unwrap_or_default();
        warnings.push(format!("{} shows no street address to ship to.{says}", chosen.title));
    }
    if chosen.ships_to != chosen.account_location {
        warnings.push(format!(
            "Drives go to {}, not to the account's own region {}.",
            chosen.title, chosen.account_location
        ));
    }
    warnings.extend(paperwork::of_draft(shared));
    warnings
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

    #[test]
    fn one_open_prefix_is_told_as_one() {
        let open = |text: &str| Rule::Prefix(text.into());
        let warnings = |rules: &[Rule]| about_rules(rules, ServiceName::ImportExport).join(" ");
        assert!(warnings(&[open("/media/2024")]).contains("1 prefix does not end in /, so it takes"));
        assert!(warnings(&[open("/a"), open("/b")]).contains("2 prefixes do not end in /, so they take"));
        assert!(!warnings(&[open("/a/")]).contains("not end"));
    }
}
