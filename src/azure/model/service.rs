//! The Azure services that take export jobs. One job belongs to one of them for ever.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A service that takes export jobs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum ServiceName {
    /// `Microsoft.ImportExport`, the classic service.
    #[default]
    #[serde(rename = "classic", alias = "ImportExport")]
    ImportExport,
    /// `Microsoft.DataBox` with the customer's own disks, where the portal makes export jobs today.
    #[serde(rename = "databox", alias = "DataBox")]
    DataBox,
}

impl ServiceName {
    /// Both, the one to prefer first.
    pub const ALL: [Self; 2] = [Self::DataBox, Self::ImportExport];

    /// The name on the screen, e.g. `Azure Data Box`.
    pub fn title(self) -> &'static str {
        match self {
            Self::DataBox => "Azure Data Box",
            Self::ImportExport => "Azure Import/Export (classic)",
        }
    }

    /// The namespace of its resource provider, e.g. `Microsoft.DataBox`.
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::DataBox => "Microsoft.DataBox",
            Self::ImportExport => "Microsoft.ImportExport",
        }
    }

    /// The word for it on the command line, in the configuration and in answers, e.g. `databox`.
    pub fn word(self) -> &'static str {
        match self {
            Self::DataBox => "databox",
            Self::ImportExport => "classic",
        }
    }

    /// The service that a resource id of a job belongs to: `/subscriptions/S/resourceGroups/G/providers/Microsoft.DataBox/jobs/NAME`.
    pub fn of_id(id: &str) -> Option<Self> {
        let mut parts = id.split('/');
        parts.find(|part| part.eq_ignore_ascii_case("providers"))?;
        let namespace = parts.next()?;
        Self::ALL.into_iter().find(|service| service.namespace().eq_ignore_ascii_case(namespace))
    }

    /// Whether the service checks a job before it is created.
    pub fn checks_jobs(self) -> bool {
        self == Self::DataBox
    }

    /// Whether the service takes carrier and tracking number once and never corrects them.
    pub fn announces_once(self) -> bool {
        self == Self::DataBox
    }

    /// Whether the service can be told which snapshots of a blob it takes.
    pub fn selects_snapshots(self) -> bool {
        self == Self::ImportExport
    }

    /// The container that the service puts its logs into; `None` where the job says where.
    pub fn log_container(self) -> Option<&'static str> {
        (self == Self::DataBox).then_some("databoxcopylog")
    }

    /// Whether a job can be created with a key of the customer over its BitLocker keys: the vault has to be opened with an identity, and
    /// the request of the classic service has no place for one.
    pub fn takes_vault_key(self) -> bool {
        self == Self::DataBox
    }

    /// Whether the service takes the number of drives in a parcel and the day it leaves.
    pub fn takes_parcel_contents(self) -> bool {
        self == Self::ImportExport
    }

    /// Whether the service takes a reason for cancelling.
    pub fn takes_cancel_reason(self) -> bool {
        self == Self::DataBox
    }

    /// Whether the service puts a lock on the storage account of a job and leaves it there.
    pub fn leaves_lock(self) -> bool {
        self == Self::DataBox
    }
}
