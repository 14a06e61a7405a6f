//! The answers of a job that exists, as a file to change and use again.

use super::answers::{
    AddressSection, AnswersFile, BlobsSection, CarrierSection, JobSection, KindWord, LogLevelWord, VaultKeySection,
};
use crate::azure::Azure;
use crate::azure::fault::Fault;
use crate::azure::model::{BlobList, EncryptionKey, Job, JobAddress, LogLevel, ReturnAddress};
use crate::cli::common_args::SessionArgs;
use crate::cli::effective_config::EffectiveConfig;
use crate::cli::failure::CommandFailure;
use crate::cli::headless::Headless;
use crate::cli::job_search::{self, JobSelector};
use crate::cli::print;
use crate::form::job::tags::DRAFT_TAG;
use crate::select::{Rule, read_list};

/// Prints the answers of a job as TOML.
///
/// # Errors
/// There is no such job; its list file cannot be read, or names what a file of answers cannot say.
pub(super) async fn run(
    setting: &EffectiveConfig,
    ask: &SessionArgs,
    name: String,
    resource_group: Option<String>,
) -> Result<(), CommandFailure> {
    let session = Headless::sign_in(setting, ask).await?;
    let (address, job) = job_search::find(setting, &session, ask, JobSelector { name, resource_group }).await?;
    let blobs = blobs(&session.azure, &job).await?;
    let answers = answers(&address, &job, blobs);
    if ask.output.is_json() {
        let value = serde_json::to_value(&answers).map_err(|error| unwritten(&error))?;
        print::json(&value);
    } else {
        print::out(&toml::to_string(&answers).map_err(|error| unwritten(&error))?);
    }
    if answers.carrier.account_number.is_empty() {
        print::note("The service does not show the carrier account number: write it as `account-number` in [carrier].");
    }
    print::note("Two jobs of one resource group cannot have the same name: change `name` in [job].");
    Ok(())
}

fn unwritten(error: &dyn std::error::Error) -> CommandFailure {
    Fault::local("write the answers", error.to_string()).into()
}

fn answers(address: &JobAddress, job: &Job, blobs: BlobsSection) -> AnswersFile {
    let shipping = job.return_shipping.clone().unwrap_or_default();
    let account = job.storage_account.rsplit('/').next().unwrap_or_default();
    let log_level = if job.log_level == LogLevel::Error.as_str() { LogLevelWord::Error } else { LogLevelWord::Verbose };
    AnswersFile {
        service: Some(job.service),
        subscription: Some(address.subscription.clone()),
        account: account.to_owned(),
        location: None,
        drives: None,
        blobs,
        address: job.return_address.as_ref().map(section).unwrap_or_default(),
        carrier: CarrierSection { name: shipping.carrier, account_number: shipping.account_number },
        job: JobSection {
            name: job.name.clone(),
            resource_group: address.resource_group.clone(),
            log_level: Some(log_level),
            manifest_backup: Some(job.backup_manifest),
            encryption_key: vault_key(&job.encryption),
            diagnostics_path: Some(job.diagnostics_path.clone()).filter(|path| !path.is_empty()),
            tags: job.tags.iter().filter(|(name, _)| !name.eq_ignore_ascii_case(DRAFT_TAG)).cloned().collect(),
        },
    }
}

fn vault_key(encryption: &EncryptionKey) -> Option<VaultKeySection> {
    let EncryptionKey::CustomerManaged(key) = encryption else { return None };
    let (url, vault, identity) = (key.url.clone(), key.vault.clone(), key.user_assigned().to_owned());
    Some(VaultKeySection { url, vault, identity })
}

fn section(address: &ReturnAddress) -> AddressSection {
    let country = if address.country_code.is_empty() { &address.country } else { &address.country_code };
    AddressSection {
        contact: address.contact.clone(),
        company: address.company.clone(),
        street1: address.street1.clone(),
        street2: address.street2.clone(),
        street3: address.street3.clone(),
        city: address.city.clone(),
        state: address.state.clone(),
        postal_code: address.postal_code.clone(),
        country: country.clone(),
        phone: address.phone.clone(),
        emails: address.emails.clone(),
        kind: KindWord::of(address.kind),
        tax_number: address.tax_number.clone(),
    }
}

async fn blobs(azure: &Azure, job: &Job) -> Result<BlobsSection, Fault> {
    match &job.blobs {
        None => Err(unknown(job, "the service does not repeat which blobs it exports")),
        Some(BlobList::WholeAccount) => Ok(BlobsSection { all: true, ..BlobsSection::default() }),
        Some(BlobList::Containers(names)) => {
            let prefixes = names.iter().map(|name| format!("/{name}/")).collect();
            Ok(BlobsSection { prefixes, ..BlobsSection::default() })
        }
        Some(BlobList::Inline { paths, prefixes }) => {
            Ok(BlobsSection { paths: paths.clone(), prefixes: prefixes.clone(), ..BlobsSection::default() })
        }
        Some(BlobList::File(path)) => {
            let account = azure.storage_account(&job.storage_account).await?;
            let bytes = azure.blob_list(&account.blob_endpoint, path).await?;
            let bytes =
                bytes.ok_or_else(|| unknown(job, &format!("its list file {path} is no longer in the account")))?;
            let list = read_list(&bytes).map_err(|error| unknown(job, error.to_string().trim_end_matches('.')))?;
            of_rules(job, list.rules)
        }
    }
}

fn of_rules(job: &Job, rules: Vec<Rule>) -> Result<BlobsSection, Fault> {
    let mut section = BlobsSection::default();
    for rule in rules {
        match rule {
            Rule::Prefix(text) => section.prefixes.push(text),
            Rule::Blob { path, snapshots: true } => section.paths.push(path),
            Rule::Blob { .. } | Rule::Snapshot { .. } => {
                return Err(unknown(
                    job,
                    "its list file picks or leaves out snapshots, which only a list file can say",
                )
                .advise("Download that list file and name it as `blobs.list`."));
            }
        }
    }
    Ok(section)
}

fn unknown(job: &Job, reason: &str) -> Fault {
    Fault::local(format!("find out which blobs the job {} exports", job.name), reason)
}
