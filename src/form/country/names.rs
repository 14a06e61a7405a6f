//! Other names of countries: in their own languages, everyday short ones and old ones. Data only; the plain English names are in
//! the table. Longer forms such as `Republic of …` are read by rule, so only irregular ones stand here.

/// A line for each country: its two-letter code, then the names, parted by bars, in any case and with or without accents.
const LINES: &str = "\
AD Principat d'Andorra
AE UAE | Emirates | EAU | VAE | الإمارات العربية المتحدة | الإمارات | Emirati Arabi Uniti | Émirats arabes unis | Vereinigte Arabische Emirate
AF افغانستان | أفغانستان
AG Antigua
AL Shqipëria | Shqipëri
AM Հայաստան | Hayastan
AR República Argentina | Argentinien | Argentine
AS Amerika Sāmoa
AT Österreich | Oesterreich | Republik Österreich | Autriche
AU Australien | Australie | AUS
AX Åland | Ahvenanmaa
AZ Azərbaycan | Azerbaycan
BA Bosna i Hercegovina | Босна и Херцеговина | Bosnia | BiH
BD বাংলাদেশ
BE België | Belgique | Belgien
BG България | Balgariya | Bulgarien
BH البحرين
BJ Bénin
BL St. Barts | Saint-Barthélemy
BN Brunei Darussalam | Negara Brunei Darussalam
BO Estado Plurinacional de Bolivia
BQ Caribbean Netherlands | Bonaire | Caribisch Nederland
BR Brasil | Brasilien | Brésil | República Federativa do Brasil
BS The Bahamas
BT འབྲུག་ཡུལ | Druk Yul
BY Беларусь | Белоруссия | Byelorussia | Weißrussland
CA Kanada | CAN
CC Cocos Islands | Keeling Islands
CD Democratic Republic of the Congo | Congo (Democratic Republic of the) | Democratic Republic of Congo | Congo, the Democratic Republic of the | Congo-Kinshasa | République démocratique du Congo | RD Congo | RDC | DRC | Zaire | Congo (Kinshasa)
CF République centrafricaine | Centrafrique | CAR
CG Republic of the Congo | Republic of Congo | Congo-Brazzaville | République du Congo | Congo (Brazzaville)
CH Schweiz | Suisse | Svizzera | Svizra | Swiss Confederation | Schweizerische Eidgenossenschaft | Suiza | Zwitserland
CI Ivory Coast | Elfenbeinküste | Costa de Marfil
CL República de Chile
CM Cameroun | Kamerun
CN PRC | P.R. China | PR China | People's Republic of China | Mainland China | 中国 | 中國 | 中华人民共和国 | 中華人民共和國 | Zhongguo | Chine
CO República de Colombia | Kolumbien
CR República de Costa Rica
CV Cape Verde | República de Cabo Verde
CY Κύπρος | Kypros | Kıbrıs | Zypern
CZ Czech Republic | Česko | Česká republika | Tschechien | Tschechische Republik | Česka | Tchéquie
DE Deutschland | Bundesrepublik Deutschland | BRD | Allemagne | Alemania | Germania | Duitsland | Tyskland | Niemcy | Deutschl.
DJ جيبوتي
DK Danmark | Dänemark | Danemark | Kongeriget Danmark
DO República Dominicana | Rep. Dominicana
DZ الجزائر | Algérie | Algerien | Dzayer
EC República del Ecuador
EE Eesti | Eesti Vabariik | Estland
EG مصر | Misr | Ägypten | Égypte
EH الصحراء الغربية | Sahara Occidental
ER ኤርትራ
ES España | Espanya | Spanien | Espagne | Espainia | Reino de España | Spagna | Hiszpania
ET ኢትዮጵያ | Ityopya
FI Suomi | Suomen tasavalta | Finnland | Finlande
FJ Viti
FK Malvinas | Islas Malvinas | Falkland Islands (Malvinas)
FM Federated States of Micronesia | FSM
FO Føroyar | Færøerne | Faeroe Islands
FR République française | Frankreich | Francia | Frankrijk | Francja | França | Frankrike
GB UK | Britain | Great Britain | England | Scotland | Wales | Cymru | Northern Ireland | Great Britain and Northern Ireland | United Kingdom of Great Britain and Northern Ireland | United Kingdom of Great Britain | Großbritannien | Vereinigtes Königreich | Royaume-Uni | Reino Unido | Regno Unito | Verenigd Koninkrijk | Wielka Brytania | 英国 | GBR
GE საქართველო | Sakartvelo
GF Guyane | Guyane française
GG Bailiwick of Guernsey
GL Kalaallit Nunaat | Grønland
GM The Gambia
GN Guinée | Guinea-Conakry
GP Gwadloup
GQ Guinea Ecuatorial | Guinée équatoriale
GR Ελλάδα | Ελλάς | Ellada | Hellas | Hellenic Republic | Griechenland | Grèce
GS South Georgia
GU Guåhan
GW Guiné-Bissau
HK 香港 | 中國香港 | 中国香港 | 香港特別行政區 | Hong Kong SAR | Hong Kong, China | Hong Kong SAR, China | Hong Kong, SAR China | Hongkong | HKSAR | H.K.
HR Hrvatska | Republika Hrvatska | Kroatien | Croatie
HT Haïti | Ayiti
HU Magyarország | Ungarn | Hongrie | Węgry
ID Republik Indonesia | Indonesien
IE Éire | Republic of Ireland | Irland | Irlande | Irlanda
IL ישראל | Yisrael | إسرائيل
IM Ellan Vannin
IN Bharat | भारत | Indien | Inde
IO Diego Garcia
IQ العراق | Al-Iraq
IR ایران | Islamic Republic of Iran
IS Ísland | Island | Islande
IT Italia | Italien | Italie | Repubblica Italiana | Włochy
JE Bailiwick of Jersey
JO الأردن | الاردن | Al-Urdun | Jordanien
JP 日本 | 日本国 | Nippon | Nihon | にほん | Japon | Japón | Giappone
KE Kenia
KG Кыргызстан | Киргизия | Kyrgyz Republic
KH កម្ពុជា | Kampuchea
KM Comores | جزر القمر
KN St. Kitts | Saint Kitts
KP DPRK | Democratic People's Republic of Korea | Korea (Democratic People's Republic of) | Korea, Democratic People's Republic of | 북한 | 조선민주주의인민공화국
KR Korea | Republic of Korea | Korea (Republic of) | Korea, Republic of | ROK | S. Korea | Korea (South) | Südkorea | Corée du Sud | Corea del Sur | 대한민국 | 한국 | 韓国 | 韩国
KW الكويت
KY Grand Cayman
KZ Қазақстан | Казахстан | Qazaqstan
LA ລາວ | Lao | Lao PDR | Lao People's Democratic Republic
LB لبنان | Liban | Lubnan
LC St. Lucia
LI Fürstentum Liechtenstein
LK ශ්‍රී ලංකාව | இலங்கை | Ceylon
LT Lietuva | Lietuvos Respublika | Litauen
LU Luxemburg | Lëtzebuerg | Letzebuerg | Grand-Duché de Luxembourg
LV Latvija | Latvijas Republika | Lettland
LY ليبيا | Libya Arab Jamahiriya
MA المغرب | Maroc | Marruecos | Marokko
MC Principauté de Monaco
MD Republica Moldova | Moldawien
ME Crna Gora | Црна Гора
MF St. Martin | Saint Martin (French part)
MG Madagasikara
MH Republic of the Marshall Islands
MK Macedonia | FYROM | Северна Македонија | Македонија | Severna Makedonija | Former Yugoslav Republic of Macedonia
MM Burma | မြန်မာ | Birmanie
MN Монгол Улс | Монгол | Mongol Uls | Mongolei
MO Macau | 澳門 | 澳门 | 中國澳門 | Macao SAR | Macau SAR | Macao, China | Macau, China
MP Saipan | CNMI
MR موريتانيا | Mauritanie
MU Maurice | Île Maurice
MV ދިވެހިރާއްޖެ
MX México | Estados Unidos Mexicanos | United Mexican States | Méjico | Mexiko | Mexique
MY Malaysien | Malaisie
MZ Moçambique | Mosambik
NC Nouvelle-Calédonie
NE République du Niger
NI República de Nicaragua
NL Holland | Nederland | The Netherlands | Niederlande | Die Niederlande | Pays-Bas | Países Bajos | Paesi Bassi | Holandia | Kingdom of the Netherlands | Koninkrijk der Nederlanden
NO Norge | Noreg | Kongeriket Norge | Norwegen | Norvège | Noruega | Norga
NP नेपाल
NR Naoero
NZ Aotearoa | Aotearoa New Zealand | Neuseeland | Nouvelle-Zélande | N.Z.
OM عمان | سلطنة عمان
PA Panamá | República de Panamá
PE Perú
PF Polynésie française | Tahiti
PG PNG | Papua Niugini
PH Pilipinas | The Philippines | Filipinas | Philippinen
PK پاکستان
PL Polska | Rzeczpospolita Polska | Polen | Pologne | Polonia
PM Saint-Pierre-et-Miquelon
PN Pitcairn Islands
PR Porto Rico
PS فلسطين | Palestinian Territory | State of Palestine | Palestinian Territories
PT República Portuguesa | Portugiesische Republik
PW Belau
QA قطر | Katar
RE La Réunion
RO România | Rumänien | Roumanie | Rumania
RS Србија | Srbija | Serbien | Republika Srbija
RU Россия | Российская Федерация | Russian Federation | Rossiya | Russland | Russie
SA السعودية | المملكة العربية السعودية | KSA | Saudi-Arabien | Arabie saoudite
SB Solomons
SC Sesel
SD السودان
SE Sverige | Konungariket Sverige | Schweden | Suède | Suecia | Ruotsi
SG 新加坡 | Singapura | சிங்கப்பூர் | Singapur | Republic of Singapore
SH Saint Helena | St. Helena | Ascension | Tristan da Cunha | Ascension Island
SI Slovenija | Republika Slovenija | Slowenien
SJ Svalbard | Jan Mayen
SK Slovak Republic | Slovensko | Slovenská republika | Slowakei | Słowacja
SM Repubblica di San Marino
SN Sénégal
SO Soomaaliya | الصومال
SS S. Sudan
ST São Tomé e Príncipe | Sao Tome
SV República de El Salvador
SX St. Maarten | Sint Maarten (Dutch part)
SY سوريا | Syrian Arab Republic
SZ Swaziland | eSwatini
TC Turks and Caicos
TD Tchad | تشاد | Tschad
TF Terres australes et antarctiques françaises | TAAF
TH ประเทศไทย | ไทย | Prathet Thai | Siam | Thaïlande
TJ Тоҷикистон | Таджикистан | Tojikiston
TL East Timor | Timor Lorosa'e
TM Türkmenistan
TN تونس | Tunisie | Tunesien
TR Turkey | Turkiye | Türkiye Cumhuriyeti | Türkei | Turquie | Turquía
TT Trinidad | Tobago | Trinidad & Tobago
TW 台灣 | Taiwan (Province of China) | 臺灣 | 台湾 | Republic of China | Taiwan (R.O.C.) | Taiwan, R.O.C. | Taiwan R.O.C. | R.O.C. | 中華民國 | Taiwan, Province of China | Chinese Taipei | Formosa
TZ Tanzanie | Jamhuri ya Muungano wa Tanzania
UA Україна | Украина | Ukraina | Ukraïna
UM US Minor Outlying Islands | United States Minor Outlying Islands
US America | USA | U.S. | U.S.A. | United States of America | The United States | The United States of America | Vereinigte Staaten | Vereinigte Staaten von Amerika | États-Unis | Etats-Unis d'Amérique | Estados Unidos | EE. UU. | EEUU | EUA | Stati Uniti | Verenigde Staten | アメリカ | 美国 | 美國
UY República Oriental del Uruguay
UZ Oʻzbekiston | O'zbekiston | Узбекистан | Ўзбекистон
VA Holy See | Vatican | Vaticano | Città del Vaticano | Vatikan | Vatikanstadt | Vatican City State
VC St. Vincent | Saint Vincent
VE República Bolivariana de Venezuela
VG Virgin Islands (British) | Virgin Islands, British | BVI | Tortola
VI Virgin Islands (U.S.) | Virgin Islands, U.S. | USVI | US Virgin Islands | United States Virgin Islands
VN Viet Nam | Việt Nam | Cộng hòa Xã hội chủ nghĩa Việt Nam
WF Wallis-et-Futuna
WS Sāmoa | Western Samoa
YE اليمن
YT Maore
ZA RSA | Suid-Afrika | iNingizimu Afrika | Südafrika | Afrique du Sud | S. Africa
ZM Sambia
ZW Simbabwe
";

/// Every other name with the two-letter code of its country.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = LINES.lines().filter_map(|line| line.split_once(' '));
    lines.flat_map(|(code, names)| names.split(" | ").map(move |name| (code, name)))
}
