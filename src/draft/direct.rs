//! The account of a draft that was opened without a sign-in: where it is, never what opens it.

use serde::{Deserialize, Serialize};

/// A storage account opened with a key or a shared access signature; neither has a place here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectAccount {
    /// Its blob endpoint, without a closing slash.
    pub endpoint: String,
    /// Its name.
    pub name: String,
    /// The only container that was opened, where the address named one.
    #[serde(default)]
    pub container: Option<String>,
}

impl DirectAccount {
    /// The address to open it by again.
    pub fn address(&self) -> String {
        self.container.as_ref().map_or_else(|| self.endpoint.clone(), |name| format!("{}/{name}", self.endpoint))
    }

    /// Whether this is the account with that blob endpoint.
    pub fn is_at(&self, endpoint: &str) -> bool {
        self.endpoint.trim_end_matches('/').eq_ignore_ascii_case(endpoint.trim_end_matches('/'))
    }
}
