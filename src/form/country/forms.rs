//! How each country writes city, state and postal code, and the shapes of its codes. Data, and how it is read.
//!
//! Drawn from what the countries' posts publish (Universal Postal Union: Postal addressing systems).

/// How a country writes the end of an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AddressForm {
    /// City `C`, state `S` and postal code `Z` as they stand; a semicolon ends a line, `A` is the street where it comes so late.
    /// `C, S Z` is `Seattle, WA 98109`.
    pub tail: &'static str,
    /// A postal code as it is written; in a country without, what people fill in because a form insists.
    pub example: &'static str,
    /// Shapes of the codes, parted by blanks: `9` a digit, `A` a letter, `*` either; blanks and hyphens left out.
    shapes: &'static str,
}

impl AddressForm {
    /// That of the country with this two-letter code.
    pub fn of(alpha2: &str) -> Option<Self> {
        LINES.lines().find_map(|line| {
            let mut parts = line.strip_prefix(alpha2)?.strip_prefix('|')?.split('|');
            Some(Self { tail: parts.next()?, example: parts.next()?, shapes: parts.next()? })
        })
    }

    /// Those of all countries.
    pub fn all() -> impl Iterator<Item = Self> {
        LINES.lines().filter_map(|line| Self::of(line.split('|').next()?))
    }

    /// Whether the country has postal codes at all.
    pub fn has_codes(&self) -> bool {
        !self.shapes.is_empty()
    }

    /// Whether a code has one of the shapes.
    pub fn fits(&self, code: &str) -> bool {
        let code: Vec<char> = code.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        self.shapes.split(' ').any(|shape| !shape.is_empty() && has_shape(&code, shape))
    }

    /// Whether the code stands in front of the city or the state on one line.
    pub fn code_leads(&self) -> bool {
        self.tail.contains("Z C") || self.tail.contains("Z S")
    }
}

fn has_shape(code: &[char], shape: &str) -> bool {
    let fits = |c: char, sign: char| match sign {
        '9' => c.is_ascii_digit(),
        'A' => c.is_ascii_alphabetic(),
        _ => c.is_ascii_alphanumeric(),
    };
    code.len() == shape.len() && code.iter().zip(shape.chars()).all(|(c, sign)| fits(*c, sign))
}

/// Code of the country, end of an address, example, shapes.
const LINES: &str = "\
AD|Z C|AD500|AA999
AE|C|00000|
AF|C;Z|1001|9999
AG|C|00000|
AI|C;Z|AI-2640|AA9999 9999
AL|Z;C|1001|9999
AM|Z;C|0010|9999 999999
AO|C|00000|
AQ|C|00000|
AR|Z C;S|C1070AAM|A9999AAA A9999 9999
AS|C S Z|96799|99999 999999999
AT|Z C|1010|9999
AU|C S Z|2000|9999
AW|C|00000|
AX|Z C|22100|99999
AZ|Z C|AZ 1000|AA9999 9999
BA|Z C|71000|99999
BB|C, S Z|BB11000|AA99999
BD|C Z|1000|9999
BE|Z C|1000|9999
BF|C|00000|
BG|Z C|1000|9999
BH|C Z|317|999 9999
BI|C|00000|
BJ|C|00000|
BL|Z C|97133|99999
BM|C Z|HM 12|AA99 AAAA
BN|C Z|BS8711|AA9999
BO|C|00000|
BQ|C|00000|
BR|C - S;Z|01310-100|99999999
BS|C, S|00000|
BT|C Z|11001|99999
BV|C|00000|
BW|C|00000|
BY|Z C|220050|999999
BZ|C|00000|
CA|C S Z|M5V 3L9|A9A9A9
CC|C S Z|6799|9999
CD|C|00000|
CF|C|00000|
CG|C|00000|
CH|Z C|8001|9999
CI|C|00000|
CK|C|00000|
CL|Z C;S|8340457|9999999
CM|C|00000|
CN|C, S Z|100020|999999
CO|C, S, Z|110111|999999
CR|S, C;Z|10101|99999
CU|C;Z|10400|99999
CV|Z C;S|7600|9999
CW|C|00000|
CX|C S Z|6798|9999
CY|Z C|1900|9999
CZ|Z C|110 00|99999
DE|Z C|10117|99999
DJ|C|00000|
DK|Z C|1050|9999
DM|C|00000|
DO|Z C;S|10101|99999
DZ|Z C|16027|99999
EC|Z;C|170150|999999
EE|Z C|10111|99999
EG|C;S;Z|11511|99999 9999999
EH|Z C|70000|99999
ER|C|00000|
ES|Z C S|28013|99999
ET|Z C|1000|9999
FI|Z C|00100|99999
FJ|C|00000|
FK|C;Z|FIQQ 1ZZ|AAAA9AA
FM|C S Z|96941|99999 999999999
FO|Z C|FO-100|999 AA999
FR|Z C|75008|99999
GA|C|00000|
GB|C;Z|SW1A 1AA|A99AA A999AA AA99AA AA999AA A9A9AA AA9A9AA
GD|C|00000|
GE|Z C|0105|9999
GF|Z C|97300|99999
GG|C;Z|GY1 1AA|AA99AA AA999AA
GH|C|00000|
GI|C;Z|GX11 1AA|AA999AA
GL|Z C|3900|9999
GM|C|00000|
GN|Z C|001|999
GP|Z C|97100|99999
GQ|C|00000|
GR|Z C|105 58|99999
GS|C;Z|SIQQ 1ZZ|AAAA9AA
GT|Z C|01001|99999
GU|C S Z|96910|99999 999999999
GW|Z C|1000|9999
GY|C|00000|
HK|C;S|999077|
HM|C S Z|7050|9999
HN|C, S;Z|11101|99999
HR|Z C|10000|99999
HT|Z C|HT6110|AA9999 9999
HU|C;A;Z|1055|9999
ID|C;S Z|10110|99999
IE|C;Z|D02 X285|A99**** A9A****
IL|C Z|9414300|9999999 99999
IM|C;Z|IM1 1AA|AA99AA AA999AA
IN|C Z;S|560001|999999
IO|C;Z|BBND 1ZZ|AAAA9AA
IQ|C;S;Z|10001|99999
IR|C;A;Z|11369-95110|9999999999
IS|Z C|101|999
IT|Z C S|20121|99999
JE|C;Z|JE2 3AB|AA99AA AA999AA
JM|C;S|00000|
JO|C Z|11118|99999
JP|C, S Z|100-0001|9999999
KE|C;Z|00100|99999
KG|Z C|720001|999999
KH|C Z|120101|999999 99999
KI|C|00000|
KM|C|00000|
KN|C|00000|
KP|C|00000|
KR|C, S Z|04524|99999
KW|Z C|13001|99999
KY|C Z|KY1-1100|AA99999
KZ|C;S;Z|050000|999999 A99A9A9
LA|Z C|01000|99999
LB|C Z|2038 3054|99999999 9999
LC|C Z|LC04 101|AA99999
LI|Z C|9490|9999
LK|C;Z|00100|99999
LR|Z C|1000|9999
LS|C Z|100|999
LT|Z C|01103|99999
LU|Z C|1009|9999
LV|C Z|LV-1010|AA9999 9999
LY|C|00000|
MA|Z C|10000|99999
MC|Z C|98000|99999
MD|Z C|MD-2012|AA9999 9999
ME|Z C|81000|99999
MF|Z C|97150|99999
MG|Z C|101|999
MH|C S Z|96960|99999 999999999
MK|Z C|1000|9999
ML|C|00000|
MM|C Z|11181|99999 9999999
MN|C;S Z|14200|99999
MO|C|999078|
MP|C S Z|96950|99999 999999999
MQ|Z C|97200|99999
MR|C|00000|
MS|C Z|MSR1110|AAA9999
MT|C Z|VLT 1117|AAA9999 AAA99 AAA999
MU|Z;C|11302|99999
MV|C Z|20026|99999
MW|C|00000|
MX|Z C, S|06700|99999
MY|Z C;S|50000|99999
MZ|Z C|1100|9999
NA|C;Z|10001|99999
NC|Z C|98800|99999
NE|Z C|8001|9999
NF|C S Z|2899|9999
NG|C Z;S|100001|999999
NI|Z;C, S|11001|99999
NL|Z C|3011 AB|9999AA
NO|Z C|0150|9999
NP|C Z|44600|99999
NR|C|00000|
NU|C|00000|
NZ|C Z|6011|9999
OM|Z;C|133|999
PA|C|00000|
PE|C Z|15001|99999
PF|Z C S|98714|99999
PG|C Z|121|999
PH|C;Z S|1000|9999
PK|C Z|44000|99999
PL|Z C|00-001|99999
PM|Z C|97500|99999
PN|C;Z|PCRN 1ZZ|AAAA9AA
PR|C S Z|00901|99999 999999999
PS|C Z|P1000000|A9999999 999
PT|Z C|1250-096|9999999 9999
PW|C S Z|96940|99999 999999999
PY|Z C|1209|9999 999999
QA|C|00000|
RE|Z C|97400|99999
RO|Z C|010011|999999
RS|Z C|11000|99999 999999
RU|C;S;Z|101000|999999
RW|C|00000|
SA|C Z|11564|99999 999999999
SB|C|00000|
SC|C;S|00000|
SD|C;Z|11111|99999
SE|Z C|111 22|99999
SG|C Z|018956|999999
SH|C;Z|STHL 1ZZ|AAAA9AA
SI|Z C|1000|9999
SJ|Z C|9170|9999
SK|Z C|811 01|99999
SL|C|00000|
SM|Z C|47890|99999
SN|Z C|10000|99999
SO|C, S Z|BN03040|AA99999
SR|C|00000|
SS|C;Z|11111|99999
ST|C|00000|
SV|Z C|1101|9999
SX|C|00000|
SY|C|00000|
SZ|C;Z|H100|A999
TC|C;Z|TKCA 1ZZ|AAAA9AA
TD|C|00000|
TF|C|00000|
TG|C|00000|
TH|C;S Z|10200|99999
TJ|Z C|734025|999999
TK|C|00000|
TL|C Z|TL10001|AA99999 9999
TM|Z C|744000|999999
TN|Z C|1002|9999
TO|C|00000|
TR|Z C/S|06101|99999
TT|C Z|100206|999999
TV|C|00000|
TW|C, S Z|10001|99999 999 999999
TZ|Z C|11101|99999
UA|C;S;Z|01001|99999
UG|C|00000|
UM|C S Z|96898|99999
US|C, S Z|98109 or 98109-5210|99999 999999999
UY|Z C S|11000|99999
UZ|Z C;S|100000|999999
VA|Z C|00120|99999
VC|C Z|VC0100|AA9999
VE|C Z, S|1010|9999
VG|C;Z|VG1110|AA9999
VI|C S Z|00802|99999 999999999
VN|C;S Z|100000|999999 99999
VU|C|00000|
WF|Z C|98600|99999
WS|C;Z|WS1382|AA9999
YE|C|00000|
YT|Z C|97600|99999
ZA|C;Z|0001|9999
ZM|Z C|10101|99999
ZW|C|00000|
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::country::ALL;

    #[test]
    fn every_country_has_a_line_and_its_example_fits() {
        for country in &ALL {
            let codes = AddressForm::of(country.alpha2).unwrap_or_else(|| panic!("{} has no line", country.name));
            for example in codes.example.split(" or ") {
                assert_eq!(codes.fits(example), codes.has_codes(), "{} {example}", country.name);
            }
            assert!(!codes.fits("1") && !codes.fits(""));
        }
        assert_eq!(LINES.lines().count(), ALL.len());
    }
}
