//! The BitLocker key of a drive, as the service gave it.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

/// The BitLocker key of one returned drive. `Debug` never shows the key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BitLockerKey {
    /// Serial number of the drive.
    pub drive: String,
    /// Recovery password (48 digits) or another protector, as the service gave it. Written out as a placeholder.
    #[serde(with = "super::masked")]
    pub key: SecretString,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> BitLockerKey {
        BitLockerKey { drive: "WX11".into(), key: text.to_owned().into() }
    }

    #[test]
    fn w19_a_key_never_shows_in_debug_output() {
        assert!(!format!("{:?}", key("111111-222222")).contains("111111"));
    }
}
