//! One country: its name and codes, and how its addresses end.

use super::forms::AddressForm;

/// A country or territory of ISO 3166-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// Plain English short name.
    pub name: &'static str,
    /// Two-letter code.
    pub alpha2: &'static str,
    /// Three-letter code.
    pub alpha3: &'static str,
}

impl Country {
    /// The text the service gets: the plain English short name.
    pub fn service_form(&self) -> &'static str {
        self.name
    }

    /// How its addresses end; every country has a line, so the general form is only a fallback.
    pub fn form(&self) -> AddressForm {
        AddressForm::of(self.alpha2).unwrap_or_default()
    }
}
