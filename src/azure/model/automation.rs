//! The forms in which a create request can be taken along and carried out by another program.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// A form of the create request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum AutomationForm {
    /// The HTTP request itself.
    #[default]
    Request,
    /// A shell script for the Azure CLI (`az rest`).
    AzRest,
    /// A script for Azure PowerShell (`Invoke-AzRestMethod`).
    PowerShell,
    /// A Bicep file.
    Bicep,
    /// An Azure Resource Manager template.
    Template,
}

impl AutomationForm {
    /// Name on screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Request => "HTTP request",
            Self::AzRest => "Azure CLI",
            Self::PowerShell => "PowerShell",
            Self::Bicep => "Bicep",
            Self::Template => "ARM template",
        }
    }

    /// The usual ending of a file in this form, e.g. `bicep`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Request => "http",
            Self::AzRest => "sh",
            Self::PowerShell => "ps1",
            Self::Bicep => "bicep",
            Self::Template => "json",
        }
    }
}
