//! Settings of an account that matter to an export, in words: lifecycle rules, versioning, immutability, replication.

use crate::azure::model::{BlobSettings, LifecycleRule, StorageAccount};
use crate::wizard::shared::Shared;
use crate::wizard::steps::account::rights::known;
use crate::wording::some_of;

/// A sentence about a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingRemark {
    /// It can keep blobs out of the export or the list file out of the account.
    pub warning: bool,
    /// The sentence.
    pub text: String,
}

/// What the settings of an account mean for an export; empty while they are not read.
pub fn remarks(shared: &Shared, account: &StorageAccount) -> Vec<SettingRemark> {
    match known(shared, account).and_then(|rights| rights.settings.as_ref()) {
        None => Vec::new(),
        Some(Err(fault)) => vec![note(format!("Its settings are not known: {}.", fault.reason.trim_end_matches('.')))],
        Some(Ok(settings)) => about(settings),
    }
}

fn note(text: impl Into<String>) -> SettingRemark {
    SettingRemark { warning: false, text: text.into() }
}

fn about(settings: &BlobSettings) -> Vec<SettingRemark> {
    let mut remarks = Vec::new();
    for rule in settings.lifecycle.iter().flatten() {
        remarks.push(SettingRemark { warning: true, text: about_rule(rule) });
    }
    if let Some(containers) = settings.replicated_into.as_ref().ok().filter(|all| !all.is_empty()) {
        let text = format!(
            "Object replication writes into {}: nothing else can be written there, no list file and no log.",
            some_of(containers, 3)
        );
        remarks.push(SettingRemark { warning: true, text });
    }
    if settings.versioning == Ok(true) {
        remarks.push(note("Versioning is on: older versions of blobs are not exported."));
    }
    if settings.immutable == Ok(true) {
        remarks.push(note("Immutability is on: a list file or a log written there may not be deletable afterwards."));
    }
    remarks.extend(unknown(settings));
    remarks
}

/// What could not be found out, with the first reason.
fn unknown(settings: &BlobSettings) -> Option<SettingRemark> {
    let BlobSettings { versioning, immutable, lifecycle, replicated_into } = settings;
    let all = [
        ("lifecycle rules", lifecycle.as_ref().err()),
        ("object replication", replicated_into.as_ref().err()),
        ("versioning", versioning.as_ref().err()),
        ("immutability", immutable.as_ref().err()),
    ];
    let unknown: Vec<(&str, &String)> = all.into_iter().filter_map(|(what, why)| Some((what, why?))).collect();
    let (_, why) = unknown.first()?;
    let what: Vec<&str> = unknown.iter().map(|(what, _)| *what).collect();
    Some(note(format!("Not known: {} ({}).", what.join(", "), why.trim_end_matches('.'))))
}

fn about_rule(rule: &LifecycleRule) -> String {
    let of = if rule.prefixes.is_empty() {
        "blobs".to_owned()
    } else {
        format!("blobs under {}", some_of(&rule.prefixes, 3))
    };
    let does = match (rule.archives, rule.deletes) {
        (true, true) => "archives and deletes",
        (true, false) => "archives",
        _ => "deletes",
    };
    format!("The lifecycle rule {} {does} {of}: what that reaches before the copy is not exported.", rule.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_said_with_the_reason_and_what_does_not_matter_is_not() {
        let refused = || Err("you are not allowed to look".to_owned());
        let settings = BlobSettings {
            versioning: Ok(false),
            immutable: Ok(false),
            lifecycle: refused(),
            replicated_into: Ok(vec![]),
        };
        let told: Vec<String> = about(&settings).into_iter().map(|remark| remark.text).collect();
        assert_eq!(told, ["Not known: lifecycle rules (you are not allowed to look)."]);
        let rule = LifecycleRule { name: "tidy".into(), prefixes: vec!["a/b".into()], archives: false, deletes: true };
        let settings = BlobSettings {
            versioning: Ok(true),
            lifecycle: Ok(vec![rule]),
            replicated_into: Ok(vec!["copies".into()]),
            ..settings
        };
        let told = about(&settings);
        assert!(told[0].warning && told[0].text.contains("tidy deletes blobs under a/b"), "{told:?}");
        assert!(told[1].text.contains("copies") && !told[2].warning, "{told:?}");
    }
}
