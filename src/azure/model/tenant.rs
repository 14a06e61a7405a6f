//! A tenant of Microsoft Entra, as a person's choice.

use serde::{Deserialize, Serialize};

/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenant {
    /// GUID.
    pub id: String,
    /// Display name; the domain or the id where it has none.
    pub name: String,
    /// Default domain, e.g. `contoso.onmicrosoft.com`.
    pub domain: Option<String>,
}
