//! An address of every country in its usual local form: pasted, read, written again in that form and read again.

use super::*;
use crate::form::country::{self, ALL};

/// Code, the country as its people write it, city, state, postal code, and how the lines below the name are written.
const EXAMPLES: &str = "\
AD|Andorra|Andorra la Vella||AD500|A;Z C
AE|UAE|Dubai|||A;C
AF|Afghanistan|Kabul||1001|A;C;Z
AG|Antigua and Barbuda|St. John's|||A;C
AI|Anguilla|The Valley||AI-2640|A;C;Z
AL|Albania|Tirana||1001|A;Z;C
AM|Հայաստան|Yerevan||0010|A;Z;C
AO|Angola|Luanda|||A;C
AQ|Antarctica|McMurdo|||A;C
AR|Argentina|Buenos Aires||C1070AAM|A;Z C
AS|American Samoa|Pago Pago|AS|96799|A;C S Z
AT|Österreich|Wien||1010|A;Z C
AU|Australia|Sydney|NSW|2000|A;C S Z
AW|Aruba|Oranjestad|||A;C
AX|Åland|Mariehamn||22100|A;AX-Z C;ÅLAND
AZ|Azərbaycan|Baku||AZ 1000|A;Z C
BA|Bosna i Hercegovina|Sarajevo||71000|A;Z C
BB|Barbados|Bridgetown|St. Michael|BB11000|A;C, S Z
BD|বাংলাদেশ|Dhaka||1000|A;C - Z
BE|België|Bruxelles||1000|A;Z C
BF|Burkina Faso|Ouagadougou|||A;C
BG|България|Sofia||1000|A;Z C
BH|Bahrain|Manama||317|A;C Z
BI|Burundi|Bujumbura|||A;C
BJ|Bénin|Cotonou|||A;C
BL|Saint Barthélemy|Gustavia||97133|A;Z C
BM|Bermuda|Hamilton||HM 12|A;C Z
BN|Brunei|Bandar Seri Begawan||BS8711|A;C Z
BO|Bolivia|La Paz|||A;C
BQ|Bonaire, Sint Eustatius and Saba|Kralendijk|||A;C
BR|Brasil|São Paulo|SP|01310-100|A;C-S;Z
BS|Bahamas|Nassau|New Providence||A;C, S
BT|Bhutan|Thimphu||11001|A;C Z
BV|Bouvet Island|Bouvet Station|||A;C
BW|Botswana|Gaborone|||A;C
BY|Беларусь|Minsk||220050|A;Z, C
BZ|Belize|Belize City|||A;C
CA|Canada|Toronto|ON|M5V 3L9|A;C S Z
CC|Cocos (Keeling) Islands|West Island|WA|6799|A;C S Z
CD|DR Congo|Kinshasa|||A;C
CF|Central African Republic|Bangui|||A;C
CG|Congo|Brazzaville|||A;C
CH|Schweiz|Zürich||8001|A;CH-Z C
CI|Ivory Coast|Abidjan|||A;C
CK|Cook Islands|Avarua|||A;C
CL|Chile|Santiago||8340457|A;Z C
CM|Cameroun|Yaoundé|||A;C
CN|中国|Shenzhen|Guangdong|100020|A;C, S Z
CO|Colombia|Bogotá|Cundinamarca|110111|A;C, S, Z
CR|Costa Rica|Escazú|San José|10101|A;S, C;Z
CU|Cuba|La Habana||10400|A;C;Z
CV|Cape Verde|Praia||7600|A;Z C
CW|Curaçao|Willemstad|||A;C
CX|Christmas Island|Flying Fish Cove|WA|6798|A;C S Z
CY|Cyprus|Nicosia||1900|A;Z C
CZ|Česko|Praha 1||110 00|A;Z C
DE|Deutschland|Berlin||10117|A;Z C
DJ|Djibouti|Djibouti|||A;C
DK|Danmark|København K||1050|A;Z C
DM|Dominica|Roseau|||A;C
DO|Dominican Republic|Santo Domingo||10101|A;Z C
DZ|Algérie|Alger||16027|A;Z C
EC|Ecuador|Quito||170150|A;Z;C
EE|Eesti|Tallinn||10111|A;Z C
EG|مصر|Cairo||11511|A;C;Z
EH|Western Sahara|Laayoune||70000|A;Z C
ER|Eritrea|Asmara|||A;C
ES|España|Madrid||28013|A;Z C
ET|Ethiopia|Addis Ababa||1000|A;Z C
FI|Suomi|Helsinki||00100|A;FI-Z C
FJ|Fiji|Suva|||A;C
FK|Falkland Islands|Stanley||FIQQ 1ZZ|A;C;Z
FM|Micronesia|Pohnpei|FM|96941|A;C S Z
FO|Føroyar|Tórshavn||FO-100|A;Z C
FR|France|Paris||75008|A;Z C
GA|Gabon|Libreville|||A;C
GB|UK|READING||SW1A 1AA|A;C;Z
GD|Grenada|St. George's|||A;C
GE|საქართველო|Tbilisi||0105|A;Z C
GF|French Guiana|Cayenne||97300|A;Z C
GG|Guernsey|St Peter Port||GY1 1AA|A;C;GUERNSEY;Z
GH|Ghana|Accra|||A;C
GI|Gibraltar|Gibraltar||GX11 1AA|A;C;Z
GL|Grønland|Nuuk||3900|A;Z C
GM|Gambia|Banjul|||A;C
GN|Guinée|Conakry||001|A;Z C
GP|Guadeloupe|Basse-Terre||97100|A;Z C
GQ|Equatorial Guinea|Malabo|||A;C
GR|Ελλάδα|Athina||105 58|A;Z C
GS|South Georgia and the South Sandwich Islands|King Edward Point||SIQQ 1ZZ|A;C;Z
GT|Guatemala|Guatemala||01001|A;Z- C
GU|Guam|Hagåtña|GU|96910|A;C S Z
GW|Guinea-Bissau|Bissau||1000|A;Z C
GY|Guyana|Georgetown|||A;C
HK|香港|Central|Hong Kong Island||A;C;S
HM|Heard Island and McDonald Islands|Atlas Cove|TAS|7050|A;C S Z
HN|Honduras|Tegucigalpa|Francisco Morazán|11101|A;C, S;Z
HR|Hrvatska|Zagreb||10000|A;HR-Z C
HT|Haiti|Port-au-Prince||HT6110|A;Z C
HU|Magyarország|Budapest||1055|C;A;Z
ID|Indonesia|Jakarta Selatan|DKI Jakarta|10110|A;C;S Z
IE|Éire|Dublin 2||D02 X285|A;C;Z
IL|ישראל|Tel Aviv||9414300|A;C Z
IM|Isle of Man|Douglas||IM1 1AA|A;C;Z
IN|भारत|Mumbai|Maharashtra|560001|A;C Z;S
IO|British Indian Ocean Territory|Camp Justice||BBND 1ZZ|A;C;Z
IQ|Iraq|Karrada|Baghdad|10001|A;C, S;Z
IR|ایران|Tehran||11369-95110|C;A;Z
IS|Ísland|Reykjavík||101|A;Z C
IT|Italia|Milano|MI|20121|A;Z C S
JE|Jersey|St Helier||JE2 3AB|A;C;JERSEY;Z
JM|Jamaica|Kingston|Kingston||A;C;S
JO|Jordan|Amman||11118|A;C Z
JP|日本|Chiyoda-ku|Tokyo|100-0001|A;C, S Z
KE|Kenya|Nairobi||00100|A;C;Z
KG|Кыргызстан|Bishkek||720001|A;Z C
KH|Cambodia|Phnom Penh||120101|A;C Z
KI|Kiribati|Tarawa|||A;C
KM|Comoros|Moroni|||A;C
KN|Saint Kitts and Nevis|Basseterre|||A;C
KP|North Korea|Pyongyang|||A;C
KR|대한민국|Jung-gu|Seoul|04524|A;C, S Z
KW|Kuwait|Kuwait City||13001|A;Z C
KY|Cayman Islands|George Town||KY1-1100|A;C Z
KZ|Қазақстан|Almaty||050000|A;C;Z
LA|Laos|Vientiane||01000|A;Z C
LB|Lebanon|Beirut||2038 3054|A;C Z
LC|Saint Lucia|Castries||LC04 101|A;C Z
LI|Liechtenstein|Vaduz||9490|A;FL-Z C
LK|Ceylon|Colombo||00100|A;C;Z
LR|Liberia|Monrovia||1000|A;Z C
LS|Lesotho|Maseru||100|A;C Z
LT|Lietuva|Vilnius||01103|A;LT-Z C
LU|Luxemburg|Luxembourg||1009|A;L-Z C
LV|Latvija|Rīga||LV-1010|A;C, Z
LY|Libya|Tripoli|||A;C
MA|Maroc|Rabat||10000|A;Z C
MC|Monaco|Monaco||98000|A;MC-Z C
MD|Moldova|Chișinău||MD-2012|A;Z C
ME|Crna Gora|Podgorica||81000|A;Z C
MF|Saint Martin|Marigot||97150|A;Z C
MG|Madagascar|Antananarivo||101|A;Z C
MH|Marshall Islands|Majuro|MH|96960|A;C S Z
MK|Северна Македонија|Skopje||1000|A;Z C
ML|Mali|Bamako|||A;C
MM|Burma|Yangon||11181|A;C Z
MN|Монгол Улс|Ulaanbaatar||14200|A;C;Z
MO|澳門|Macao|||A;C
MP|Northern Mariana Islands|Saipan|MP|96950|A;C S Z
MQ|Martinique|Fort-de-France||97200|A;Z C
MR|Mauritania|Nouakchott|||A;C
MS|Montserrat|Brades||MSR1110|A;C Z
MT|Malta|Valletta||VLT 1117|A;C Z
MU|Mauritius|Port Louis||11302|A;Z;C
MV|Maldives|Malé||20026|A;C Z
MW|Malawi|Lilongwe|||A;C
MX|México|Ciudad de México|CDMX|06700|A;Z C, S
MY|Malaysia|Kuala Lumpur||50000|A;Z C
MZ|Moçambique|Maputo||1100|A;Z C
NA|Namibia|Windhoek||10001|A;C;Z
NC|New Caledonia|Nouméa||98800|A;Z C
NE|Niger|Niamey||8001|A;Z C
NF|Norfolk Island|Kingston|NSW|2899|A;C S Z
NG|Nigeria|Ikeja|Lagos|100001|A;C Z;S
NI|Nicaragua|Managua||11001|A;Z;C
NL|Nederland|Rotterdam||3011 AB|A;Z C
NO|Norge|Oslo||0150|A;Z C
NP|नेपाल|Kathmandu||44600|A;C Z
NR|Nauru|Yaren|||A;C
NU|Niue|Alofi|||A;C
NZ|Aotearoa|Wellington||6011|A;C Z
OM|Oman|Muscat||133|A;Z;C
PA|Panamá|Panamá|||A;C
PE|Perú|Lima||15001|A;C Z
PF|French Polynesia|Papeete||98714|A;Z C
PG|Papua New Guinea|Port Moresby||121|A;C Z
PH|Philippines|Manila|Metro Manila|1000|A;C;Z S
PK|Pakistan|Islamabad||44000|A;C-Z
PL|Polska|Warszawa||00-001|A;Z C
PM|Saint Pierre and Miquelon|Saint-Pierre||97500|A;Z C
PN|Pitcairn|Adamstown||PCRN 1ZZ|A;C;Z
PR|Puerto Rico|San Juan|PR|00901|A;C PR Z
PS|Palestine|Ramallah||P1000000|A;C Z
PT|Portugal|Lisboa||1250-096|A;Z C
PW|Palau|Koror|PW|96940|A;C S Z
PY|Paraguay|Asunción||1209|A;Z C
QA|Qatar|Doha|||A;C
RE|Réunion|Saint-Denis||97400|A;Z C
RO|România|București||010011|A;Z C
RS|Srbija|Beograd||11000|A;Z C
RU|Россия|Khimki|Moscow Oblast|101000|A;C;S;Z
RW|Rwanda|Kigali|||A;C
SA|السعودية|Riyadh||11564|A;C Z
SB|Solomon Islands|Honiara|||A;C
SC|Seychelles|Victoria|Mahé||A;C;S
SD|Sudan|Khartoum||11111|A;C;Z
SE|Sverige|Stockholm||111 22|A;SE-Z C
SG|新加坡|Singapore||018956|A;C Z
SH|Saint Helena, Ascension and Tristan da Cunha|Jamestown||STHL 1ZZ|A;C;Z
SI|Slovenija|Ljubljana||1000|A;SI-Z C
SJ|Svalbard and Jan Mayen|Longyearbyen||9170|A;Z C
SK|Slovensko|Bratislava||811 01|A;Z C
SL|Sierra Leone|Freetown|||A;C
SM|San Marino|San Marino||47890|A;Z C
SN|Sénégal|Dakar||10000|A;Z C
SO|Somalia|Mogadishu|Banaadir|BN03040|A;C, S Z
SR|Suriname|Paramaribo|||A;C
SS|South Sudan|Juba||11111|A;C;Z
ST|Sao Tome and Principe|São Tomé|||A;C
SV|El Salvador|San Salvador||1101|A;Z-C
SX|Sint Maarten|Philipsburg|||A;C
SY|Syria|Damascus|||A;C
SZ|Swaziland|Mbabane||H100|A;C;Z
TC|Turks and Caicos Islands|Grand Turk||TKCA 1ZZ|A;C;Z
TD|Tchad|N'Djamena|||A;C
TF|French Southern Territories|Port-aux-Français|||A;C
TG|Togo|Lomé|||A;C
TH|ประเทศไทย|Sathon|Bangkok|10200|A;C;S Z
TJ|Тоҷикистон|Dushanbe||734025|A;Z C
TK|Tokelau|Nukunonu|||A;C
TL|East Timor|Dili||TL10001|A;C Z
TM|Turkmenistan|Ashgabat||744000|A;Z C
TN|Tunisia|Tunis||1002|A;Z C
TO|Tonga|Nuku'alofa|||A;C
TR|Türkiye|Çankaya|Ankara|06101|A;Z C/S
TT|Trinidad and Tobago|Port of Spain||100206|A;C;Z
TV|Tuvalu|Funafuti|||A;C
TW|台灣|Taipei City||10001|A;C Z
TZ|Tanzania|Dar es Salaam||11101|A;Z C
UA|Україна|Brovary|Kyiv Oblast|01001|A;C;S;Z
UG|Uganda|Kampala|||A;C
UM|United States Minor Outlying Islands|Wake Island||96898|A;C Z
US|USA|Seattle|WA|98109|A;C, S Z
UY|Uruguay|Montevideo||11000|A;Z C
UZ|Oʻzbekiston|Tashkent||100000|A;Z C
VA|Vatican City|Città del Vaticano||00120|A;Z C
VC|Saint Vincent and the Grenadines|Kingstown||VC0100|A;C Z
VE|Venezuela|Caracas|Distrito Capital|1010|A;C Z, S
VG|British Virgin Islands|Road Town||VG1110|A;C;Z
VI|U.S. Virgin Islands|St. Thomas|VI|00802|A;C S Z
VN|Việt Nam|Ba Đình|Hà Nội|100000|A;C;S Z
VU|Vanuatu|Port Vila|||A;C
WF|Wallis and Futuna|Mata-Utu||98600|A;Z C
WS|Samoa|Apia||WS1382|A;C;Z
YE|Yemen|Sana'a|||A;C
YT|Mayotte|Mamoudzou||97600|A;Z C
ZA|RSA|Pretoria||0001|A;C;Z
ZM|Zambia|Lusaka||10101|A;Z C
ZW|Zimbabwe|Harare|||A;C
";

struct Example<'a> {
    country: &'static country::Country,
    line: &'a str,
    city: &'a str,
    state: &'a str,
    code: &'a str,
    form: &'a str,
}

fn examples() -> impl Iterator<Item = Example<'static>> {
    EXAMPLES.lines().map(|row| {
        let [code, line, city, state, postal, form] = row.split('|').collect::<Vec<_>>()[..] else { panic!("{row}") };
        Example { country: country::exact(code).unwrap(), line, city, state, code: postal, form }
    })
}

/// The lines of an address in a form such as `A;C, S Z`; letters that stand alone are fields.
fn written(form: &str, street: &str, city: &str, state: &str, code: &str) -> Vec<String> {
    let marked = |line: &str| {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let field = |word: &str| -> String {
            let put = |sign: char| match sign {
                'A' => street.to_owned(),
                'C' => city.to_owned(),
                'S' => state.to_owned(),
                'Z' => code.to_owned(),
                other => other.to_string(),
            };
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            let alone = letters == 1 || word.contains(['-', '/']);
            // `CH-Z`: the last letter is the field, what stands before the hyphen is a mark.
            match word.split_once('-').filter(|(mark, _)| mark.len() > 1 || *mark == "L") {
                Some((mark, _)) => format!("{mark}-{code}"),
                None if alone => word.chars().map(put).collect(),
                None => word.to_owned(),
            }
        };
        words.iter().map(|word| field(word)).collect::<Vec<_>>().join(" ")
    };
    form.split(';').map(marked).collect()
}

fn block(example: &Example, fields: [&str; 5]) -> String {
    let [recipient, street, city, state, code] = fields;
    let lines = written(example.form, street, city, state, code);
    format!("{recipient}\n{}\n{}\nTel: +1 206 555 0123\nstorage@example.com\n", lines.join("\n"), example.line)
}

#[test]
fn there_is_an_example_of_every_country() {
    let codes: Vec<_> = examples().map(|example| example.country.alpha2).collect();
    assert!(ALL.iter().all(|country| codes.contains(&country.alpha2)) && codes.len() == ALL.len());
}

#[test]
fn an_address_of_every_country_comes_out_in_its_fields_and_again_when_written_from_them() {
    let mut wrong = Vec::new();
    for example in examples() {
        let expected = ["Sample Ltd", "12 Example Street", example.city, example.state, example.code];
        let text = block(&example, expected);
        let got = read(&text);
        let fields = [&*got[Company], &*got[Street1], &*got[City], &*got[State], &*got[PostalCode]];
        let rest = [&*got[Street2], &*got[Country], &*got[Phone], &*got[Emails]];
        if fields != expected || rest != ["", example.country.name, "+1 206 555 0123", "storage@example.com"] {
            wrong.push(format!("{text}{fields:?} {rest:?}"));
        } else if read(&block(&example, fields)) != got {
            wrong.push(format!("not the same again: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), ALL.len(), wrong.join("\n\n"));
}
