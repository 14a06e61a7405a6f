//! What a person may do at a scope, and the settings of an account's blobs that matter to an export.

use super::{
    Azure,
    fault::{Fault, FaultKind},
    model::{BlobSettings, ScopeRights},
    request::roles::READER,
    session::arm::STORAGE_VERSION,
    urls::{resource_name as name, resource_parts as parts},
    wire::{self, json::JsonView},
};

const PERMISSIONS: &str = "2022-04-01";

impl Azure {
    /// What the sign-in may do at a resource or a resource group, one entry a role, and what is denied there (Microsoft pages:
    /// Permissions - List For Resource, Permissions - List For Resource Group, Deny Assignments - List For Scope). Deny assignments that
    /// cannot be read leave the roles known.
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn permissions(&self, scope: &str) -> Result<ScopeRights, Fault> {
        let (permissions, denials) = futures_util::join!(
            self.authorization(scope, "permissions", wire::rights::permission),
            self.authorization(scope, "denyAssignments", wire::rights::deny_assignment)
        );
        let denials = match denials {
            Ok(denials) => Ok(denials),
            Err(fault) => Err(unknown(fault)?),
        };
        Ok(ScopeRights { permissions: permissions?, denials })
    }

    async fn authorization<T>(
        &self,
        scope: &str,
        what: &str,
        read: impl Fn(JsonView<'_>) -> Option<T>,
    ) -> Result<Vec<T>, Fault> {
        let tried = format!("see what you may do at {}", name(scope));
        let path: Vec<&str> = parts(scope).chain(["providers", "Microsoft.Authorization", what]).collect();
        let request = self.session.arm_request(&tried, READER, &path, PERMISSIONS)?;
        self.session.all_pages(request, read).await
    }

    /// The settings of an account's blobs, each of which may be unknown.
    ///
    /// # Errors
    /// `Offline` and `SignedOut`, for nothing is known then.
    pub async fn blob_settings(&self, account: &str) -> Result<BlobSettings, Fault> {
        let versioning = self.setting(account, &["blobServices", "default"], |view| {
            view.at("properties").at("isVersioningEnabled").flag(false)
        });
        let immutable = self.setting(account, &[], |view| {
            view.at("properties").at("immutableStorageWithVersioning").at("enabled").flag(false)
        });
        let lifecycle = self.setting(account, &["managementPolicies", "default"], wire::rights::lifecycle);
        let all = futures_util::future::try_join4(versioning, immutable, lifecycle, self.replication(account));
        let (versioning, immutable, lifecycle, replicated_into) = all.await?;
        Ok(BlobSettings { versioning, immutable, lifecycle, replicated_into })
    }

    async fn setting<T: Default>(
        &self,
        account: &str,
        below: &[&str],
        read: impl Fn(JsonView<'_>) -> T,
    ) -> Result<Result<T, String>, Fault> {
        let tried = format!("read the settings of {}", name(account));
        let path: Vec<&str> = parts(account).chain(below.iter().copied()).collect();
        let request = self.session.arm_request(&tried, READER, &path, STORAGE_VERSION)?;
        let body = match self.session.send(request).await {
            Ok(response) => response.json(),
            Err(fault) => Err(fault),
        };
        match body {
            Ok(body) => Ok(Ok(read(JsonView::new(&body)))),
            // An account without a policy has none to read.
            Err(fault) if fault.code.as_deref() == Some("ManagementPolicyNotFound") => Ok(Ok(T::default())),
            Err(fault) => unknown(fault).map(Err),
        }
    }

    async fn replication(&self, account: &str) -> Result<Result<Vec<String>, String>, Fault> {
        let tried = format!("read the replication of {}", name(account));
        let path: Vec<&str> = parts(account).chain(["objectReplicationPolicies"]).collect();
        let request = self.session.arm_request(&tried, READER, &path, STORAGE_VERSION)?;
        match self.session.all_pages(request, |view| Some(wire::rights::replicated_into(view, account))).await {
            Ok(containers) => Ok(Ok(containers.concat())),
            Err(fault) => unknown(fault).map(Err),
        }
    }
}

/// Why a setting is not known. A fault that leaves everything unknown stays one.
fn unknown(fault: Fault) -> Result<String, Fault> {
    match fault.kind {
        FaultKind::Offline | FaultKind::SignedOut => Err(fault),
        FaultKind::Denied => Ok("you are not allowed to look".to_owned()),
        _ => Ok(fault.reason),
    }
}
