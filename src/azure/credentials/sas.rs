//! A shared access signature: its text, which is appended to an address and goes nowhere else, and its fields.

use std::fmt;

use azure_core::http::Url;
use jiff::{Timestamp, civil};
use secrecy::{ExposeSecret, SecretString};

/// The query text of a shared access signature, without `?`.
pub(crate) struct Sas(SecretString);

impl From<&str> for Sas {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Sas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sas")
    }
}

impl PartialEq for Sas {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

impl Sas {
    /// `url` with the signature behind its query.
    pub(crate) fn on(&self, url: &Url) -> Url {
        let mut signed = url.clone();
        let query = [url.query().unwrap_or(""), self.0.expose_secret()].join("&");
        signed.set_query(Some(query.trim_start_matches('&')));
        signed
    }

    /// One of its fields, decoded (Microsoft pages: Create an account SAS, Create a service SAS). A fault never
    /// shows the signature itself; see [`Sas::length`].
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let raw = self.0.expose_secret().split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
        let value = percent_encoding::percent_decode_str(raw).decode_utf8_lossy().into_owned();
        Some(value).filter(|value| !value.is_empty())
    }

    /// A field that holds a moment, in any form the service takes: a date, with hours and minutes, with seconds.
    pub(crate) fn moment(&self, name: &str) -> Option<Timestamp> {
        let text = self.field(name)?;
        let utc = |at: civil::DateTime| at.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp());
        let civil = || text.trim_end_matches('Z').parse::<civil::DateTime>().ok().and_then(utc);
        text.parse().ok().or_else(civil)
    }

    /// How many characters its signature has.
    pub(crate) fn length(&self) -> usize {
        self.field("sig").map_or(0, |signature| signature.chars().count())
    }

    /// `text` without the signature, should a service repeat it.
    pub(crate) fn redacted_in(&self, text: &str) -> String {
        self.field("sig").map_or_else(|| text.to_owned(), |signature| text.replace(&signature, "…"))
    }
}
