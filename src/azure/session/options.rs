//! The settings of a session that tests and emulators change.

use std::time::Duration;

/// What tests and emulators set differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionOptions {
    /// Entries per page of a listing, 1 to 5000 (Microsoft page: List Blobs).
    pub page_size: u32,
    /// The first back-off pause; it doubles with every attempt. It does not change a pause that the service asks for.
    pub backoff: Duration,
    /// Listings are asked for in Apache Arrow where the service may have it.
    pub arrow: bool,
}

impl Default for SessionOptions {
    fn default() -> Self {
        Self { page_size: 5000, backoff: Duration::from_millis(500), arrow: true }
    }
}
