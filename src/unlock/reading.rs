//! What a BitLocker key is: a recovery password of 48 digits, the same as base-64 text, another text as base-64, or none of these.
//!
//! A recovery password has eight groups of six digits. Each group is eleven times a number of 16 bits, so a group that 11 does not divide
//! or that is not below 720,896 was damaged on its way (format of BitLocker's recovery passwords, as the libbde project documents it).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretString};

/// Digits of a recovery password.
const DIGITS: usize = 48;
/// Eleven times a number of 16 bits is below this.
const GROUP_END: u32 = 11 * 65_536;

/// What a key is. `Debug` never shows the key.
#[derive(Clone, Debug)]
pub enum KeyReading {
    /// A recovery password.
    RecoveryPassword {
        /// Its eight groups with hyphens between them: 55 characters.
        text: SecretString,
        /// The groups that cannot be right, counted from 1.
        wrong_groups: Vec<usize>,
        /// The service gave it as base-64 text.
        encoded: bool,
    },
    /// Digits only, but not 48 of them. How many.
    WrongLength(usize),
    /// Base-64 text. The text inside it, which is a password, where it holds one.
    Base64(Option<SecretString>),
    /// Neither.
    Other,
}

impl KeyReading {
    /// Reads a key. Blanks, line breaks and hyphens of any kind between its digits do not count.
    pub fn of(key: &SecretString) -> Self {
        let key = key.expose_secret().trim();
        if let Some(digits) = digits(key) {
            return Self::of_digits(&digits, false);
        }
        let Ok(bytes) = BASE64_STANDARD.decode(padded(key)) else { return Self::Other };
        if key.len() < 16 {
            return Self::Other;
        }
        let text = utf16(&bytes);
        match text.as_deref().and_then(digits) {
            Some(digits) if digits.len() == DIGITS => Self::of_digits(&digits, true),
            _ => Self::Base64(text.map(SecretString::from)),
        }
    }

    fn of_digits(digits: &str, encoded: bool) -> Self {
        if digits.len() != DIGITS {
            return Self::WrongLength(digits.len());
        }
        let groups: Vec<&str> = (0..8).filter_map(|group| digits.get(group * 6..group * 6 + 6)).collect();
        let wrong = |group: &str| group.parse::<u32>().is_ok_and(|number| number % 11 != 0 || number >= GROUP_END);
        let wrong_groups = groups.iter().zip(1..).filter(|(group, _)| wrong(group)).map(|(_, number)| number).collect();
        Self::RecoveryPassword { text: groups.join("-").into(), wrong_groups, encoded }
    }

    /// The key as a person types or pastes it: a recovery password with its hyphens, every other key as the service gave it.
    pub fn typed<'a>(&'a self, given: &'a SecretString) -> &'a str {
        match self {
            Self::RecoveryPassword { text, .. } => text.expose_secret(),
            _ => given.expose_secret().trim(),
        }
    }

    /// What is known of the key without the drive, and whether it is good news.
    pub fn verdict(&self) -> (bool, String) {
        match self {
            Self::RecoveryPassword { wrong_groups, encoded, .. } => {
                let form = if *encoded { "Base-64 text that holds 48 digits: they" } else { "Its 48 digits" };
                match wrong_groups.as_slice() {
                    [] => (true, format!("{form} pass BitLocker's own check.")),
                    [group] => {
                        (false, format!("{form} cannot be right: group {group} of 8 is damaged. Read the keys again."))
                    }
                    groups => {
                        let groups: Vec<String> = groups.iter().map(ToString::to_string).collect();
                        let words = format!("{form} cannot be right: groups {} of 8 are damaged.", groups.join(", "));
                        (false, words + " Read the keys again.")
                    }
                }
            }
            Self::WrongLength(digits) => {
                (false, format!("A recovery password has 48 digits, this has {digits}. Compare it with the portal."))
            }
            Self::Base64(Some(_)) => {
                (true, "Base-64 text that holds a password. It is not checked before the drive is there.".to_owned())
            }
            Self::Base64(None) => {
                (true, "Base-64 text. No document says how it is used but for Microsoft's own tool.".to_owned())
            }
            Self::Other => (
                false,
                "This is neither 48 digits nor base-64 text. Compare it with the portal before you rely on it."
                    .to_owned(),
            ),
        }
    }
}

/// The digits of a text that has nothing but digits and what stands between groups of them.
fn digits(text: &str) -> Option<String> {
    let between = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let digits: String = text.chars().filter(|c| !between(*c)).collect();
    (!digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())).then_some(digits)
}

/// The text with the `=` at its end that a sender may have left out.
fn padded(text: &str) -> String {
    let bare = text.trim_end_matches('=');
    format!("{bare}{}", "=".repeat((4 - bare.len() % 4) % 4))
}

/// Bytes as UTF-16 text, low byte first; `None` where they are none, or hold characters that nobody types.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (units, rest) = bytes.as_chunks::<2>();
    let text = String::from_utf16(&units.iter().map(|unit| u16::from_le_bytes(*unit)).collect::<Vec<_>>()).ok()?;
    let typed = |c: char| !c.is_control() && (c.is_ascii() || c.is_alphanumeric());
    (rest.is_empty() && !text.is_empty() && text.chars().all(typed)).then_some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The groups that are wrong; `None` for what is no recovery password.
    fn wrong_groups(key: &str) -> Option<Vec<usize>> {
        match KeyReading::of(&key.to_owned().into()) {
            KeyReading::RecoveryPassword { wrong_groups, .. } => Some(wrong_groups),
            _ => None,
        }
    }

    #[test]
    fn w57_known_recovery_passwords_pass_and_damaged_ones_name_the_group() {
        for (key, wrong) in [
            ("531058-303050-716078-383614-460922-106975-083446-139161", vec![]),
            ("471207-278498-422125-177177-561902-537405-468006-693451", vec![]),
            ("238810-662376-448998-450120-652806-203390-606320-483076", vec![]),
            ("820042-335825-646573-481530-265253-688132-339900-822810", vec![1, 2, 3, 4, 5, 6, 8]),
            ("531058-303050-716079-383614-460922-106975-083446-139161", vec![3]),
            ("720896-303050-716078-383614-460922-106975-083446-139161", vec![1]),
        ] {
            assert_eq!(wrong_groups(key), Some(wrong), "{key}");
        }
    }

    #[test]
    fn w57_the_wrong_group_is_said_in_words_that_hold_no_digit_of_the_key() {
        let key = "531058-303050-716079-383614-460922-106975-083446-139161".to_owned().into();
        let (good, words) = KeyReading::of(&key).verdict();
        assert!(!good && words.contains("group 3 of 8"), "{words}");
        assert!(!words.contains("716079"), "{words}");
    }

    #[test]
    fn separators_of_every_kind_mean_the_same_key() {
        let plain = "531058303050716078383614460922106975083446139161";
        let hyphens = "531058-303050-716078-383614-460922-106975-083446-139161";
        for key in
            [plain, hyphens, &hyphens.replace('-', " "), &hyphens.replace('-', "\u{2013}"), &format!("{hyphens}\n")]
        {
            let given = key.to_owned().into();
            let reading = KeyReading::of(&given);
            assert_eq!(reading.typed(&given), hyphens);
            assert_eq!(reading.typed(&given).len(), 55);
        }
    }

    #[test]
    fn base_64_that_holds_digits_is_a_recovery_password_and_other_text_a_password() {
        let encode = |text: &str| {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            SecretString::from(BASE64_STANDARD.encode(bytes).trim_end_matches('=').to_owned())
        };
        let digits = KeyReading::of(&encode("531058-303050-716078-383614-460922-106975-083446-139161"));
        assert!(
            matches!(&digits, KeyReading::RecoveryPassword { encoded: true, wrong_groups, .. } if wrong_groups.is_empty())
        );
        let KeyReading::Base64(Some(text)) = KeyReading::of(&encode("correct horse")) else { panic!("a password") };
        assert_eq!(text.expose_secret(), "correct horse");
        let bytes =
            SecretString::from(BASE64_STANDARD.encode([0x01, 0xd8, 0xff, 0xff, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]));
        assert!(matches!(KeyReading::of(&bytes), KeyReading::Base64(None)));
        for other in ["not a key", "", "QQ=="] {
            assert!(matches!(KeyReading::of(&other.to_owned().into()), KeyReading::Other), "{other}");
        }
        assert!(matches!(KeyReading::of(&"111111-222222".to_owned().into()), KeyReading::WrongLength(12)));
    }

    proptest! {
        #[test]
        fn w57_every_wrong_digit_is_found_in_its_group(words in prop::array::uniform8(any::<u16>()), at in 0usize..48, by in 1u8..10) {
            let digits = words.map(|word| format!("{:06}", u32::from(word) * 11)).concat();
            prop_assert_eq!(wrong_groups(&digits), Some(vec![]));
            let mut damaged = digits.into_bytes();
            damaged[at] = b'0' + (damaged[at] - b'0' + by) % 10;
            let damaged = String::from_utf8(damaged).unwrap();
            prop_assert_eq!(wrong_groups(&damaged), Some(vec![at / 6 + 1]));
        }

        #[test]
        fn no_text_makes_the_reading_fail(text in any::<String>()) {
            let key = SecretString::from(text);
            let _verdict = KeyReading::of(&key).verdict();
        }
    }
}
