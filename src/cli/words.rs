//! The words of the command line for types of the model: the values of an option, each with its help.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use strum::VariantArray as _;

use crate::azure::model::{AutomationForm, ServiceName};

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
