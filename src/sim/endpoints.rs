//! The addresses of the simulated services and credentials that they accept.

use serde::Serialize;

use super::state::SimState;
use super::{auth, directory};

/// The addresses of the simulated services, and made-up credentials that they accept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SimEndpoints {
    /// Base URL of Azure Resource Manager, without a closing slash.
    pub arm: String,
    /// Base URL of the sign-in authority, without a closing slash.
    pub authority: String,
    /// Tenant id.
    pub tenant: String,
    /// Id of the first subscription.
    pub subscription: String,
    /// Resource group of the storage account.
    pub resource_group: String,
    /// Azure Resource Manager id of the storage account.
    pub storage_account: String,
    /// Blob endpoint of the storage account, account name in the path, without a closing slash.
    pub blob: String,
    /// Account key of the storage account, base64.
    pub storage_key: String,
    /// A bearer token that every simulated service accepts.
    pub token: String,
}

impl SimEndpoints {
    /// The endpoints of a simulated Azure.
    pub(super) fn of(state: &SimState) -> Self {
        let name = state.main_account();
        let account = state.directory.account(name);
        Self {
            arm: state.base.clone(),
            authority: state.base.clone(),
            tenant: state.directory.tenant.clone(),
            subscription: state.directory.subscriptions.first().map(|s| s.id.clone()).unwrap_or_default(),
            resource_group: account.map(|a| a.group.clone()).unwrap_or_default(),
            storage_account: account.map(|a| state.directory.account_id(a)).unwrap_or_default(),
            blob: format!("{}/{name}", state.base),
            storage_key: directory::account_key(name, 1),
            token: auth::universal(&state.directory.tenant),
        }
    }
}
