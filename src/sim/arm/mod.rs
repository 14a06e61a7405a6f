//! The simulated Azure Resource Manager.
//!
//! - `arm`: tenants, subscriptions, resource groups and provider registration, and the way to the providers.
//! - `request`: the scope, api-version, pages and headers that all providers share.

mod arm;
pub(super) mod request;

pub(super) use arm::handle;
