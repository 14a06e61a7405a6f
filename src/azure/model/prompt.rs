//! What a person has to do to sign in, and what the person can tell the program meanwhile. Data only, without secrets: an address and a
//! code that are meant to be read from the screen.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::SignInMethod;

/// What a person has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInPrompt {
    /// Sign in on a page in a browser on this machine.
    Browser {
        /// Address of the page.
        address: String,
        /// A short address on this machine that leads to the page, e.g. `http://localhost:40123/k3Xq8s2P`. Recordings of older programs
        /// have none.
        #[serde(default)]
        short: String,
        /// Whether a browser was started with it.
        opened: bool,
    },
    /// Type a code on a page in any browser.
    DeviceCode {
        /// Address of the page, e.g. `https://microsoft.com/devicelogin`.
        address: String,
        /// The code, e.g. `EW3ZK7TQF`.
        code: String,
        /// Until when it counts.
        until: Timestamp,
    },
}

impl SignInPrompt {
    /// Address of the page.
    pub fn address(&self) -> &str {
        match self {
            Self::Browser { address, .. } | Self::DeviceCode { address, .. } => address,
        }
    }
}

/// What the person tells a sign-in that waits for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInCommand {
    /// Give up.
    Cancel,
    /// Begin anew, by this method: another page, or another code.
    Anew(SignInMethod),
}

/// Whether a person may be asked to sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AskPerson {
    /// Never: a refresh token is there, or the sign-in fails.
    Never,
    /// Where no refresh token helps.
    #[default]
    IfNeeded,
}

/// What became of the sign-in that the system's keyring may have kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyringRemoval {
    /// It was there and was removed.
    Removed,
    /// There was none.
    NothingThere,
    /// The keyring did not say; why, without a full stop. One may still be there.
    Unknown(String),
}

impl KeyringRemoval {
    /// One sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Removed => "The sign-in was removed from the keyring.".to_owned(),
            Self::NothingThere => "The keyring had no sign-in.".to_owned(),
            Self::Unknown(why) => format!("Whether the keyring still has a sign-in is not known: {why}."),
        }
    }
}
