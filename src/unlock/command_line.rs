//! A command with a key in it. It is shown masked, and in full only where the person asked for that.

use secrecy::{ExposeSecret, SecretString};

/// A command line. `Debug` never shows the key.
#[derive(Clone, Debug)]
pub struct CommandLine {
    /// What stands before the key, or all of it.
    before: String,
    /// The key, quoted as the shell of the command wants it.
    key: Option<SecretString>,
    /// What stands behind it.
    after: String,
}

impl CommandLine {
    /// A command without a key.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { before: text.into(), key: None, after: String::new() }
    }

    /// A command with a key in it.
    pub(super) fn with_key(before: impl Into<String>, key: SecretString, after: impl Into<String>) -> Self {
        Self { before: before.into(), key: Some(key), after: after.into() }
    }

    /// Whether there is a key in it.
    pub fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// The command as it is typed.
    pub fn exposed(&self) -> SecretString {
        self.written(str::to_owned).into()
    }

    /// The command for the screen: each letter and digit of the key is this sign.
    pub fn masked(&self, sign: &str) -> String {
        self.written(|key| mask(key, sign))
    }

    fn written(&self, key: impl Fn(&str) -> String) -> String {
        let key = self.key.as_ref().map(|secret| key(secret.expose_secret())).unwrap_or_default();
        format!("{}{key}{}", self.before, self.after)
    }
}

/// A text with this sign for each of its characters but hyphens.
fn mask(text: &str, sign: &str) -> String {
    text.chars().map(|c| if c == '-' { "-".to_owned() } else { sign.to_owned() }).collect()
}
