//! The simulated Microsoft.DataBox for export jobs on the customer's own disks, above the life of a job in `jobs`.
//!
//! - `data_box`: the way from a request to its operation, and the lists.
//! - `create`, `update`: PUT and PATCH; `details`: the members both check.
//! - `vault_key`: a key of the customer over the BitLocker keys.
//! - `operation`: the long-running operations behind PUT, PATCH and DELETE; `stored_operation`: one as it is stored.
//! - `actions`: cancel, delete, markDevicesShipped, mitigate; `credentials`: the keys.
//! - `render`: a job as JSON; `stages`: its status and stages; `progress`: its drives and logs.
//! - `selection`: the blobs a job takes.
//! - `offers`: availableSkus; `regions`: regionConfiguration; `validation`: validateInputs; `addresses`: the check of an address.

mod actions;
mod addresses;
mod create;
mod credentials;
mod data_box;
mod details;
mod offers;
mod operation;
mod progress;
mod regions;
mod render;
mod selection;
mod stages;
pub(super) mod stored_operation;
mod update;
mod validation;
mod vault_key;

pub(super) use data_box::{handle, versions};
pub(super) use operation::{fail_created, finish};
pub(super) use selection::rules;
