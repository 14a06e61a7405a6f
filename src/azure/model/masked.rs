//! Placeholders for secrets in written data: `001100-654321` becomes `000000-000000`. The characters keep their
//! class, so that what is read back passes the same checks.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serializer};

/// The text with each digit as `0` and each letter as `x` or `X`, those beyond ASCII as `é`; everything else stays.
pub fn masked(text: &str) -> String {
    text.chars().map(placeholder).collect()
}

/// A fixed character of the same class.
pub fn placeholder(c: char) -> char {
    match c {
        '0'..='9' => '0',
        'a'..='z' => 'x',
        'A'..='Z' => 'X',
        // A field that takes no such letter refuses its placeholder, too.
        c if c.is_alphanumeric() => 'é',
        c => c,
    }
}

/// For `#[serde(with = …)]` on a secret: no serializer ever sees more than the placeholder.
pub(super) fn serialize<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&masked(secret.expose_secret()))
}

/// Reads the placeholder back.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::azure::model::BitLockerKey;

    #[test]
    fn characters_keep_their_class_and_say_nothing_else() {
        assert_eq!(masked("Az-09 ö東:"), "Xx-00 éé:");
    }

    #[test]
    fn w19_a_key_is_never_written_out() {
        let key = BitLockerKey { drive: "WX11".into(), key: "123456-654321".to_owned().into() };
        let written = serde_json::to_string(&key).unwrap();
        assert_eq!(written, r#"{"drive":"WX11","key":"000000-000000"}"#);
        let read: BitLockerKey = serde_json::from_str(&written).unwrap();
        assert_eq!(read.key.expose_secret(), "000000-000000");
    }
}
