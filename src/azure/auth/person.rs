//! How people sign in: the application they sign in to, how a browser is opened, and where their refresh tokens are.

use std::{fmt, sync::Arc, time::Duration};

use tokio::sync::broadcast;

use super::{RefreshTokens, open_browser};
use crate::azure::{
    cloud::Cloud,
    model::{KeyringRemoval, SignInCommand},
};

/// The public application of Microsoft's developer tools. The vendor's own libraries for signing in (`azure-identity` for Go, .NET,
/// JavaScript) use it for the browser and for device codes where a program has no registration of its own.
pub const DEVELOPER_SIGN_ON: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

/// Opens a browser with an address; `false` where none was started.
pub type OpenBrowser = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// What signing in with a person needs.
#[derive(Clone)]
pub struct PersonOptions {
    /// Id of the application that people sign in to.
    pub client_id: String,
    /// Opens a browser.
    pub open_browser: OpenBrowser,
    /// The refresh tokens of this process.
    pub refresh_tokens: Arc<RefreshTokens>,
    /// What the person tells a sign-in that waits for them; `None` where nobody can tell it anything, as in a command.
    pub commands: Option<broadcast::Sender<SignInCommand>>,
    /// How long a second of the authority's pauses takes: a second, except in tests.
    pub second: Duration,
}

impl fmt::Debug for PersonOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonOptions").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl PersonOptions {
    /// The name of a person's refresh token: authority and application. It counts for every tenant.
    pub(super) fn refresh_token_name(&self, cloud: &Cloud) -> String {
        format!("{} {}", cloud.authority, self.client_id)
    }

    /// Signs out: forgets the refresh token, in memory and in the store. Returns what became of the store's.
    pub async fn sign_out(&self, cloud: &Cloud) -> KeyringRemoval {
        self.refresh_tokens.remove(&self.refresh_token_name(cloud)).await
    }

    /// Whether the store has the refresh token.
    ///
    /// # Errors
    /// It does not answer; why, without a full stop.
    pub async fn is_kept(&self, cloud: &Cloud) -> Result<bool, String> {
        self.refresh_tokens.is_kept(&self.refresh_token_name(cloud)).await
    }

    /// Removes the refresh token from the store; a session goes on.
    pub async fn forget(&self, cloud: &Cloud) -> KeyringRemoval {
        self.refresh_tokens.forget(&self.refresh_token_name(cloud)).await
    }
}

impl Default for PersonOptions {
    /// The usual application, the system's browser, tokens in memory only.
    fn default() -> Self {
        Self {
            client_id: DEVELOPER_SIGN_ON.to_owned(),
            open_browser: Arc::new(open_browser::open),
            refresh_tokens: Arc::default(),
            commands: None,
            second: Duration::from_secs(1),
        }
    }
}
