//! Countries where customs clear a parcel by the receiver's tax number, and the name of the number there.
//!
//! Neither service publishes a list. These are countries where the large carriers ask every receiver for the number; elsewhere the
//! form does not have the field.

use crate::form::country::Country;

const NUMBERS: [(&str, &str); 13] = [
    ("AR", "CUIT or CUIL"),
    ("BR", "CNPJ or CPF"),
    ("CL", "RUT"),
    ("CN", "unified social credit code"),
    ("CO", "NIT"),
    ("EC", "RUC"),
    ("ID", "NPWP"),
    ("IN", "GSTIN or PAN"),
    ("KR", "business registration number"),
    ("MX", "RFC"),
    ("PE", "RUC"),
    ("TR", "vergi kimlik no."),
    ("TW", "unified business number"),
];

/// The name of the number; `None` for a country that does not want one.
pub(super) fn number(country: &Country) -> Option<&'static str> {
    NUMBERS.iter().find(|(code, _)| *code == country.alpha2).map(|(_, name)| *name)
}

/// Which number is meant, e.g. `In Brazil: CNPJ or CPF.`
pub(super) fn note(country: &'static Country) -> Option<String> {
    number(country).map(|name| format!("In {}: {name}.", country.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::country;

    #[test]
    fn every_code_is_that_of_a_country() {
        for (code, name) in NUMBERS {
            let country = country::exact(code).filter(|country| country.alpha2 == code).unwrap();
            assert_eq!(note(country), Some(format!("In {}: {name}.", country.name)));
        }
        assert_eq!(note(country::exact("Norway").unwrap()), None);
    }
}
