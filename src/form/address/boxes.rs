//! PO boxes, by their names in many languages. Carriers bring no drives to one.

use crate::form::country::fold;

/// Names of a box, as `fold` makes them, separated by bars.
const NAMES: &str = "po box|p o box|pobox|post office box|gpo box|locked bag|private bag|postfach|postlagernd|boite postale|casier postal|\
    apartado|apdo|aptdo|casilla|caixa postal|casella postale|postboks|postbox|postbus|postilokero|skrytka pocztowa|skr poczt|postafiok|\
    postovni prihradka|p o prihradka|postovy priecinok|postni predal|postanski pretinac|casuta postala|а/я|абонентский ящик|\
    абонентська скринька|пощенска кутия|поштански преградак|ταχ θυριδα|ταχυδρομικη θυριδα|τ θ |τθ |posta kutusu|私書箱|郵便私書箱|信箱|사서함|\
    صندوق بريد|ص ب|صب |תא דואר|ת\"ד|kotak pos|peti surat|hom thu|tu pos|postholf|postkast|pasto dezute|pasta kaste|ตู้ ปณ|abonentska|poste restante";

/// Short names, which mean a box only before its number: `BP 12`, `Pf. 12`, `Box 12`.
const SHORT: &str = "bp|b p|cp|c p|tsa|pb|pl|pf|box|pob|pk|p k|pbx|p b|postb|cs";

/// Whether a line names a PO box.
pub(in crate::form) fn is_box(line: &str) -> bool {
    let text = fold(line);
    if NAMES.split('|').any(|name| names(&text, name)) {
        return true;
    }
    let short = |name: &str| {
        let number = text.strip_prefix(name).and_then(|rest| rest.strip_prefix(' '));
        number.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.len() <= 8)
    };
    SHORT.split('|').any(short)
}

/// Whether a name stands in a text as a whole word. Names in scripts without blanks may stand anywhere.
fn names(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|rest| rest.chars().next_back());
        let behind = text.get(at + name.len()..).and_then(|rest| rest.chars().next());
        let alphabet = name.starts_with(|c: char| c.is_ascii_lowercase());
        !alphabet || !(before.is_some_and(char::is_alphabetic) || behind.is_some_and(char::is_alphabetic))
    })
}

/// The warning about a box in one of the street lines.
pub(super) fn doubt(first: &str, second: &str) -> Option<String> {
    let (one, other) = (is_box(first), is_box(second));
    if one && (other || second.is_empty()) {
        return Some(
            "Carriers bring no drives to a PO box; write the street and building they can be handed over at."
                .to_owned(),
        );
    }
    (one || other).then(|| {
        "Carriers deliver to the street line, not to the PO box, and some refuse a label that names a box.".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_in_many_languages_are_known() {
        for line in [
            "PO Box 12345",
            "P.O. Box 7",
            "P. O. BOX 7-11",
            "Post Office Box 1",
            "Postfach 10 11 12",
            "Boîte postale 12",
            "BP 1234",
            "B.P. 12",
            "Apartado de Correos 12",
            "Apdo. 12",
            "Postboks 12 Sentrum",
            "Casilla 12",
            "Casella Postale 12",
            "Caixa Postal 12",
            "Postbus 500",
            "PL 12",
            "Box 12",
            "Skrytka pocztowa 12",
            "Pf. 12",
            "Postafiók 12",
            "а/я 12",
            "Τ.Θ. 12",
            "中央郵便局私書箱12号",
            "郵政信箱 12",
            "사서함 12",
            "ص.ب 12",
            "GPO Box 12",
            "Private Bag X12",
            "Poštni predal 12",
            "Level 2, P.O. Box 12",
        ] {
            assert!(is_box(line), "{line}");
        }
        for line in [
            "12 Harbour Road",
            "Boxer Street 12",
            "Unit 4, Box Lane 7",
            "Office 1203, Example Tower",
            "Rue du Casillac 3",
            "Plaza 12",
            "Apartment 12",
            "Postplatz 12",
            "CP Business Park",
            "Bpost Building 3",
        ] {
            assert!(!is_box(line), "{line}");
        }
    }

    #[test]
    fn a_box_alone_and_a_box_beside_a_street_are_doubted_in_other_words() {
        assert!(doubt("PO Box 7", "").is_some_and(|text| text.contains("street and building")));
        assert!(doubt("Office 1203", "PO Box 7").is_some_and(|text| text.contains("label")));
        assert_eq!(doubt("12 Harbour Road", ""), None);
    }
}
