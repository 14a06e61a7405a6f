//! The simulated Azure Resource Manager.
//!
//! - `arm`: tenants, subscriptions and resource groups, and the way to the providers.
//! - `provider`: the registration of a provider, and what it says of itself.
//! - `request`: the scope, api-version, pages and headers that all providers share.

mod arm;
mod groups;
mod provider;
pub(super) mod request;

pub(super) use arm::handle;
