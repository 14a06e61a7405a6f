//! The fields of the form Job.

use strum::VariantArray;

use super::{diagnostics_path, name, resource_group, tags, vault_key};
use crate::azure::model::LogLevel;
use crate::draft::JobAnswers;
use crate::form::spec::{CheckContext, FieldKind, FieldSpec, TEXT};
use crate::form::{FieldWarning, Form, FormField};

/// The fields, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum JobField {
    /// Name of the job.
    Name,
    /// Resource group that holds the job.
    ResourceGroup,
    /// Container, and folder, of the service's logs.
    DiagnosticsPath,
    /// Which blobs are logged.
    LogLevel,
    /// Whether the drive manifests are copied into the account.
    BackupManifest,
    /// Who holds the key over the BitLocker keys.
    Encryption,
    /// Address of a key of the customer.
    KeyUrl,
    /// Resource id of its vault.
    KeyVault,
    /// Resource id of the identity that may use it.
    KeyIdentity,
    /// Resource tags.
    Tags,
}

static NAME: FieldSpec = FieldSpec {
    label: "Job name",
    help: "3 to 24 lower-case letters, digits and hyphens, e.g. export-media-1122. It ends up on labels.",
    accepts: name::accepts,
    note: |context| context.facts.name_note.clone(),
    check: |value, context| name::check(value).and_then(|()| name::free(value, context.facts.name_taken)),
    ..TEXT
};

static RESOURCE_GROUP: FieldSpec = FieldSpec {
    label: "Resource group",
    help: "The group of the subscription that will hold the job, e.g. media-rg; choose one or type the name of a new one.",
    kind: FieldKind::Pick(resource_group::CHOICES),
    accepts: resource_group::accepts,
    check: |value, _| resource_group::check(value),
    ..TEXT
};

static DIAGNOSTICS_PATH: FieldSpec = FieldSpec {
    label: "Diagnostics path",
    shown: |context| context.facts.service.log_container().is_none(),
    help: "Container, and folder if wanted, for logs and manifests, e.g. waimportexport or logs/export.",
    accepts: diagnostics_path::accepts,
    check: |value, _| diagnostics_path::check(value),
    ..TEXT
};

static LOG_LEVEL: FieldSpec = FieldSpec {
    label: "Log level",
    help: "What is logged, e.g. Verbose: every blob, the only proof that all were copied. Error: failures only.",
    kind: FieldKind::Choice(&["Verbose", "Error"]),
    note: |context| Some(log_level_note(context)),
    ..TEXT
};

static BACKUP_MANIFEST: FieldSpec = FieldSpec {
    label: "Manifest backup",
    help: "Copies of the drive manifests in the account, e.g. on: they still list the blobs of a drive that is lost.",
    kind: FieldKind::Choice(&["on", "off"]),
    note: |context| {
        let off = context.value(JobField::BackupManifest) == "off";
        Some(
            if off {
                "Off: nothing is stored, and a lost drive takes the list of its blobs along."
            } else {
                "On: the list of a lost drive's blobs is still in the account, at the price of storing it."
            }
            .to_owned(),
        )
    },
    ..TEXT
};

static ENCRYPTION: FieldSpec = FieldSpec {
    label: "Encryption key",
    shown: |context| context.facts.service.takes_vault_key(),
    help: "The key over the BitLocker keys, e.g. customer-managed where it has to be one of your own key vault.",
    kind: FieldKind::Choice(&vault_key::KEPT_BY),
    note: |context| Some(vault_key::note(context.value(JobField::Encryption))),
    ..TEXT
};

static KEY_URL: FieldSpec = FieldSpec {
    label: "Key address",
    shown: asks_vault_key,
    help: "An RSA key of 2048 bits or more, with or without its version, e.g. https://media-vault.vault.azure.net/keys/export.",
    check: vault_key::check_url,
    ..TEXT
};

static KEY_VAULT: FieldSpec = FieldSpec {
    label: "Key vault",
    shown: asks_vault_key,
    help: "Resource id of the vault, which needs soft delete and purge protection, e.g. /subscriptions/…/vaults/media-vault.",
    check: |id, context| vault_key::check_vault(id, context.value(JobField::KeyUrl)),
    ..TEXT
};

static KEY_IDENTITY: FieldSpec = FieldSpec {
    label: "Key identity",
    shown: asks_vault_key,
    help: "Resource id of a user-assigned identity that may get, wrap and unwrap the key, e.g. /subscriptions/…/userAssignedIdentities/export.",
    check: vault_key::check_identity,
    ..TEXT
};

static TAGS: FieldSpec = FieldSpec {
    label: "Tags",
    help: "If your company asks for tags, e.g. CostCenter=4711, Owner=ana. A value with a comma in quotes: Team=\"Media, EU\".",
    required: false,
    check: |value, _| tags::parse(value).map(drop),
    ..TEXT
};

/// Whether the form has the fields of a key of the customer.
fn asks_vault_key(context: &CheckContext) -> bool {
    context.facts.service.takes_vault_key() && context.value(JobField::Encryption) == vault_key::KEPT_BY[1]
}

/// What the level gains and costs, and where the logs go.
fn log_level_note(context: &CheckContext) -> String {
    let level = if context.value(JobField::LogLevel) == "Error" {
        "Error: smaller logs, and nothing proves that all blobs were copied."
    } else {
        "Verbose: the proof that all blobs were copied, at the price of larger logs."
    };
    match context.facts.service.log_container() {
        Some(container) => {
            format!("{level} They go to the container {container}; the level is fixed once the job is created.")
        }
        None => level.to_owned(),
    }
}

impl From<JobField> for usize {
    fn from(field: JobField) -> Self {
        field as Self
    }
}

impl FormField for JobField {
    type Answers = JobAnswers;

    fn spec(self) -> &'static FieldSpec {
        match self {
            Self::Name => &NAME,
            Self::ResourceGroup => &RESOURCE_GROUP,
            Self::DiagnosticsPath => &DIAGNOSTICS_PATH,
            Self::LogLevel => &LOG_LEVEL,
            Self::BackupManifest => &BACKUP_MANIFEST,
            Self::Encryption => &ENCRYPTION,
            Self::KeyUrl => &KEY_URL,
            Self::KeyVault => &KEY_VAULT,
            Self::KeyIdentity => &KEY_IDENTITY,
            Self::Tags => &TAGS,
        }
    }

    fn read(self, answers: &JobAnswers) -> &str {
        match self {
            Self::Name => &answers.name,
            Self::ResourceGroup => &answers.resource_group,
            Self::DiagnosticsPath => &answers.diagnostics_path,
            Self::LogLevel => answers.log_level.as_str(),
            Self::BackupManifest if answers.backup_manifest => "on",
            Self::BackupManifest => "off",
            Self::Encryption => vault_key::KEPT_BY[usize::from(answers.encryption.customer_managed)],
            Self::KeyUrl => &answers.encryption.url,
            Self::KeyVault => &answers.encryption.vault,
            Self::KeyIdentity => &answers.encryption.identity,
            Self::Tags => &answers.tags,
        }
    }

    fn write(self, answers: &mut JobAnswers, value: &str) {
        match self {
            Self::Name => value.clone_into(&mut answers.name),
            Self::ResourceGroup => value.clone_into(&mut answers.resource_group),
            Self::DiagnosticsPath => value.clone_into(&mut answers.diagnostics_path),
            Self::LogLevel => {
                answers.log_level = if value == "Error" { LogLevel::Error } else { LogLevel::Verbose };
            }
            Self::BackupManifest => answers.backup_manifest = value != "off",
            Self::Encryption => answers.encryption.customer_managed = value == vault_key::KEPT_BY[1],
            Self::KeyUrl => value.clone_into(&mut answers.encryption.url),
            Self::KeyVault => value.clone_into(&mut answers.encryption.vault),
            Self::KeyIdentity => value.clone_into(&mut answers.encryption.identity),
            Self::Tags => value.clone_into(&mut answers.tags),
        }
    }
}

/// The warnings: a resource group that the subscription does not list, an odd host of a key, odd tags. The service decides.
pub fn warnings(form: &Form) -> Vec<FieldWarning> {
    let group = resource_group::doubt(form.trimmed(JobField::ResourceGroup), form.facts())
        .map(|text| FieldWarning::new(JobField::ResourceGroup, text));
    let url = form.is_shown(JobField::KeyUrl).then(|| vault_key::doubt(form.trimmed(JobField::KeyUrl))).flatten();
    let url = url.map(|text| FieldWarning::new(JobField::KeyUrl, text));
    let tags = tags::doubt(form.trimmed(JobField::Tags)).map(|text| FieldWarning::new(JobField::Tags, text));
    group.into_iter().chain(url).chain(tags).collect()
}
