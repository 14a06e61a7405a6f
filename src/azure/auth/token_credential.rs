//! The credential behind each sign-in method: `azure_identity`'s where it has one, our own for an authority on this machine.

use std::{env, sync::Arc};

use azure_core::{
    cloud::{CloudConfiguration, CustomConfiguration},
    credentials::{AccessToken, Secret, TokenCredential, TokenRequestOptions},
    http::{ClientOptions, Url},
};
use azure_identity::{
    AzureCliCredential, AzureCliCredentialOptions, AzureDeveloperCliCredential, AzureDeveloperCliCredentialOptions,
    ClientAssertionCredentialOptions, ClientSecretCredential, ClientSecretCredentialOptions, ManagedIdentityCredential,
    ManagedIdentityCredentialOptions, UserAssignedId, WorkloadIdentityCredential, WorkloadIdentityCredentialOptions,
};

use super::{
    CredentialConfig, loopback::LoopbackCredential, person_credential::PersonCredential, sign_in_error,
    tool_executor::ToolExecutor,
};
use crate::azure::{fault::Fault, model::SignInMethod, transport, urls};

/// The application id and secret a rehearsal signs in with; the simulated Azure takes any.
const REHEARSAL: (&str, &str) = ("blobfreight-rehearsal", "rehearsal");

/// Makes the credential. Sends no request.
pub(super) fn build(config: &CredentialConfig) -> Result<Arc<dyn TokenCredential>, Fault> {
    match config.method {
        SignInMethod::Browser | SignInMethod::DeviceCode => Ok(Arc::new(PersonCredential::new(config)?)),
        SignInMethod::DeveloperTools => developer_tools(config),
        SignInMethod::Environment => environment(config),
        SignInMethod::WorkloadIdentity => workload_identity(config),
        SignInMethod::ManagedIdentity => managed_identity(config),
        SignInMethod::Rehearsal => {
            let tenant = config.tenant.as_deref().unwrap_or("rehearsal");
            Ok(Arc::new(loopback(config, tenant, REHEARSAL.0, REHEARSAL.1)?))
        }
    }
}

fn workload_identity(config: &CredentialConfig) -> Result<Arc<dyn TokenCredential>, Fault> {
    let tenant = config.tenant.clone().or_else(|| variable("AZURE_TENANT_ID"));
    let (client, file) = (variable("AZURE_CLIENT_ID"), variable("AZURE_FEDERATED_TOKEN_FILE"));
    let wanted = [("AZURE_TENANT_ID", &tenant), ("AZURE_CLIENT_ID", &client), ("AZURE_FEDERATED_TOKEN_FILE", &file)];
    if let Some(fault) = unset(config, &wanted) {
        return Err(fault);
    }
    let options = WorkloadIdentityCredentialOptions {
        credential_options: ClientAssertionCredentialOptions { client_options: options(config) },
        tenant_id: config.tenant.clone(),
        ..WorkloadIdentityCredentialOptions::default()
    };
    let made = WorkloadIdentityCredential::new(Some(options));
    Ok(made.map_err(|error| sign_in_error::explain(config, &error))?)
}

fn managed_identity(config: &CredentialConfig) -> Result<Arc<dyn TokenCredential>, Fault> {
    let options = ManagedIdentityCredentialOptions {
        user_assigned_id: variable("AZURE_CLIENT_ID").map(UserAssignedId::ClientId),
        client_options: ClientOptions {
            per_call_policies: vec![Arc::new(transport::RetryPolicy)],
            ..transport::metadata_options()
        },
    };
    let made = ManagedIdentityCredential::new(Some(options));
    Ok(made.map_err(|error| sign_in_error::explain(config, &error))?)
}

fn environment(config: &CredentialConfig) -> Result<Arc<dyn TokenCredential>, Fault> {
    let tenant = config.tenant.clone().or_else(|| variable("AZURE_TENANT_ID"));
    let (client, secret) = (variable("AZURE_CLIENT_ID"), variable("AZURE_CLIENT_SECRET"));
    let wanted = [("AZURE_TENANT_ID", &tenant), ("AZURE_CLIENT_ID", &client), ("AZURE_CLIENT_SECRET", &secret)];
    let missing = unset(config, &wanted);
    let (None, Some(tenant), Some(client), Some(secret)) = (&missing, &tenant, &client, &secret) else {
        return Err(missing.unwrap_or_else(|| Fault::local(config.tried(), "the environment is not complete")));
    };
    if config.cloud.authority.starts_with("http://") {
        return Ok(Arc::new(loopback(config, tenant, client, secret)?));
    }
    let options = ClientSecretCredentialOptions { client_options: options(config) };
    let made = ClientSecretCredential::new(tenant, client.clone(), Secret::new(secret.clone()), Some(options));
    Ok(made.map_err(|error| sign_in_error::explain(config, &error))?)
}

/// The fault of a sign-in for which environment variables are missing.
fn unset(config: &CredentialConfig, wanted: &[(&str, &Option<String>)]) -> Option<Fault> {
    let missing: Vec<&str> = wanted.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
    let (verb, what) = if missing.len() == 1 { ("is", "it") } else { ("are", "them") };
    let fault = Fault::local(config.tried(), format!("{} {verb} not set", missing.join(", ")));
    let advice = format!("Set {what} and start the program again, or sign in another way.");
    (!missing.is_empty()).then(|| fault.advise(advice))
}

fn loopback(config: &CredentialConfig, tenant: &str, client: &str, secret: &str) -> Result<LoopbackCredential, Fault> {
    let endpoint = Url::parse(&config.cloud.authority)
        .map_err(|_| "it is not an address".to_owned())
        .and_then(|authority| urls::join(&authority, &[tenant, "oauth2", "v2.0", "token"], &[]));
    let endpoint = endpoint.map_err(|reason| {
        Fault::local(config.tried(), format!("the authority `{}` cannot be used: {reason}", config.cloud.authority))
    })?;
    Ok(LoopbackCredential::new(endpoint, client, secret, config.tried(), config.backoff))
}

/// Azure CLI, then Azure Developer CLI. `azure_identity`'s own chain takes no tenant and repeats its messages.
fn developer_tools(config: &CredentialConfig) -> Result<Arc<dyn TokenCredential>, Fault> {
    let explain = |error| sign_in_error::explain(config, &error);
    let tenant_id = config.tenant.clone();
    let executor = Some(ToolExecutor::shared());
    let az = AzureCliCredentialOptions { tenant_id: tenant_id.clone(), executor: executor.clone(), subscription: None };
    let azd = AzureDeveloperCliCredentialOptions { tenant_id, executor };
    Ok(Arc::new(DeveloperTools {
        az: AzureCliCredential::new(Some(az)).map_err(explain)?,
        azd: AzureDeveloperCliCredential::new(Some(azd)).map_err(explain)?,
    }))
}

#[derive(Debug)]
struct DeveloperTools {
    az: Arc<AzureCliCredential>,
    azd: Arc<AzureDeveloperCliCredential>,
}

#[async_trait::async_trait]
impl TokenCredential for DeveloperTools {
    async fn get_token(
        &self,
        scopes: &[&str],
        options: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        let first = match self.az.get_token(scopes, options.clone()).await {
            Ok(token) => return Ok(token),
            Err(error) => error,
        };
        match self.azd.get_token(scopes, options).await {
            Ok(token) => Ok(token),
            // Where neither is signed in, the tool that is installed has the better advice.
            Err(second) if sign_in_error::is_missing_tool(&first) && !sign_in_error::is_missing_tool(&second) => {
                Err(second)
            }
            Err(_) => Err(first),
        }
    }
}

/// Our transport and our retries, and the cloud's authority.
fn options(config: &CredentialConfig) -> ClientOptions {
    let mut custom = CustomConfiguration::default();
    custom.authority_host.clone_from(&config.cloud.authority);
    ClientOptions {
        cloud: Some(Arc::new(CloudConfiguration::Custom(custom))),
        per_call_policies: vec![Arc::new(transport::RetryPolicy)],
        ..transport::options()
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::azure::cloud::Cloud;

    #[test]
    fn every_unset_variable_is_named_and_none_when_all_are_set() {
        let config = CredentialConfig {
            cloud: Cloud::public(),
            method: SignInMethod::Environment,
            tenant: None,
            backoff: std::time::Duration::ZERO,
            person: crate::azure::auth::PersonOptions::default(),
        };
        let set = Some("x".to_owned());
        let fault = unset(&config, &[("A", &None), ("B", &set), ("C", &None)]).unwrap();
        assert_eq!(fault.reason, "A, C are not set");
        assert!(unset(&config, &[("B", &set)]).is_none());
    }
}
