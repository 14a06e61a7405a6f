//! By which right the blobs of an account are read, for the screen to say. The secrets themselves are elsewhere.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How requests to one account's blobs are authorised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// With the token of the sign-in; the person has a data role (Microsoft page: Authorize access to blobs using Microsoft Entra ID).
    EntraToken,
    /// With the account's key, fetched with the sign-in because it has no data role (Microsoft page: Authorize with Shared Key).
    AccountKey,
    /// With a shared access signature that was given.
    Sas,
    /// With an account key that was given.
    KeyGiven,
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EntraToken => "with your sign-in",
            Self::AccountKey => "with the account key, for your sign-in has no role for the data",
            Self::Sas => "with the shared access signature you gave",
            Self::KeyGiven => "with the account key you gave",
        })
    }
}
