//! The account to scan and its credential: a key or SAS from the environment, else the sign-in of the draft, else that of this machine.
//! The only request to Azure here is the sign-in.

use super::args::ScanArgs;
use crate::azure::Azure;
use crate::azure::credentials::{AccessError, AccountAccess};
use crate::azure::model::SignInMethod;
use crate::azure::session::SignInRequest;
use crate::cli::common_args::GlobalArgs;
use crate::cli::config::Config;
use crate::cli::effective_config::no_such_cloud;
use crate::cli::failure::CommandFailure;
use crate::cli::person;
use crate::draft::Draft;
use crate::scan::BlobSource;

/// The account to scan. Also the container, where the credential is for an address that names one: no other can be read.
pub(super) async fn open(
    args: &ScanArgs,
    draft: Option<&Draft>,
    global: &GlobalArgs,
    config: &Config,
) -> Result<(BlobSource, Option<String>), CommandFailure> {
    let address = address(args, draft);
    match AccountAccess::from_env(address.as_deref(), env) {
        Ok(account) => {
            let container = account.container().map(str::to_owned);
            let endpoint = account.endpoint().to_owned();
            Ok((BlobSource::new(&endpoint, Azure::for_account(account))?, container))
        }
        Err(AccessError::NoCredential(endpoint)) => {
            let session = sign_in(draft, global, config).await?;
            if args.blob_endpoint.is_some() || draft.is_some_and(|draft| draft.allows(endpoint.as_str())) {
                session.permit(&endpoint);
            }
            if let Some(chosen) = draft.and_then(|draft| draft.account.as_ref()) {
                session.remember(&chosen.account);
            }
            Ok((BlobSource::new(&endpoint, session)?, None))
        }
        Err(error) => Err(CommandFailure::wrong(error.to_string())),
    }
}

fn address(args: &ScanArgs, draft: Option<&Draft>) -> Option<String> {
    let of_draft = || {
        let chosen = draft?.account.as_ref().map(|chosen| chosen.account.blob_endpoint.clone());
        chosen.or_else(|| draft?.given.as_ref().map(|given| given.endpoint.clone()))
    };
    let of_account = || env("AZURE_STORAGE_ACCOUNT").map(|account| format!("https://{account}.blob.core.windows.net"));
    // A connection string says where its account is.
    let of_account = || if env("AZURE_STORAGE_CONNECTION_STRING").is_some() { None } else { of_account() };
    args.blob_endpoint.clone().or_else(of_draft).or_else(of_account)
}

async fn sign_in(draft: Option<&Draft>, global: &GlobalArgs, config: &Config) -> Result<Azure, CommandFailure> {
    let signed_in = draft.and_then(|draft| draft.sign_in.as_ref());
    let wanted = global.cloud.as_deref().unwrap_or(&config.cloud);
    let name = signed_in.map_or(wanted, |signed_in| signed_in.cloud.as_str());
    let cloud = config.find(name).ok_or_else(|| no_such_cloud(config, name))?;
    let usual =
        if env("AZURE_CLIENT_SECRET").is_some() { SignInMethod::Environment } else { SignInMethod::DeveloperTools };
    let method = signed_in.map_or(usual, |signed_in| signed_in.identity.method);
    let tenant = signed_in.and_then(|signed_in| signed_in.tenant.as_deref());
    let request = SignInRequest {
        person: person::options(config),
        listener: Some(person::printer()),
        ..SignInRequest::new(cloud, method, tenant)
    };
    let signed_in = Azure::sign_in_as(request).await.map_err(|mut fault| {
        let advice = fault.advice.take().map_or_else(String::new, |advice| format!("{advice} "));
        fault.advise(format!("{advice}No sign-in is needed with the account's key in AZURE_STORAGE_KEY."))
    });
    Ok(signed_in.map_err(CommandFailure::of_sign_in)?.0)
}

fn env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
