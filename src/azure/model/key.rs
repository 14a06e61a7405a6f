//! The BitLocker key of a drive, and the forms that services give it in.

use secrecy::{ExposeSecret, SecretString};
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

/// How a key is written, which decides what unlocks a drive with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyForm {
    /// A recovery password: eight groups of six digits.
    Digits,
    /// Base-64 text.
    Base64,
    /// Neither; e.g. a recovery password that is cut off.
    Other,
}

impl BitLockerKey {
    /// How the key is written. It is looked at and never changed.
    pub fn form(&self) -> KeyForm {
        let key = self.key.expose_secret().trim();
        let digits = key.chars().filter(char::is_ascii_digit).count();
        if key.chars().all(|c| c.is_ascii_digit() || c == '-' || c == ' ') {
            return if digits == 48 { KeyForm::Digits } else { KeyForm::Other };
        }
        let text = key.trim_end_matches('=');
        let base64 = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_'));
        if base64 && text.len() >= 16 { KeyForm::Base64 } else { KeyForm::Other }
    }
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

    #[test]
    fn digits_and_base_64_are_told_apart() {
        let groups = "111111-222222-333333-444444-555555-666666-777777-888888";
        for (text, form) in [
            (groups, KeyForm::Digits),
            (&groups.replace('-', ""), KeyForm::Digits),
            ("111111-222222", KeyForm::Other),
            ("MTExMTExLTIyMjIyMi0zMzMzMzM=", KeyForm::Base64),
            ("not a key", KeyForm::Other),
            ("", KeyForm::Other),
        ] {
            assert_eq!(key(text).form(), form, "{text}");
        }
    }
}
