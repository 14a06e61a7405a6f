//! Writes the answers of a file into a draft, as a person would have typed them. The steps of the wizard check them.

use std::sync::Arc;

use super::answers::{AddressSection, AnswersFile, BlobsSection, JobSection, VaultKeySection};
use crate::azure::model::{LogLevel, ReturnShipping, StorageAccount, Subscription};
use crate::cli::failure::CommandFailure;
use crate::cli::list;
use crate::draft::{AddressAnswers, ChosenAccount, ChosenBlobs, Draft, EncryptionAnswers, JobAnswers, TypedAddress};
use crate::form::job::tags;
use crate::select::{Rule, RuleForm, Selection};

/// Fills a new draft. `chosen` is the account as the service lists it.
///
/// # Errors
/// A prefix, a path or the list file is wrong.
pub(super) fn fill(draft: &mut Draft, answers: &AnswersFile, chosen: ChosenAccount) -> Result<(), CommandFailure> {
    let rules = Selection::from_rules(rules(&answers.blobs)?).rules();
    let account = Some(chosen.account.id.clone());
    draft.selection = ChosenBlobs { rules: Arc::new(rules), account, ..ChosenBlobs::default() };
    draft.account = Some(chosen);
    draft.service = answers.service;
    if let Some(sizes) = &answers.drives {
        draft.drives.sizes.clone_from(sizes);
    }
    draft.address = AddressAnswers {
        address: address(&answers.address),
        shipping: ReturnShipping {
            carrier: answers.carrier.name.clone(),
            account_number: answers.carrier.account_number.clone(),
        },
        ..AddressAnswers::default()
    };
    draft.options = options(&answers.job);
    Ok(())
}

/// The account of that name or resource id among those of a subscription.
pub(super) fn find_account(
    subscription: Subscription,
    accounts: Vec<StorageAccount>,
    wanted: &str,
) -> Option<ChosenAccount> {
    let is_wanted =
        |account: &StorageAccount| account.name.eq_ignore_ascii_case(wanted) || account.id.eq_ignore_ascii_case(wanted);
    let account = accounts.into_iter().find(is_wanted)?;
    Some(ChosenAccount { subscription, account })
}

fn rules(blobs: &BlobsSection) -> Result<Vec<Rule>, CommandFailure> {
    let forms = [blobs.all, blobs.list.is_some(), !blobs.prefixes.is_empty() || !blobs.paths.is_empty()];
    if forms.into_iter().filter(|is_given| *is_given).count() > 1 {
        return Err(CommandFailure::wrong(
            "The answers name blobs in two ways: write `all`, or `list`, or `prefixes` and `paths`.",
        ));
    }
    if blobs.all {
        return Ok(vec![Rule::Prefix("/".to_owned())]);
    }
    if let Some(file) = &blobs.list {
        return Ok(list::from_file(file)?.rules);
    }
    let prefixes = blobs.prefixes.iter().map(|text| ("prefixes", text, RuleForm::Prefix));
    let paths = blobs.paths.iter().map(|text| ("paths", text, RuleForm::Path));
    prefixes.chain(paths).map(|(key, text, form)| rule(key, text, form)).collect()
}

fn rule(key: &str, text: &str, form: RuleForm) -> Result<Rule, CommandFailure> {
    list::rule(&format!("blobfreight new: blobs.{key}"), text, form).map_err(|(shown, why)| {
        CommandFailure::wrong(format!("The answers have a wrong entry{shown} in `blobs.{key}`: {why}."))
    })
}

fn address(section: &AddressSection) -> TypedAddress {
    TypedAddress {
        contact: section.contact.clone(),
        company: section.company.clone(),
        street1: section.street1.clone(),
        street2: section.street2.clone(),
        street3: section.street3.clone(),
        city: section.city.clone(),
        state: section.state.clone(),
        postal_code: section.postal_code.clone(),
        country: section.country.clone(),
        phone: section.phone.clone(),
        emails: section.emails.join(", "),
        kind: section.kind.map(Into::into).unwrap_or_default(),
        tax_number: section.tax_number.clone(),
    }
}

fn options(section: &JobSection) -> JobAnswers {
    let usual = JobAnswers::default();
    JobAnswers {
        name: section.name.clone(),
        resource_group: section.resource_group.clone(),
        diagnostics_path: section.diagnostics_path.clone().unwrap_or(usual.diagnostics_path),
        log_level: section.log_level.map_or(usual.log_level, LogLevel::from),
        backup_manifest: section.manifest_backup.unwrap_or(usual.backup_manifest),
        encryption: section.encryption_key.as_ref().map(encryption).unwrap_or_default(),
        tags: tags::written(section.tags.iter().map(|(name, value)| (name.as_str(), value.as_str()))),
        confirmed: false,
    }
}

fn encryption(key: &VaultKeySection) -> EncryptionAnswers {
    let (url, vault, identity) = (key.url.clone(), key.vault.clone(), key.identity.clone());
    EncryptionAnswers { customer_managed: true, url, vault, identity }
}
