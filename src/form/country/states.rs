//! States, provinces, prefectures and counties by country: what makes a word beside a city one of them. Data, and the look-up.

use super::fold::fold;

/// Country, then its parts. Where parts have codes, a semicolon ends a part and its first text is its code: `WA|Washington;`.
/// Elsewhere a bar stands between names.
const LINES: &str = "\
US AL|Alabama;AK|Alaska;AZ|Arizona;AR|Arkansas;CA|California;CO|Colorado;CT|Connecticut;DE|Delaware;DC|District of Columbia;FL|Florida;GA|Georgia;HI|Hawaii;ID|Idaho;IL|Illinois;IN|Indiana;IA|Iowa;KS|Kansas;KY|Kentucky;LA|Louisiana;ME|Maine;MD|Maryland;MA|Massachusetts;MI|Michigan;MN|Minnesota;MS|Mississippi;MO|Missouri;MT|Montana;NE|Nebraska;NV|Nevada;NH|New Hampshire;NJ|New Jersey;NM|New Mexico;NY|New York;NC|North Carolina;ND|North Dakota;OH|Ohio;OK|Oklahoma;OR|Oregon;PA|Pennsylvania;RI|Rhode Island;SC|South Carolina;SD|South Dakota;TN|Tennessee;TX|Texas;UT|Utah;VT|Vermont;VA|Virginia;WA|Washington;WV|West Virginia;WI|Wisconsin;WY|Wyoming;AS;GU;MP;PR;VI;FM;MH;PW;UM;AA;AE;AP
CA AB|Alberta;BC|British Columbia;MB|Manitoba;NB|New Brunswick|Nouveau-Brunswick;NL|Newfoundland and Labrador;NS|Nova Scotia;NT|Northwest Territories;NU|Nunavut;ON|Ontario;PE|PEI|Prince Edward Island;QC|PQ|Quebec;SK|Saskatchewan;YT|Yukon
AU NSW|New South Wales;VIC|Victoria;QLD|Queensland;SA|South Australia;WA|Western Australia;TAS|Tasmania;NT|Northern Territory;ACT|Australian Capital Territory
BR AC|Acre;AL|Alagoas;AP|Amapá;AM|Amazonas;BA|Bahia;CE|Ceará;DF|Distrito Federal;ES|Espírito Santo;GO|Goiás;MA|Maranhão;MT|Mato Grosso;MS|Mato Grosso do Sul;MG|Minas Gerais;PA|Pará;PB|Paraíba;PR|Paraná;PE|Pernambuco;PI|Piauí;RJ|Rio de Janeiro;RN|Rio Grande do Norte;RS|Rio Grande do Sul;RO|Rondônia;RR|Roraima;SC|Santa Catarina;SP|São Paulo;SE|Sergipe;TO|Tocantins
MX AGS|Aguascalientes;BC|Baja California;BCS|Baja California Sur;CAMP|Campeche;CHIS|Chiapas;CHIH|Chihuahua;CDMX|Ciudad de México;DF|Distrito Federal;COAH|Coahuila;COL|Colima;DGO|Durango;GTO|Guanajuato;GRO|Guerrero;HGO|Hidalgo;JAL|Jalisco;MEX|Edomex|Estado de México;MICH|Michoacán;MOR|Morelos;NAY|Nayarit;NL|Nuevo León;OAX|Oaxaca;PUE|Puebla;QRO|Querétaro;QROO|Quintana Roo;SLP|San Luis Potosí;SIN|Sinaloa;SON|Sonora;TAB|Tabasco;TAMPS|Tamaulipas;TLAX|Tlaxcala;VER|Veracruz;YUC|Yucatán;ZAC|Zacatecas
IN AP|Andhra Pradesh;AR|Arunachal Pradesh;AS|Assam;BR|Bihar;CG|CT|Chhattisgarh;GA|Goa;GJ|Gujarat;HR|Haryana;HP|Himachal Pradesh;JH|Jharkhand;KA|Karnataka;KL|Kerala;MP|Madhya Pradesh;MH|Maharashtra;MN|Manipur;ML|Meghalaya;MZ|Mizoram;NL|Nagaland;OD|OR|Odisha|Orissa;PB|Punjab;RJ|Rajasthan;SK|Sikkim;TN|Tamil Nadu;TG|TS|Telangana;TR|Tripura;UP|Uttar Pradesh;UK|UT|Uttarakhand;WB|West Bengal;AN|Andaman and Nicobar Islands;CH|Chandigarh;DN|DD|Dadra and Nagar Haveli and Daman and Diu;DL|Delhi;JK|Jammu and Kashmir;LA|Ladakh;LD|Lakshadweep;PY|Puducherry
JP 北海道|Hokkaido|青森県|Aomori|岩手県|Iwate|宮城県|Miyagi|秋田県|Akita|山形県|Yamagata|福島県|Fukushima|茨城県|Ibaraki|栃木県|Tochigi|群馬県|Gunma|埼玉県|Saitama|千葉県|Chiba|東京都|Tokyo|神奈川県|Kanagawa|新潟県|Niigata|富山県|Toyama|石川県|Ishikawa|福井県|Fukui|山梨県|Yamanashi|長野県|Nagano|岐阜県|Gifu|静岡県|Shizuoka|愛知県|Aichi|三重県|Mie|滋賀県|Shiga|京都府|Kyoto|大阪府|Osaka|兵庫県|Hyogo|奈良県|Nara|和歌山県|Wakayama|鳥取県|Tottori|島根県|Shimane|岡山県|Okayama|広島県|Hiroshima|山口県|Yamaguchi|徳島県|Tokushima|香川県|Kagawa|愛媛県|Ehime|高知県|Kochi|福岡県|Fukuoka|佐賀県|Saga|長崎県|Nagasaki|熊本県|Kumamoto|大分県|Oita|宮崎県|Miyazaki|鹿児島県|Kagoshima|沖縄県|Okinawa
CN 河北省|Hebei|山西省|Shanxi|辽宁省|Liaoning|吉林省|Jilin|黑龙江省|Heilongjiang|江苏省|Jiangsu|浙江省|Zhejiang|安徽省|Anhui|福建省|Fujian|江西省|Jiangxi|山东省|Shandong|河南省|Henan|湖北省|Hubei|湖南省|Hunan|广东省|Guangdong|海南省|Hainan|四川省|Sichuan|贵州省|Guizhou|云南省|Yunnan|陕西省|Shaanxi|甘肃省|Gansu|青海省|Qinghai|内蒙古自治区|Inner Mongolia|广西壮族自治区|Guangxi|西藏自治区|Tibet|宁夏回族自治区|Ningxia|新疆维吾尔自治区|Xinjiang|Beijing|Shanghai|Tianjin|Chongqing
KR Seoul|Busan|Daegu|Incheon|Gwangju|Daejeon|Ulsan|Sejong|Gyeonggi-do|Gyeonggi|Gangwon-do|Chungcheongbuk-do|Chungcheongnam-do|Jeollabuk-do|Jeollanam-do|Gyeongsangbuk-do|Gyeongsangnam-do|Jeju-do|Jeju|경기도|강원도|강원특별자치도|충청북도|충청남도|전라북도|전북특별자치도|전라남도|경상북도|경상남도|제주특별자치도
MY Johor|Kedah|Kelantan|Melaka|Malacca|Negeri Sembilan|Pahang|Perak|Perlis|Pulau Pinang|Penang|Sabah|Sarawak|Selangor|Terengganu|Wilayah Persekutuan|WP Kuala Lumpur|Wilayah Persekutuan Kuala Lumpur|Labuan|Putrajaya
ZA Eastern Cape|Free State|Gauteng|KwaZulu-Natal|KZN|Limpopo|Mpumalanga|Northern Cape|North West|Western Cape
AE Abu Dhabi|Dubai|Sharjah|Ajman|Umm Al Quwain|Umm Al-Quwain|Ras Al Khaimah|Ras Al-Khaimah|Fujairah
HK Hong Kong Island|Hong Kong|Kowloon|New Territories|香港島|九龍|新界
AR Buenos Aires|Catamarca|Chaco|Chubut|Córdoba|Corrientes|Entre Ríos|Formosa|Jujuy|La Pampa|La Rioja|Mendoza|Misiones|Neuquén|Río Negro|Salta|San Juan|San Luis|Santa Cruz|Santa Fe|Santiago del Estero|Tierra del Fuego|Tucumán|CABA
IE Carlow|Cavan|Clare|Cork|Donegal|Dublin|Galway|Kerry|Kildare|Kilkenny|Laois|Leitrim|Limerick|Longford|Louth|Mayo|Meath|Monaghan|Offaly|Roscommon|Sligo|Tipperary|Waterford|Westmeath|Wexford|Wicklow
GB Avon|Bedfordshire|Beds|Berkshire|Berks|Buckinghamshire|Bucks|Cambridgeshire|Cambs|Cheshire|Cleveland|Cornwall|County Durham|Co Durham|Cumbria|Derbyshire|Devon|Dorset|Durham|East Sussex|East Yorkshire|Essex|Gloucestershire|Glos|Greater London|Greater Manchester|Hampshire|Hants|Herefordshire|Hertfordshire|Herts|Humberside|Isle of Wight|Kent|Lancashire|Lancs|Leicestershire|Leics|Lincolnshire|Lincs|Merseyside|Middlesex|Middx|Norfolk|North Yorkshire|Northamptonshire|Northants|Northumberland|Nottinghamshire|Notts|Oxfordshire|Oxon|Rutland|Shropshire|Somerset|South Yorkshire|Staffordshire|Staffs|Suffolk|Surrey|Sussex|Tyne and Wear|Warwickshire|West Midlands|West Sussex|West Yorkshire|Wiltshire|Wilts|Worcestershire|Worcs|Yorkshire|Clwyd|Dyfed|Gwent|Gwynedd|Mid Glamorgan|South Glamorgan|West Glamorgan|Powys|Anglesey|Ceredigion|Conwy|Denbighshire|Flintshire|Monmouthshire|Pembrokeshire|Aberdeenshire|Angus|Argyll|Ayrshire|Banffshire|Berwickshire|Caithness|Clackmannanshire|Dumfriesshire|Dunbartonshire|East Lothian|Fife|Inverness-shire|Kincardineshire|Kinross-shire|Kirkcudbrightshire|Lanarkshire|Midlothian|Moray|Nairnshire|Orkney|Peeblesshire|Perthshire|Renfrewshire|Ross-shire|Roxburghshire|Selkirkshire|Shetland|Stirlingshire|Sutherland|West Lothian|Wigtownshire|County Antrim|Co Antrim|County Armagh|Co Armagh|County Down|Co Down|County Fermanagh|Co Fermanagh|County Londonderry|Co Londonderry|County Tyrone|Co Tyrone
";

/// Territories that belong to the mail of another country, and use its states.
fn master(alpha2: &str) -> &str {
    match alpha2 {
        "PR" | "GU" | "AS" | "MP" | "VI" | "FM" | "MH" | "PW" | "UM" => "US",
        "CX" | "CC" | "NF" | "HM" => "AU",
        other => other,
    }
}

/// The codes and names known in a country; none where no list is kept.
pub fn of(alpha2: &str) -> impl Iterator<Item = &'static str> {
    line(alpha2).into_iter().flat_map(|names| names.split(['|', ';']))
}

fn line(alpha2: &str) -> Option<&'static str> {
    LINES.lines().find_map(|line| line.strip_prefix(master(alpha2))?.strip_prefix(' '))
}

/// The parts of a country whose addresses name one by its code, each with its code first: `WA`, `Washington`. None elsewhere.
pub fn coded(alpha2: &str) -> impl Iterator<Item = Vec<&'static str>> {
    let line = line(alpha2).filter(|line| line.contains(';'));
    line.into_iter().flat_map(|line| line.split(';')).map(|part| part.split('|').collect())
}

/// The code of a part by one of its names or codes, e.g. `WA` for `washington`.
pub fn code_of(alpha2: &str, text: &str) -> Option<&'static str> {
    let wanted = fold(text);
    let part = coded(alpha2).find(|part| part.iter().any(|name| fold(name) == wanted))?;
    part.first().copied().filter(|_| !wanted.is_empty())
}

/// Whether a list is kept for this country.
pub fn known(alpha2: &str) -> bool {
    of(alpha2).next().is_some()
}

/// Whether a text names a part of this country; `Co.` and `County` before a name do not count.
pub fn is_part(alpha2: &str, text: &str) -> bool {
    let wanted = fold(text);
    let bare = ["co ", "county "].into_iter().find_map(|word| wanted.strip_prefix(word)).unwrap_or(&wanted);
    !wanted.is_empty() && of(alpha2).any(|name| fold(name) == wanted || fold(name) == bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_names_and_counties_are_known_in_their_own_country() {
        for (country, part) in [
            ("US", "WA"),
            ("US", "washington"),
            ("PR", "PR"),
            ("CA", "Québec"),
            ("AU", "N.S.W."),
            ("BR", "sp"),
            ("MX", "Pue."),
            ("JP", "東京都"),
            ("IE", "Co. Cork"),
            ("GB", "BERKSHIRE"),
        ] {
            assert!(is_part(country, part), "{country} {part}");
        }
        assert!(!is_part("US", "ON") && !is_part("DE", "BY") && !is_part("US", ""));
        assert!(known("US") && !known("NL"));
    }

    #[test]
    fn a_part_with_a_code_is_found_by_each_of_its_names() {
        for (country, text, code) in [
            ("US", "washington", Some("WA")),
            ("PR", "pr", Some("PR")),
            ("CA", "Nouveau-Brunswick", Some("NB")),
            ("IN", "ct", Some("CG")),
            ("MX", "Tamaulipas", Some("TAMPS")),
            ("JP", "Tokyo", None),
            ("US", "Ontario", None),
            ("US", "", None),
        ] {
            assert_eq!(code_of(country, text), code, "{country} {text}");
        }
        let counts = ["US", "CA", "AU", "BR", "MX", "IN", "NL"].map(|country| coded(country).count());
        assert_eq!(counts, [63, 13, 8, 27, 33, 36, 0], "with territories, the armed forces, and Mexico City twice");
        for part in ["US", "CA", "AU", "BR", "MX", "IN"].into_iter().flat_map(coded) {
            assert!(part[0].bytes().all(|b| b.is_ascii_uppercase()) && part.len() <= 4, "{part:?}");
        }
    }
}
