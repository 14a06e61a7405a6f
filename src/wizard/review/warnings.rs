//! What a person should know before the job is created, drawn from the answers. Nothing here stops anybody.

use crate::select::Rule;
use crate::wizard::account::{Verdict, verdict};
use crate::wizard::desk::Desk;
use crate::wizard::drives;

/// The open warnings, gravest first, one sentence each.
pub fn warnings(desk: &Desk) -> Vec<String> {
    let mut told = Vec::new();
    told.extend(about_account(desk));
    told.extend(drives::warnings(desk));
    told.extend(about_location(desk));
    told.extend(about_nothing(desk));
    told.extend(about_selection(&desk.draft.selection.rules));
    told.push("Egress and transactions of everything exported are charged to the account's subscription.".to_owned());
    told
}

fn about_account(desk: &Desk) -> Vec<String> {
    let account = desk.catalogue.account.as_ref().or(desk.draft.account.as_ref().map(|chosen| &chosen.account));
    match account.map(verdict) {
        Some(Verdict::Doubtful(reasons)) => reasons.into_iter().map(|why| format!("Account: {why}.")).collect(),
        _ => Vec::new(),
    }
}

fn about_location(desk: &Desk) -> Vec<String> {
    let Some(chosen) = &desk.draft.location else { return Vec::new() };
    let mut told = Vec::new();
    if !chosen.address.is_complete() {
        told.push(format!(
            "{} shows no street address: its operations desk gives one out on request. Ask before you ship.",
            chosen.title
        ));
    }
    if chosen.ships_to != chosen.account_location {
        told.push(format!(
            "Drives go to {}, not to the account's own region {}.",
            chosen.title, chosen.account_location
        ));
    }
    let country = desk.draft.address.address.country.trim();
    let there = chosen.address.country.trim();
    if !country.is_empty() && !there.is_empty() && !there.to_lowercase().contains(&country.to_lowercase()) {
        told.push(format!(
            "The drives cross a border ({there} to {country}): customs, and an international carrier account."
        ));
    }
    told
}

/// Rules that match nothing: on the day of the copy they would silently bring nothing. A whole count has told of them.
fn about_nothing(desk: &Desk) -> Option<String> {
    let counted = desk.draft.drives.counted.as_ref();
    if counted.is_some_and(|counted| counted.complete && drives::fits(desk, counted)) {
        return None;
    }
    let rules = &desk.draft.selection.rules;
    let nothing: Vec<&Rule> = desk.catalogue.unmatched.iter().filter(|rule| rules.contains(rule)).collect();
    let first = nothing.first()?;
    let others = nothing.len() - 1;
    let more = if others == 0 { String::new() } else { format!(" and {others} other rules") };
    Some(format!("Nothing on the server matches the rule \u{201c}{first}\u{201d}{more}: look at the rules again."))
}

fn about_selection(rules: &[Rule]) -> Vec<String> {
    let mut told = Vec::new();
    if rules.contains(&Rule::Prefix("/".into())) {
        told.push("The whole account is exported, its log container included.".to_owned());
    }
    if rules.iter().any(|rule| matches!(rule, Rule::Prefix(_))) {
        told.push(
            "Prefixes take every snapshot at full size, and whatever is added under them until the copy.".to_owned(),
        );
    }
    let open_ended = rules.iter().filter(|rule| matches!(rule, Rule::Prefix(text) if !text.ends_with('/'))).count();
    if open_ended > 0 {
        told.push(format!("{open_ended} prefixes do not end in /, so they take every name that begins so."));
    }
    let singled = rules.iter().any(|rule| matches!(rule, Rule::Snapshot { .. } | Rule::Blob { snapshots: false, .. }));
    if singled {
        told.push(
            "Picking or leaving out snapshots is documented for the classic service only; check what came back."
                .to_owned(),
        );
    }
    told
}
