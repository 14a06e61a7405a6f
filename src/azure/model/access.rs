//! Which credential the blobs of an account are read with, as the screen names it. The secrets are in `credentials`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How requests to one account's blobs are authorised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// With the token of the sign-in; the person has a data role (Microsoft page: Authorize access to blobs using Microsoft Entra ID).
    EntraToken,
    /// With the account's key, fetched with the sign-in because it has no data role (Microsoft page: Authorize with Shared Key).
    AccountKey,
    /// With a shared access signature that a person gave.
    Sas,
    /// With an account key that a person gave.
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
