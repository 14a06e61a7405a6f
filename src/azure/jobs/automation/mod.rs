//! The create request of a job as text for other programs. Every form sends the same body to the same address.
//!
//! - `request`: address and body, and the HTTP request as text. `scripts`: Azure CLI and PowerShell. `template`: Bicep and ARM template.

mod request;
mod scripts;
mod template;

use crate::azure::model::{AutomationForm, JobAddress, NewJob};
use request::CreateJobRequest;

/// The create request in one form. `arm` is the address of Azure Resource Manager, e.g. `https://management.azure.com`. A list file that
/// the job names is not part of it; a comment says that it has to be uploaded first.
pub fn text(form: AutomationForm, arm: &str, job: &JobAddress, new: &NewJob) -> String {
    let request = CreateJobRequest::of(job, new);
    match form {
        AutomationForm::Request => request.http(arm),
        AutomationForm::AzRest => scripts::azure_cli(&request, arm),
        AutomationForm::PowerShell => scripts::powershell(&request, arm),
        AutomationForm::Bicep => template::bicep(&request),
        AutomationForm::Template => template::arm_template(&request),
    }
}

#[cfg(test)]
mod tests;
