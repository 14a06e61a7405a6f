//! The shape of postal codes in the countries drives mostly go to. A hint beside the field, never a refusal.

use crate::form::country::Country;

/// Takes what occurs in postal codes.
pub(super) fn takes(c: char) -> Result<char, &'static str> {
    let fits = c.is_alphanumeric() || matches!(c, ' ' | '-');
    if fits { Ok(c) } else { Err("A postal code takes letters, digits, blanks and hyphens.") }
}

/// Country, shapes (`9` a digit, `A` a letter, blanks and hyphens left out), an example.
const SHAPES: [(&str, &[&str], &str); 22] = [
    ("US", &["99999", "999999999"], "98109 or 98109-5210"),
    ("CA", &["A9A9A9"], "M5V 3L9"),
    ("GB", &["A99AA", "A999AA", "AA99AA", "AA999AA", "A9A9AA", "AA9A9AA"], "SW1A 1AA"),
    ("NL", &["9999AA"], "3011 AB"),
    ("DE", &["99999"], "10117"),
    ("FR", &["99999"], "75008"),
    ("ES", &["99999"], "28013"),
    ("IT", &["99999"], "20121"),
    ("FI", &["99999"], "00100"),
    ("SE", &["99999"], "111 22"),
    ("PL", &["99999"], "00-001"),
    ("BE", &["9999"], "1000"),
    ("AT", &["9999"], "1010"),
    ("CH", &["9999"], "8001"),
    ("DK", &["9999"], "1050"),
    ("NO", &["9999"], "0150"),
    ("AU", &["9999"], "2000"),
    ("NZ", &["9999"], "6011"),
    ("JP", &["9999999"], "100-0001"),
    ("IN", &["999999"], "560001"),
    ("SG", &["999999"], "018956"),
    ("BR", &["99999999"], "01310-100"),
];

/// What is unusual about a code in this country; nothing for an empty code or a country without a known shape.
pub(super) fn doubt(country: &Country, code: &str) -> Option<String> {
    let (_, shapes, example) = SHAPES.iter().find(|(alpha2, ..)| *alpha2 == country.alpha2)?;
    let shape = shape(code);
    let unusual = !shape.is_empty() && !shapes.contains(&shape.as_str());
    unusual.then(|| format!("Postal codes in {} usually look like {example}; check this one.", country.name))
}

/// A code as `9` and `A`.
pub(in crate::form) fn shape(code: &str) -> String {
    code.chars()
        .filter(|c| !matches!(c, ' ' | '-'))
        .map(|c| {
            if c.is_ascii_digit() {
                '9'
            } else if c.is_ascii_alphabetic() {
                'A'
            } else {
                c
            }
        })
        .collect()
}

/// Whether a text is a postal code somewhere: a known shape.
pub(in crate::form) fn known_shape(code: &str) -> bool {
    let shape = shape(code);
    SHAPES.iter().any(|(_, shapes, _)| shapes.contains(&shape.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::country;

    #[test]
    fn every_example_has_the_shape_it_is_an_example_of() {
        for (alpha2, _, examples) in SHAPES {
            let country = country::exact(alpha2).unwrap();
            for example in examples.split(" or ") {
                assert_eq!(doubt(country, example), None, "{alpha2} {example}");
            }
            assert!(doubt(country, "1").is_some());
            assert_eq!(doubt(country, ""), None);
        }
    }
}
