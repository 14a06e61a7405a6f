//! The file's part on sign-in, subscription and storage account.

use serde::{Deserialize, Serialize};

use crate::azure::model::{Identity, SignInMethod, StorageAccount, Subscription};
use crate::convert::{Convert, same_fields, same_variants};
use crate::draft::answers::{ChosenAccount, SignedIn};
use crate::draft::direct::DirectAccount;
use crate::draft::server::AccountServer;

#[derive(Serialize, Deserialize)]
pub(super) struct SavedSignIn {
    cloud: String,
    #[serde(default)]
    tenant: Option<String>,
    identity: SavedIdentity,
}

same_fields!(SignedIn = SavedSignIn { cloud, tenant, identity });

#[derive(Serialize, Deserialize)]
struct SavedIdentity {
    who: String,
    tenant: Option<String>,
    method: SavedSignInMethod,
}

same_fields!(Identity = SavedIdentity { who, tenant, method });

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedSignInMethod {
    Browser,
    DeviceCode,
    DeveloperTools,
    Environment,
    WorkloadIdentity,
    ManagedIdentity,
    Rehearsal,
}

same_variants!(
    SignInMethod = SavedSignInMethod {
        Browser,
        DeviceCode,
        DeveloperTools,
        Environment,
        WorkloadIdentity,
        ManagedIdentity,
        Rehearsal
    }
);

#[derive(Serialize, Deserialize)]
pub(super) struct SavedAccount {
    subscription: SavedSubscription,
    account: SavedStorageAccount,
}

same_fields!(ChosenAccount = SavedAccount { subscription, account });

#[derive(Serialize, Deserialize)]
struct SavedSubscription {
    id: String,
    name: String,
    tenant: String,
    state: String,
}

same_fields!(Subscription = SavedSubscription { id, name, tenant, state });

#[derive(Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of the account as Azure reports it")]
struct SavedStorageAccount {
    id: String,
    name: String,
    location: String,
    kind: String,
    sku: String,
    blob_endpoint: String,
    hierarchical: bool,
    nfs: bool,
    denies_by_default: bool,
    trusts_services: bool,
    public_network: String,
    #[serde(default)]
    private_endpoints: Option<u32>,
    shared_key: bool,
    provisioning: String,
    primary_status: Option<String>,
}

same_fields!(
    StorageAccount = SavedStorageAccount {
        id,
        name,
        location,
        kind,
        sku,
        blob_endpoint,
        hierarchical,
        nfs,
        denies_by_default,
        trusts_services,
        public_network,
        private_endpoints,
        shared_key,
        provisioning,
        primary_status,
    }
);

#[derive(Serialize, Deserialize)]
pub(super) struct SavedServer {
    account: String,
    server: String,
}

same_fields!(AccountServer = SavedServer { account, server });

#[derive(Serialize, Deserialize)]
pub(super) struct SavedDirectAccount {
    endpoint: String,
    name: String,
    #[serde(default)]
    container: Option<String>,
}

same_fields!(DirectAccount = SavedDirectAccount { endpoint, name, container });
