//! The create request as scripts for the Azure CLI and for Azure PowerShell. Both sign in by themselves and send the token.

use super::request::CreateJobRequest;

/// A shell script with `az rest` (Microsoft page: az rest). The body is standard input, so that nothing of it is quoted.
pub(super) fn azure_cli(request: &CreateJobRequest<'_>, arm: &str) -> String {
    format!(
        "#!/bin/sh\n{}# Sign in with `az login` first.\naz rest --method put --url {} --body @- <<'JSON'\n{}\nJSON\n",
        request.comments("#"),
        in_shell_quotes(&request.url(arm)),
        request.json()
    )
}

/// A script with `Invoke-AzRestMethod` (Microsoft page of that cmdlet).
pub(super) fn powershell(request: &CreateJobRequest<'_>, arm: &str) -> String {
    format!(
        "{}# Sign in with Connect-AzAccount first.\n$body = @'\n{}\n'@\n$response = Invoke-AzRestMethod -Method PUT -Uri {} -Payload $body\nif ($response.StatusCode -ge 300) {{ throw $response.Content }}\n$response.Content\n",
        request.comments("#"),
        request.json(),
        in_powershell_quotes(&request.url(arm))
    )
}

/// In single quotes no character has a meaning but the quote itself.
fn in_shell_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn in_powershell_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
