//! The system's keyring: Keychain, Windows Credential Manager, or the Secret Service of a desktop.

use keyring::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};

use super::SecretStore;
use crate::azure::errors::clean;

/// The name under which the keyring shows the secrets of this program.
const SERVICE: &str = "blobfreight";

/// The keyring of whoever runs the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keyring;

impl SecretStore for Keyring {
    fn load(&self, name: &str) -> Result<Option<SecretString>, String> {
        match Entry::new(SERVICE, name).and_then(|entry| entry.get_password()) {
            Ok(secret) => Ok(Some(secret.into())),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(reason(&error)),
        }
    }

    fn save(&self, name: &str, secret: &SecretString) -> Result<(), String> {
        let saved = Entry::new(SERVICE, name).and_then(|entry| entry.set_password(secret.expose_secret()));
        saved.map_err(|error| reason(&error))
    }

    fn delete(&self, name: &str) -> Result<bool, String> {
        match Entry::new(SERVICE, name).and_then(|entry| entry.delete_credential()) {
            Ok(()) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            Err(error) => Err(reason(&error)),
        }
    }
}

/// Some errors carry what they read; those are named only.
fn reason(error: &Error) -> String {
    match error {
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "what is kept there is damaged".to_owned(),
        Error::NoDefaultStore => match Entry::store_status() {
            Err(why) => clean(&why.to_string()),
            Ok(()) => "this system has none".to_owned(),
        },
        other => clean(&other.to_string()),
    }
}
