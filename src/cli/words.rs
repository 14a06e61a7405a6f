//! The words of the command line for types of the model: the values of an option, each with its help.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use strum::VariantArray as _;

use crate::azure::model::{AutomationForm, ServiceName, SignInMethod};
use crate::select::Rule;

/// Kind and text of a rule, for programs.
pub(super) fn rule(rule: &Rule) -> (&'static str, String) {
    match rule {
        Rule::Prefix(prefix) => ("prefix", prefix.clone()),
        Rule::Blob { path, .. } => ("path", path.clone()),
        Rule::Snapshot { path, time } => ("snapshot", format!("{path}?snapshot={time}")),
    }
}

impl ValueEnum for ServiceName {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(format!("{} ({})", self.title(), self.namespace())))
    }
}

impl ValueEnum for AutomationForm {
    fn value_variants<'a>() -> &'a [Self] {
        Self::VARIANTS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (word, help) = match self {
            Self::Request => ("request", "The HTTP request itself"),
            Self::AzRest => ("az-rest", "A shell script for the Azure CLI (az rest)"),
            Self::PowerShell => ("powershell", "A script for Azure PowerShell (Invoke-AzRestMethod)"),
            Self::Bicep => ("bicep", "A Bicep file"),
            Self::Template => ("template", "An Azure Resource Manager template"),
        };
        Some(PossibleValue::new(word).help(help))
    }
}

impl ValueEnum for SignInMethod {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Browser,
            Self::DeviceCode,
            Self::DeveloperTools,
            Self::Environment,
            Self::WorkloadIdentity,
            Self::ManagedIdentity,
        ]
    }

    /// A rehearsal signs in by itself.
    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (word, help) = match self {
            Self::Browser => ("browser", "In a browser on this machine"),
            Self::DeviceCode => ("device-code", "With a code that you type in any browser"),
            Self::DeveloperTools => ("tools", "Azure CLI or Azure Developer CLI"),
            Self::Environment => ("environment", "Service principal from the environment"),
            Self::WorkloadIdentity => ("workload", "Workload identity"),
            Self::ManagedIdentity => ("managed", "Managed identity"),
            Self::Rehearsal => return None,
        };
        Some(PossibleValue::new(word).help(help))
    }
}
